"""Tables in text files: csv and tsv, the delimiter told by the rows."""

from __future__ import annotations

import csv
import io
from collections import Counter

from plans.formats.notes import Note
from plans.formats.rows import table_lines, table_title

_DELIMITERS = "\t,;|"
_TRIED = 200  # rows by which a delimiter is told


def read_separated(text: str) -> tuple[str, str, tuple[Note, ...]]:
    """Return a table's printed lines, its title if one stands above it, and notes."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    delimiter = _delimiter(text)
    notes: tuple[Note, ...] = ()
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        # an unclosed quotation mark would swallow all rows below it
        rows = [line.split(delimiter) for line in text.split("\n")]
        notes = (Note("quotation_marks"),)
    lines = table_lines(rows)
    return "\n".join(lines), table_title(lines), notes


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, two or more."""
    first = text.split("\n", _TRIED)[:_TRIED]
    return max(_DELIMITERS, key=lambda sign: _agreement(first, sign))


def _agreement(lines: list[str], sign: str) -> tuple[int, int]:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return rows, width
