"""The count sheet: what is counted where, and that the sums agree."""

from __future__ import annotations

import functools

import pytest
from click.testing import CliRunner

import planmap
from geo import Gazetteer, Location, locate
from layers import COUNTS, count_sheet
from layers.counting import REASONS
from layers.table import project_table
from tests import toys
from tests.papers import archive


def sheet():
    """The toy town's sheet by document; None is all."""
    return {record["document"]: record for record in count_sheet(toys.table())}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("900", {"statements": 7, "projects": 6, "first_named": 6, "programmes": 1, "site": 1}),
        ("901", {"statements": 2, "projects": 2, "first_named": 0, "programmes": 0, "site": 1}),
        (None, {"statements": 9, "projects": 6, "first_named": 6, "programmes": 1, "site": 1}),
        (None, {"placed": 3, "locality": 2, "township": 1, "city": 1, "unplaced": 1}),
        (None, {"fragment": 1, "not_found": 0}),
        ("901", {"placed": 2, "locality": 1, "township": 0, "city": 0, "unplaced": 0}),
    ],
)
def test_the_toy_town_is_counted(document, expected):
    """A thing of two documents counts in both and once in all; programmes stand apart."""
    assert {name: sheet()[document][name] for name in expected} == expected


def real():
    """The table of the catalogue."""
    read = archive()
    where = functools.partial(locate, gazetteer=Gazetteer.load())
    return project_table(read.projects, where, read.documents)


def nowhere(query):
    """Say of every second thing, by the length of its name, that it is nowhere."""
    reason = "not_found" if len(query.name) % 2 else "ambiguous"
    return Location("none", unplaced_reason=reason)


@pytest.mark.parametrize(
    "table",
    [real, toys.table, lambda: project_table(toys.projects(), nowhere, toys.PAPERS)],
    ids=["catalogue", "toys", "nowhere"],
)
def test_the_sums_agree(table):
    """Classes add up to projects, reasons to the unplaced, documents to all."""
    rows = table()
    *documents, total = count_sheet(rows)
    for record in [*documents, total]:
        assert record["placed"] == record["site"] + record["locality"]
        located = (record[name] for name in ("placed", "township", "city", "unplaced"))
        assert record["projects"] == sum(located)
        assert record["unplaced"] == sum(record[reason] for reason in REASONS)
    assert total["projects"] + total["programmes"] + total["indicators"] == len(rows)
    assert total["statements"] == sum(map(len, rows["statements"]))
    for name in ("statements", "first_named"):
        assert sum(record[name] for record in documents) == total[name]
    assert total["first_named"] == total["projects"]


def test_an_empty_choice_has_a_sheet_of_zeros():
    """Nothing chosen: all counts are there and zero, also for documents that are asked for."""
    (one, total) = count_sheet(toys.table().iloc[:0], ["900"])
    assert (one["document"], total["document"]) == ("900", None)
    assert {record[name] for record in (one, total) for name in COUNTS} == {0}


def test_the_command_prints_the_sheet(monkeypatch):
    """One line for each count, one column for each document and one for all."""

    class Made:
        """What the command asks of the built catalogue."""

        table = toys.table()
        documents = toys.PAPERS

    monkeypatch.setattr(planmap, "load", Made)
    result = CliRunner().invoke(planmap.main, ["count"])
    lines = [line.split() for line in result.output.splitlines() if line]
    assert lines[0] == ["900", "901", "all"]
    assert [line[0] for line in lines[1:]] == list(COUNTS)
    assert ["statements", "7", "2", "9"] in lines
