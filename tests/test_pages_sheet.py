"""The page of sheets: options in, a preview and a file out, and a link that brings them back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import layers
from pages import desk
from tests import toys
from tests.test_pages import opened, toy_town  # noqa: F401 - the fixture is used by name
from tests.viewing import address_of


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Let no preview of another test be shown."""
    import streamlit as st  # noqa: PLC0415 - only for its cache

    st.cache_data.clear()


def keys(app: Any, kind: str) -> set[str]:
    """Return the keys of the widgets of a kind."""
    return {element.proto.id.rsplit("-", 1)[-1] for element in app.get(kind)}


def chosen(app: Any, key: str) -> Any:
    """Return what stands in the app's memory under a key."""
    return app.session_state[key]


def test_the_page_shows_a_preview_and_the_download() -> None:
    """The page opens with a picture of the sheet and a button for the file."""
    app = opened("sheet")
    assert len(app.get("image")) == 1
    assert keys(app, "download_button") == {"sheet_download"}


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ({"sheet_paper": "a3", "sheet_upright": "1"}, {"sheet_paper": "a3", "sheet_upright": True}),
        ({"sheet_format": "svg", "sheet_grid": "1"}, {"sheet_format": "svg", "sheet_grid": True}),
        ({"sheet_extent": "青溪镇"}, {"sheet_extent": "青溪镇"}),
        ({"sheet_extent": "120.2,27.4,120.4,27.6"}, {"sheet_extent": "120.2,27.4,120.4,27.6"}),
        ({"sheet_title": "<b>$x$</b>"}, {"sheet_title": "<b>$x$</b>"}),
        (
            {"sheet_paper": "free", "sheet_width_mm": "300.0", "sheet_height_mm": "200.0"},
            {"sheet_width_mm": 300.0},
        ),
    ],
    ids=str,
)
def test_a_link_sets_the_page(address: dict[str, str], wanted: dict[str, Any]) -> None:
    """A preset is a link: it sets the options, and they stand in the address again."""
    app = opened("sheet", {name: [value] for name, value in address.items()})
    assert {name: chosen(app, name) for name in wanted} == wanted
    assert {name: values[0] for name, values in address_of(app).items()} == address
    assert len(app.get("image")) == 1


@pytest.mark.parametrize(
    "address",
    [
        {"sheet_dpi": ["97"]},
        {"sheet_paper": ["<script>"]},
        {"sheet_subtitle": ["长" * 301]},
        {"sheet_nonsense": ["1"]},
        {"sheet_extent": ["nan,1,2,3"]},
    ],
    ids=lambda address: next(iter(address)),
)
def test_a_broken_link_is_told_and_the_page_opens(address: dict[str, list[str]]) -> None:
    """A wrong option of a link is one line; the page stands as if it had none."""
    app = opened("sheet", address)
    assert len(app.warning) == 1
    assert len(app.get("image")) == 1
    assert address_of(app) == {}


def test_an_extent_that_is_gone_is_told() -> None:
    """A township that is not there is one line; the page stands as if the link had no options."""
    app = opened("sheet", {"sheet_extent": ["没有镇"], "sheet_paper": ["a3"]})
    assert "没有镇" in app.warning[0].value
    assert len(app.get("image")) == 1


def test_a_title_with_a_sign_that_cannot_be_printed_is_told() -> None:
    """A character without a glyph is named; no picture with a box is shown."""
    app = opened("sheet")
    app.text_input(key="sheet_title").set_value("🏗").run()
    assert "🏗" in app.warning[0].value
    assert len(app.get("image")) == 0
    app.text_input(key="sheet_title").set_value("好").run()
    assert len(app.get("image")) == 1


