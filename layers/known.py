"""The table as some of the documents alone would give it: at a date, or of one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from layers.history import is_later
from layers.statements import summed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd


def plan_dates(documents: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the dates of all documents, each once, oldest first; unknown dates left out."""
    return tuple(sorted({one.date for one in documents.values() if one.date}))


def as_of(table: gpd.GeoDataFrame, documents: Mapping[str, Any], date: str) -> gpd.GeoDataFrame:
    """Return the table as it was known at a date: later documents are not looked at.

    ``date`` is at any precision; a document of the same year counts where no more is known.
    Documents without a date stand in none.
    """
    return as_said_in(table, documents, known_at(documents, date))


def known_at(documents: Mapping[str, Any], date: str) -> tuple[str, ...]:
    """Return the ids of the documents that are not later than a date, as ``as_of`` takes them."""
    return tuple(
        name for name, one in documents.items() if one.date and not is_later(one.date, date)
    )


def as_said_in(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], names: Collection[str]
) -> gpd.GeoDataFrame:
    """Return the table as these documents alone would give it.

    Stage, units, strategies and issuer are those of their statements; what they do not name is
    left out. Names, categories, leaders and places stay those of the whole table.

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
    # as an array: of no rows, an empty list would leave no columns
    kept = table[np.array([bool(some) for some in said], dtype=bool)].copy()
    told = [
        summed(some, goals, documents)
        for some, goals in zip((some for some in said if some), kept["goals"], strict=True)
    ]
    for column in told[0] if told else ():
        # as objects: pandas would spread a list over the rows
        kept[column] = pd.Series([one[column] for one in told], index=kept.index, dtype=object)
    return kept
