"""The supervision table of a unit: every due thing by name and quote, in every kind of file."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pdfplumber
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import layers
import planmap
from layers.font import printable
from layers.outcomes import FINISHED
from layers.sheets.supervised_pages import _layout, _widths
from layers.supervision import FINDINGS, OVERDUE, supervised
from layers.supervision_files import SUPERVISION_MIME, supervision_file
from layers.supervision_words import (
    cells,
    counts,
    heads,
    supervision_scope,
    supervision_stem,
    title,
)
from layers.words import LANGUAGES, codes
from tests import toys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layers.supervision import Supervision

UNIT = "市交通运输局"


@cache
def built() -> Any:
    """Return the real catalogue."""
    return planmap.load()


def table_of(unit: str) -> Supervision:
    """Return the supervision table of a unit of the real catalogue."""
    return supervised(built().table, built().documents, unit)


def units() -> list[str]:
    """Return all units of the real catalogue that answer for more than indicators."""
    named = {unit for some in built().table["units"] for unit in some}
    return [unit for unit in sorted(named) if table_of(unit).matters]


def squeezed(text: str) -> str:
    """Return a text without blanks: lines are broken anywhere."""
    return "".join(text.split())


def of_pdf(content: bytes) -> str:
    """Return the texts of a PDF."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        return "".join(page.extract_text() for page in file.pages)


