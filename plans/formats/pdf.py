"""PDFs with a text layer as printed: pages joined, their running heads and numbers dropped.

Words keep the page's line breaks. Columns are read one after the other. Ruled tables become rows;
what stands outside them comes before or after, by its height on the page.
"""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from plans.formats.columns import in_order
from plans.formats.cut_rows import joined
from plans.formats.errors import DamagedFile, NoText, ProtectedFile, because
from plans.formats.fonts import are_exchanged, named
from plans.formats.footnotes import without_cuts
from plans.formats.marginalia import without_running_heads
from plans.formats.notes import LOST, Note
from plans.formats.open_ends import closing_rules
from plans.formats.pages import check_pages, counted
from plans.formats.print_lines import Cell, Grid, Line, lines_of
from plans.formats.rows import table_lines
from plans.formats.streams import check_streams

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF
    from pdfplumber.table import Table

    from plans.formats.file import Progress

_FEW = 20  # characters: a stamp or a page number on a scanned page
_MOST_UNNAMED = 0.1
_STEEPEST = 0.1  # rise of a line that a scanner or its text recognition has turned a little


@dataclass(frozen=True)
class _Sheet:
    """One page: its lines with tables in place, and what tells a scanned page.

    ``lines`` run across the page from top to bottom, ``ordered`` are those that are read, column
    by column.
    """

    lines: list[Line]
    ordered: list[Line]
    written: int
    unnamed: int
    turned: bool
    has_picture: bool

    @property
    def is_scanned(self) -> bool:
        return self.has_picture and self.written < _FEW


def read_pdf(path: Path, raw: bytes, progress: Progress) -> tuple[str, tuple[Note, ...]]:
    """Return a PDF's printed lines and notes.

    Raises
    ------
    ProtectedFile
        It opens only with a password.
    NoText
        It holds pictures of pages, or fonts that do not say what they show.
    DamagedFile
        Pages are missing or broken.
    """
    check_streams(path, raw)
    with _hushed(), _opened(path, raw) as pdf:
        sheets = list(_sheets(path, pdf, progress))
    _check_text(path, sheets)
    kept = without_running_heads([sheet.lines for sheet in sheets])
    pages = joined(without_cuts([_read(*page) for page in zip(sheets, kept, strict=True)]))
    lines = [text for page in pages for line in page for text in _printed(line)]
    return "\n".join(lines), tuple(_notes(sheets))


def _read(sheet: _Sheet, kept: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in the order of reading that stand where lines are kept."""
    if not kept:
        return []
    top, bottom = min(line.top for line in kept), max(line.bottom for line in kept)
    return [line for line in sheet.ordered if top <= (line.top + line.bottom) / 2 <= bottom]


def _printed(line: Line) -> list[str]:
    if line.grid is None:
        return [line.text]
    return table_lines([[cell.text for cell in row] for row in line.grid.rows])


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep pdfminer's remarks on fonts from the reader, for whom they mean nothing."""
    log = logging.getLogger("pdfminer")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


@contextmanager
def _opened(path: Path, raw: bytes) -> Iterator[PDF]:
    try:
        pdf = pdfplumber.open(io.BytesIO(raw), unicode_norm=None)
    except PdfminerException as error:
        if isinstance(error.args[0], PDFPasswordIncorrect):
            raise because(ProtectedFile, path, "pdf_password") from None
        raise
    with pdf:
        yield pdf


def _sheets(path: Path, pdf: PDF, progress: Progress) -> Iterator[_Sheet]:
    declared = pdf.doc.catalog["Pages"].resolve().get("Count")
    check_pages(path, declared)
    if declared != len(pdf.pages) or not pdf.pages:
        raise because(DamagedFile, path, "pages_missing")
    for page in pdf.pages:
        with counted(path, page.page_number):
            yield _sheet(page)
        page.close()  # lets go of the page's objects, or a long document fills memory
        progress(page.page_number, len(pdf.pages))


def _sheet(page: Page) -> _Sheet:
    chars = page.dedupe_chars().chars  # bold is sometimes printed twice
    upright = [named(char) for char in chars if _is_upright(char)]
    rules = {"explicit_horizontal_lines": closing_rules(page.edges)}
    found = [table for table in page.find_tables(rules) if len(table.columns) > 1]
    outside = [char for char in upright if not any(_is_in(char, t.bbox) for t in found)]
    tables = [_table(table, upright) for table in found]
    return _Sheet(
        lines=sorted([*lines_of(outside), *tables], key=lambda line: line.top),
        ordered=in_order(outside, tables),
        written=sum(not char["text"].isspace() for char in chars),
        unnamed=sum(char["text"] == LOST for char in upright),
        turned=len(upright) < len(chars) / 2,
        has_picture=bool(page.images),
    )


def _is_upright(char: dict[str, Any]) -> bool:
    """Tell print that runs across the page, or nearly, from stamps and turned text."""
    across, up = char["matrix"][:2]
    return bool(across > 0 and abs(up) < _STEEPEST * across)


def _is_in(char: dict[str, Any], box: Sequence[float]) -> bool:
    left, top, right, bottom = box
    middle, height = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(left <= middle <= right and top <= height <= bottom)


def _table(table: Table, chars: list[dict[str, Any]]) -> Line:
    """Return a table as the line that it counts as."""
    left, top, right, bottom = table.bbox
    inside = [char for char in chars if _is_in(char, table.bbox)]
    rows = tuple(tuple(_cell(cell, inside) for cell in row.cells) for row in table.rows)
    places = sorted({cell[side] for cell in table.cells for side in (0, 2)})
    edges = [at for before, at in pairwise([-1.0, *places]) if at - before > 1]
    return Line("", top, bottom, left, right - left, grid=Grid(tuple(edges), rows))


def _cell(cell: Any, chars: list[dict[str, Any]]) -> Cell:
    if cell is None:  # the place belongs to a merged cell
        return Cell()
    inside = [char for char in chars if _is_in(char, cell)]
    return Cell(tuple(lines_of(inside)), cell[2] - cell[0])


def _check_text(path: Path, sheets: list[_Sheet]) -> None:
    written = sum(sheet.written for sheet in sheets)
    if all(sheet.is_scanned or not sheet.written for sheet in sheets):
        code = "scan" if any(sheet.has_picture for sheet in sheets) else "blank_pages"
        raise because(NoText, path, code)
    if sum(sheet.unnamed for sheet in sheets) > _MOST_UNNAMED * written:
        raise because(NoText, path, "mute_fonts")
    if are_exchanged(line.text for sheet in sheets for line in sheet.lines):
        raise because(NoText, path, "wrong_fonts")


def _notes(sheets: list[_Sheet]) -> Iterator[Note]:
    if scanned := _numbers(sheet.is_scanned for sheet in sheets):
        yield Note("scanned", scanned)
    if turned := _numbers(sheet.turned for sheet in sheets):
        yield Note("turned", turned)


def _numbers(chosen: Iterator[bool]) -> str:
    return ", ".join(str(number) for number, yes in enumerate(chosen, 1) if yes)
