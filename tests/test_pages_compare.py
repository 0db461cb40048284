"""The page that lays plan against plan, with a toy valley in place of the real data."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

import layers
import planmap
from layers import outcomes
from layers.words import LANGUAGES, Language
from pages import desk
from store import ROOT
from tests import toys, valley
from tests.valley import COUNTY, LATER, says
from tests.viewing import address_of, choose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# One base map for all: what is projected once stays so.
BASE = toys.base()
BY = date(2026, 1, 1)
LISTS = ("side", *layers.COMPARISONS, "counts")
OUTCOMES = (
    "project,stage,part_zh,part_en,outcome_zh,outcome_en,date,date_basis,source,source_kind,"
    "publisher,licence\n"
    "望月路,part_completed,<i>一期</i>,<i>phase I</i>,<b>通车</b>,<b>opened</b>,2023,inferred,"
    "https://example.org/a,mirror,example.org,not stated\n"
    "别处,completed,,,通车,opened,2023,stated,https://example.org/b,press,example.org,not stated\n"
)


def things():
    """A road promised twice, a bridge never named again, stations counted twice."""
    return [
        toys.project(
            says("望月路", quote="建成<i>望月路</i>"),
            says("望月路", COUNTY, 3, quote="加快望月路", stage="under_construction"),
        ),
        toys.project(says("凤尾桥", quote="建成凤尾桥")),
        toys.project(
            says("水站", COUNTY, 5, quantity=valley.count(187, "个"), kind="programme"),
            says("水站", COUNTY, 9, quantity=valley.count(100, "座"), kind="programme"),
        ),
        toys.project(says("云岭中学", done="completed", category="education")),
    ]


def town() -> SimpleNamespace:
    """The toy valley, with what the table of outcomes tells of it."""
    told = layers.with_known(valley.table(*things()), layers.read_outcomes())
    table = layers.with_due(told, valley.PAPERS, BY, valley.CITY_OF)
    return SimpleNamespace(table=table, documents=valley.PAPERS, tasks=[])


@pytest.fixture(autouse=True)
def toy_valley(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Put the toy valley in place of the built data, and forget it afterwards."""
    (tmp_path / "outcomes.csv").write_text(OUTCOMES, encoding="utf-8")
    monkeypatch.setattr(planmap, "load", town)
    monkeypatch.setattr(layers, "base_map", lambda: BASE, raising=False)
    monkeypatch.setattr(outcomes, "OUTCOMES", tmp_path / "outcomes.csv")
    desk.forget()
    yield
    desk.forget()


