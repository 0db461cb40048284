"""Bytes into characters: UTF-8, or GB18030 told by how its characters spread; nothing else.

Where parts of a text are in one and parts in the other, nothing is guessed: it is told.
Almost any bytes pass for GB18030, so decoding without an error proves nothing. In a Chinese
text most two-byte characters lie in the rows of GB 2312; what another encoding's bytes turn
into does not. Big5 text is told by its own first plane, where its common characters lie.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from plans.formats.errors import UnknownEncoding, because
from plans.formats.notes import Note
from store import NotUtf8

if TYPE_CHECKING:
    from pathlib import Path

_GBK_PAIR = re.compile(rb"[\x81-\xfe](?:[\x40-\x7e\x80-\xfe]|[\x30-\x39][\x81-\xfe][\x30-\x39])")
_GB2312_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_BIG5_PAIR = re.compile(rb"[\xa1-\xf9][\x40-\x7e\xa1-\xfe]")
_BIG5_HAN, _BIG5_COMMON = b"\xa4", b"\xc6\x7e"
_FEW, _MOSTLY, _NEARLY_ALL = 0.4, 0.5, 0.9
_SAMPLE = 1_000_000  # bytes: enough to tell an encoding by
_RUN = re.compile(rb"[\x80-\xff]{6,}")  # three characters of GB18030, two of UTF-8
_HAN = re.compile("[\u4e00-\u9fff]")
_ENOUGH_HAN = 3  # six characters of GB18030 are these by chance once in ten million times


def decode(path: Path, raw: bytes) -> tuple[str, tuple[Note, ...]]:
    r"""Return a text with ``\n`` as line end and no byte order mark, and notes on its encoding.

    Raises
    ------
    NotUtf8
        Most is UTF-8, but a byte is broken; its line is named.
    UnknownEncoding
        Neither UTF-8 nor GB18030, or both: then the line is named from which it is the other one.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw:
        raise because(UnknownEncoding, path, "utf16")
    try:
        return _lines(raw.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        if (at := _other_encoding(raw)) is not None:
            line = raw[:at].count(b"\n") + 1
            raise because(UnknownEncoding, path, "mixed", line=line) from None
        if _is_mostly_utf8(raw[:_SAMPLE]):
            line = raw[: error.start].count(b"\n") + 1
            raise because(NotUtf8, path, "byte", line=line, byte=error.start) from None
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or not _looks_like_gb(raw[:_SAMPLE]):
        raise because(UnknownEncoding, path, "encoding")
    return _lines(text), (Note("gb18030"),)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _other_encoding(raw: bytes) -> int | None:
    """Return where the second of two encodings begins; None where there is one, or not surely two.

    Parts are parted by ASCII characters: line ends, digits, the commas of a table.
    """
    first: dict[str, int] = {}
    for run in _RUN.finditer(raw):
        encoding = _encoding_of(run[0])
        if encoding and len(first | {encoding: 0}) > len(first):
            first[encoding] = run.start()
            if len(first) > 1:
                return run.start()
    return None


def _encoding_of(run: bytes) -> str:
    """Return the encoding that some bytes surely have, or nothing."""
    with suppress(UnicodeDecodeError):
        return "utf-8" if len(_HAN.findall(run.decode())) >= _ENOUGH_HAN else ""
    # UTF-8 with a broken byte keeps most of its characters; GB18030 has hardly one by chance.
    if 3 * len(_HAN.findall(run.decode("utf-8", "ignore"))) > _FEW * len(run):
        return ""
    pairs = _GBK_PAIR.findall(run)
    common = sum(bool(_GB2312_PAIR.fullmatch(pair)) for pair in pairs)
    return "gb18030" if common > _NEARLY_ALL * len(run) / 2 else ""


def _is_mostly_utf8(raw: bytes) -> bool:
    kept = len(re.sub(r"[\x00-\x7f]", "", raw.decode("utf-8", "ignore")).encode())
    return kept > _NEARLY_ALL * len(re.sub(rb"[\x00-\x7f]+", b"", raw))


def _looks_like_gb(raw: bytes) -> bool:
    pairs = _GBK_PAIR.findall(raw)
    common = sum(bool(_GB2312_PAIR.fullmatch(pair)) for pair in pairs)
    return common >= _MOSTLY * len(pairs) and not _looks_like_big5(raw)


def _looks_like_big5(raw: bytes) -> bool:
    try:
        raw.decode("big5")
    except UnicodeDecodeError as error:
        if error.start < len(raw) - 1:  # the sample may end inside a character
            return False
    han = [pair for pair in _BIG5_PAIR.findall(raw) if pair >= _BIG5_HAN]
    common = [pair for pair in han if pair <= _BIG5_COMMON]
    return len(common) > _NEARLY_ALL * len(han)
