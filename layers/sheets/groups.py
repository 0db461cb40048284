"""A selection in the groups of its register: on the map, beyond it, by township, and the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from layers.lists import lists_of
from layers.sheets.hits import quoted_title
from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layers.sheets.subject import Subject


class Group(NamedTuple):
    """Rows that stand together, under a title without their number."""

    title: str
    rows: tuple[Any, ...]


def groups_of(subject: Subject, numbers: Mapping[str, int], language: Language) -> list[Group]:
    """Return all chosen rows, each in one group; groups without rows are left out.

    What a search hit only by a quote stands in groups of its own, behind all others.

    Parameters
    ----------
    numbers
        By id, of all things that the map shows: their number on it, nought without one.
    """
    if not subject.quoted:
        return _groups(subject, numbers, language)
    only = subject.shown["id"].isin(subject.quoted)
    named, quoted = (replace(subject, shown=subject.shown[some]) for some in (~only, only))
    heading = quoted_title(subject, language)
    return [
        *_groups(named, numbers, language),
        *(
            Group(f"{heading} · {title}", rows)
            for title, rows in _groups(quoted, numbers, language)
        ),
    ]


def _groups(subject: Subject, numbers: Mapping[str, int], language: Language) -> list[Group]:
    shown = subject.shown
    # Rows are taken out of the table once: to take columns out of a wide one is what takes time.
    rows: dict[str, Any] = {str(row.id): row for row in pd.DataFrame(shown).itertuples()}
    is_placed = shown.geometry.notna()
    others = shown.loc[~is_placed, ["id", "kind", "location_class"]]
    lists = dict(zip(others["id"], lists_of(others), strict=True))

    def rows_of(name: str) -> list[Any]:
        return [rows[one] for one, own in lists.items() if own == name]

    placed = [rows[one] for one in shown.loc[is_placed, "id"]]
    drawn = sorted((row for row in placed if row.id in numbers), key=lambda row: numbers[row.id])
    beyond = [row for row in placed if row.id not in numbers]
    found = [
        Group(caption("list_placed", language), tuple(drawn)),
        Group(caption("sheet_group_beyond", language), tuple(beyond)),
        *_by_townships(rows_of("township"), subject, language),
        Group(caption("list_city", language), tuple(rows_of("city"))),
        *_by_reason(rows_of("none"), language),
        Group(caption("list_programme", language), tuple(rows_of("programme"))),
        Group(caption("list_indicator", language), tuple(rows_of("indicator"))),
    ]
    listed = {row.id for group in found for row in group.rows}
    rest = tuple(rows[one] for one in lists if one not in listed)
    return [
        group
        for group in [*found, Group(caption("sheet_group_rest", language), rest)]
        if group.rows
    ]


def _by_townships(rows: Iterable[Any], subject: Subject, language: Language) -> Iterator[Group]:
    order = {town.name: place for place, town in enumerate(subject.base.towns)}
    found: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        found.setdefault(tuple(row.townships), []).append(row)
    # A township alone before those that share things with it.
    for towns in sorted(found, key=lambda some: (*_places(some[:1], order), len(some), some)):
        title = caption("sheet_group_township", language, towns=join(towns, language))
        yield Group(title, tuple(found[towns]))


def _places(towns: Iterable[str], order: Mapping[str, int]) -> list[int]:
    return [order.get(town, len(order)) for town in towns] or [len(order)]


def _by_reason(rows: Sequence[Any], language: Language) -> Iterator[Group]:
    reasons = {row.unplaced_reason for row in rows}
    for reason in [code for code in codes("unplaced_reason") if code in reasons]:
        said = label("unplaced_reason", reason, language)
        title = caption("sheet_group_none", language, reason=said)
        yield Group(title, tuple(row for row in rows if row.unplaced_reason == reason))
