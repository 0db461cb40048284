"""What can be asked of a sheet: checked, told in one line, and carried by a link."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.selection import Selection
from layers.sheets.link import (
    date_of_link,
    extent_of_view,
    options_from_query,
    options_from_words,
    options_to_query,
    read_link,
    sheet_link,
    view_link,
)
from layers.sheets.options import SHEET_CHOICES, BadSheet, SheetOptions
from layers.words import LANGUAGES

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"format": "gif"}, "known are png, svg, pdf, pptx"),
    ({"paper": "b5"}, "unknown paper"),
    ({"dpi": 97}, "known are 96, 150, 300"),
    ({"labels": "all"}, "unknown labels"),
    ({"atlas": "unit"}, "an atlas is a pdf or pptx, not png"),
    ({"paper": "free"}, "a side of 0.0 mm"),
    ({"paper": "free", "width_mm": float("nan"), "height_mm": 300.0}, "a side of nan mm"),
    ({"paper": "free", "width_mm": 9000.0, "height_mm": 300.0}, "a side of 9000.0 mm"),
    ({"paper": "free", "width_mm": 1500.0, "height_mm": 1500.0, "dpi": 300}, "too many dots"),
    ({"title": "长" * 500}, "title has 500 characters, at most 120 fit"),
    ({"subtitle": "x" * 301}, "subtitle has 301 characters"),
    ({"date": "30.11.2026"}, "date '30.11.2026'"),
    ({"address": "ftp://a"}, "must begin with http"),
    ({"extent": "121,28,120,29"}, "east must be beyond west"),
    ({"extent": "120,29,121,28"}, "north beyond south"),
    ({"extent": "120,28,120,28"}, "east must be beyond west"),
    ({"extent": "nan,28,121,29"}, "an extent is four numbers"),
    ({"extent": "120,28,inf,29"}, "an extent is four numbers"),
    ({"extent": "a,b,c,d"}, "an extent is four numbers"),
    ({"extent": "-10,28,121,29"}, "between 73.5 and 136.5"),
]


@pytest.mark.parametrize(("options", "message"), WRONG, ids=str)
def test_a_wrong_option_is_told_in_one_line(options: dict[str, Any], message: str) -> None:
    """Each wrong option is refused with one line, which there is in both languages."""
    with pytest.raises(BadSheet, match=message) as told:
        SheetOptions(**options)
    lines = {told.value.said(language) for language in LANGUAGES}
    assert len(lines) == 2
    assert all(line and "\n" not in line for line in lines)


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({}, (297, 210)),
        ({"upright": True}, (210, 297)),
        ({"paper": "a3", "upright": True}, (297, 420)),
        ({"paper": "wide", "upright": True}, (338.7, 190.5)),
        ({"paper": "free", "width_mm": 500.0, "height_mm": 200.0, "upright": True}, (500, 200)),
    ],
    ids=str,
)
def test_paper_has_its_size(options: dict[str, Any], size: tuple[float, float]) -> None:
    """Standing paper is turned; slides and free sizes are as they are."""
    assert SheetOptions(**options).size_mm == size


SOME = st.builds(
    SheetOptions,
    format=st.sampled_from(("pdf", "pptx")),
    paper=st.just("free"),
    upright=st.booleans(),
    width_mm=st.integers(120, 600).map(float),
    height_mm=st.floats(120, 600),
    dpi=st.sampled_from((96, 150, 300)),
    extent=st.sampled_from(("selection", "city", "柳市镇", "120.5,27.5,121,28.25")),
    title=st.text(max_size=40),
    subtitle=st.text(max_size=40),
    grid=st.booleans(),
    inset=st.booleans(),
    labels=st.sampled_from(SHEET_CHOICES["labels"]),
    slides=st.booleans(),
    atlas=st.sampled_from(SHEET_CHOICES["atlas"]),
)
CHOSEN = st.builds(
    Selection,
    status=st.lists(st.sampled_from(("started", "completed")), unique=True).map(tuple),
    unit=st.lists(st.sampled_from(("市住建局", "a&b=c", "<b>")), unique=True).map(tuple),
    search=st.text("路 &=#%?", min_size=1, max_size=5).map(lambda text: (text,)),
    include_issuer=st.booleans(),
)


@given(SOME, CHOSEN)
def test_a_link_brings_selection_and_options_back(
    options: SheetOptions, selection: Selection
) -> None:
    """What is shared as a link comes back the same, whatever is typed into a title."""
    chosen, query = read_link(sheet_link(selection, options))
    assert chosen == selection
    assert options_from_query(query) == options


def test_leading_units_are_carried_as_the_pages_have_them() -> None:
    """A selection of leading units is told by the role, as in the address of the pages."""
    link = view_link("https://example.org/maps/", Selection(lead=("市住建局",)))
    assert link.startswith("https://example.org/maps/?")
    assert parse_qs(urlsplit(link).query) == {"unit": ["市住建局"], "role": ["lead"]}
    assert read_link(link)[0] == Selection(lead=("市住建局",))


def test_a_link_carries_the_date_it_is_as_of() -> None:
    """A link to what was known at a date leads to the page that shows it, and brings it back."""
    chosen = Selection(strategy=("ecology",))
    link = view_link("https://example.org/maps", chosen, "2017")
    assert link.startswith("https://example.org/maps/overview?")
    assert parse_qs(urlsplit(link).query) == {"strategy": ["ecology"], "asof": ["2017"]}
    preset = sheet_link(chosen, SheetOptions(paper="a3"), "2017")
    assert (date_of_link(preset), read_link(preset)[0]) == ("2017", chosen)
    assert date_of_link(sheet_link(chosen, SheetOptions())) == ""


@pytest.mark.parametrize(
    "query",
    [
        {"sheet_colour": "1"},
        {"sheet_dpi": "many"},
        {"sheet_address": "http://a"},
        {"sheet_dpi": ""},
    ],
    ids=str,
)
def test_a_strange_link_is_refused(query: dict[str, str]) -> None:
    """Options that there are not, or whose value is none, are told; none can plant an address."""
    with pytest.raises(BadSheet):
        options_from_query(query)


def test_the_usual_options_need_no_parameter() -> None:
    """A link names only what is not as usual."""
    assert options_to_query(SheetOptions()) == {}
    assert options_to_query(SheetOptions(grid=True, inset=False)) == {
        "sheet_grid": "1",
        "sheet_inset": "0",
    }


def test_the_command_line_stands_above_the_link() -> None:
    """Options that were typed replace those of the preset; the ending is the format."""
    query = {"sheet_paper": "a3", "sheet_grid": "1", "sheet_format": "png"}
    given_ = {"paper": "600x400", "no_inset": True, "title": None, "date": "2026-11-30"}
    options = options_from_words(query, given_, ".PDF")
    wanted = SheetOptions(
        format="pdf", paper="free", width_mm=600, height_mm=400, grid=True, inset=False
    )
    assert options == replace(wanted, date="2026-11-30")


@pytest.mark.parametrize("bounds", [None, {}, {"_southWest": {}}, {"_southWest": None}, "x"])
def test_a_view_that_is_not_told_yet_is_the_selection(bounds: object) -> None:
    """Before the web map has said where it is, the selection is drawn."""
    assert extent_of_view(bounds) == "selection"


def test_the_view_of_a_web_map_is_an_extent() -> None:
    """What Leaflet says of its view is west, south, east and north."""
    bounds = {"_southWest": {"lat": 28, "lng": 120.8}, "_northEast": {"lat": 28.2, "lng": 121}}
    options = SheetOptions(extent=extent_of_view(bounds))
    assert options.box == (120.8, 28.0, 121.0, 28.2)


def test_every_option_of_the_command_line_is_an_option() -> None:
    """What ``planmap sheet`` offers is what a sheet has."""
    import planmap  # noqa: PLC0415 - click is not needed above

    assert set(planmap._SHEET) <= {field.name for field in fields(SheetOptions)}
