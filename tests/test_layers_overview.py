"""Counts and charts: the overview's three views, and what a unit answers for."""

from __future__ import annotations

from collections import Counter

import pytest

import layers
from layers.base import view_of
from layers.charts import picked, stacked
from layers.overview import VIEWS, around, frame_html, meant, view_chart, view_counts, view_frame
from layers.selection import Selection, select
from layers.symbols import stage_colour
from layers.unit import duties, duties_html, duty_chart, unit_head_html
from layers.words import LANGUAGES, codes, label
from tests import toys

TABLE = toys.table()
EMPTY = TABLE.iloc[[]]


def test_each_pair_is_counted_once_per_project() -> None:
    """The counts of a view are those of the rows, programmes left out."""
    counts = view_counts(TABLE, "strategy")
    rows = TABLE[TABLE["kind"] != "programme"]
    pairs = [
        (one, stage)
        for some, stage in zip(rows["strategies"], rows["stage"], strict=True)
        for one in some
    ]
    assert counts == Counter(pairs)
    assert view_counts(TABLE, "unit") == {("市园林局", "completed"): 1}
    assert view_counts(TABLE, "township")["education", "青溪镇"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_chart_and_table_hold_the_same_counts(name: str, language: layers.Language) -> None:
    """What a chart draws stands in the table beside it, with the same sum."""
    counts = view_counts(TABLE, name)
    chart, frame = (
        view_chart(counts, name, {}, language),
        view_frame(counts, name, language),
    )
    assert chart.data["count"].sum() == frame.to_numpy().sum() == counts.total()
    for row in chart.data.itertuples():
        assert frame.loc[row.bar, row.stage] == row.count
    assert not chart.data["pale"].any()


def test_what_is_not_chosen_is_paler() -> None:
    """Where a piece is filtered by, all others are paler; a bar alone keeps all its pieces."""
    counts = view_counts(TABLE, "strategy")
    one = view_chart(counts, "strategy", {"strategy": "ecology", "status": "completed"}, "en").data
    bar = view_chart(counts, "strategy", {"strategy": "ecology"}, "en").data
    assert one[~one["pale"]][["key", "code"]].to_numpy().tolist() == [["ecology", "completed"]]
    assert set(bar.loc[~bar["pale"], "key"]) == {"ecology"}


def test_colours_are_those_of_the_map() -> None:
    """A stage has in charts the colour it has on the map."""
    spec = view_chart(view_counts(TABLE, "strategy"), "strategy", {}, "en").spec
    scale = spec["encoding"]["color"]["scale"]
    for code in codes("stage"):
        assert scale["range"][scale["domain"].index(label("stage", code, "en"))] == stage_colour(
            code
        )


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        (None, {}),
        ({}, {}),
        ({"selection": {"pick": []}}, {}),
        (
            {"selection": {"pick": [{"key": "ecology", "code": "started"}]}},
            {"strategy": "ecology", "status": "started"},
        ),
    ],
)
def test_a_pick_means_filters(event: object, wanted: dict[str, str]) -> None:
    """What was clicked becomes the filters of the view, and no click sets none."""
    assert meant("strategy", picked(event)) == wanted


def test_a_picked_piece_selects_as_many_as_it_says() -> None:
    """The count of each piece is the number of projects its filters leave."""
    projects = TABLE[TABLE["kind"] != "programme"]
    for (strategy, stage), count in view_counts(TABLE, "strategy").items():
        assert len(select(projects, Selection(strategy=(strategy,), status=(stage,)))) == count
    for (unit, stage), count in view_counts(TABLE, "unit").items():
        assert len(select(projects, Selection(lead=(unit,), status=(stage,)))) == count


def test_a_chart_looks_past_its_own_filters() -> None:
    """A view leaves out the filters that it sets itself, and keeps all others."""
    chosen = Selection(strategy=("ecology",), lead=("市园林局",), search=("湿",))
    assert around(chosen, "strategy") == Selection(lead=("市园林局",), search=("湿",))
    assert around(chosen, "unit") == Selection(strategy=("ecology",), search=("湿",))


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_to_count_is_empty(name: str) -> None:
    """Without rows there are no counts, and chart and table are empty."""
    counts = view_counts(EMPTY, name)
    assert not counts
    assert view_chart(counts, name, {}, "zh").data.empty
    assert view_frame(counts, name, "zh").empty


def test_a_table_of_counts_is_escaped() -> None:
    """A name in a table of counts shows as text; a zero is blank."""
    counts = Counter({("<b>局</b>", "started"): 2, ("厂", "completed"): 1})
    content = frame_html(view_frame(counts, "unit", "en"))
    assert "<b>" not in content
    assert "&lt;b&gt;局&lt;/b&gt;" in content
    assert content.count("<td></td>") == 3


def test_pieces_without_a_click_cannot_be_picked() -> None:
    """Bars that mean no filter have no selection."""
    assert "params" not in stacked([("a", "started", 1)], ["a"], "en").spec


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("市园林局", [("青溪湿地公园", "lead", None)]),
        ("市水利局", [("青溪湿地公园", "support", None)]),
        ("市发改局", [("云岭中学", "remark", 2021)]),
        ("市教育局", [("云岭中学", "support", 2021)]),
        ("无此局", []),
    ],
)
def test_a_unit_answers_for_its_things(
    unit: str, wanted: list[tuple[str, str, int | None]]
) -> None:
    """A unit leads, leads by a remark or takes part, with the year its statements promise."""
    assert [(one.row.name, one.role, one.due) for one in duties(TABLE, unit)] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_units_page_says_it_all(language: layers.Language) -> None:
    """Name, role, stage, year, line and the other units stand in the table of a unit."""
    found = duties(TABLE, "市水利局")
    content = duties_html(found, "市水利局", toys.PAPERS, language)
    for told in ("青溪湿地公园", "documents?open=900&amp;line=2", "市园林局"):
        assert told in content
    assert content.count("<table") == 1
    chart = duty_chart(found, language)
    assert chart.data["count"].sum() == 1
    assert "<h2>市水利局</h2>" in unit_head_html(found, "市水利局", Selection(), language)


def test_a_units_name_is_escaped() -> None:
    """Mark-up in a unit's name shows as text."""
    content = unit_head_html((), "<b>局</b>", Selection(unit=("<i>",)), "en")
    assert "<h2>&lt;b&gt;局&lt;/b&gt;</h2>" in content
    assert "<i>" not in content


def test_a_view_shows_pins_and_badges() -> None:
    """The view of some rows holds their places and the seats they are counted at."""
    school = view_of(TABLE[TABLE["name"] == "云岭中学"], toys.base())
    assert school == pytest.approx((120.23, 27.43, 120.27, 27.47))
    both = view_of(TABLE[TABLE["name"].isin(["云岭中学", "青溪湿地公园"])], toys.base())
    assert both == pytest.approx((120.23, 27.43, 120.32, 27.52))
    assert view_of(EMPTY, toys.base()) == layers.opening_view(EMPTY, toys.base())
