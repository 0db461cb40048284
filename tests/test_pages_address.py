"""The address is the view: what it says opens just what it was written for, whatever it says."""

from __future__ import annotations

import random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import layers
from pages import desk, facets
from store import ROOT
from tests.test_pages import address_of

RUNS = 50
WORDS = ("柳白", "lbxc", "公园", "<b>", "%&=#?", "路 A", "没有这个")


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


def some_view(chance: random.Random) -> dict[str, Any]:
    """Choose what a person may choose: some filters, a project, a language, a place."""
    index = desk.index()
    names = chance.sample((*facets.PILLS, *facets.MANY, *facets.MORE, "unit"), chance.randint(0, 4))
    state: dict[str, Any] = {}
    for name in names:
        options = facets.options(index, name)
        state[name] = chance.sample(options, min(len(options), chance.randint(1, 3)))
    state["search"] = chance.choice(("", *WORDS))
    state["role"] = chance.choice(("any", "lead"))
    state["issuer"] = chance.random() < 0.5
    state["online"] = chance.choice(("", *layers.base_maps()))
    state["language"] = chance.choice(("zh", "en"))
    state["project"] = chance.choice(("", *index.table["id"]))
    state["at"] = chance.choice(("", "28.03412,120.88101,13.5"))
    return state


@pytest.mark.parametrize("number", range(RUNS))
def test_a_view_comes_back_from_its_address(number: int) -> None:
    """A link of a random view opens, for someone else, the same ids and the same settings."""
    state = some_view(random.Random(number))
    first = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120)
    for name, value in state.items():
        first.session_state[name] = value
    for done in ("address_was_read", "view_was_read"):
        first.session_state[done] = True
    first.run()
    assert not first.exception
    second = opened(address_of(first))
    assert laid_out(second).selection == laid_out(first).selection
    assert list(laid_out(second).shown["id"]) == list(laid_out(first).shown["id"])
    assert laid_out(second).language == state["language"]
    assert laid_out(second).online == laid_out(first).online
    assert bool(laid_out(second).online) == bool(state["online"])
    for name in ("project", "at"):
        assert address_of(second).get(name, [""]) == [state[name]]
    assert address_of(second) == address_of(first)


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
    app.session_state["year"] = ["2021", "1999"]
    app.session_state["township"] = ["蓬莱"]
    app.run()
    assert not app.exception
    assert address_of(app) == {"year": ["2021"]}
