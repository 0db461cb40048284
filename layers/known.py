"""The table as some of the documents alone would give it: at a date, or of one plan."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.due import with_due
from layers.history import is_later
from layers.nouns import noun_counts
from layers.outcomes import known_columns, with_columns
from layers.statements import cite, summed
from layers.titles import title_of
from layers.words import caption, join

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import geopandas as gpd

    from layers.words import Language


def plan_dates(documents: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the dates of all documents, each once, oldest first; unknown dates left out."""
    return tuple(sorted({one.date for one in documents.values() if one.date}))


def as_of(
    table: gpd.GeoDataFrame,
    documents: Mapping[str, Any],
    date: str,
    city_of: Mapping[str, str] | None = None,
) -> gpd.GeoDataFrame:
    """Return the table as it was known at a date: later documents and outcomes are not looked at.

    ``date`` is at any precision; a document of the same year counts where no more is known.
    Documents without a date stand in none. What is due is due by the last day of the date;
    ``city_of`` as in ``with_due``.
    """
    names = known_at(documents, date)
    said = as_said_in(table, documents, names)
    then = with_columns(said, [_known_then(some, date) for some in said["known_outcomes"]])
    read = {name: documents[name] for name in names}
    return with_due(then, read, last_day(date), city_of)


def _known_then(records: Sequence[Mapping[str, Any]], date: str) -> dict[str, Any]:
    return known_columns([one for one in records if not is_later(one["date"], date)])


def last_day(date: str) -> dt.date:
    """Return the last day that a date at any precision can mean.

    ``2023`` is 31 December, ``2023-02`` the 28th, ``2023-02-03`` itself.

    Raises
    ------
    ValueError
        It is no date.
    """
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    first = dt.date(year, month or 12, day or 1)
    return first if day else first.replace(day=monthrange(first.year, first.month)[1])


def known_at(documents: Mapping[str, Any], date: str) -> tuple[str, ...]:
    """Return the ids of the documents that are not later than a date, as ``as_of`` takes them."""
    return tuple(
        name for name, one in documents.items() if one.date and not is_later(one.date, date)
    )


def left_out_line(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], date: str, language: Language
) -> str:
    """Return why there is less to see as of a date: the documents that do not count then.

    ``table`` is the table of today, with all documents. Empty where every document counts.
    """
    names = known_at(documents, date)
    later = [one for name, one in documents.items() if name not in names]
    if not later:
        return ""
    dates = sorted({one.date for one in later if one.date})
    return caption(
        "as_of_left_out",
        language,
        date=date,
        known=len(names),
        later=len(later),
        dates=join(dates, language) or caption("as_of_undated", language),
        all=noun_counts(table)["project"],
    )


def as_said_in(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], names: Collection[str]
) -> gpd.GeoDataFrame:
    """Return the table as these documents alone would give it.

    Stage, works, units, leaders, strategies, issuer, goals and other names are those of their
    statements; what they do not name is left out. Name, kind, category, place, what a thing is a
    part of, known outcomes, corrections and what is due stay those of the whole table.

    Parameters
    ----------
    table
        Any rows of the one table.
    documents
        By id: objects with ``date``; all that the rows quote.
    names
        Ids of the documents that are looked at.
    """
    said = [[one for one in row if one["document"] in names] for row in table["statements"]]
    # as an array: an empty list would choose no columns instead of no rows
    kept = table[np.array([bool(some) for some in said], dtype=bool)]
    told = [
        summed(some, row.goals, documents) | _named_in(row, some)
        for row, some in zip(kept.itertuples(), [some for some in said if some], strict=True)
    ]
    return with_columns(kept, told)


def _named_in(row: Any, said: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return title, other names and goals of a row as some of its statements give them."""
    names, cited = {one["name"] for one in said}, {cite(one) for one in said}
    later = {one["name"] for one in row.statements} - names
    return {
        "title": title_of(row.name, said),
        "aliases": [name for name in row.aliases if name not in later],
        "goals": [goal for goal in row.goals if goal in cited],
    }
