"""A sheet names everything it counts: on it, on pages that follow, or in files beside it."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pypdfium2 import PdfDocument as Pdf

from layers.lines import stage_line
from layers.sheets import facts
from layers.sheets.atlas import atlas
from layers.sheets.lettering import Letters, broken
from layers.sheets.listing import is_one_page
from layers.sheets.making import _followed, drawn, make_files, make_sheet, packed, pages_of
from layers.sheets.options import SheetOptions
from layers.sheets.strips import Strip, fitted_widths, flowed, set_cell
from layers.sheets.subject import Subject, title_of
from layers.words import LANGUAGES, caption
from tests import crowds
from tests.test_sheet_files import BASE, TABLE, subject, svg_texts
from tests.toys import PAPERS

LONG = "甲乙丙丁戊己庚辛壬癸" * 40
TALL = 200
OPTIONS = (
    {"format": "pdf"},
    {"format": "pdf", "paper": "a3", "labels": "numbers"},
    {"format": "pdf", "upright": True, "language": "en"},
    {"format": "pptx", "paper": "wide"},
    {"format": "svg"},
    {"format": "pdf", "atlas": "project"},
    {"format": "pptx", "atlas": "project", "language": "en", "upright": True},
)


def thrown(seed: int) -> Subject:
    """Return a selection of copies of the toys: some with positions, some without, any number."""
    draw = random.Random(seed)
    crowd = crowds.table(draw.choice([1, 3, 25]))
    rest = TABLE.iloc[[draw.randrange(len(TABLE)) for _ in range(draw.choice([0, 5, 60]))]].copy()
    rest["id"] = [f"rest-{number}" for number in range(len(rest))]
    rest["name"] = [f"{name}第{number}号" for number, name in enumerate(rest["name"])]
    rest["title"] = rest["name"]
    table = pd.concat([crowd, rest], ignore_index=True)
    if draw.random() < 0.3:
        table = table[table.geometry.isna()] if rest.geometry.isna().any() else table
    table = table.reset_index(drop=True)
    if draw.random() < 0.4:
        long = draw.choice([LONG, "W" * 300, "a <b> & 'c' " * 20])
        table.loc[table.index[-1], ["name", "title"]] = long
    return Subject(table, table, BASE, PAPERS, subject().selection)


def bare(text: str) -> str:
    """Return a text without blanks."""
    return "".join(text.split())


def texts_of(one: Subject, options: SheetOptions) -> list[str]:
    """Return what can be read on each page of all files of a sheet, without blanks."""
    pages: list[str] = []
    for file in make_files(one, options):
        if options.format == "svg":
            pages.append(bare("".join(svg_texts(file.content))))
        elif options.format == "pdf":
            # in the order of writing: a name that is wrapped stays together
            pages += [bare(page.get_textpage().get_text_range()) for page in Pdf(file.content)]
        else:
            slides = Presentation(io.BytesIO(file.content)).slides
            pages += [bare("".join(slide_texts(slide))) for slide in slides]
    return pages


def slide_texts(slide: Any) -> list[str]:
    """Return the texts and tables of a slide; its notes are not on it."""
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return texts + [cell.text for table in tables for row in table.rows for cell in row.cells]


def is_named(name: str, read: str) -> bool:
    """Return whether a name can be read; one higher than a page goes on after the next header."""
    return name in read or (
        len(name) > TALL and all(read.count(sign) >= name.count(sign) for sign in set(name))
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_every_chosen_thing_is_named(options: dict[str, Any], seed: int) -> None:
    """For random selections each name, status, township and line can be read in the files."""
    one = thrown(seed * 7 + len(options))
    made = SheetOptions(**options)
    if made.atlas:  # pages for each: a part shows the same, with the last, whose name may be long
        one = replace(one, shown=one.shown.iloc[::-5])
    read = "".join(texts_of(one, made))
    about = facts.About(one.documents, made.language)
    for row in one.shown.itertuples():
        assert is_named(bare(row.title), read)
        for say in (facts.status, facts.units, facts.townships, facts.lines):
            for part in bare(say(row, about)).split("；" if made.language == "zh" else ";"):
                assert part in read


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", ["pdf", "svg", "pptx"])
def test_pages_are_numbered(form: str, seed: int) -> None:
    """Each page says which of how many it is; a single page says nothing."""
    pages = texts_of(thrown(seed), SheetOptions(format=form))
    for number, text in enumerate(pages, 1):
        assert (f"{number}/{len(pages)}" in text) is (len(pages) > 1)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_no_text_covers_another(options: dict[str, Any], seed: int) -> None:
    """On no page do two texts share ink, and none leaves the paper."""
    one, made = thrown(seed * 5 + len(options)), SheetOptions(**{**options, "format": "pdf"})
    for page, place in _followed([pages_of(*each) for each in atlas(one, made)], lambda *_: None):
        paper = drawn(page, place)
        renderer = paper.figure.canvas.get_renderer()
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in paper.figure.texts]
        wide, high = paper.figure.bbox.size
        for _, box in boxes:
            assert box.x0 >= 0
            assert box.y0 >= 0
            assert box.x1 <= wide
            assert box.y1 <= high
        # Line boxes are higher than their ink: a fifth of a line may overlap.
        covering = [
            (first, other)
            for (first, a), (other, b) in combinations(boxes, 2)
            if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.3
            and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.25 * min(a.height, b.height)
        ]
        assert covering == []


def test_an_overlap_would_be_found() -> None:
    """A register whose rows are set too close is caught by the test of overlaps."""
    page = next(page for page in pages_of(thrown(1), SheetOptions(format="pdf", labels="numbers")))
    paper = drawn(page, _followed([[page]], lambda *_: None).__next__()[1])
    paper.write((20, 20), "甲甲甲", Letters(12))
    paper.write((22, 21), "乙乙乙", Letters(12))
    one, other = (
        text.get_window_extent(paper.figure.canvas.get_renderer())
        for text in paper.figure.texts[-2:]
    )
    assert one.overlaps(other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_says_where_its_list_is(language: Any) -> None:
    """The foot of a map names the pages on which all that it counts is listed."""
    one = crowds.subject(120)
    pages = texts_of(one, SheetOptions(format="pdf", language=language))
    said = caption("sheet_listed_pages", language, count=120, first=2, last=len(pages))
    assert bare(said) in pages[0]


def test_few_things_stand_on_the_sheet_itself() -> None:
    """Where the whole register has room beside the map there is one page, and it says so."""
    one = subject(category=("park_green", "road"))
    assert is_one_page(one, SheetOptions())
    (page,) = texts_of(one, SheetOptions(format="svg"))
    assert bare(caption("sheet_listed_here", "zh", count=len(one.shown))) in page


@pytest.mark.parametrize("seed", range(12))
def test_the_number_of_pages_is_known_before_drawing(seed: int) -> None:
    """What is told to be one page is one file, and what is not is several."""
    one = thrown(seed)
    for options in (SheetOptions(), SheetOptions(format="svg", paper="a3", upright=True)):
        assert is_one_page(one, options) is (len(pages_of(one, options)) == 1)


def test_several_pictures_are_several_files() -> None:
    """A PNG that has no room for its register has files beside it, in an app one ZIP."""
    one = crowds.subject(90)
    files = make_files(one, SheetOptions(dpi=96), "map")
    digits = len(str(len(files)))
    names = [f"map_第{number:0{digits}}页.png" for number in range(1, len(files) + 1)]
    assert [file.name for file in files] == names
    assert files[0].content == make_sheet(one, SheetOptions(dpi=96))
    whole = packed(files, "map")
    assert whole.name == "map.zip"
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert archive.namelist() == [file.name for file in files]
    assert whole == packed(files, "map")
    assert packed(files[:1]) == files[0]


def test_a_selection_without_a_position_is_a_list() -> None:
    """Where nothing has a position there is no map: no scale, no frame, the list from the top."""
    one = subject(location_class=("township", "city"))
    (page, *_) = pages_of(one, SheetOptions(format="pdf"))
    text = texts_of(one, SheetOptions(format="pdf"))[0]
    assert "EPSG" not in text
    assert not hasattr(page, "scene")
    assert all(bare(name) in text for name in one.shown["name"])


def test_no_sheet_of_an_atlas_is_an_empty_map() -> None:
    """Each sheet of an atlas draws a thing or is a list."""
    for by in ("unit", "strategy", "township"):
        for part, options in atlas(subject(), SheetOptions(format="pdf", atlas=by)):
            first = pages_of(part, options)[0]
            assert getattr(first, "scene", None) is None or first.scene.signs


def test_the_title_names_the_one_township() -> None:
    """A selection of one township is called after it; of none or two after the county."""
    one = subject(township=("青溪镇",))
    assert title_of(one, SheetOptions()) == caption("sheet_town", "zh", town="青溪镇")
    assert "青溪县" in title_of(subject(), SheetOptions())
    assert title_of(one, SheetOptions(title="自己的")) == "自己的"


def test_a_known_outcome_stands_beside_the_plans() -> None:
    """What became of a thing stands in register and project page, with stage, date and source."""
    one = subject(category=("road",))
    (row,) = one.shown.itertuples()
    about = facts.About(one.documents, "zh")
    assert facts.known(row, about)
    for options in (SheetOptions(format="pdf"), SheetOptions(format="pptx", atlas="project")):
        read = "".join(texts_of(one, options))
        assert bare(facts.known(row, about)) in read
        assert bare(stage_line(row, "zh")) in read
    assert row.known_source in "".join(texts_of(one, SheetOptions(format="pdf", atlas="project")))


@pytest.mark.parametrize("form", ["pdf", "pptx"])
def test_a_project_has_its_pages(form: str) -> None:
    """The atlas by project has for each its name, every quote with document and line."""
    one = subject()
    options = SheetOptions(format=form, atlas="project")
    progress: list[tuple[int, int]] = []
    make_sheet(one, options, lambda done, of: progress.append((done, of)))
    assert progress[-1] == (len(one.shown), len(one.shown))
    pages = texts_of(one, options)
    for row in one.shown.itertuples():
        own = "".join(text for text in pages if bare(row.name) in text)
        for said in row.statements:
            assert bare(said["quote"]) in own
            assert f"{said['document']}:{said['line']}" in own


def test_a_sign_the_font_lacks_is_a_mark() -> None:
    """What a document prints never stops a sheet, nor shows an empty box."""
    one = crowds.subject(3)
    one.shown.loc[0, ["name", "title"]] = "青溪■公园"
    read = "".join(texts_of(one, SheetOptions(format="pdf", labels="none")))
    assert "青溪〓公园" in read


@given(st.text("柳市（），。 abc-“”/", max_size=80), st.floats(3, 60))
def test_broken_lines_are_the_text(text: str, room: float) -> None:
    """Lines put together again are the text, with every blank."""
    assert "".join(broken(text, Letters(7), room)) == text


HEIGHTS = st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=60)


@settings(max_examples=80, deadline=None)
@given(HEIGHTS, st.floats(20, 90))
def test_nothing_is_lost_between_columns(rows: list[tuple[int, bool]], room: float) -> None:
    """Every line of every strip stands in a column, in order; no column ends in a heading."""
    letters = Letters(7)
    strips = [
        Strip(
            (tuple((f"{number}.{line}", letters) for line in range(1 if heading else count)),),
            3.0,
            1.0,
            heading=heading,
            again=((f"again {number}", letters),),
        )
        for number, (count, heading) in enumerate(rows)
    ]
    columns = flowed(strips, lambda _: room)
    lines = [text for column in columns for strip in column for text, _ in strip.cells[0]]
    wanted = [text for strip in strips for text, _ in strip.cells[0]]
    assert [text for text in lines if not text.startswith("again")] == wanted
    for column in columns:
        assert sum(strip.height for strip in column) - column[-1].air <= room + 1e-6
    following = pairwise(columns)
    assert not any(one[-1].heading and not other[0].heading for one, other in following)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 7), st.floats(60, 400))
def test_columns_fill_the_room(seed: int, columns: int, room: float) -> None:
    """Columns fill a room without rest, and where all texts fit on a line none is wrapped."""
    wanted = np.random.default_rng(seed).uniform(1, 120, (20, columns))
    widths = fitted_widths(wanted, 20.0, room)
    assert sum(widths) == pytest.approx(room)
    if wanted.max(axis=0).sum() < 0.8 * room:
        assert (wanted.max(axis=0) <= np.array(widths) + 1e-6).all()


def test_a_long_text_gets_room_though_it_is_alone() -> None:
    """One long text among many short ones makes its column wider, not its row very high."""
    wanted = np.full((50, 3), 15.0)
    wanted[0, 1] = 600.0
    widths = fitted_widths(wanted, 20.0, 200.0)
    assert widths[1] > 100


def test_an_empty_cell_has_no_line() -> None:
    """Where there is nothing to say no line is taken."""
    assert set_cell("", Letters(7), 20) == ()
    assert set_cell(" \n", Letters(7), 20) == ()
