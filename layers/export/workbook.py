"""XLSX: projects, statements, units, sources and documents, a sheet each; text stays text."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
import xlsxwriter

from layers.export import frames
from layers.export.cut import fitted_cell
from layers.export.fields import aliases
from layers.words import caption

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from layers.export.content import Content

_WIDE = {"quote": 60, "quotes": 60, "name": 24, "title": 40, "document_title": 30, "address": 40}
_WIDTH = 14
_PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_SHEETS = ("projects", "statements", "units", "sources", "documents")


def workbook(content: Content, crs: int) -> bytes:
    """Return the chosen rows as a workbook; longitude and latitude (EPSG:``crs``) as numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **_PLAIN})
    book.set_properties({"title": content.about[0], "created": _midnight(content.day)})
    made = {
        "projects": _projects(content, crs),
        **{name: getattr(frames, name)(content) for name in _SHEETS[1:]},
    }
    for name in _SHEETS:
        _add_sheet(book, name, made[name])
    book.close()
    return out.getvalue()


def _midnight(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)


def _projects(content: Content, crs: int) -> pd.DataFrame:
    rows = frames.projects(content, crs)
    points = rows.geometry.representative_point().to_numpy()
    plain = pd.DataFrame(rows.drop(columns=["statements", "geometry"]))
    plain.insert(2, "lon", shapely.get_x(points))
    plain.insert(3, "lat", shapely.get_y(points))
    return plain


def _add_sheet(book: Workbook, name: str, frame: pd.DataFrame) -> None:
    sheet = book.add_worksheet(caption(f"sheet_{name}", "zh"))
    bold = book.add_format({"bold": True, "bottom": 1})
    known = {**aliases(name), **{key: caption(f"column_{key}", "zh") for key in ("lon", "lat")}}
    for column, key in enumerate(frame):
        sheet.write_string(0, column, known[str(key)], bold)
        sheet.set_column(column, column, _WIDE.get(str(key), _WIDTH))
        for row, value in enumerate(frame[key], 1):
            _write(sheet, row, column, value)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN is not itself
        return
    if isinstance(value, str):
        sheet.write_string(row, column, fitted_cell(value, "zh"))
    elif isinstance(value, bool | np.bool_):
        sheet.write_boolean(row, column, bool(value))
    else:
        sheet.write_number(row, column, value)
