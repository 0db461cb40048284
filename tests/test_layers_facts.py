"""Whatever the map says of a thing, a table says too."""

from __future__ import annotations

import pytest

from layers.drawing import draw_badges, draw_things
from layers.lines import as_of_line, position_line
from layers.lists import LISTS, listing, one_list
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
