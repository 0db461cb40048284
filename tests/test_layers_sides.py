"""Two sides of plans: what each names, and what changed from one to the other."""

from __future__ import annotations

from html import unescape

import pytest

from layers.sides import (
    CHANGES,
    change_chips_html,
    change_counts,
    pairs,
    pairs_html,
    said_by,
    side_choices,
    side_label,
)
from layers.table import project_table
from layers.twin import twin_map
from layers.words import LANGUAGES, Language, caption
from tests import toys
from tests.valley import COUNTY, LATER, PAPERS, TOWN, says


def things():
    """One thing for each kind of change between the town's plan and the county's."""
    return [
        toys.project(says("路"), says("路", COUNTY, done="completed")),
        toys.project(says("桥", stage="under_construction"), says("桥", COUNTY, stage="proposed")),
        toys.project(says("旧厂<i>")),
        toys.project(says("新校", COUNTY)),
        toys.project(says("园"), says("园", COUNTY)),
        toys.project(says("湖", stage="unspecified"), says("湖", COUNTY)),
        toys.project(says("水站", kind="programme"), says("水站", COUNTY, kind="programme")),
    ]


TABLE = project_table(things(), toys.locate, PAPERS)


def between(left: str, right: str):
    """Return the pairs between two documents."""
    return pairs(said_by(TABLE, PAPERS, [left]), said_by(TABLE, PAPERS, [right]))


def names(change: str) -> list[str]:
    """Return the names of a kind of change."""
    found = between(TOWN, COUNTY)
    return [(one.left or one.right).name for one in found if one.change == change]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ("added", ["新校"]),
        ("dropped", ["旧厂<i>"]),
        ("advanced", ["路"]),
        ("back", ["桥"]),
        ("same", ["园", "湖"]),
    ],
)
def test_each_thing_changed_in_its_way(change: str, wanted: list[str]) -> None:
    """A later stage is an advance, an earlier one a step back, no stage no change."""
    assert sorted(names(change)) == sorted(wanted)


def test_turned_around_added_is_dropped() -> None:
    """What one direction adds the other drops, what advances there goes back here."""
    there, here = (change_counts(between(*way)) for way in ((TOWN, COUNTY), (COUNTY, TOWN)))
    mirrored = ("dropped", "added", "back", "advanced", "same")
    assert there == {change: here[other] for change, other in zip(CHANGES, mirrored, strict=True)}


def test_beside_itself_nothing_changes() -> None:
    """The same document on both sides shows no change."""
    counts = change_counts(between(TOWN, TOWN))
    assert {change for change, count in counts.items() if count} == {"same"}


def test_against_silence_all_is_dropped() -> None:
    """A document that names nothing adds nothing."""
    counts = change_counts(between(TOWN, LATER))
    assert counts == dict.fromkeys(CHANGES, 0) | {"dropped": 5}
    assert pairs_html((), "zh") == ""


def test_of_no_things_no_side_names_one() -> None:
    """A selection that finds nothing leaves two empty sides with all their columns."""
    nothing = said_by(TABLE.iloc[:0], PAPERS, [TOWN])
    assert nothing.empty
    assert list(nothing.columns) == list(TABLE.columns)
    assert pairs(nothing, nothing) == ()


def test_years_and_documents_can_stand_on_a_side() -> None:
    """A year with several documents is a side of its own, and so is each document."""
    papers = PAPERS | {
        "803": toys.Paper("803", "又一", "2017-05"),
        "804": toys.Paper("804", "无", ""),
    }
    found = side_choices(papers)
    assert list(found) == ["2017", TOWN, "803", COUNTY, LATER, "804"]
    assert found["2017"] == (TOWN, "803")
    assert side_label("2017", found["2017"], papers, "en") == "2017 (document 800, 803)"
    assert side_label(COUNTY, (COUNTY,), papers, "en") == "[801] 青溪县任务分解, 2021-04-27"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_escaped_and_linked(language: Language) -> None:
    """Each change has its table with stages, lines and links; every text is escaped."""
    found = between(TOWN, COUNTY)
    content = pairs_html(found, language)
    assert "<i>" not in content
    assert "旧厂<i>" in unescape(content)
    assert content.count("<table") == 5
    assert 'href="documents?open=801&amp;line=1"' in content
    chips = change_chips_html(found, language)
    assert f"{caption('side_advanced', language)} <b>1</b>" in chips


def test_a_twin_is_the_map_and_one_thing_more() -> None:
    """A map with twins loads one more file of the app itself, and no other."""
    view = (120.0, 27.0, 121.0, 28.0)
    files = [address for _, address in twin_map(view).default_js]
    plain = [address for _, address in type(twin_map(view)).default_js]
    assert files[:-1] == plain
    assert files[-1].endswith("/planmap/together.js")
    assert not files[-1].startswith("http")
