"""The table as of a date is the table that the documents of then alone would have given."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import building
import layers
import planmap
import plans

BUILT = planmap.load()
DATES = layers.plan_dates(BUILT.documents)
# What is told of a thing as it is known today, whenever the plans spoke of it: by what name it
# goes, where it is and what it belongs to, what became of it, and what a person corrected.
OF_TODAY = {
    *("id", "former_ids", "name", "title", "kind", "category", "part_of", "corrected"),
    *("location_class", "radius_m", "location_method", "location_source", "location_rule"),
    *("townships", "unplaced_reason", "licence", "schematic", "candidates", "geometry"),
    *("known_stage", "known_date", "known_source", "known_source_kind", "known_publisher"),
    *("known_outcomes", "due", "due_stage", "due_year", "due_by"),
}


def cited(row: Any) -> frozenset[tuple[Any, ...]]:
    """Return where the statements of a row stand, and of what they speak."""
    return frozenset((s["document"], s["line"], s["start"], s["name"]) for s in row.statements)


@cache
def read_alone(day: str) -> dict[frozenset[tuple[Any, ...]], Any]:
    """Return the rows made from the documents up to a date, as if there were no others."""
    documents = [one for one in plans.read_catalogue() if one.date <= day]
    return {cited(row): row for row in building.make(documents, partial=True).table.itertuples()}


@pytest.mark.parametrize("day", DATES)
def test_nothing_is_told_that_only_a_later_document_says(day: str) -> None:
    """Every column that a document gives is as the documents up to the date give it."""
    table = layers.as_of(BUILT.table, BUILT.documents, day, layers.cities(layers.base_map()))
    alone = read_alone(day)
    assert {cited(row) for row in table.itertuples()} == alone.keys()
    columns = [name for name in table.columns if name not in OF_TODAY]
    assert {"stage", "works", "aliases", "leaders", "goals", "units", "statements"} <= {*columns}
    for row in table.itertuples():
        other = alone[cited(row)]
        for name in columns:
            mine, theirs = getattr(row, name), getattr(other, name)
            if name == "aliases":  # one of them may be the name of today, or of then
                assert {row.name, *mine} >= {other.name, *theirs}
            else:
                assert mine == theirs, (row.name, name)


@pytest.mark.parametrize("day", DATES)
def test_no_other_name_is_one_of_later(day: str) -> None:
    """A name that no document up to the date uses is not told as another name of the thing."""
    table = layers.as_of(BUILT.table, BUILT.documents, day, layers.cities(layers.base_map()))
    for row in table.itertuples():
        (whole,) = BUILT.table[BUILT.table["id"] == row.id].itertuples()
        then = {said["name"] for said in row.statements}
        assert not {*row.aliases} & ({said["name"] for said in whole.statements} - then)
