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

if TYPE_CHECKING:
    from pathlib import Path

_END_WITHIN = 4096  # bytes; some programs write a little after the end
_MOST_UNPACKED = 200_000_000  # bytes, all streams but pictures, which are never unpacked
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DICTIONARY = 2000  # bytes before a stream in which its dictionary begins
_FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_AGAIN = "copy or download it again"
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")


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
            room -= _unpacked(head, raw, match.end(), room)
        except (zlib.error, ValueError):
            raise DamagedFile(path, f"the PDF is damaged, a part is broken: {_AGAIN}") from None
        if room <= 0:
            size = _MOST_UNPACKED // 1_000_000
            hint = "save its text as .txt and try that"
            raise TooLarge(path, f"it unpacks to more than {size} MB: {hint}")


def _unpacked(head: bytes, raw: bytes, start: int, room: int) -> int:
    """Return how large a stream becomes, at most ``room``; 0 if it is not packed by Flate."""
    named = _FILTERS.search(head)
    filters = re.findall(rb"/\w+", named[1] or named[2]) if named else []
    if _PICTURE.search(head) or not any(_FLATE.fullmatch(name) for name in filters):
        return 0
    packed = memoryview(raw)[start:]
    if filters[0] in {b"/ASCII85Decode", b"/A85"}:
        packed = memoryview(_from_ascii(raw[start : raw.index(b"~>", start)]))
    for name in filters:
        if _FLATE.fullmatch(name):
            content = zlib.decompressobj().decompress(packed, room)
            packed = memoryview(content)
    return len(packed)


def _from_ascii(text: bytes) -> bytes:
    return base64.a85decode(text.strip().removeprefix(b"<~"))
