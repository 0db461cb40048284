"""Rows of a table that the end of a page has cut, put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING

from plans.formats.print_lines import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plans.formats.print_lines import Line

_SAME_EDGE = 3.0  # points
_NUMBER = re.compile(r"[(（]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[)）.、．]?")
_ENDED = ("。", "；", "！", "？", ";", ".")
_HABIT = 0.5  # of the cells of a column

_Row = tuple[Cell, ...]


def joined(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of all pages; a row that goes on on the next page is one row.

    A table goes on where it ends a page, and the next page begins with a table of the same
    columns. A header that the new page repeats stays behind the row.
    """
    done: list[list[Line]] = []
    last: list[Line] = []  # the page that ends with the last line of all
    above: tuple[_Row, ...] = ()  # what the table at its end holds on the pages before
    for page in pages:
        lines = list(page)
        if last and lines:
            goes_on = _same_columns(last[-1], lines[0])
            before = last[-1]
            last[-1], rest = _over_page(before, lines[0], above) if goes_on else (before, lines[0])
            lines[:1] = [rest] if rest else []
            if lines:
                above = (*above, *_rows(last[-1])) if goes_on and len(lines) == 1 else ()
        done.append(lines)
        last = lines or last
    return done


def _rows(line: Line) -> tuple[_Row, ...]:
    return line.grid.rows if line.grid else ()


def _over_page(before: Line, behind: Line, above: tuple[_Row, ...]) -> tuple[Line, Line | None]:
    """Return both parts of a table; the second is None where nothing but a rest was in it."""
    upper, lower = _rows(before), _rows(behind)
    table = _Table((*above, *upper))
    pairs = zip(table.rows, lower, strict=False)
    header = len(list(takewhile(lambda pair: _words(pair[0]) == _words(pair[1]), pairs)))
    if len(lower) <= header or not table.goes_on(lower[header]):
        return before, behind
    whole = tuple(map(_both, upper[-1], lower[header]))
    rest = (*lower[:header], *lower[header + 1 :])
    left = _with_rows(behind, rest) if len(rest) > header else None
    return _with_rows(before, (*upper[:-1], whole)), left


def _with_rows(line: Line, rows: tuple[_Row, ...]) -> Line:
    return replace(line, grid=replace(line.grid, rows=rows)) if line.grid else line


def _same_columns(before: Line, behind: Line) -> bool:
    if before.grid is None or behind.grid is None:
        return False
    pairs = zip_longest(before.grid.edges, behind.grid.edges, fillvalue=-1.0)
    return all(abs(one - other) <= _SAME_EDGE for one, other in pairs)


def _words(row: _Row) -> list[str]:
    return [cell.text for cell in row]


def _both(upper: Cell, lower: Cell) -> Cell:
    return Cell((*upper.lines, *lower.lines), max(upper.width, lower.width))


@dataclass(frozen=True)
class _Table:
    """The rows before the end of a page."""

    rows: tuple[_Row, ...]

    def goes_on(self, row: _Row) -> bool:
        """Tell whether a row is the rest of the last one.

        Only one of both parts has the number of the row, or its name where rows have no number,
        and a cell breaks off where others of its column end a sentence or its line is full.
        """
        last = self.rows[-1]
        if len(row) != len(last):
            return False
        one, other = bool(last[0].text), bool(row[0].text)
        if (one and other) or (other and not self._is_numbered):
            return False
        filled = [n for n, cell in enumerate(row) if n and cell.text]
        shared = [n for n in filled if last[n].text]
        # no unit, no date, nothing but more of the text
        alone = len(filled) == 1 and shared == filled and self._is_numbered
        return (alone and one) or any(self._breaks_off(column) for column in shared)

    @property
    def _is_numbered(self) -> bool:
        numbered = [row for row in self.rows if _NUMBER.fullmatch(row[0].text)]
        return len(numbered) >= _HABIT * (len(self.rows) - 1) > 0

    @property
    def _merges(self) -> bool:
        """Whether rows above share the cell that would number or name them."""
        return any(not row[0].text for row in self.rows[1:-1])

    def _breaks_off(self, column: int) -> bool:
        last = self.rows[-1][column]
        if last.text.endswith(_ENDED):
            return False
        others = [row[column].text for row in self.rows[1:-1] if row[column].text]
        ended = [text for text in others if text.endswith(_ENDED)]
        if others and len(ended) >= _HABIT * len(others):
            return True
        return last.is_full and not self._merges
