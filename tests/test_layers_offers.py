"""What is offered while typing, and what the page does with what is taken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.index import Index
from layers.nouns import counted_rows
from layers.offers import Offer, Picked, suggested, taken, ways_out
from layers.selection import Selection
from layers.view import View
from layers.words import codes
from tests import toys

TABLE = toys.table()
INDEX = Index(TABLE, toys.known())


def names(typed: str, language: Any = "zh") -> list[str]:
    """Return what is offered, as it is read."""
    return [one["name"] for one in suggested(INDEX, typed, language)]


def test_things_say_by_which_name_they_are_meant() -> None:
    """What is found by an alias says so; what is found by its name does not."""
    assert suggested(INDEX, "湿地公园", "en") == [
        {
            "group": "Things by name",
            "name": "青溪湿地公园",
            "note": "also 湿地公园",
            "pick": {"thing": "toy-青溪湿地公园"},
        }
    ]
    assert suggested(INDEX, "qxsd", "zh")[0]["note"] == ""
    assert suggested(INDEX, "", "zh") == []


def test_filters_come_first_all_together_before_each_alone() -> None:
    """What was understood is offered whole, then part by part, with what stays in the box."""
    found = suggested(INDEX, "园林局的公园", "zh")
    assert [one["name"] for one in found] == [
        "全部采用：责任单位 市园林局 · 类别 公园绿化",
        "责任单位 市园林局",
        "类别 公园绿化",
    ]
    assert [one["pick"]["box"] for one in found] == ["", "公园", "园林局"]
    assert {one["pick"]["search"] for one in found} == {""}
    mixed = suggested(INDEX, "云岭 公园", "zh")
    kinds = ["thing" in one["pick"] for one in mixed]
    assert kinds == sorted(kinds)
    assert {one["group"] for one in mixed} == {"设为筛选", "项目与地点"}


def test_an_offer_counts_what_it_then_shows() -> None:
    """The number beside an offer is that of the selection which it makes."""
    for typed in ("公园", "园林局的公园", "在建 白鹭", "2021", "青溪镇 逾期"):
        for one in suggested(INDEX, typed, "en"):
            if "filters" in one["pick"]:
                offer = taken(one["pick"], INDEX).offer
                assert offer
                shown = INDEX.rows(INDEX.mask(offer.selection()))
                assert one["note"].startswith(counted_rows(shown, "en"))


def test_who_leads_and_who_stands_in() -> None:
    """牵头 makes the units leading ones; an issuer can be chosen and then stands in."""
    lead = Offer((("unit", "市园林局"), ("role", "lead"))).selection()
    assert lead == Selection(lead=("市园林局",))
    (issuer, *_) = suggested(INDEX, "青溪镇人民政府", "zh")
    assert issuer["name"] == "责任单位 青溪镇人民政府"
    assert taken(issuer["pick"], INDEX).offer == Offer(
        (("unit", "青溪镇人民政府"), ("issuer", "1")), "", ""
    )
    assert names("牵头") == ["单位角色 只看牵头"]


def test_due_means_all_that_is_due() -> None:
    """逾期 is the code that holds all others."""
    (first, *_) = suggested(INDEX, "逾期", "zh")
    values = {value for name, value in first["pick"]["filters"] if name == "due"}
    assert values == {"open"}
    assert values <= set(codes("due"))


@pytest.mark.parametrize(
    "said",
    [
        {"thing": "no-such-thing"},
        {"filters": [["desk", "1"], ["category", "<b>"], ["role", "any"], ["search", "x"]]},
        {"filters": [["issuer", "2"], ["due", "nothing"], ["lead", "市园林局"]]},
        {},
    ],
    ids=str,
)
def test_what_the_data_do_not_have_is_not_taken(said: dict[str, Any]) -> None:
    """A page that is told of something strange sets nothing."""
    assert taken(said, INDEX) in (Picked(), Picked(offer=Offer(())))


@given(st.text(max_size=30))
def test_what_is_offered_can_be_taken(typed: str) -> None:
    """Whatever is typed, each offer is taken as it is told."""
    for one in suggested(INDEX, typed, "en"):
        picked = taken(one["pick"], INDEX)
        if "thing" in one["pick"]:
            assert picked.thing == one["pick"]["thing"]
        else:
            assert picked.offer
            assert [list(pair) for pair in picked.offer.filters] == one["pick"]["filters"]
            assert picked.offer.search == one["pick"]["search"]


def test_without_knowledge_beside_the_table_other_filters_are_offered() -> None:
    """A table of which no documents are known is searched without the filters that need them."""
    bare = Index(TABLE)
    picks = [one["pick"].get("filters", ()) for one in suggested(bare, "2021", "zh")]
    assert "year" not in {name for pick in picks for name, _ in pick}
    assert suggested(bare, "公园", "zh")[0]["pick"]["filters"] == [["category", "park_green"]]


@given(st.sampled_from(["园林局牵头逾期", "公园的学校", "在建 白鹭", "没有这个"]), st.booleans())
def test_a_search_that_finds_nothing_leads_on(typed: str, by_category: bool) -> None:  # noqa: FBT001 - drawn
    """Each way out is the view it leads to, with what it shows; one that shows nothing is none."""
    view = View(search=typed, badge="青溪镇")
    view = view.toggle("category", "park_green", on=by_category)
    for way in ways_out(INDEX, view, "en"):
        shown = INDEX.rows(INDEX.mask(way.view.selection))
        assert not shown.empty
        assert way.words.endswith(f"({counted_rows(shown, 'en')})")
        assert set(view.chosen.get("category", ())) <= set(way.view.chosen.get("category", ()))
        assert way.view.badge == view.badge
    assert ways_out(INDEX, View(search="没有这个"), "en") == []
    assert ways_out(INDEX, View(search="园林局牵头"), "en")
