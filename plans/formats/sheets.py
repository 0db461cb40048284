"""Workbooks as printed: the visible cells of the visible sheets, formulas by their stored value."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

import openpyxl

from plans.formats.grid import Covered, Grid, read_grids
from plans.formats.notes import Note
from plans.formats.number_format import printed_day, printed_number, printed_text
from plans.formats.package import STRUCK
from plans.formats.rows import MERGED, table_lines, table_title, without_struck

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plans.formats.file import Progress

_UNNAMED = re.compile(r"(?:sheet|工作表|表格?)\s*\(?\d*\)?", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9a-fA-F]{4})_")
_OFTEN = 500  # rows
_FORMAT_OF_NONE = "General"


def read_workbook(path: Path, raw: bytes, progress: Progress) -> tuple[str, tuple[Note, ...], str]:
    """Return a workbook's printed lines, notes, and the title that stands above its first table.

    Every sheet begins with its name, unless the program gave it (Sheet1), then come its rows.
    """
    grids = read_grids(path, raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of decorations that openpyxl does not keep
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        tables = []
        told = _Told(progress, sum(grids[s.title].last_row for s in sheets if s.title in grids))
        for sheet in sheets:
            rows = _rows(sheet, grids.get(sheet.title, Grid()))
            tables.append(table_lines(map(told.row, rows)))
        told.all()
    headed = (_headed(s.title, table) for s, table in zip(sheets, tables, strict=True) if table)
    title = next(filter(None, map(table_title, tables)), "")
    return "\n\n".join(headed), tuple(_notes(book, grids)), title


class _Told:
    """How many rows of a workbook are read, told from time to time."""

    def __init__(self, progress: Progress, of: int) -> None:
        self._progress, self._of, self._done = progress, of, 0

    def row(self, cells: list[str]) -> list[str]:
        """Count a row and return it."""
        self._done += 1
        if self._done % _OFTEN == 0:
            self._progress(min(self._done, self._of), self._of)
        return cells

    def all(self) -> None:
        """Tell that all is read."""
        self._progress(self._of, self._of)


def _headed(name: str, table: list[str]) -> str:
    title = [] if _UNNAMED.fullmatch(name.strip()) else [name.strip()]
    return "\n".join([*title, *table])


def _rows(sheet: Any, grid: Grid) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number not in grid.hidden_rows:
            shown = [
                (cell, grid.covers(number, column))
                for column, cell in enumerate(row, 1)
                if column not in grid.hidden_columns
            ]
            cells, struck = without_struck([_cell(cell, covered) for cell, covered in shown])
            grid.struck += struck + sum(STRUCK in str(cell.value) for cell, _ in shown)
            yield cells


def _cell(cell: Any, covered: Covered | None) -> tuple[str, bool]:
    """Return what a cell prints, and whether it is struck out."""
    if covered:
        return MERGED if covered == "above" else "", False
    return _printed(cell), bool(cell.value is not None and cell.font and cell.font.strike)


def _printed(cell: Any) -> str:
    """Return a cell's value as its number format prints it."""
    value, form = cell.value, getattr(cell, "number_format", None) or _FORMAT_OF_NONE
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.date):
        return printed_day(value, form)
    if isinstance(value, int | float):
        return printed_number(value, form)
    return printed_text(
        _ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value).replace(STRUCK, "")), form
    )


def _notes(book: openpyxl.Workbook, grids: dict[str, Grid]) -> Iterator[Note]:
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        yield Note("hidden_sheets", "、".join(hidden))
    for name, grid in grids.items():
        if name in hidden:
            continue
        if grid.hidden_rows or grid.hidden_columns:
            yield Note("hidden_cells", name)
        if grid.struck:
            yield Note("struck", f"{name} ({grid.struck})")
        if grid.unknown:
            yield Note("formulas", f"{name} ({grid.unknown})")
