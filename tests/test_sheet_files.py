"""Sheets as files, read back by tools that others wrote."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pdfplumber
import pytest
import zxingcpp
from PIL import Image
from pptx import Presentation
from pptx.util import Mm

from layers.drawing import draw_legend
from layers.facets import FACETS, Known
from layers.selection import Selection, choices, select
from layers.sheets.atlas import atlas
from layers.sheets.link import view_link
from layers.sheets.making import make_sheet, preview
from layers.sheets.options import FORMATS, SHEET_MIME, BadSheet, SheetOptions
from layers.sheets.subject import Subject
from layers.words import LANGUAGES, caption, label
from store import ROOT
from tests import crowds, toys

if TYPE_CHECKING:
    from pathlib import Path

TABLE, BASE = toys.table(), toys.base()
KNOWN = Known(toys.PAPERS, date(2026, 11, 25))
SVG = "{http://www.w3.org/2000/svg}"
TITLE = "青溪 <b>$5^2$</b> & “图”"
FOUND_AGAIN = 0.95


def subject(**filters: Any) -> Subject:
    """Return the toy town's subject for a selection."""
    selection = Selection(**filters)
    return Subject(select(TABLE, selection, KNOWN), TABLE, BASE, toys.PAPERS, selection)


def svg_texts(content: bytes) -> list[str]:
    """Return the texts of an SVG as they stand in it."""
    return ["".join(text.itertext()) for text in ET.fromstring(content).iter(f"{SVG}text")]


def drawn(content: bytes) -> set[str]:
    """Return the ids of the things that an SVG draws."""
    ids = (group.get("id", "") for group in ET.fromstring(content).iter(f"{SVG}g"))
    return {name.removeprefix("project:") for name in ids if name.startswith("project:")}


