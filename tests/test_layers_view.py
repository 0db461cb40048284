"""The view as one value: what a user does to it, and its way into an address and back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some

import layers
import planmap
from layers.nouns import is_project
from layers.view import _allowed, options
from tests.test_service_selection import DAY

WORDS = ("", "柳白", "lbxc", "<b>", "%&=#?", "路 A", "+ +", "没有这个")
# What an address of another maker may hold.
TEXTS = some.one_of(
    some.text(max_size=20), some.sampled_from(["<script>", "1999", "-1", "nan,nan,nan", "\x00"])
)


@cache
def town() -> tuple[layers.Index, Any]:
    """Return the built data, ready to be asked."""
    data = planmap.load()
    known = layers.Known(data.documents, DAY)
    return layers.Index(data.table, known), data.documents


def one_of(name: str) -> some.SearchStrategy[str]:
    """Return a value that a parameter can have, or none."""
    return some.sampled_from(["", *list(_allowed(*town())(name))[:60]])


@some.composite
def views(draw: Any) -> layers.View:
    """Return a view that a user can reach."""
    index, _ = town()
    chosen = {
        name: tuple(draw(some.lists(some.sampled_from(options(index, name)), max_size=3)))
        for name in draw(some.sets(some.sampled_from(layers.CHOICES), max_size=4))
    }
    view = layers.View(
        role=draw(some.sampled_from(layers.ROLES)),
        issuer=draw(some.booleans()),
        search=draw(some.sampled_from(WORDS)),
        by=draw(some.sampled_from(["", "2021-12-30"])),
        sheet=draw(some.sampled_from([{}, {"sheet_paper": "a3"}])),
        **{
            field: draw(one_of(name))
            for field, name in {
                "project": "project",
                "listing": "list",
                "tab": "tab",
                "left": "left",
                "document": "open",
                "as_of": "asof",
                "base": "base",
                "language": "lang",
            }.items()
        },
    )
    for name, values in chosen.items():
        view = view.choose(name, values)
    line = draw(some.sampled_from(["", "7"])) if view.document else ""
    return replace(view, line=line, badge=draw(badge_beside(view.project)))


def badge_beside(project: str) -> Any:
    """Return a strategy for the badge that can be open while a project is chosen."""
    index, _ = town()
    if not project:
        return one_of("badge")
    row = index.table.iloc[index.row_of[project]]
    is_listed = row["location_class"] == "township" and is_project(row["kind"])
    return some.sampled_from(["", *(row["townships"] if is_listed else ())])


@given(some.data())
def test_a_badge_is_open_only_with_what_it_stands_for(data: Any) -> None:
    """An address that names another thing beside a badge opens the thing alone."""
    index, documents = town()
    badge = data.draw(some.sampled_from(options(index, "badge")))
    project = data.draw(some.sampled_from(sorted(index.row_of)))
    view = layers.read_view({"project": [project], "badge": [badge]}, index, documents)
    listed = index.table.iloc[index.row_of[project]]["townships"]
    assert view.project == project
    assert view.badge in {"", badge}
    assert not view.badge or badge in listed


@given(views())
def test_a_view_comes_back_from_its_address(view: layers.View) -> None:
    """What is written is read again, through a real address, by whoever opens it."""
    query = parse_qs(urlencode(view.query(), doseq=True), keep_blank_values=True)
    again = layers.read_view(query, *town())
    assert again == view
    assert again.selection == view.selection


@given(some.dictionaries(some.sampled_from(["unit", "at", "open", "tab", "x"]), some.lists(TEXTS)))
def test_a_strange_address_opens_what_all_see(query: dict[str, list[str]]) -> None:
    """What no one could have chosen is left out."""
    assert layers.read_view(query, *town()) == layers.View()


@given(views(), some.data())
def test_a_value_switched_on_and_off_leaves_the_others_alone(view: layers.View, data: Any) -> None:
    """Each step changes just its value, in a model of plain sets."""
    index, _ = town()
    model = {name: set(view.chosen.get(name, ())) for name in layers.CHOICES}
    for _ in range(5):
        name = data.draw(some.sampled_from(layers.CHOICES))
        value = data.draw(some.sampled_from(options(index, name)))
        on = data.draw(some.booleans())
        view = view.toggle(name, value, on=on)
        model[name] = model[name] | {value} if on else model[name] - {value}
        assert {name: set(view.chosen.get(name, ())) for name in layers.CHOICES} == model
        assert all(view.chosen.values())


@given(views())
def test_clearing_empties_the_filters_and_nothing_else(view: layers.View) -> None:
    """What is opened and looked at stays."""
    cleared = view.cleared()
    assert cleared.selection == layers.Selection()
    kept = ("project", "badge", "listing", "tab", "document", "as_of", "base", "language", "sheet")
    assert [getattr(cleared, name) for name in kept] == [getattr(view, name) for name in kept]


@given(views())
def test_a_tag_taken_away_empties_its_filter(view: layers.View) -> None:
    """One filter after the other goes, each leaving the rest."""
    for name in view.selection.filters:
        before = view.selection.filters
        view = view.without(name)
        assert view.selection.filters == {k: v for k, v in before.items() if k != name}
    assert view.selection.filters == {}


@pytest.mark.parametrize("name", ["unit", "lead"])
def test_the_tag_of_a_unit_takes_its_role_along(name: str) -> None:
    """Without a unit nothing says in which role."""
    view = layers.View(chosen={"unit": ("市交通运输局",)}, role="lead", issuer=True)
    assert view.without(name) == layers.View()


@pytest.mark.parametrize("unfolded", [None, True, False])
def test_the_panel_counts_what_each_value_would_show(unfolded: bool | None) -> None:  # noqa: FBT001 - of three values
    """The counts are those of selections with the value alone; what folds is not counted unseen."""
    index, documents = town()
    view = layers.View(chosen={"category": ("road",)})
    panel = layers.facet_panel(index, view, documents, "zh", unfolded=unfolded)
    assert any(one["folded"] for one in panel["facets"]) == bool(unfolded)
    for facet in panel["facets"]:
        for value, _, count in facet["values"][:5]:
            alone = layers.View(chosen={**view.chosen, facet["name"]: (value,)})
            assert count == int(index.mask(alone.selection).sum())


@given(view=views())
def test_nothing_of_ones_own_address_is_called_unknown(view: layers.View) -> None:
    """Whatever a view writes into the address is understood when it is read."""
    assert layers.not_understood(view.query(), *town()) == ()


@given(
    view=views(),
    name=some.sampled_from(
        [*layers.CHOICES, "project", "badge", "tab", "list", "asof", "nonsense"]
    ),
    value=some.text("abcxyz甲乙<>_*", min_size=1, max_size=12).map(lambda text: f"?{text}"),
)
def test_what_is_dropped_is_told_and_nothing_else(view: layers.View, name: str, value: str) -> None:
    """One unknown value beside any view is named, and the view stays what it was."""
    query = view.query()
    wrong = query | {name: [value, *query.get(name, [])]}
    assert layers.not_understood(wrong, *town()) == ((name, value),)
    assert layers.read_view(wrong, *town()) == layers.read_view(query, *town())
    for language in layers.LANGUAGES:
        assert f"{name}={value}" in layers.dropped_line([(name, value)], language)


def test_what_programs_add_to_an_address_is_no_fault() -> None:
    """Marks of advertisers and of the frame, and empty values, are not told."""
    query = {"utm_source": ["x"], "embed": ["true"], "status": [""], "at": ["28.1,120.9,12"]}
    assert layers.not_understood(query, *town()) == ()


def test_a_date_looked_back_to_says_what_does_not_count() -> None:
    """At each date the documents after it are counted in words; at the last there is no word."""
    index, documents = town()
    *dates, last = layers.plan_dates(documents)
    for date in dates:
        for language in layers.LANGUAGES:
            told = layers.left_out_line(index.table, documents, date, language)
            later = [one for one in documents.values() if one.date > date]
            assert str(layers.noun_counts(index.table)["project"]) in told
            assert all(one.date in told for one in later)
    assert layers.left_out_line(index.table, documents, last, "en") == ""
