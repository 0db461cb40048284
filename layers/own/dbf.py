"""The attribute table of a Shapefile, in whatever encoding its bytes are in.

GDAL believes what a .cpg file says, and gives up a whole layer for one text that the width of
its column cut in the middle of a character.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.own.causes import DamagedOverlay
from layers.own.letters import told_encoding, uncut

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = str | int | float | None
_HEAD, _FIELD = 32, 32
_END_OF_FIELDS = 0x0D
# What the language byte of the head means. 0x57, the system's own, is what most programs write.
_LANGUAGES = {0x4D: "936", 0x7A: "936", 0x4F: "950", 0x78: "950", 0x13: "932", 0x7B: "932"}
_TEXTS = {"C", "M"}
_DAY = 8  # digits of a date


@dataclass(frozen=True)
class _Field:
    name: bytes
    kind: str
    start: int
    end: int


def read_table(raw: bytes, declared: str) -> dict[str, list[Value]]:
    """Return the columns of a .dbf file; each has one value for every record, deleted ones too.

    Parameters
    ----------
    raw
        The file's bytes.
    declared
        What the .cpg file says of the encoding; empty if there is none. It may lie.

    Raises
    ------
    DamagedOverlay
        It is no such file, or no encoding fits its texts.
    """
    try:
        head, width = struct.unpack_from("<HH", raw, 8)
        fields = list(_fields(raw, head))
    except struct.error:
        raise DamagedOverlay("dbf") from None
    if not fields or fields[-1].end > width:
        raise DamagedOverlay("dbf")
    records = [raw[at : at + width] for at in range(head, len(raw) - width + 1, width)]
    records = records[: struct.unpack_from("<I", raw, 4)[0]]
    encoding = _encoding(fields, records, (declared, _LANGUAGES.get(raw[29], "")))
    return {
        name: [_value(record[each.start : each.end], each.kind, encoding) for record in records]
        for each, name in zip(fields, _names(fields, encoding), strict=True)
    }


def with_plain_names(raw: bytes) -> bytes:
    """Return a .dbf file with its columns named f0, f1 …, for readers that decode the names."""
    table = bytearray(raw)
    count = len(list(_fields(raw, struct.unpack_from("<H", raw, 8)[0])))
    for number in range(count):
        struct.pack_into("11s", table, _HEAD + number * _FIELD, f"f{number}".encode())
    return bytes(table)


def _fields(raw: bytes, head: int) -> Iterator[_Field]:
    start = 1  # the first byte of a record says whether it is deleted
    for at in range(_HEAD, head, _FIELD):
        if raw[at : at + 1] in {b"", bytes([_END_OF_FIELDS])}:
            return
        name, kind, width, more = struct.unpack_from("<11sc4xBB", raw, at)
        # a text wider than 255 has the rest of its width where numbers have their decimals
        width += 256 * more if kind == b"C" else 0
        yield _Field(name.split(b"\0")[0], kind.decode("latin-1"), start, start + width)
        start += width


def _encoding(fields: list[_Field], records: list[bytes], declared: tuple[str, str]) -> str:
    texts = [each for each in fields if each.kind in _TEXTS]
    values = {record[each.start : each.end].strip() for record in records for each in texts}
    found = told_encoding([*(each.name for each in fields), *values], declared)
    if not found:
        raise DamagedOverlay("dbf_letters")
    return found


def _names(fields: list[_Field], encoding: str) -> list[str]:
    """Return the columns' names; two that are the same have a number behind them."""
    names: list[str] = []
    for each in fields:
        name = uncut(each.name, encoding).strip()
        again = sum(taken == name or taken.startswith(f"{name}_") for taken in names)
        names.append(f"{name}_{again + 1}" if name in names else name)
    return names


def _value(raw: bytes, kind: str, encoding: str) -> Value:
    if kind in _TEXTS:
        return uncut(raw.strip(b" \0"), encoding).strip() or None
    text = raw.decode("ascii", "ignore").strip(" \0")
    if kind in {"N", "F"}:
        return _number(text)
    if kind == "D" and len(text) == _DAY and text.isdecimal() and text.strip("0"):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text.strip("?") or None


def _number(text: str) -> Value:
    """Return a number; None for blanks, and for the stars that stand where it did not fit."""
    try:
        return float(text) if set(text) & set(".eE") else int(text)
    except ValueError:
        return None