def of_xlsx(content: bytes) -> str:
    """Return the texts of a workbook; none of them is a formula."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    found = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in found} == {"s"}
    assert sheet.print_title_rows
    # a long line of words is written across the paper, none runs over its edge
    joined = {str(one) for one in sheet.merged_cells.ranges}
    alone = {cell.row for cell in found} - {cell.row for cell in found if cell.column > 1}
    assert {f"A{row}:H{row}" for row in alone} == joined
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    return "".join(str(cell.value) for cell in found)


def of_docx(content: bytes) -> str:
    """Return the texts of the table of a Word document, whose first row is repeated."""
    file = docx.Document(io.BytesIO(content))
    footer = file.sections[0].footer.paragraphs[0]._p
    assert footer.xpath("./w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    table = file.tables[0]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    return "".join(cell.text for line in table.rows for cell in line.cells)


READERS: dict[str, Callable[[bytes], str]] = {"pdf": of_pdf, "xlsx": of_xlsx, "docx": of_docx}


def due_of(unit: str) -> list[Any]:
    """Return what is due of a unit, straight from the table."""
    rows = [row for row in built().table.itertuples() if unit in row.units and row.due]
    return [row for row in rows if row.kind != "indicator"]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_all_that_is_due_is_in_the_file_of_every_unit(kind: str) -> None:
    """By name and with every quote that names the unit, for all units of the real data."""
    for unit in units():
        text = squeezed(READERS[kind](supervision_file(table_of(unit), kind, "zh")))
        for row in due_of(unit):
            assert squeezed(row.name) in text, (unit, row.name)
            said = [one for one in row.statements if unit in one["units"]]
            assert [one["quote"] for one in said if squeezed(one["quote"]) not in text] == []


def column(content: bytes, made: Supervision, place: int) -> str:
    """Return what stands in a column of the PDF, page after page, without blanks and heads."""
    layout = _layout(made, "zh")
    box, widths, point = layout.body_box, _widths(layout), 72 / 25.4
    left = box.left + 10 + sum(widths[:place])
    head = squeezed(heads("zh")[1 + place])
    right, high = left + widths[place] - 1, layout.size[1]
    top, bottom = (high - box.top) * point, (high - box.bottom) * point
    edges = ((left - 0.2) * point, top, right * point, bottom)
    with pdfplumber.open(io.BytesIO(content)) as file:
        crops = [page.crop(edges) for page in file.pages]
        texts = [squeezed(crop.extract_text()) for crop in crops]
    assert all(text.startswith(head) for text in texts)
    return "".join(text.removeprefix(head) for text in texts)


def test_all_that_is_due_is_in_the_pdf() -> None:
    """By name and quote, for every sixteenth unit; each page is A4 with title and heading row."""
    # to draw all of them takes minutes
    for unit in [UNIT, *units()[::16]]:
        made = table_of(unit)
        content = supervision_file(made, "pdf", "zh")
        with pdfplumber.open(io.BytesIO(content)) as file:
            assert {(round(page.width), round(page.height)) for page in file.pages} == {(842, 595)}
            first_lines = [squeezed(page.extract_text()) for page in file.pages]
        assert all(text.startswith("督办表") for text in first_lines)
        names, quotes = column(content, made, 0), column(content, made, 1)
        for row in due_of(unit):
            assert squeezed(printable(row.name)) in names, (unit, row.name)
            said = [one["quote"] for one in row.statements if unit in one["units"]]
            assert [one for one in said if squeezed(printable(one)) not in quotes] == []


def test_findings_agree_with_the_table() -> None:
    """Due is what the table says is due; what is finished and not promised anew never is."""
    assert set(FINDINGS) == set(codes("finding"))
    for unit in units():
        for one in table_of(unit).matters:
            assert (one.finding in OVERDUE) == bool(one.row.due)
            if one.row.known_stage in FINISHED and one.finding in OVERDUE:
                promised = [said for said in one.said if said["promised"]]
                dates = [built().documents[said["document"]].date for said in promised]
                assert max(dates) > one.row.known_date
            if one.finding == "not_due":
                assert f"{one.year}-12-31" > one.row.due_by


def test_what_is_counted_apart_stands_apart() -> None:
    """Projects, then programmes; indicators are only counted; nothing is left out."""
    for unit in units():
        made = table_of(unit)
        nouns = [one.noun for one in made.matters]
        assert nouns == sorted(nouns, reverse=True)
        assert "indicator" not in nouns
        assert [one.number for one in made.matters] == list(range(1, len(nouns) + 1))
        assert len(nouns) + made.indicators == len(layers.duties(built().table, unit))


@pytest.mark.parametrize("kind", SUPERVISION_MIME)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_table_gives_the_same_bytes(kind: str, language: layers.Language) -> None:
    """No day of making is in a file."""
    made = table_of(UNIT)
    assert supervision_file(made, kind, language) == supervision_file(made, kind, language)


HOSTILE = st.text(min_size=1, max_size=60) | st.sampled_from(
    ["=1+1", "@SUM(A1)", "<b>&amp;", "http://a.b", "甲" * 400, "W" * 300, "\x00\x0b", "$x^2$"]
)


@settings(max_examples=15)
@given(name=HOSTILE, kind=st.sampled_from(list(SUPERVISION_MIME)))
def test_hostile_names_are_only_texts(name: str, kind: str) -> None:
    """Whatever a thing is called, the file is made, can be read, and says no formula."""
    table = toys.table()
    unit = next(unit for some in table["units"] for unit in some)
    table["name"] = table["title"] = name
    table["due_by"] = "2026-12-01"
    made = supervised(table, toys.PAPERS, unit)
    assert made.matters
    assert READERS[kind](supervision_file(made, kind, "zh"))
    assert not set('<>:"/\\|?*') & set(supervision_stem(made, "zh"))


@pytest.mark.parametrize("kind", SUPERVISION_MIME)
def test_a_unit_without_anything_is_told(kind: str) -> None:
    """No empty file: one clear line that names the unit."""
    words = ["supervise", "--unit", "没有局", "--out", f"x.{kind}"]
    told = CliRunner().invoke(planmap.main, words)
    assert told.exit_code == 2
    assert "没有局" in told.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrower_table_has_another_title_and_name(language: layers.Language) -> None:
    """Only what a unit leads, or what a filter leaves, is told from the whole by title and name."""
    asked = [
        layers.Selection(unit=(UNIT,)),
        layers.Selection(lead=(UNIT,)),
        layers.Selection(lead=(UNIT,), category=("road",)),
        layers.Selection(unit=(UNIT,), search=("湿地",)),
    ]
    scopes = [supervision_scope(one, UNIT, language) for one in asked]
    tables = [replace(table_of(UNIT), scope=scope) for scope in scopes]
    assert scopes[0] == ""
    assert len({title(one, language) for one in tables}) == len(asked)
    assert len({supervision_stem(one, language) for one in tables}) == len(asked)


def test_the_command_writes_what_a_unit_leads(tmp_path: Path) -> None:
    """With --lead-only the table has no line in another role, and its title says so."""
    out = tmp_path / "a.xlsx"
    told = CliRunner().invoke(
        planmap.main, ["supervise", "--unit", UNIT, "--lead-only", "--out", str(out)]
    )
    assert told.exit_code == 0
    text = of_xlsx(out.read_bytes())
    assert "只列牵头" in text
    assert "（牵头）" in text
    assert "（参与）" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_says_all_but_the_remarks(language: layers.Language) -> None:
    """All columns but the last are filled, and the counts are those of the lines."""
    made = table_of(UNIT)
    for one in made.matters:
        *texts, remarks = cells(one, made, language)
        assert all(texts)
        assert remarks == ""
    assert counts(made, language)
