"""Slides are made to be projected: no letters under 12 points, nothing cut, covered or outside."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pptx import Presentation
from pptx.util import Length

from layers.sheets.atlas import atlas
from layers.sheets.layout import SLIDE_LEAST
from layers.sheets.lettering import POINT, Letters, broken
from layers.sheets.making import _followed, drawn, make_sheet, pages_of
from layers.sheets.options import SheetOptions
from tests import crowds
from tests.test_sheet_files import subject
from tests.test_sheet_register import thrown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.sheets.subject import Subject

MM = 36_000
# What letters of another font may be wider by, and a hair in millimetres.
WIDER, HAIR = 1.08, 0.3
DECKS = (
    {},
    {"language": "en"},
    {"atlas": "project"},
    {"atlas": "project", "language": "en"},
    {"slides": True, "labels": "names"},
)


class Box(NamedTuple):
    """A text on a slide: its edges in millimetres from the upper left, and its paragraphs."""

    left: float
    top: float
    right: float
    bottom: float
    texts: tuple[tuple[str, float, bool], ...]


def paragraphs(frame: Any) -> tuple[tuple[str, float, bool], ...]:
    """Return the paragraphs of a text with size in points and weight."""
    return tuple(
        (one.text, one.runs[0].font.size.pt, bool(one.runs[0].font.bold))
        for one in frame.paragraphs
        if one.runs
    )


def boxes_of(slide: Any) -> Iterator[Box]:
    """Return the boxes of all texts of a slide, tables cell by cell."""
    for shape in slide.shapes:
        left, top = shape.left / MM, shape.top / MM
        if shape.has_text_frame:
            right, bottom = left + shape.width / MM, top + shape.height / MM
            yield Box(left, top, right, bottom, paragraphs(shape.text_frame))
        elif shape.has_table:
            yield from cells_of(shape.table, left, top)


def cells_of(table: Any, left: float, top: float) -> Iterator[Box]:
    """Return the boxes of a table's cells, without their margins."""
    for number, row in enumerate(table.rows):
        high, at = row.height / MM, left
        for place, column in enumerate(table.columns):
            cell = table.cell(number, place)
            wide = column.width / MM
            if cell.is_merge_origin:
                span = range(place, place + cell.span_width)
                wide = sum(table.columns[one].width for one in span) / MM
            if not cell.is_spanned:
                gap = Length(cell.margin_right) / MM
                yield Box(at, top, at + wide - gap, top + high, paragraphs(cell.text_frame))
            at += column.width / MM
        top += high


def height(box: Box) -> float:
    """Return how high the paragraphs of a box are when set to its width in wider letters."""
    high = 0.0
    for text, size, bold in box.texts:
        letters = Letters(size, bold)
        lines = broken(text, letters, (box.right - box.left) / WIDER)
        high += len(lines) * size * POINT * 1.2
    return high


def decks(seed: int, options: dict[str, Any]) -> tuple[Subject, SheetOptions]:
    """Return a thrown selection and the options of a deck."""
    one = thrown(seed)
    one.shown["title"] = one.shown["title"].str.slice(0, 40)
    return one, SheetOptions(format="pptx", paper="wide", date="2026-12-01", **options)


def test_rows_of_a_slide_keep_apart_when_letters_are_larger() -> None:
    """A row that grows has room below its text still, and lines break by the rules of Chinese."""
    one, options = decks(1, {"atlas": "project"})
    one = replace(one, shown=one.shown.iloc[:4])
    deck = Presentation(io.BytesIO(make_sheet(one, options)))
    cells = [
        cell
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
    ]
    assert cells
    assert all(Length(cell.margin_bottom) / MM > 0.3 for cell in cells if cell.text)
    runs = [run for cell in cells for line in cell.text_frame.paragraphs for run in line.runs]
    assert {run._r.rPr.get("lang") for run in runs} == {"zh-CN"}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("options", DECKS, ids=str)
def test_texts_of_a_slide_can_be_read_and_fit(options: dict[str, Any], seed: int) -> None:
    """Every text has 12 points or more, fits its box in wider letters, and stays on the slide."""
    deck = Presentation(io.BytesIO(make_sheet(*decks(seed, options))))
    wide, high = deck.slide_width / MM, deck.slide_height / MM
    for slide in deck.slides:
        found = [box for box in boxes_of(slide) if box.texts]
        assert found
        for box in found:
            assert min(size for _, size, _ in box.texts) >= SLIDE_LEAST
            assert min(box.left, box.top) >= 0
            assert box.right <= wide + HAIR
            assert box.bottom <= high + HAIR
            assert height(box) <= box.bottom - box.top + HAIR, box
        for one, other in combinations(found, 2):
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert min(across, down) <= HAIR, (one, other)


@pytest.mark.parametrize("count", [1, 12, 90])
@pytest.mark.parametrize("options", DECKS[:3], ids=str)
def test_letters_in_the_picture_of_a_slide_can_be_read(options: dict[str, Any], count: int) -> None:
    """What is drawn has 12 points too, and none of it leaves the slide or covers another text."""
    made = SheetOptions(
        format="png" if not options.get("atlas") else "pptx", paper="wide", **options
    )
    for one in (crowds.subject(count), subject()):
        pages = [pages_of(*each) for each in atlas(one, made)][:3]
        for page, place in _followed(pages, lambda *_: None):
            paper = drawn(page, place)
            renderer = paper.figure.canvas.get_renderer()
            edges = [text.get_window_extent(renderer) for text in paper.figure.texts]
            for text, edge in zip(paper.figure.texts, edges, strict=True):
                assert text.get_fontsize() >= SLIDE_LEAST - 1e-6, text.get_text()
                assert min(edge.x0, edge.y0) >= 0, text.get_text()


def test_a_text_that_does_not_fit_would_be_found() -> None:
    """The measure itself: one sign more than a line holds makes two lines of it."""
    line = "字" * 10
    wide = 10 * 12 * POINT * WIDER + 0.01
    assert height(Box(0, 0, wide, 9, ((line, 12.0, False),))) == pytest.approx(12 * POINT * 1.2)
    assert height(Box(0, 0, wide, 9, ((line + "字", 12.0, False),))) == pytest.approx(
        2 * 12 * POINT * 1.2
    )
