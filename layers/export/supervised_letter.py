"""The supervision table as DOCX: a real table on A4 across, its heading row on every page."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from layers.sheets.slide_tables import FONT
from layers.supervision_words import SHARES, cells, counts, heads, notes, title

if TYPE_CHECKING:
    from layers.supervision import Supervision
    from layers.words import Language

_WIDE, _HIGH, _MARGIN = 297, 210, 12  # millimetres
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name
# XML holds none of these; Word would not open the file.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def supervised_docx(table: Supervision, language: Language) -> bytes:
    """Return the table as a Word document, the same bytes for the same table."""
    file = docx.Document()
    _set_paper(file)
    _set_properties(file, title(table, language), table.day)
    file.add_heading(_clean(title(table, language)), level=1)
    file.add_paragraph(_clean(counts(table, language)))
    rows = [heads(language), *(cells(one, table, language) for one in table.matters)]
    made = file.add_table(rows=len(rows), cols=len(SHARES), style="Table Grid")
    made.autofit = False
    widths = [Mm((_WIDE - 2 * _MARGIN) * share / sum(SHARES)) for share in SHARES]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for at, (line, texts) in enumerate(zip(made.rows, rows, strict=True)):
        for cell, text, width in zip(line.cells, texts, widths, strict=True):
            cell.width = width
            _fill(cell, text, bold=at == 0)
    _mark(made.rows[0], "w:tblHeader")
    for line in made.rows:
        _mark(line, "w:cantSplit")
    for text in notes(table, language):
        file.add_paragraph(_clean(text))
    return _stable(file)


def _set_paper(file: Any) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDE), Mm(_HIGH)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(_MARGIN)
    _number(section.footer.paragraphs[0])
    style = file.styles["Normal"]
    style.font.size = Pt(8)
    # Without a name Word takes what its language has, which may be a Japanese one.
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(2)


def _number(paragraph: Any) -> None:
    """Write which page of how many it is."""
    for at, name in enumerate(("PAGE", "NUMPAGES")):
        if at:
            paragraph.add_run("/")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        paragraph._p.append(field)  # noqa: SLF001 - it has no fields of its own


def _set_properties(file: Any, name: str, day: str) -> None:
    core = file.core_properties
    core.created = core.modified = datetime.fromisoformat(day or "2000-01-01")
    core.author = core.last_modified_by = "planmap"
    core.title = _clean(name)[:255]


def _fill(cell: Any, text: str, *, bold: bool) -> None:
    run = cell.paragraphs[0].add_run(_clean(text))
    run.bold = bold or None


def _mark(line: Any, what: str) -> None:
    line._tr.get_or_add_trPr().append(OxmlElement(what))  # noqa: SLF001 - rows have no such property


def _clean(text: str) -> str:
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _stable(file: Any) -> bytes:
    """Return the document as bytes that do not tell when they were made."""
    first, out = io.BytesIO(), io.BytesIO()
    file.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
