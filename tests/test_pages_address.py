"""The address is the view: what it says opens just what it was written for, whatever it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

import layers
from store import ROOT
from tests.viewing import address_of, choose, view_of

if TYPE_CHECKING:
    from pages import desk

LINK = {
    "category": ["road", "rail"],
    "strategy": ["livelihood"],
    "unit": ["市交通运输局"],
    "role": ["lead"],
    "search": ["路"],
    "lang": ["en"],
}


def opened(address: dict[str, list[str]]) -> AppTest:
    """Open the app as from a link."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120)
    for name, values in address.items():
        app.query_params[name] = values
    app.run()
    assert not app.exception
    return app


def laid_out(app: AppTest) -> desk.Desk:
    """Return what lies on the desk of the page."""
    on: desk.Desk = app.session_state["desk"]
    return on


def test_a_link_opens_the_same_view() -> None:
    """Rows, language and address are those of whoever made the link."""
    app = opened(LINK)
    on = laid_out(app)
    assert address_of(app) == LINK
    assert on.language == "en"
    assert list(on.shown["id"]) == list(layers.select(on.table, view_of(app).selection)["id"])
    assert 0 < len(on.shown) < len(on.table)


@pytest.mark.parametrize(
    "address",
    [
        {"status": ["<script>alert(1)</script>"], "x": ["1"]},
        {"lang": ["fr"], "base": ["http://example.org/{z}"], "role": ["boss"]},
        {"project": ["../../etc/passwd"], "at": ["1e3,0,3"]},
        {"at": ["nan,nan,nan"], "year": ["2021; drop table"], "due": ["closed"]},
        {"at": ["28.1,121.0"], "target_year": ["-1"], "township": ["\x00"]},
        {"at": ["," * 10_000], "unit": ["a" * 10_000], "certainty": [""]},
    ],
    ids=str,
)
def test_a_hostile_address_is_cleaned(address: dict[str, list[str]]) -> None:
    """What no one could have chosen is left out of the view and of the address."""
    app = opened(address)
    on = laid_out(app)
    assert list(on.shown["id"]) == list(on.table.loc[on.table["kind"] != "indicator", "id"])
    assert address_of(app) == {}


def test_a_long_search_is_cut() -> None:
    """A search that no one types is cut to what a name could hold."""
    app = opened({"search": ["路" * 5000]})
    assert address_of(app) == {"search": ["路" * 100]}


def test_values_named_twice_count_once() -> None:
    """A value that a link repeats is one value."""
    app = opened({"status": ["completed", "completed", "nonsense"]})
    assert address_of(app) == {"status": ["completed"]}


def test_a_value_that_goes_away_with_its_document_is_dropped() -> None:
    """What was chosen and is no longer in the data is forgotten, not an error."""
    app = opened({"year": ["2021"]})
    gone = view_of(app).choose("year", ["2021", "1999"]).choose("township", ["蓬莱"])
    app.session_state["view"] = gone
    app.run()
    assert not app.exception
    assert address_of(app) == {"year": ["2021"]}


def warned(app: AppTest) -> str:
    """Return all warnings as they are read, without the signs that keep letters literal."""
    return " ".join(one.value.replace("\\", "") for one in app.warning)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_address_not_understood_is_told_until_the_view_changes(language: str) -> None:
    """The unknown value is named beside what was understood; the next choice takes it away."""
    app = opened({"status": ["no_such"], "strategy": ["ecology"], "lang": [language]})
    assert "status=no_such" in warned(app)
    assert address_of(app) == {"strategy": ["ecology"], "lang": [language]}
    choose(app, "strategy", ["safety"])
    assert "status=no_such" not in warned(app)
