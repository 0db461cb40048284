"""The supervision table as XLSX, set to be printed on A4; text stays text."""

from __future__ import annotations

import datetime as dt
import io
import math
import unicodedata
from typing import TYPE_CHECKING, Any

import xlsxwriter

from layers.export.cut import fitted_cell
from layers.supervision_words import COLUMNS, SHARES, cells, counts, heads, notes, title
from layers.words import Language, caption

if TYPE_CHECKING:
    from layers.supervision import Supervision

_PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
# Title and counts stand above the names of the columns.
_HEAD = 2
_A4 = 9
# Points of the usual letters, from line to line in them, and how much of a line texts fill.
_SIZE, _LINE, _FILLED = 11, 1.4, 0.9


def _across(sheet: Any, row: int, text: str, look: Any) -> None:
    """Write a text across all columns, wrapped: no program fits the height of joined cells."""
    size = look.font_size
    wide = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    lines = math.ceil(wide * size / _SIZE / (sum(SHARES) * _FILLED)) or 1
    sheet.set_row(row, lines * size * _LINE)
    sheet.merge_range(row, 0, row, len(COLUMNS) - 1, "")
    sheet.write_string(row, 0, text, look)


def supervised_xlsx(table: Supervision, language: Language) -> bytes:
    """Return the table as a workbook of one sheet, the same bytes for the same table."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **_PLAIN})
    created = dt.datetime.fromisoformat(table.day or "2000-01-01").replace(tzinfo=dt.UTC)
    book.set_properties({"title": title(table, language)[:255], "created": created})
    sheet = book.add_worksheet(caption("supervision", language))
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    bold = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bold": True})
    large = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "font_size": 14})
    about = book.add_format({"text_wrap": True, "valign": "top"})
    _across(sheet, 0, title(table, language), large)
    _across(sheet, 1, counts(table, language), about)
    rows = [heads(language), *(cells(one, table, language) for one in table.matters)]
    for at, texts in enumerate(rows, _HEAD):
        for column, text in enumerate(texts):
            sheet.write_string(
                at, column, fitted_cell(text, language), bold if at == _HEAD else wrap
            )
    for at, text in enumerate(notes(table, language), _HEAD + len(rows)):
        _across(sheet, at, fitted_cell(text, language), about)
    for column, share in enumerate(SHARES):
        sheet.set_column(column, column, share)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.freeze_panes(_HEAD + 1, 2)
    sheet.print_area(0, 0, _HEAD + len(rows) + 2, len(COLUMNS) - 1)
    sheet.set_footer("&C&P / &N")
    book.close()
    return out.getvalue()