def test_the_options_that_make_no_sense_are_not_shown() -> None:
    """Only files of many pages have an atlas, only pictures a resolution, only free sizes sides."""
    app = opened("sheet")
    assert "sheet_dpi" in keys(app, "button_group")
    assert "sheet_atlas" not in keys(app, "button_group")
    app.button_group(key="sheet_format").set_value("pdf").run()
    assert "sheet_dpi" not in keys(app, "button_group")
    assert "sheet_atlas" in keys(app, "button_group")
    app.button_group(key="sheet_paper").set_value("free").run()
    assert {box.key for box in app.number_input} == {"sheet_width_mm", "sheet_height_mm"}


def test_what_is_hit_only_by_a_quote_is_offered() -> None:
    """A search that hits names and quotes has a switch for the latter; it is off, and kept."""
    table = desk.built().table
    (said, *_) = table.loc[table["name"] == "云岭中学", "statements"].iloc[0]
    said["quote"] = "建成望月路旁的云岭中学"
    app = opened("sheet", {"search": ["望月路"]})
    (switch,) = [one for one in app.toggle if one.key == "sheet_quoted"]
    assert switch.value is False
    switch.set_value(True).run()
    assert not app.exception
    assert address_of(app)["sheet_quoted"] == ["1"]
    plain = opened("sheet", {"search": ["望月路旁"]})
    assert "sheet_quoted" not in {one.key for one in plain.toggle}


def test_an_atlas_is_made_on_a_press() -> None:
    """An atlas is made when asked to, and offered then."""
    app = opened("sheet", {"sheet_format": ["pdf"], "sheet_atlas": ["strategy"]})
    assert keys(app, "download_button") == set()
    app.button(key="sheet_make").click().run()
    assert not app.exception
    assert keys(app, "download_button") == {"sheet_download"}


def test_the_shared_link_holds_filters_and_options() -> None:
    """The link that is shown has all that the page was set to."""
    app = opened("sheet", {"strategy": ["ecology"], "sheet_paper": ["a3"]})
    query = parse_qs(urlsplit(app.code[0].value).query)
    assert query == {"strategy": ["ecology"], "sheet_paper": ["a3"]}


def test_the_sheet_names_the_date_it_is_as_of() -> None:
    """The date of the overview's slider comes along, stands in the link, and can be let go of."""
    app = opened("sheet", {"asof": ["2017"], "status": ["completed"]})
    assert app.selectbox(key="asof_sheet").value == "2017"
    query = parse_qs(urlsplit(app.code[0].value).query)
    assert query == {"status": ["completed"], "asof": ["2017"]}
    assert "（截至 2017）" in app.get("image")[0].proto.imgs[0].alt
    app.selectbox(key="asof_sheet").set_value("").run()
    assert not app.exception
    assert "asof" not in address_of(app)
    assert "asof" not in app.code[0].value


def test_the_date_of_the_overview_is_remembered() -> None:
    """On the way through the menu the address loses the date; the page of sheets has it still."""
    app = opened("overview")
    app.select_slider[0].set_value("2017").run()
    app.switch_page("sheet.py").run()
    assert app.selectbox(key="asof_sheet").value == "2017"


def test_the_file_is_of_what_is_shown() -> None:
    """What the desk hands to the sheet are the rows that are shown."""
    table = toys.table()
    shown = table.iloc[:1]
    mask = table["id"].isin(shown["id"]).to_numpy()
    on = desk.Desk(
        table,
        shown,
        mask,
        toys.PAPERS,
        layers.Selection(),
        "zh",
        desk.index(),
        layers.View(),
        "map",
    )
    one = desk.subject(on)
    assert one.shown is shown
    assert one.table is table


@pytest.mark.parametrize("without", ["pdf", "svg"])
@pytest.mark.parametrize("back", ["png", "pptx"])
def test_a_format_can_be_left_and_come_back_to(without: str, back: str) -> None:
    """What one format does not ask for has its value again in the next."""
    app = opened("sheet")
    for form in (without, back):
        app.button_group(key="sheet_format").set_value(form).run()
        assert not app.exception
    assert not app.warning
    assert chosen(app, "sheet_dpi") == 150
    assert len(app.get("image")) == 1