def pdf_texts(content: bytes) -> list[str]:
    """Return the text of each page of a PDF without blanks."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return ["".join(page.extract_text().split()) for page in pdf.pages]


def slides(content: bytes) -> list[Any]:
    """Return the slides of a deck."""
    return list(Presentation(io.BytesIO(content)).slides)


def table_text(slide: Any) -> str:
    """Return all that stands in the tables of a slide."""
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def said_by_legend(language: str) -> list[str]:
    """Return the texts of the legend of all things."""
    groups = draw_legend(TABLE, language)["groups"]  # type: ignore[arg-type]
    return [item["text"] for group in groups for item in group["items"]]


def test_text_in_svg_is_text_and_its_font_is_inside() -> None:
    """Title, legend and names of an SVG are text, set in a font that the file carries."""
    content = make_sheet(subject(), SheetOptions(format="svg", title=TITLE))
    texts = svg_texts(content)
    assert {TITLE, "全部项目", "青溪湿地公园", "望月路", *said_by_legend("zh")} <= set(texts)
    style = content.decode()
    assert style.count("@font-face") == 2
    assert "Noto Sans SC" in style
    assert "http" not in re.sub(r"http://(www\.w3\.org|purl\.org|creativecommons\.org)/", "", style)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_names_its_documents(language: Any) -> None:
    """At the foot stand title and date of each document that names what is shown."""
    one = subject(category=("park_green",))
    (text,) = pdf_texts(make_sheet(one, SheetOptions(format="pdf", language=language)))
    named = {said["document"] for row in one.shown["statements"] for said in row}
    assert named
    for name, paper in toys.PAPERS.items():
        assert ("".join(paper.title.split()) in text) is (name in named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_pdf_is_text_in_an_embedded_font(language: Any) -> None:
    """Title, legend and names of a PDF can be copied; every font is embedded."""
    options = SheetOptions(format="pdf", title=TITLE, language=language, grid=True)
    content = make_sheet(subject(), options)
    (text,) = pdf_texts(content)
    for part in (
        TITLE,
        "青溪湿地公园",
        *said_by_legend(language),
        caption("legend_stage", language),
    ):
        assert "".join(part.split()) in text
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert {character["fontname"][6:19] for character in pdf.pages[0].chars} == {
            "+NotoSansSCTh"
        }
        assert (pdf.pages[0].width, pdf.pages[0].height) == pytest.approx((841.9, 595.3), abs=0.2)


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="pdffonts (poppler-utils) is not here")
def test_pdffonts_finds_every_font_embedded(tmp_path: Path) -> None:
    """pdffonts says of each font that it is embedded, a subset, and tells its characters."""
    (tmp_path / "a.pdf").write_bytes(make_sheet(subject(), SheetOptions(format="pdf")))
    told = subprocess.run(
        ["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert told
    assert all(re.search(r"TrueType +Identity-H +yes yes yes", line) for line in told)


@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not here")
def test_tesseract_reads_title_and_legend_back(tmp_path: Path) -> None:
    """At 300 dpi at least 95 of 100 Chinese signs of title and legend are read back."""
    languages = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=True
    ).stdout.split()
    if "chi_sim" not in languages:
        pytest.skip("tesseract has no chi_sim here")
    title = "青溪镇重点建设项目分布图"
    picture = make_sheet(subject(), SheetOptions(dpi=300, title=title))
    (tmp_path / "a.png").write_bytes(picture)
    words = ["tesseract", str(tmp_path / "a.png"), "-", "-l", "chi_sim", "--psm", "11"]
    read = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    left = list("".join(read.split()))
    wanted = re.findall("[一-鿿]", title + "".join(said_by_legend("zh")))
    found = 0
    for sign in wanted:
        if sign in left:
            left.remove(sign)
            found += 1
    assert found / len(wanted) >= FOUND_AGAIN


@pytest.mark.parametrize("dpi", [96, 150, 300])
def test_the_qr_code_leads_to_the_selection(dpi: int) -> None:
    """The QR code of a sheet is read back as the link to what it shows."""
    one = subject(category=("park_green", "road"), lead=("市园林局",))
    options = SheetOptions(dpi=dpi, address="https://plans.example.org/map")
    picture = Image.open(io.BytesIO(make_sheet(one, options))).convert("L")
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == view_link(options.address, one.selection)


def test_a_dated_sheet_says_so_in_words_and_code() -> None:
    """The date as of which a sheet is stands below its title, the user's own too, and in its code.

    A sheet of today names none.
    """
    one = replace(subject(strategy=("ecology",)), as_of="2017")
    options = SheetOptions(format="svg", address="https://plans.example.org", language="en")
    assert any(
        "strategy ecology (as of 2017)" in text for text in svg_texts(make_sheet(one, options))
    )
    own = make_sheet(one, replace(options, subtitle="Mine"))
    assert any("Mine (as of 2017)" in text for text in svg_texts(own))
    now = make_sheet(replace(one, as_of=""), options)
    assert not any("as of" in text for text in svg_texts(now))
    png = make_sheet(one, replace(options, format="png"))
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    assert code.text == "https://plans.example.org/overview?strategy=ecology&asof=2017"


def test_without_an_address_there_is_no_code() -> None:
    """An app that others cannot reach prints no QR code."""
    picture = Image.open(io.BytesIO(make_sheet(subject(), SheetOptions(dpi=300)))).convert("L")
    assert zxingcpp.read_barcodes(picture) == []


@pytest.mark.parametrize(
    ("dpi", "paper", "size"), [(96, "a4", (1122, 793)), (300, "wide", (4000, 2250))]
)
def test_a_picture_is_as_large_as_asked(dpi: int, paper: str, size: tuple[int, int]) -> None:
    """Paper and resolution make the size in pixels."""
    picture = make_sheet(subject(), SheetOptions(dpi=dpi, paper=paper))
    assert Image.open(io.BytesIO(picture)).size == size


def test_a_slide_has_title_picture_and_notes() -> None:
    """A deck has the title as text, the picture over the whole slide, and the list as notes."""
    options = SheetOptions(format="pptx", paper="wide", title=TITLE, dpi=300)
    slide, *_ = slides(make_sheet(subject(), options))
    assert slide.shapes.title.text == TITLE
    assert "全部项目" in [shape.text for shape in slide.shapes if shape.has_text_frame]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert (picture.left, picture.top, picture.width, picture.height) == (
        0,
        0,
        Mm(338.7),
        Mm(190.5),
    )
    assert picture.image.size == (4000, 2250)
    notes = slide.notes_slide.notes_text_frame.text
    assert all(name in notes for name in TABLE["name"])
    assert "Toy makers" in notes


def test_each_project_can_have_a_slide() -> None:
    """With slides for projects there is one more for each, with its quotes."""
    made = slides(make_sheet(subject(), SheetOptions(format="pptx", slides=True)))
    things = TABLE[TABLE["kind"] != "programme"]
    titles = [slide.shapes.title.text for slide in made]
    assert [title for title in titles if title in set(things["name"])] == list(things["name"])
    said = {slide.shapes.title.text: table_text(slide) for slide in made}
    assert "青溪湿地公园已建成" in said["青溪湿地公园"]
    assert "901:1" in said["青溪湿地公园"]


STABLE: dict[str, Any] = {"date": "2026-11-30", "address": "https://a.cn"}


@pytest.fixture(scope="module")
def made_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sheet in each format, filled by a process whose hashes are not ours."""
    program = (
        "import sys; from pathlib import Path; from tests.test_sheet_files import *\n"
        "for form in FORMATS:\n"
        "    made = make_sheet(subject(), SheetOptions(format=form, **STABLE))\n"
        "    (Path(sys.argv[1]) / form).write_bytes(made)"
    )
    folder = tmp_path_factory.mktemp("elsewhere")
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    return folder


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(form: str, made_elsewhere: Path) -> None:
    """A sheet made in another process, with other hashes, is the same file."""
    other = (made_elsewhere / form).read_bytes()
    same = make_sheet(subject(), SheetOptions(format=form, **STABLE)) == other
    assert same, "the bytes differ"  # to say where takes minutes
    assert len(other) > 10_000


