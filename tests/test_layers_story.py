"""What the page of a project is made of: paragraphs, story, chart, roles and neighbours."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from shapely.geometry import Point

import layers
from geo import Location
from layers.known import as_of, as_said_in, plan_dates
from layers.neighbours import family, family_html, nearest, neighbours_html
from layers.paragraph import paragraph, paragraphs_html
from layers.roles import role_in, roles_html, units_in
from layers.table import project_table
from layers.words import LANGUAGES, codes
from tests import toys

TABLE = toys.table()
LINES = ("一、", "", "建成东桥、", "西桥。", "", "1\t修路\t市局", "2\t修桥\t市局", "尾")
EVIL = "<script>alert(1)</script>\"'&"


def of(name: str):
    """Return the row of a toy as a table."""
    return TABLE[TABLE["name"] == name]


def bare(content: str) -> str:
    """Return the text of some HTML."""
    return unescape(re.sub(r"<[^>]+>", "", content))


@pytest.mark.parametrize(
    ("line", "wanted"), [(1, [1]), (3, [3, 4]), (4, [3, 4]), (6, [6]), (7, [7]), (8, [8])]
)
def test_a_paragraph_ends_at_a_blank_line(line: int, wanted: list[int]) -> None:
    """Lines up to the next blank one are read together; the row of a table stands alone."""
    assert list(paragraph(LINES, line)) == wanted


def test_the_sentence_is_marked_in_its_paragraph() -> None:
    """Both parts of a sentence are marked where they stand, the rest is as printed."""
    quote = {"document": "1", "line": 3, "start": 0, "end": 5}
    said = quote | {"name": "东桥", "more_quotes": [quote | {"line": 4, "end": 2}]}
    told = paragraphs_html(LINES, said)
    marked = "<mark>建成<b>东桥</b>、</mark><br><mark>西桥</mark>。"
    assert told == f"<blockquote>{marked}</blockquote>"


def test_a_name_with_the_scanners_blanks_is_found() -> None:
    """The name is set off also where blanks are printed inside it, and mark-up shows as text."""
    said = {"document": "1", "line": 1, "start": 0, "end": 9, "name": "东桥", "more_quotes": []}
    told = paragraphs_html(("<i>建东 桥",), said)
    assert told == "<blockquote><mark>&lt;i&gt;建<b>东 桥</b></mark></blockquote>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_goes_from_old_to_new(language: layers.Language) -> None:
    """Each statement stands under its date, oldest first, with a link to its line."""
    told = layers.story_html(of("青溪湿地公园"), toys.PAPERS, language)
    assert re.findall(r"<h4>([^<]*)</h4>", told) == ["2017", "2021-04-27"]
    assert 'href="documents?open=901&amp;line=1"' in told
    assert [kind in told for kind in ("pm-promised", "pm-reported")] == [True, True]


def test_a_story_is_escaped() -> None:
    """Mark-up printed in a paragraph or a title shows as printed."""
    papers = toys.PAPERS | {"901": replace(toys.PAPERS["901"], title=EVIL, text=EVIL)}
    told = layers.story_html(of("青溪湿地公园"), papers, "en")
    assert "<script" not in told
    assert bare(told).count(EVIL) == 2


def test_the_chart_holds_each_date_with_its_stage() -> None:
    """A point for each statement: date, stage, whether promised, and where it stands."""
    chart = layers.stage_history(of("青溪湿地公园"), toys.PAPERS, "en")
    assert chart.data.to_numpy().tolist() == [
        ["2017", "under construction", "promised", "[900], line 2"],
        ["2021-04-27", "completed", "reported", "[901], line 1"],
    ]
    stages = chart.spec["encoding"]["y"]["scale"]["domain"]
    assert stages == ["completed", "under construction"]


def test_an_empty_chart_has_its_columns() -> None:
    """Without a thing the chart has no point."""
    assert layers.stage_history(TABLE.iloc[[]], toys.PAPERS, "zh").data.empty


@pytest.mark.parametrize(
    ("unit", "role"),
    [("市园林局", "lead"), ("市水利局", "support"), ("市发改局", None)],
)
def test_a_unit_has_its_role(unit: str, role: str | None) -> None:
    """A unit leads, takes part, or is not named."""
    assert role_in(of("青溪湿地公园")["statements"].iloc[0][0], unit) == role


def test_roles_name_line_and_date() -> None:
    """Each unit stands once, under its role, with the line that says so; a remark leads too."""
    table = roles_html(of("云岭中学")["statements"].iloc[0], toys.PAPERS, "en")
    assert units_in(of("云岭中学")["statements"].iloc[0]) == ("市发改局", "市教育局")
    assert table.count("<tr>") == 3
    assert "2017, line 3" in bare(table)
    assert "No unit" in roles_html(of("停车位")["statements"].iloc[0], toys.PAPERS, "en")


def test_neighbours_are_measured_and_ordered() -> None:
    """What is placed has the other placed things as neighbours, nearest first, in metres."""
    found = nearest(TABLE, "toy-青溪湿地公园")
    assert [one.row.name for one in found] == ["望月路", "青溪新城"]
    # a twentieth of a degree of longitude at 27.5 degrees north
    assert found[1].metres == pytest.approx(4940, rel=0.01)
    assert "about 4.9 km" in bare(neighbours_html(found, "en"))
    assert len(nearest(TABLE, "toy-青溪湿地公园", most=1)) == 1


@pytest.mark.parametrize("name", ["toy-云岭中学", "nobody", ""])
def test_what_has_no_place_has_no_neighbours(name: str) -> None:
    """Without a position nothing is near."""
    assert nearest(TABLE, name) == ()
    assert neighbours_html((), "zh") == ""


def test_things_at_one_place_are_not_called_far() -> None:
    """Two things on the same point are said to touch, and one kilometre is not said in metres."""
    places = {"甲": Point(120.3, 27.5), "乙": Point(120.3, 27.5), "丙": Point(120.305, 27.5)}
    things = [toys.project(toys.statement(name)) for name in places]
    table = project_table(
        things, lambda query: Location("site", places[query.name], 100.0), toys.PAPERS
    )
    told = bare(neighbours_html(nearest(table, "toy-甲"), "en"))
    assert "touching" in told
    assert "about 494 m" in told


def test_a_part_knows_its_whole() -> None:
    """What is part of something and its other parts are named; nothing has no family."""
    whole = toys.project(toys.statement("公园"))
    part = toys.project(toys.statement("公园二期"), part_of="toy-公园")
    table = project_table([whole, part], toys.locate, toys.PAPERS)
    assert [row.name for row in family(table, "toy-公园二期")] == ["公园"]
    assert [row.name for row in family(table, "toy-公园")] == ["公园二期"]
    assert 'href="project?project=toy-' in family_html(family(table, "toy-公园"), "en")
    assert family(TABLE, "toy-望月路") == ()
    assert family_html((), "zh") == ""


def test_the_dates_of_the_plans_stand_in_order() -> None:
    """Each date is there once; a document without a date has none."""
    undated = replace(toys.PAPERS["900"], date="")
    assert plan_dates(toys.PAPERS | {"902": undated}) == ("2017", "2021-04-27")


@pytest.mark.parametrize(
    ("date", "stages"),
    [
        ("2016", {}),
        ("2017", {"青溪湿地公园": "under_construction", "望月路": "to_complete"}),
        ("2021-04", {"青溪湿地公园": "completed", "望月路": "started"}),
    ],
)
def test_the_table_as_of_a_date(date: str, stages: dict[str, str]) -> None:
    """At a date only what was known then counts, and what was not named is not there."""
    then = as_of(TABLE, toys.PAPERS, date)
    known = dict(zip(then["name"], then["stage"], strict=True))
    assert {name: known.get(name) for name in stages} == stages
    assert len(then) == (len(TABLE) if stages else 0)
    assert list(then.columns) == list(TABLE.columns)


def test_units_are_those_of_the_time() -> None:
    """What only a later plan says of units is not known before, nor what an earlier one said."""
    park = as_said_in(TABLE, toys.PAPERS, {"901"}).set_index("name").loc["青溪湿地公园"]
    assert park["units"] == ["市园林局"]
    assert [said["document"] for said in park["statements"]] == ["901"]


def test_as_of_the_last_date_is_the_table_itself() -> None:
    """With all documents looked at nothing changes, in any column."""
    last = as_of(TABLE, toys.PAPERS, toys.BY.isoformat())
    for column in TABLE.columns:
        assert last[column].tolist() == TABLE[column].tolist()


def test_a_goal_yields_to_a_plan_at_its_date_too() -> None:
    """A goal sentence does not outweigh a plan section of its document, in the table or later."""
    plan = toys.statement("桥", stage="under_construction")
    goal = toys.statement("桥", line=3, stage="to_complete", goal=True)
    table = project_table([toys.project(plan, goal)], toys.locate, toys.PAPERS)
    assert list(codes("stage")).index("to_complete") > list(codes("stage")).index(
        "under_construction"
    )
    assert as_of(table, toys.PAPERS, "2017")["stage"].tolist() == ["under_construction"]
    assert table["goals"].tolist() == [["900:3:0"]]
