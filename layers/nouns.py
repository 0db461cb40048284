"""What a number counts: projects, programmes and indicators, each apart, each with its noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.words import Language, caption, join, labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

# In the order in which they are named; the last is shown only to those who look for it.
NOUNS = ("project", "programme", "indicator")
USUAL = NOUNS[:-1]


def noun_of(kind: str) -> str:
    """Return what a thing of a kind is counted as: places and facilities are projects too."""
    return kind if kind in NOUNS else NOUNS[0]


def of_noun(table: gpd.GeoDataFrame, noun: str) -> gpd.GeoDataFrame:
    """Return the rows that are counted as one of ``NOUNS``; each row is counted as just one."""
    # Arrays of objects compare faster than columns, and most tables are asked for few rows.
    kinds = table["kind"].to_numpy()
    return table[np.array([noun_of(kind) == noun for kind in kinds], dtype=bool)]


def noun_counts(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Return how many rows are counted as each of ``NOUNS``; the sum is the table's length."""
    counts = dict.fromkeys(NOUNS, 0)
    for kind in table["kind"].to_numpy():
        counts[noun_of(kind)] += 1
    return counts


def with_nouns(counts: Mapping[str, int], language: Language) -> str:
    """Return counts with their nouns: 42 projects + 24 counted programmes.

    What is none is left out, but projects where there is nothing at all.
    """
    some: Sequence[str] = [noun for noun in NOUNS if counts.get(noun)] or NOUNS[:1]
    parts = [_counted(noun, counts.get(noun, 0), language) for noun in some]
    return join(parts, language, "counted_pair")


def _counted(noun: str, count: int, language: Language) -> str:
    if count == 1:
        return caption(f"counted_{noun}_one", language, count=count)
    return caption(f"counted_{noun}", language, count=count)


def counted_rows(table: gpd.GeoDataFrame, language: Language) -> str:
    """Return how many of what a table holds, in words."""
    return with_nouns(noun_counts(table), language)


def is_project(kind: str) -> bool:
    """Return whether a thing of a kind is counted as a project, and may stand on the map."""
    return noun_of(kind) == NOUNS[0]


def things_counted(nouns: Sequence[str], language: Language) -> str:
    """Return in words what the numbers behind the values of a filter count."""
    return caption("filter_counts_about", language, things=labels("noun", nouns, language))
