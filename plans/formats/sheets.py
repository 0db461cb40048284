"""Workbooks as printed: the visible cells of the visible sheets, formulas by their stored value."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

import openpyxl

from plans.formats.grid import Grid, read_grids
from plans.formats.notes import Note
from plans.formats.rows import table_lines, table_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plans.formats.file import Progress

_UNNAMED = re.compile(r"(?:sheet|工作表|表格?)\s*\(?\d*\)?", re.IGNORECASE)
_DAY_FORMAT = re.compile(r"d", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


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
        for done, sheet in enumerate(sheets, 1):
            tables.append(table_lines(_rows(sheet, grids.get(sheet.title, Grid()))))
            progress(done, len(sheets))
    headed = (_headed(s.title, table) for s, table in zip(sheets, tables, strict=True) if table)
    title = next(filter(None, map(table_title, tables)), "")
    return "\n\n".join(headed), tuple(_notes(book, grids)), title


def _headed(name: str, table: list[str]) -> str:
    title = [] if _UNNAMED.fullmatch(name.strip()) else [name.strip()]
    return "\n".join([*title, *table])


def _rows(sheet: Any, grid: Grid) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number not in grid.hidden_rows:
            yield [
                "" if grid.is_covered(number, column) else _printed(cell)
                for column, cell in enumerate(row, 1)
                if column not in grid.hidden_columns
            ]


def _printed(cell: Any) -> str:
    """Return a cell's value about as its number format prints it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.date):
        return _day(value, cell.number_format)
    if isinstance(value, int | float):
        plain = _LITERAL.sub("", cell.number_format)
        return f"{value * 100:.12g}%" if "%" in plain else _number(value)
    return str(value)


def _number(value: float) -> str:
    whole = int(value)
    return str(whole) if whole == value else f"{value:.12g}"


def _day(value: dt.date, number_format: str) -> str:
    day = f"{value.day}日" if _DAY_FORMAT.search(_LITERAL.sub("", number_format)) else ""
    return f"{value.year}年{value.month}月{day}"


def _notes(book: openpyxl.Workbook, grids: dict[str, Grid]) -> Iterator[Note]:
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        yield Note("hidden_sheets", "、".join(hidden))
    for name, grid in grids.items():
        if name in hidden:
            continue
        if grid.hidden_rows or grid.hidden_columns:
            yield Note("hidden_cells", name)
        if grid.unknown:
            yield Note("formulas", f"{name} ({grid.unknown})")