def test_a_deck_is_dated_long_ago() -> None:
    """No day of making is hidden in a deck's files."""
    with zipfile.ZipFile(io.BytesIO(make_sheet(subject(), SheetOptions(format="pptx")))) as deck:
        assert {entry.date_time for entry in deck.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def random_filters(seed: int) -> dict[str, Any]:
    """Return filters such as a user sets them, from values that there are."""
    draw = random.Random(seed)
    names = draw.sample(sorted(set(FACETS) - {"search"}), draw.randint(0, 2))
    return {
        name: tuple(draw.sample(there, min(len(there), draw.randint(1, 3))))
        for name in names
        if (there := choices(TABLE, name, KNOWN))
    }


@pytest.mark.parametrize("seed", range(30))
def test_what_is_selected_is_what_is_drawn(seed: int) -> None:
    """For random selections the ids on the sheet are those with a place, and the count is said.

    Where none has a place there is no map, and the list says how many there are.
    """
    one = subject(**random_filters(seed))
    content = make_sheet(one, SheetOptions(format="svg"))
    placed, count = one.shown[one.shown.geometry.notna()], len(one.shown)
    assert drawn(content) == set(placed["id"])
    said = caption("sheet_count_drawn", "zh", counted=f"{len(placed)} 个项目")
    if placed.empty and count:
        said = caption("sheet_list_counts", "zh", count=count, counts="")
    assert any(text.startswith(said) for text in svg_texts(content))


@pytest.mark.parametrize("by", ["unit", "strategy", "township"])
@pytest.mark.parametrize("form", ["pdf", "pptx"])
def test_an_atlas_has_a_sheet_for_each(form: str, by: str) -> None:
    """An atlas has a titled sheet for each unit, strategy or township, and says how far it is."""
    progress: list[tuple[int, int]] = []
    options = SheetOptions(format=form, atlas=by, dpi=96)
    content = make_sheet(subject(), options, lambda done, of: progress.append((done, of)))
    if by == "township":
        titles = [caption("sheet_town", "zh", town="青溪镇")]
    else:
        there = choices(TABLE, by)
        titles = [label(by, value, "zh") if FACETS[by].codes else value for value in there]
    if form == "pptx":
        assert [slide.shapes.title.text for slide in slides(content)] == titles
    else:
        pages = pdf_texts(content)
        assert len(pages) == len(titles)
        assert all(page.startswith(title) for page, title in zip(pages, titles, strict=True))
    assert progress == [(done, len(titles)) for done in range(len(titles) + 1)]


def test_a_sheet_of_an_atlas_shows_its_own_things() -> None:
    """On a unit's sheet stand the things of that unit and no others."""
    for one, options in atlas(subject(), SheetOptions(format="pdf", atlas="unit")):
        assert options.title in one.selection.unit
        assert set(one.shown["id"]) == set(select(TABLE, Selection(unit=(options.title,)))["id"])


def test_an_atlas_of_nothing_is_told() -> None:
    """Where nothing chosen has a unit there is no atlas, and one line says so."""
    with pytest.raises(BadSheet, match="nothing that is chosen has a unit"):
        make_sheet(subject(search=("没有这个",)), SheetOptions(format="pdf", atlas="unit"))


def test_a_list_without_room_has_pages_of_its_own() -> None:
    """In a PDF the list of very many things follows the sheet; all are on it."""
    one = crowds.subject(200)
    first, *rest = pdf_texts(make_sheet(one, SheetOptions(format="pdf", labels="numbers")))
    assert rest
    assert "编号清单" not in first
    assert all(name in "".join(rest) for name in one.shown["name"])


def test_what_has_no_name_is_counted() -> None:
    """A map that shall have names, and has no room for them, says how many have none."""
    options = SheetOptions(format="svg", labels="names")
    texts = svg_texts(make_sheet(crowds.subject(200), options))
    assert any("200 个未标名称" in text for text in texts)


@pytest.mark.parametrize("is_crowd", [False, True])
@pytest.mark.parametrize("form", FORMATS)
def test_nothing_and_very_much_can_be_drawn(form: str, is_crowd: bool) -> None:  # noqa: FBT001 - a column
    """A sheet of no thing and one of so many that dots stand for them are files like any other."""
    # PDF and PPTX list them all, page after page: 600 are dots already.
    count = 2_000 if form in {"png", "svg"} else 600
    one = crowds.subject(count) if is_crowd else subject(search=("没有这个",))
    assert len(make_sheet(one, SheetOptions(format=form, dpi=96))) > 10_000


@pytest.mark.parametrize(
    "title", ["长" * 120, "W" * 120, "a b " * 30, "\n\t\x00题", "</text><script>"]
)
def test_a_strange_title_is_a_title(title: str) -> None:
    """A title as long as allowed, one without a place to break, and mark-up stand as text."""
    (text,) = pdf_texts(make_sheet(subject(), SheetOptions(format="pdf", title=title)))
    wanted = "".join(letter for letter in title if letter.isprintable() and letter != " ")
    assert text.startswith(wanted)


def test_a_preview_is_the_first_sheet() -> None:
    """The preview is a small picture, of an atlas its first sheet."""
    assert Image.open(io.BytesIO(preview(subject(), SheetOptions(dpi=300)))).size == (1122, 793)
    options = SheetOptions(format="pdf", atlas="strategy")
    assert preview(subject(), options) == preview(*atlas(subject(), options)[0])


def test_every_format_has_its_type() -> None:
    """Each format is sent under its own media type."""
    assert set(SHEET_MIME) == {*FORMATS, "zip"}
