"""The list beside the map, its order and pages, and the amounts it can be sorted by."""

from __future__ import annotations

import numpy as np
import pytest

from layers.amounts import amount
from layers.beside import PAGE, SORTS, listed, ordered, page_of
from layers.hits import Fold, hits_html, named_first, parted
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


def parks(*, opened: bool = False) -> tuple[Index, np.ndarray, Fold]:
    """Return many rows of which every third is hit by name, parted."""
    table = TABLE.iloc[[at % len(TABLE) for at in range(3 * PAGE)]].reset_index(drop=True)
    table["id"] = [f"toy-{at}" for at in range(len(table))]
    table["name"] = table["title"] = ["湿地" if at % 3 == 0 else "别处" for at in range(len(table))]
    table["aliases"] = [[] for _ in range(len(table))]
    table["statements"] = [
        [one | {"name": name, "quote": "湿地在别处"} for one in said]
        for name, said in zip(table["name"], table["statements"], strict=True)
    ]
    index, wanted = Index(table), Selection(search=("湿地",))
    rows, named = named_first(index, ordered(index, index.mask(wanted), ""), wanted)
    return index, rows, Fold(named, wanted.search, opened)


def test_hits_by_name_come_first_in_every_order() -> None:
    """However the list is sorted, what is named so stands first, and each part keeps the order."""
    index, all_rows, fold = parks()
    assert (len(all_rows), fold.named) == (3 * PAGE, PAGE)
    wanted = Selection(search=("湿地",))
    by_name = index.named(wanted)
    for sort in ("", *SORTS, *(f"-{name}" for name in SORTS)):
        order = ordered(index, index.mask(wanted), sort)
        rows, named = named_first(index, order, wanted)
        assert rows.tolist() == [*order[by_name[order]], *order[~by_name[order]]]
        assert named == by_name[order].sum()


def test_hits_by_a_quote_are_folded_and_counted() -> None:
    """Folded they are one line at the end; unfolded they follow it, page by page."""
    index, rows, fold = parks()
    folded = listed(index, rows, 0, "zh", fold)
    assert {row["cells"][0] for row in folded["rows"]} == {"湿地"}
    assert folded["pages"] == 1
    assert folded["quoted"]["text"] == f"只在原文中提到“湿地”：{2 * PAGE} 项"
    assert folded["quoted"]["before"] >= len(folded["rows"])
    assert folded["quoted"]["opened"] is False
    pages = [listed(index, rows, page, "zh", fold._replace(opened=True)) for page in range(3)]
    assert [page["pages"] for page in pages] == [3, 3, 3]
    assert [(page["quoted"] or {}).get("before") for page in pages] == [None, 0, 0]
    assert {row["cells"][0] for page in pages[1:] for row in page["rows"]} == {"别处"}


def test_without_a_search_or_with_one_kind_of_hit_nothing_is_folded() -> None:
    """A heading stands only between two kinds; what is hit only by quotes is all shown."""
    rows, named = named_first(INDEX, np.flatnonzero(ALL), Selection())
    assert named == len(TABLE)
    assert listed(INDEX, rows, 0, "en", Fold(named, ()))["quoted"] is None
    only = Selection(search=("推进",))
    rows, named = named_first(INDEX, np.flatnonzero(INDEX.mask(only)), only)
    assert (len(rows), named) == (1, 0)
    page = listed(INDEX, rows, 0, "en", Fold(named, only.search))
    assert len(page["rows"]) == 1
    assert page["quoted"] == {
        "before": 0,
        "text": 'Only in a quote that has "推进": 1',
        "action": "",
        "opened": True,
    }


def test_the_headline_says_what_was_hit_by_name_and_what_by_a_quote() -> None:
    """Both numbers add up to what is shown; what was searched is shown as text."""
    wanted = Selection(search=("湿地",))
    shown = INDEX.rows(INDEX.mask(wanted))
    named, quoted = parted(INDEX, shown, wanted)
    assert [*named["name"], *quoted["name"]] == ["青溪湿地公园"]
    assert hits_html(INDEX, shown, wanted, "zh") == ""
    hostile = Selection(search=("推进", "<b>"))
    text = hits_html(INDEX, INDEX.rows(INDEX.mask(hostile)), hostile, "en")
    assert "0 by name, " in text
    assert "&lt;b&gt;" in text
    assert "<b>" not in text
    assert hits_html(INDEX, TABLE, Selection(), "zh") == ""
