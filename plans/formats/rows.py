"""Tables as printed lines: a tab between cells, one line a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a cell holds that is merged with the one above it, until the lines are whole; no character.
MERGED = "\ufdd0"
_ESCAPED_BREAK = re.compile(r"_x000[9AaDd]_")  # of XML, left by programs that do not read it
_WORDS = re.compile(r"[^\W\d_]")
WIDEST = 256  # columns; a span may claim thousands


def one_line(text: str) -> str:
    """Return a cell's words on one line: any run of blanks is one blank."""
    return re.sub(r"[\s\u200b\ufeff]+", " ", _ESCAPED_BREAK.sub(" ", text)).strip()


def without_struck(cells: Sequence[tuple[str, bool]]) -> tuple[list[str], int]:
    """Return a row without the cells that are struck out, and how many those are.

    Where the first cell with words is struck, or the second that says more than all others, the
    whole row is: what is left of it answers for nothing.

    Parameters
    ----------
    cells
        What each prints, and whether it is struck out.
    """
    struck = [text for text, is_struck in cells if is_struck and text.strip()]
    if not struck:
        return [text for text, _ in cells], 0
    named = [cell for cell in cells if _WORDS.search(cell[0])][:2]
    longest = max(cells, key=lambda cell: len(cell[0]))
    whole = bool(named) and (named[0][1] or (longest is named[-1] and longest[1]))
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
        filled = [cell for cell in cells if cell and cell != MERGED]
        begun = begun or len(filled) > 1
        if filled:
            lines.append("\t".join(cells) if begun else filled[0])
        elif lines and lines[-1]:
            lines.append("")
    return lines[:-1] if lines and not lines[-1] else lines


def _used(row: Sequence[str]) -> int:
    return max((n for n, cell in enumerate(row, 1) if cell and cell != MERGED), default=0)


def table_title(lines: Sequence[str]) -> str:
    """Return what stands alone above a table; empty where nothing does."""
    return lines[0] if len(lines) > 1 and "\t" not in lines[0] and "\t" in "".join(lines) else ""


def merged_cells(text: str) -> frozenset[tuple[int, int]]:
    """Return line and cell, each counted from 1, of all cells that are merged with those above."""
    return frozenset(
        (line, at)
        for line, printed in enumerate(text.split("\n"), 1)
        for at, cell in enumerate(printed.split("\t"), 1)
        if cell == MERGED
    )