def opened(name: str, language: str = "zh") -> AppTest:
    """Open the page and one of its lists."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=60)
    app.query_params["lang"] = language
    app.switch_page("compare.py").run()
    app.button_group(key="compare").set_value(name).run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """Return the table of the page; empty if it shows none."""
    html = [element.proto.body for element in app.get("html")]
    return "".join(text for text in html if "pm-compared" in text and "<table" in text)


def listed(app: AppTest) -> list[str]:
    """Return the ids of the things in the page's table."""
    return [part.split('"')[0] for part in shown(app).split('data-id="')[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_in_both_languages(name: str, language: str) -> None:
    """Each list is drawn without an exception under its own explanation, in each language."""
    app = opened(name, language)
    said = [element.value for element in app.get("caption")]
    assert layers.caption(f"compare_{name}_about", language) in said


def sides(left: str, right: str) -> AppTest:
    """Open two documents side by side, as a link does."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=60)
    app.query_params["left"], app.query_params["right"] = left, right
    app.run()
    app.switch_page("compare.py").run()
    assert not app.exception
    return app


def test_a_link_puts_two_documents_side_by_side() -> None:
    """What the address names stands left and right; what changed stands below, by its kind."""
    app = sides("800", "801")
    assert [app.selectbox(key=f"pick_{side}").value for side in ("left", "right")] == ["800", "801"]
    html = "".join(element.proto.body for element in app.get("html"))
    parts = {
        part.split('"')[0]: {one.split('"')[0] for one in part.split('data-id="')[1:]}
        for part in html.split('<details class="pm-change pm-')[1:]
    }
    assert parts == {"back": {"toy-望月路"}, "dropped": {"toy-凤尾桥", "toy-云岭中学"}}


def test_another_side_is_kept_in_the_address() -> None:
    """A choice on one side changes the address and leaves the other side alone."""
    app = sides("800", "801")
    app.selectbox(key="pick_left").set_value("801").run()
    assert not app.exception
    assert address_of(app) == {"left": ["801"], "right": ["801"]}
    assert app.selectbox(key="pick_right").value == "801"


def test_a_strange_side_is_ignored() -> None:
    """What the catalogue does not have leaves the address; first and last stand there."""
    app = sides("<script>", "1999")
    assert [app.selectbox(key=f"pick_{side}").value for side in ("left", "right")] == ["800", "802"]
    assert address_of(app) == {}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("again", ["toy-望月路"]),
        ("vanished", ["toy-凤尾桥"]),
        ("changed", ["toy-水站"]),
        ("due", ["toy-望月路", "toy-凤尾桥", "toy-水站"]),
        ("history", ["toy-望月路", "toy-凤尾桥", "toy-云岭中学", "toy-水站"]),
    ],
)
def test_each_list_holds_its_things(name: str, wanted: list[str]) -> None:
    """Each list shows just what it is of, and how many that are."""
    app = opened(name)
    assert sorted(listed(app)) == sorted(wanted)
    said = " ".join(element.value for element in app.text)
    assert sum(int(number) for number in re.findall(r"(\d+) [个项]", said)) == len(wanted)


def test_the_words_stand_by_year_with_document_and_line() -> None:
    """Both sentences are there as printed, escaped, each with document, line and date."""
    table = shown(opened("again", "en"))
    assert "<th>2017 (document 800)</th><th>2021 (document 801)</th><th>Known" in table
    assert "<blockquote>建成&lt;i&gt;望月路&lt;/i&gt;</blockquote>" in table
    assert "[800] 青溪镇五年规划, line 1 · 2017" in table
    assert "[801] 青溪县任务分解, line 3 · 2021-04-27" in table
    assert table.count('class="pm-shown"') == 2


def test_an_outcome_stands_apart_with_its_source() -> None:
    """The known outcome has a cell of its own, escaped, dated and with its address."""
    table = shown(opened("again", "en"))
    known = table.split('class="pm-known">')[1]
    assert "&lt;b&gt;opened&lt;/b&gt;" in known
    assert "2023 (inferred from the source)" in known
    assert 'href="https://example.org/a"' in known
    assert "opened" not in table.split('class="pm-known">')[0]


def test_the_counts_of_the_annexes_stand_side_by_side() -> None:
    """What is said differently is named with its values and with every sentence."""
    table = shown(opened("changed", "en"))
    assert "<p>different numbers</p><ul><li>187个</li><li>100座</li></ul>" in table
    assert "line 5" in table
    assert "line 9" in table


def test_what_vanished_says_where_it_was_looked_for() -> None:
    """The later documents are named with their dates and whether their area is wider."""
    table = shown(opened("vanished", "en"))
    assert "due by the end of 2021" in table
    assert "later: [801] (2021-04-27, wider area)" in table
    assert f"later: [{LATER}] (2025-08, same area)" in table


def test_the_day_can_be_chosen() -> None:
    """Before the year is over nothing is due, and then no table is shown."""
    app = opened("due")
    app.date_input(key="due_by").set_value(date(2021, 12, 30)).run()
    assert not app.exception
    assert listed(app) == []
    assert "共 0 个项目" in {element.value for element in app.text}


def test_the_filters_choose_what_is_compared() -> None:
    """Only what the filters mean is compared."""
    app = opened("history")
    choose(app, "category", ["education"])
    assert listed(app) == ["toy-云岭中学"]


def test_the_count_sheet_is_shown() -> None:
    """A row per count, a column per document and one for all."""
    frame = opened("counts", "en").dataframe[0].value
    assert list(frame.columns) == ["800", "801", "802", "All"]
    assert list(frame.loc["Statements"]) == [3, 3, 0, 6]
    assert list(frame.loc["Projects"]) == [3, 1, 0, 3]
    assert list(frame.loc["Counted programmes"]) == [0, 1, 0, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_due_is_counted_apart(language: Language) -> None:
    """The counts of each kind add up to the things in the table, and each row says its kind."""
    app = opened("due", language)
    told = {code: layers.label("due", code, language) for code in ("silent", "named", "no_later")}
    html = [element.proto.body for element in app.get("html")]
    chips = next(text for text in html if "pm-sum" in text and told["silent"] in text)
    counts = [int(part.split("<")[0]) for part in chips.split("<b>")[1:]]
    assert sum(counts) == len(listed(app)) > 0
    for words in told.values():
        assert (words in chips) == (words in shown(app))
