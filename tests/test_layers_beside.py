"""The list beside the map, its order and pages, and the amounts it can be sorted by."""

from __future__ import annotations

import numpy as np
import pytest

from layers.amounts import amount
from layers.beside import PAGE, SORTS, listed, ordered, page_of, suggested
from layers.index import Index
from layers.selection import Selection
from tests import toys

TABLE = toys.table()
INDEX = Index(TABLE)
ALL = INDEX.mask(Selection())


def quantity(value: float, unit: str) -> dict[str, object]:
    """Make a statement as far as amounts care."""
    return {"quantity": {"value": value, "unit": unit, "text": f"{value}{unit}"}}


@pytest.mark.parametrize(
    ("said", "name", "expected"),
    [
        ([quantity(21, "公里")], "length", 21.0),
        ([quantity(350, "米")], "length", 0.35),
        ([quantity(2, "公顷")], "area", 30.0),
        ([quantity(4000, "万元")], "money", 0.4),
        ([quantity(20, "公里"), quantity(26, "公里")], "length", 26.0),
        ([quantity(20, "公里"), {"quantity": None}], "length", 20.0),
        ([quantity(20, "公里")], "area", None),
        ([quantity(9000, "平方米")], "area", None),
        ([quantity(7, "所")], "length", None),
        ([], "money", None),
    ],
)
def test_amounts(said: list[dict[str, object]], name: str, expected: float | None) -> None:
    """The latest statement of a measure counts, in kilometres, mu or a hundred million yuan."""
    found = amount(said, name)
    assert found == (expected if expected is None else pytest.approx(expected))


def with_lengths(*lengths: float | None) -> Index:
    """Return the toy town with some lengths, row by row."""
    table = TABLE.copy()
    table["statements"] = [
        [said | (quantity(value, "公里") if value else {"quantity": None}) for said in some]
        for some, value in zip(table["statements"], [*lengths, *[None] * 9], strict=False)
    ]
    return Index(table)


def test_the_list_sorts_numbers_and_puts_what_has_none_last() -> None:
    """Nine comes before ten, and rows without an amount come last either way."""
    index = with_lengths(10, None, 9)
    assert ordered(index, ALL, "length")[:2].tolist() == [2, 0]
    assert ordered(index, ALL, "-length")[:2].tolist() == [0, 2]
    assert ordered(index, ALL, "nonsense").tolist() == list(range(len(TABLE)))


@pytest.mark.parametrize("sort", ["", *SORTS, *(f"-{name}" for name in SORTS)])
def test_sorting_keeps_the_selection(sort: str) -> None:
    """However it is sorted, the list holds just the selected rows."""
    mask = INDEX.mask(Selection(document=("901",)))
    assert sorted(ordered(INDEX, mask, sort)) == np.flatnonzero(mask).tolist()
    nothing = INDEX.mask(Selection(search=("没有这个",)))
    assert ordered(INDEX, nothing, sort).tolist() == []


def test_a_page_of_the_list() -> None:
    """A page holds its rows and says which; a page that is not there is the nearest."""
    many = Index(TABLE.iloc[[at % len(TABLE) for at in range(2 * PAGE + 3)]].reset_index(drop=True))
    rows = ordered(many, many.mask(Selection()), "")
    last = listed(many, rows, 99, "en")
    assert (last["page"], last["pages"], len(last["rows"])) == (2, 3, 3)
    assert last["range"] == f"{2 * PAGE + 1}–{2 * PAGE + 3} of 89 projects + 14 counted programmes"
    assert page_of(rows, PAGE + 1) == 1
    assert page_of(rows, None) == page_of(rows, 10**6) == 0
    first = listed(many, rows, -1, "zh")["rows"][0]
    assert first["id"] == TABLE["id"].iloc[0]
    assert first["cells"][0] == TABLE["name"].iloc[0]
    empty = listed(many, rows[:0], 0, "en")
    assert (empty["rows"], empty["pages"], empty["range"]) == ([], 1, "0–0 of 0 projects")


def test_amounts_have_a_column_only_where_there_are_any() -> None:
    """A column of kilometres is there with its numbers, and not for a selection without any."""
    index = with_lengths(12345.678)
    keys = [column["key"] for column in listed(index, np.array([0, 1]), 0, "zh")["columns"]]
    assert "length" in keys
    assert "money" not in keys
    (row, other) = listed(index, np.array([0, 1]), 0, "zh")["rows"]
    assert (row["cells"][-1], other["cells"][-1]) == ("12,345.7", "")
    keys = [column["key"] for column in listed(index, np.array([1]), 0, "zh")["columns"]]
    assert "length" not in keys


def test_suggestions_say_by_which_name() -> None:
    """What is found by an alias says so; what is found by its name does not."""
    assert suggested(INDEX, "湿地公园", "en") == [
        {"id": "toy-青溪湿地公园", "name": "青溪湿地公园", "note": "also 湿地公园"}
    ]
    assert suggested(INDEX, "qxsd", "zh")[0]["note"] == ""
    assert suggested(INDEX, "", "zh") == []
