"""Whatever the map says of a thing, a table says too."""

from __future__ import annotations

import pytest

from layers.drawing import draw_badges, draw_things
from layers.lines import as_of_line, position_line, rule_line
from layers.lists import LISTS, listing, one_list
from layers.truths import truth_lines
from layers.words import LANGUAGES, Language, join, label
from tests import toys

TABLE, BASE = toys.table(), toys.base()


def rows(name: str, language: Language) -> dict[str, str]:
    """Return the lines of one list as text, by the name of the thing."""
    shown = listing(one_list(TABLE, name), language)
    return {str(line[0]): " | ".join(map(str, line)) for line in shown.to_numpy().tolist()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_pin_says_stands_in_the_list(language: Language) -> None:
    """Name, stage with date and manner, category, units, class, radius, method: all are there."""
    listed = rows("placed", language)
    drawn = draw_things(TABLE, language)
    assert {thing["name"] for thing in drawn} == set(listed)
    known = {row.id: row for row in TABLE.itertuples()}
    for thing in drawn:
        row = known[thing["id"]]
        facts = [
            label("stage", row.stage, language),
            as_of_line(row, language),
            label("category", row.category, language),
            join(row.lead_units, language),
            position_line(row, language),
            *truth_lines(row, language),
        ]
        assert [fact for fact in facts if fact not in listed[row.name]] == []
        # and the map's window says nothing that these facts do not hold
        told = " ".join([*facts, row.name, join(row.units, language)])
        for line in thing["lines"]:
            bare = line.replace(label("stage", row.stage, language), "")
            assert any(part in told for part in (line, bare.strip(" ()（）"))) or any(
                unit in line for unit in row.units
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_badge_counts_stands_in_the_list(language: Language) -> None:
    """The names behind a badge are rows of the list of townships, with the township named."""
    listed = rows("township", language)
    for badge in draw_badges(TABLE, BASE, language):
        assert badge["count"] == len(badge["names"])
        for name in badge["names"]:
            assert badge["id"] in listed[name]


def test_no_thing_is_in_two_lists_or_none() -> None:
    """All lists together hold each row of the table once."""
    found = [name for one in LISTS for name in one_list(TABLE, one)["id"]]
    assert sorted(found) == sorted(TABLE["id"])


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("at(甲站)", "在甲站处", "at 甲站"),
        ("midpoint(甲站, 乙站)", "甲站与乙站的中点", "halfway between 甲站 and 乙站"),
        ("offset(甲站, 180, 1500)", "甲站以南 1,500 米处", "1,500 m south of 甲站"),
        ("offset(甲站, 350, 90)", "甲站以北 90 米处", "90 m north of 甲站"),
        ("crossing(甲线, 乙线)", "甲线与乙线相交处", "where 甲线 and 乙线 cross"),
        ("nearest(甲线, 乙站)", "甲线上离乙站最近处", "the point of 甲线 nearest to 乙站"),
        ("along(甲线, 乙站, -300)", "沿甲线、距乙站 300 米处", "300 m along 甲线 from 乙站"),
        ("between the villages", "between the villages", "between the villages"),
    ],
)
def test_a_rule_is_told_in_words(rule: str, zh: str, en: str) -> None:
    """The rule of a derived position is read out; a position without one has no line."""
    assert (rule_line(rule, "zh"), rule_line(rule, "en")) == (zh, en)
    assert rule_line(None, "zh") == ""
