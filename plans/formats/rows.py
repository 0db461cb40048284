"""Tables as printed lines: a tab between cells, one line a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDEST = 256  # columns; a span may claim thousands


def one_line(text: str) -> str:
    """Return a cell's words on one line: any run of blanks is one blank."""
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip()


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table: its rows with all columns that hold something.

    What stands alone above the first row of several cells is the table's title and has no tabs.
    A blank row gives a blank line; blank rows at either end are left out.
    """
    cleaned = [[one_line(cell) for cell in row] for row in rows]
    width = max((_used(row) for row in cleaned), default=0)
    lines: list[str] = []
    begun = width == 1
    for row in cleaned:
        cells = [*row, *[""] * width][:width]
        filled = list(filter(None, cells))
        begun = begun or len(filled) > 1
        if filled:
            lines.append("\t".join(cells) if begun else filled[0])
        elif lines and lines[-1]:
            lines.append("")
    return lines[:-1] if lines and not lines[-1] else lines


def _used(row: Sequence[str]) -> int:
    return max((n for n, cell in enumerate(row, 1) if cell), default=0)


def table_title(lines: Sequence[str]) -> str:
    """Return what stands alone above a table; empty where nothing does."""
    return lines[0] if len(lines) > 1 and "\t" not in lines[0] and "\t" in "".join(lines) else ""
