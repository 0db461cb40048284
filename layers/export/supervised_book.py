"""The supervision table as XLSX, set to be printed on A4; text stays text."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

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


def supervised_xlsx(table: Supervision, language: Language) -> bytes:
    """Return the table as a workbook of one sheet, the same bytes for the same table."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **_PLAIN})
    created = dt.datetime.fromisoformat(table.day or "2000-01-01").replace(tzinfo=dt.UTC)
    book.set_properties({"title": title(table, language)[:255], "created": created})
    sheet = book.add_worksheet(caption("supervision", language))
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    bold = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bold": True})
    large = book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, title(table, language), large)
    sheet.write_string(1, 0, counts(table, language))
    rows = [heads(language), *(cells(one, table, language) for one in table.matters)]
    for at, texts in enumerate(rows, _HEAD):
        for column, text in enumerate(texts):
            sheet.write_string(
                at, column, fitted_cell(text, language), bold if at == _HEAD else wrap
            )
    for at, text in enumerate(notes(table, language), _HEAD + len(rows)):
        sheet.write_string(at, 0, fitted_cell(text, language))
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
