"""Tables as printed lines: a tab between cells, one line a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ESCAPED_BREAK = re.compile(r"_x000[9AaDd]_")  # of XML, left by programs that do not read it
_WORDS = re.compile(r"[^\W\d_]")
WIDEST = 256  # columns; a span may claim thousands


def one_line(text: str) -> str:
    """Return a cell's words on one line: any run of blanks is one blank."""
    return re.sub(r"[\s\u200b\ufeff]+", " ", _ESCAPED_BREAK.sub(" ", text)).strip()


def without_struck(cells: Sequence[tuple[str, bool]]) -> tuple[list[str], int]:
    """Return a row without the cells that are struck out, and how many those are.

    Where the cell that names the row is struck, or the one that says most, the whole row is: what
    is left of it answers for nothing.

    Parameters
    ----------
    cells
        What each prints, and whether it is struck out.
    """
    struck = [text for text, is_struck in cells if is_struck and text.strip()]
    if not struck:
        return [text for text, _ in cells], 0
    named = next((mark for text, mark in cells if _WORDS.search(text)), False)
    longest = max(cells, key=lambda cell: len(cell[0]))
    whole = named or longest[1]
    return ["" if whole or mark else text for text, mark in cells], len(struck)


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
