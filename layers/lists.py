"""The table as lists and counts, for reading instead of looking."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from layers.amounts import AMOUNTS, amount
from layers.corrected import corrected_fields
from layers.lines import as_of_line, position_line
from layers.nouns import USUAL, is_project, noun_counts, of_noun
from layers.outcomes_shown import due_line, known_line
from layers.selection import describe, loosening
from layers.words import Language, caption, codes, join, label, labels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    from layers.index import Index
    from layers.selection import Selection

LISTS = ("placed", "township", "city", "none", "programme", "indicator")
_PLACED = ("site", "locality")
_SHOWN = {
    "project": "shown_of",
    "programme": "shown_programmes",
    "indicator": "shown_indicators",
}

_COLUMNS: dict[str, Callable[[Any, Language], str]] = {
    "name": lambda row, _: row.title,
    "stage": lambda row, language: label("stage", row.stage, language),
    "as_of": as_of_line,
    "known": known_line,
    "due": due_line,
    "corrected": corrected_fields,
    "category": lambda row, language: label("category", row.category, language),
    "strategies": lambda row, language: labels("strategy", row.strategies, language),
    "lead_units": lambda row, language: join(row.lead_units, language),
    "units": lambda row, language: join(row.units, language),
    "townships": lambda row, language: join(row.townships, language),
    "position": position_line,
}


def lists_of(table: gpd.GeoDataFrame) -> list[str]:
    """Return for each row which of ``LISTS`` it is in; each row is in exactly one of them."""
    # Two columns are read and no row is copied: pages count their lists on each press.
    return [
        ("placed" if where in _PLACED else where) if is_project(kind) else kind
        for kind, where in zip(
            table["kind"].to_numpy(), table["location_class"].to_numpy(), strict=True
        )
    ]


def list_counts(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Return how many rows each of ``LISTS`` has; the sum is the table's length."""
    counts = Counter(lists_of(table))
    return {name: counts[name] for name in LISTS}


def one_list(table: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Return the rows of one of ``LISTS``, in their order."""
    return table[np.array([one == name for one in lists_of(table)], dtype=bool)]


def listing(table: gpd.GeoDataFrame, language: Language) -> pd.DataFrame:
    """Return the rows as a list to read, columns named in the language, index as in the table.

    Amounts are numbers, to be sorted by; a column of them is there where any row has one.
    """
    columns: dict[str, Sequence[str | float | None]] = {
        caption(f"column_{name}", language): [show(row, language) for row in table.itertuples()]
        for name, show in _COLUMNS.items()
    }
    for name in AMOUNTS:
        values = [amount(said, name) for said in table["statements"]]
        if any(value is not None for value in values):
            columns[caption(f"column_{name}", language)] = values
    columns[caption("column_statements", language)] = [len(said) for said in table["statements"]]
    return pd.DataFrame(columns, index=table.index)


def class_counts(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Return how many projects each location class has; all classes named."""
    counts = Counter(of_noun(table, "project")["location_class"])
    return {code: counts[code] for code in codes("location_class")}


def reason_counts(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Return how many projects stay off the map for each reason."""
    counts = Counter(one_list(table, "none")["unplaced_reason"])
    return {code: counts[code] for code in codes("unplaced_reason") if counts[code]}


def by_reason(table: gpd.GeoDataFrame, reason: str) -> gpd.GeoDataFrame:
    """Return the projects that stay off the map for a reason."""
    unplaced = one_list(table, "none")
    return unplaced[unplaced["unplaced_reason"] == reason]


def summary_html(
    shown: gpd.GeoDataFrame,
    table: gpd.GeoDataFrame,
    selection: Selection,
    language: Language,
    *,
    off: int = 0,
) -> str:
    """Return how many are shown of what, where the projects are, and the selection in words.

    ``off`` is how many indicators the filters mean beside these: they are told, not counted.
    As HTML with every text escaped: a selection can hold what a stranger wrote into a link.
    """
    some, every = noun_counts(shown), noun_counts(table)
    head, *rest = (
        escape(caption(key, language, shown=some[noun], all=every[noun]))
        for noun, key in _SHOWN.items()
        if noun in USUAL or some[noun]
    )
    if off:
        rest.append(escape(caption("shown_indicators_off", language, count=off)))
    chips = "".join(_chip(code, count, language) for code, count in class_counts(shown).items())
    where = f"<span>{escape(caption('shown_where', language))}</span>{chips}"
    others = "".join(f"<span>{words}</span>" for words in rest)
    body = f"<strong>{head}</strong>{where}{others}"
    sentence = escape(describe(selection, language))
    return f'<div class="pm-sum">{body}</div><p class="pm-sentence">{sentence}</p>'


def empty_html(index: Index, selection: Selection, language: Language) -> str:
    """Return what to do where a selection finds nothing, as escaped HTML."""
    ways = loosening(index, selection, language)
    text = caption("nothing_found", language, ways=ways)
    return f'<p class="pm-nothing" role="status">{escape(text)}</p>'


def _chip(code: str, count: int, language: Language) -> str:
    name = escape(label("location_class", code, language))
    return f'<span class="pm-count pm-{code}">{name} <b>{count}</b></span>'
