"""The packed streams of a PDF, looked through before a reader unpacks them.

pdfminer unpacks a stream however large it becomes, and takes what it gets from a broken one
without a word.
"""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

from plans.formats.errors import DamagedFile, TooLarge
from store import Cause

if TYPE_CHECKING:
    from pathlib import Path

_END_WITHIN = 4096  # bytes; some programs write a little after the end
_MOST_UNPACKED = 200_000_000  # bytes, all streams but pictures, which are never unpacked
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DICTIONARY = 2000  # bytes before a stream in which its dictionary begins
_FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_AGAIN = "copy or download it again"
# what holds no text of a page: it may be broken, and a picture is never unpacked
_BESIDE = re.compile(
    rb"/Subtype\s*/Image\b|/Type\s*/(?:Metadata|EmbeddedFile)\b|/Alternate\s*/Device"
)
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:<|\[|[0-9])")
_MOST_CHARACTERS = 0x110000
_NOTHING = re.compile(rb"\s*endstream\b")


def check_streams(path: Path, raw: bytes) -> None:
    """Make sure that a PDF is whole and unpacks to a sane size.

    Raises
    ------
    DamagedFile
        Its end is missing, or a stream is broken.
    TooLarge
        Its streams unpack to more than is safe.
    """
    if b"%%EOF" not in raw[-_END_WITHIN:]:
        raise DamagedFile(path, f"the PDF is damaged, its end is missing: {_AGAIN}")
    if b"/Encrypt" in raw:
        return  # what is encrypted is told by the reader; its streams cannot be looked into
    room = _MOST_UNPACKED
    for match in _STREAM.finditer(raw):
        head = raw[max(match.start() - _DICTIONARY, 0) : match.start()].rpartition(b" obj")[2]
        try:
            plain = _unpacked(head, raw, match.end(), room)
        except (zlib.error, ValueError):
            raise DamagedFile(path, f"the PDF is damaged, a part is broken: {_AGAIN}") from None
        check_ranges(path, plain or raw[match.end() : raw.find(b"endstream", match.end())])
        room -= len(plain)
        if room <= 0:
            size = _MOST_UNPACKED // 1_000_000
            hint = "save its text as .txt and try that"
            raise TooLarge(path, f"it unpacks to more than {size} MB: {hint}")


def check_ranges(path: Path, plain: bytes | memoryview) -> None:
    """Make sure that a font names no more characters than there are.

    Raises
    ------
    TooLarge
        The ranges of its table hold more.
    """
    table = bytes(plain)
    if b"range" not in table:
        return
    ranges = ((int(first, 16), int(last, 16)) for first, last in _RANGE.findall(table))
    if sum(max(last - first, 0) for first, last in ranges) > _MOST_CHARACTERS:
        reason = f"a font names more characters than there are: {_AGAIN}"
        raise TooLarge(path, reason, cause=Cause("font_ranges"))


def _unpacked(head: bytes, raw: bytes, start: int, room: int) -> bytes | memoryview:
    """Return what a stream becomes, at most ``room`` bytes; nothing if Flate does not pack it."""
    named = _FILTERS.search(head)
    filters = re.findall(rb"/\w+", named[1] or named[2]) if named else []
    if _BESIDE.search(head) or not any(_FLATE.fullmatch(name) for name in filters):
        return b""
    packed = memoryview(raw)[start:]
    if _NOTHING.match(packed):
        return b""  # some programs write forms that show nothing
    for name in filters:
        if _FLATE.fullmatch(name):
            packed = memoryview(zlib.decompressobj().decompress(packed, room))
        elif name in _IN_ASCII:
            end, plain = _IN_ASCII[name]
            packed = memoryview(plain(bytes(packed[: _position(packed, end)])))
        else:
            break  # what it becomes then is bounded by the reader's own packing of text
    return packed


def _position(packed: memoryview, end: bytes) -> int:
    found = re.search(re.escape(end), packed)
    if found is None:
        raise ValueError(end)
    return found.start()


def _from_base_85(text: bytes) -> bytes:
    return base64.a85decode(text.strip().removeprefix(b"<~"))


def _from_hexadecimal(text: bytes) -> bytes:
    digits = b"".join(text.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


_IN_ASCII = {
    name: form
    for form, names in {
        (b"~>", _from_base_85): (b"/ASCII85Decode", b"/A85"),
        (b">", _from_hexadecimal): (b"/ASCIIHexDecode", b"/AHx"),
    }.items()
    for name in names
}
