"""Plan against plan: what is promised again, gone, said differently, due without a report."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import layers
from layers.changes import changes
from layers.comparison import cities, covers, overdue, promised_again, vanished
from layers.history import histories, is_later, years
from layers.table import project_table
from plans.codes import codes
from tests import toys, valley
from tests.papers import archive
from tests.valley import CITY_OF, COUNTY, LATER, PAPERS, TOWN, count, past, says

TODAY = date(2026, 1, 1)


def gone(some, documents=None):
    """What has vanished of these histories."""
    return vanished(some, PAPERS if documents is None else documents, CITY_OF)


def due(some, by=TODAY):
    """What is due and not reported."""
    return overdue(some, PAPERS, CITY_OF, by)


def test_a_history_stands_in_order_of_dates() -> None:
    """What is said of a thing stands oldest first, each with year, document and line."""
    (road,) = past(says("望月路", LATER, 2), says("望月路", TOWN, 4), says("望月路", TOWN, 3))
    assert [one.where for one in road.mentions] == [(TOWN, 3), (TOWN, 4), (LATER, 2)]
    assert years([road]) == ("2017", "2025")


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("2021-04-27", "2017", True),
        ("2021-04-27", "2021", False),
        ("2021", "2021-04-27", False),
        ("2025-08", "2021-04-27", True),
        ("2021-05", "2021-04-27", True),
        ("", "2017", False),
        ("2017", "", False),
    ],
)
def test_dates_are_compared_at_the_precision_both_have(one: str, other: str, later: bool) -> None:  # noqa: FBT001 - a column of the table
    """A year is not later than a day within it, and an unknown date is later than nothing."""
    assert is_later(one, other) is later


@pytest.mark.parametrize(
    ("statements", "again"),
    [
        ([says("望月路"), says("望月路", COUNTY)], True),
        ([says("望月路"), says("望月路", LATER)], True),
        ([says("望月路"), says("望月路", TOWN, 9)], False),
        ([says("望月路"), says("望月路", COUNTY, done="completed")], False),
        ([says("望月路", done="started"), says("望月路", COUNTY)], False),
    ],
)
def test_a_promise_counts_as_made_again_only_in_a_later_plan(statements, again) -> None:
    """Two sentences of one plan, or a report, are no second promise."""
    found = promised_again(past(*statements))
    assert bool(found) is again
    assert all(one.promised for each in found for one in each.mentions)


@pytest.mark.parametrize(
    ("statements", "is_gone"),
    [
        ([says("凤尾桥")], True),
        ([says("凤尾桥", target_year=2025)], False),
        ([says("凤尾桥", target_year=None)], False),
        ([says("凤尾桥", COUNTY)], False),
        ([says("凤尾桥"), says("凤尾桥", LATER)], False),
        ([says("凤尾桥"), says("凤尾桥", LATER, done="completed")], False),
        ([says("凤尾桥"), says("凤尾桥", LATER, target_year=None)], False),
        ([says("凤尾桥", done="started")], False),
        ([says("望月路")], False),
        ([says("白鹭洲路")], False),
        ([says("望月路", kind="programme")], True),
    ],
    ids=[
        "never again",
        "not yet due",
        "no year",
        "no later plan of the county",
        "promised later",
        "reported later",
        "promised later without a year",
        "only reported",
        "printed later",
        "printed with a blank in it",
        "a common word printed later",
    ],
)
def test_what_vanished(statements, is_gone) -> None:
    """Gone is what was promised and due, and is neither said nor printed in a plan of its area."""
    assert bool(gone(past(*statements))) is is_gone


def test_what_vanished_says_where_it_was_looked_for() -> None:
    """Each later plan that covers the area is named with its level: the town's or the county's."""
    (one,) = gone(past(says("凤尾桥"), says("凤尾桥", TOWN, 5, target_year=2019)))
    assert one.looked_in == ((COUNTY, "wider"), (LATER, "same"))
    assert one.due == 2021


def test_an_alias_printed_later_is_the_thing() -> None:
    """A thing that a later plan prints by another of its names has not vanished."""
    assert not gone(past(says("凤尾桥"), aliases=("望月路",)))


@pytest.mark.parametrize(("heading", "is_gone"), [("邻县新闻", True), ("青溪镇新闻", False)])
def test_a_foreign_article_names_nothing(heading: str, is_gone: bool) -> None:  # noqa: FBT001 - a column of the table
    """What only an article on other towns prints is not named in the plan."""
    text = f"# 青溪镇近况\n无事。\n# {heading}\n凤尾桥开工。"
    papers = PAPERS | {LATER: toys.Paper(LATER, "近况", "2025-08", text=text)}
    assert bool(gone(past(says("凤尾桥")), papers)) is is_gone


@pytest.mark.parametrize(
    ("later", "earlier", "level"),
    [
        (["青溪镇"], ["青溪镇"], "same"),
        (["青溪县"], ["青溪镇"], "wider"),
        (["青溪镇"], ["青溪县"], None),
        (["白鹭镇"], ["青溪镇"], None),
        (["白鹭镇"], ["白鹭镇", "青溪镇"], None),
        ([], ["青溪镇"], None),
        (["青溪镇"], [], None),
        ([], [], None),
    ],
)
def test_which_plan_covers_which(later, earlier, level) -> None:
    """A plan covers its own area and the towns in it; without areas nothing is known."""
    assert covers(later, earlier, CITY_OF) == level


def test_the_city_of_a_town_is_that_of_the_base_map() -> None:
    """Every town on the base map lies in the county of its own; none, if there is no such."""
    base = toys.base()
    assert cities(base) == {"青溪镇": "青溪县"}
    base.counties["own"] = False
    assert cities(base) == {}


@pytest.mark.parametrize(
    ("statements", "is_due"),
    [
        ([says("望月路")], True),
        ([says("望月路", target_year=2026)], False),
        ([says("望月路", target_year=None)], False),
        ([says("望月路"), says("望月路", LATER, done="completed")], False),
        ([says("望月路"), says("望月路", LATER, done="operating")], False),
        ([says("望月路"), says("望月路", LATER, done="started")], True),
        ([says("望月路"), says("望月路", LATER, done="unspecified")], True),
        ([says("望月路", stage="to_start"), says("望月路", LATER, done="started")], False),
        ([says("望月路", stage="started"), says("望月路", LATER, done="started")], False),
        ([says("望月路", stage="unspecified"), says("望月路", LATER, done="proposed")], False),
        ([says("望月路"), says("望月路", TOWN, 7, done="completed")], True),
        ([says("望月路", COUNTY), says("望月路", TOWN, done="completed")], True),
        ([says("望月路", done="completed")], False),
    ],
)
def test_what_is_due_and_not_reported(statements, is_due) -> None:
    """Only a report of a later document, at least as far as the promise, answers it."""
    assert bool(due(past(*statements))) is is_due


@pytest.mark.parametrize(
    ("by", "is_due"),
    [(date(2021, 12, 30), False), (date(2021, 12, 31), True), (date(2030, 1, 1), True)],
)
def test_a_promise_is_due_when_its_year_is_over(by: date, is_due: bool) -> None:  # noqa: FBT001 - a column of the table
    """The day is given: a promise for 2021 is due on the last day of 2021."""
    assert bool(due(past(says("望月路")), by)) is is_due


def test_what_could_have_been_reported_comes_first() -> None:
    """Where no later plan covers the area it is said so, and such promises stand last."""
    both = [*past(says("凤尾桥", COUNTY)), *past(says("望月路"))]
    assert [(one.history.name, bool(one.looked_in)) for one in due(both)] == [
        ("望月路", True),
        ("凤尾桥", False),
    ]


def number(value: float, unit: str = "个", document: str = COUNTY, line: int = 1, **more):
    """Say how many water stations."""
    return says("水站", document, line, quantity=count(value, unit), **more)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (number(187), number(100, "座", line=9), True),
        (number(100), number(100, "座", line=9), False),
        (number(3), number(2), False),
        (number(3, "公里"), number(2, line=9), False),
        (number(3, "公里"), number(2, "公里", line=9), True),
        (number(3, stage="to_start"), number(2, line=9), False),
        (number(3, stage="unspecified"), number(2, line=9), True),
        (number(3, done="completed"), number(2, line=9), False),
        (number(3), number(2, line=9, done="completed"), False),
        (number(3), number(2, document=LATER, done="completed"), True),
        (number(3), number(2, document=LATER), True),
        (number(3, "亩"), number(2, "筐", line=9), False),
        (number(3, "亩"), number(2, "平方米", line=9), False),
    ],
)
def test_numbers_that_differ(one, other, differ) -> None:
    """Two amounts of one thing differ when both should be the same, whatever a piece is called."""
    found = [each for each in changes(past(one, other)) if each.aspect == "number"]
    assert bool(found) is differ
    if differ:
        assert found[0].values == (one.quantity.text, other.quantity.text)


def test_names_and_units_that_differ() -> None:
    """Another name and other units are found with a sentence each; silence on units is none."""
    lead = toys.by("市水利局", "市发改局", lead=1)
    some = past(
        says("水站"),
        says("水站", COUNTY, 2, responsibility=lead),
        says("供水站", COUNTY, 3, responsibility=lead),
        says("水站", COUNTY, 4, responsibility=toys.by("市水利局", "市发改局")),
    )
    assert [
        (one.aspect, one.values, [m.where[1] for m in one.mentions]) for one in changes(some)
    ] == [
        ("name", ("水站", "供水站"), [1, 3]),
        ("units", ("*市水利局、市发改局", "市水利局、市发改局"), [2, 4]),
    ]


def test_the_order_of_units_is_no_change() -> None:
    """The same units in another order are the same."""
    one, other = toys.by("市水利局", "市发改局"), toys.by("市发改局", "市水利局")
    some = past(says("水站", responsibility=one), says("水站", LATER, responsibility=other))
    assert changes(some) == ()


NAMES = ("望月路", "凤尾桥", "水站")
statements = st.builds(
    says,
    st.sampled_from(NAMES),
    st.sampled_from([TOWN, COUNTY, LATER]),
    st.integers(1, 4),
    stage=st.sampled_from(sorted(codes("stage"))),
    promised=st.booleans(),
    target_year=st.sampled_from([None, 2018, 2021, 2025, 2030]),
    kind=st.sampled_from(["project", "programme"]),
    quantity=st.one_of(st.none(), st.builds(count, st.integers(1, 9), st.sampled_from("个座亩"))),
    responsibility=st.sampled_from([toys.by(), toys.by("市水利局"), toys.by("市发改局", lead=1)]),
)


@given(st.lists(st.lists(statements, min_size=1, max_size=5), max_size=4), st.dates())
def test_every_list_is_a_part_of_what_there_is(groups, by) -> None:
    """Each finding is of a given history and shows sentences of it; lists hold what they say."""
    some = tuple(one for group in groups for one in past(*group))
    lists = promised_again(some), gone(some), due(some, by), changes(some)
    for found in (each for one in lists for each in one):
        assert found.history in some
        assert found.mentions
        assert all(one in found.history.mentions for one in found.mentions)
    for silence in (*lists[1], *lists[2]):
        assert all(one.promised and one.said["target_year"] for one in silence.mentions)
    for silence in lists[2]:
        assert date(silence.due, 12, 31) <= by
    for change in lists[3]:
        assert len(change.values) == len(change.mentions) > 1
    open_ever = {id(one.history) for one in due(some, date.max)}
    assert {id(one.history) for one in lists[1]} <= open_ever
    assert {id(one.history) for one in lists[2]} <= open_ever


@pytest.mark.parametrize("name", layers.COMPARISONS)
def test_nothing_chosen_nothing_found(name: str) -> None:
    """Every list of an empty choice is empty, and so is its table."""
    known = layers.Grounds(PAPERS, CITY_OF)
    found = layers.cases(name, valley.table(), known, TODAY)
    assert found == ()
    assert layers.cases_html(found, known, "en") == ""


@pytest.mark.parametrize("name", layers.COMPARISONS)
def test_no_text_becomes_markup(name: str) -> None:
    """Names, aliases, values, quotes and units stand in the table letter by letter."""
    lure = "<img src=x onerror=alert(1)>"
    by = toys.by(lure, units_printed=lure)
    some = valley.table(
        toys.project(
            says(lure, quote=lure, responsibility=by, heading=lure),
            says(f"{lure}路", COUNTY, 2, quantity=count(2, lure)),
            says(lure, COUNTY, 3, quantity=count(3, lure)),
            aliases=(lure,),
        ),
        toys.project(says(f"{lure}桥")),
    )
    grounds = layers.Grounds(PAPERS, CITY_OF)
    table = layers.cases_html(layers.cases(name, some, grounds, TODAY), grounds, "en")
    assert "&lt;img" in table
    assert lure not in table


@cache
def real():
    """The histories of the catalogue."""
    read = archive()
    return histories(project_table(read.projects, toys.locate, read.documents), read.documents)


def test_two_annexes_of_one_document_count_differently() -> None:
    """Of 2021 one annex renews 187 water stations of single villages, another 100."""
    numbers = {one.history.name: one for one in changes(real()) if one.aspect == "number"}
    stations = numbers["单村水站"]
    assert stations.values == ("187个", "100座")
    assert [one.where for one in stations.mentions] == [("004", 284), ("004", 339)]
    assert "小微园" not in numbers  # three to begin and two to finish, in one sentence


def test_the_catalogue_holds_the_known_examples() -> None:
    """The bridge is promised in 2017 and in 2021; a park reported done by none is still due."""
    again = {one.history.name: one for one in promised_again(real())}
    assert {one.year for one in again["瓯江北口大桥"].mentions} == {"2017", "2021"}
    assert len(again["林宅湿地公园"].mentions) == 2
    late = overdue(real(), archive().documents, {"柳市镇": "乐清市"}, date(2026, 1, 1))
    park = next(one for one in late if one.history.name == "汤岙余公园")
    assert park.looked_in == (("002", "same"), ("004", "wider"))


def test_what_is_named_later_has_not_vanished() -> None:
    """What vanished from the town's plans is in no statement of a later document."""
    found = vanished(real(), archive().documents, {"柳市镇": "乐清市"})
    assert found
    assert {one.year for each in found for one in each.history.mentions} == {"2017"}
    assert "林宅湿地公园" not in {one.history.name for one in found}
