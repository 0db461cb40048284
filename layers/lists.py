"""The table as lists and counts, for reading instead of looking."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.amounts import AMOUNTS, amount
from layers.corrected import corrected_mark
from layers.lines import as_of_line, position_line
from layers.outcomes_shown import due_line, known_line
from layers.selection import describe, loosening
from layers.words import Language, caption, codes, join, label, labels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    from layers.index import Index
    from layers.selection import Selection

LISTS = ("placed", "township", "city", "none", "programme")
_PLACED = ("site", "locality")

_COLUMNS: dict[str, Callable[[Any, Language], str]] = {
    "name": lambda row, _: row.name,
    "stage": lambda row, language: label("stage", row.stage, language),
    "as_of": as_of_line,
    "known": known_line,
    "due": due_line,
    "corrected": corrected_mark,
    "category": lambda row, language: label("category", row.category, language),
    "strategies": lambda row, language: labels("strategy", row.strategies, language),
    "lead_units": lambda row, language: join(row.lead_units, language),
    "units": lambda row, language: join(row.units, language),
    "townships": lambda row, language: join(row.townships, language),
    "position": position_line,
}


def one_list(table: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Return the rows of one of ``LISTS``; each row of the table is in exactly one of them."""
    programme = table["kind"] == "programme"
    if name == "programme":
        return table[programme]
    classes = _PLACED if name == "placed" else (name,)
    return table[~programme & table["location_class"].isin(classes)]


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
    """Return how many projects each location class has, programmes left out; all classes named."""
    counts = Counter(table.loc[table["kind"] != "programme", "location_class"])
    return {code: counts[code] for code in codes("location_class")}


def reason_counts(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Return how many projects stay off the map for each reason, programmes left out."""
    counts = Counter(one_list(table, "none")["unplaced_reason"])
    return {code: counts[code] for code in codes("unplaced_reason") if counts[code]}


def by_reason(table: gpd.GeoDataFrame, reason: str) -> gpd.GeoDataFrame:
    """Return the rows that stay off the map for a reason, programmes left out."""
    unplaced = one_list(table, "none")
    return unplaced[unplaced["unplaced_reason"] == reason]


def summary_html(
    shown: gpd.GeoDataFrame,
    table: gpd.GeoDataFrame,
    selection: Selection,
    language: Language,
) -> str:
    """Return how many are shown, their sum by location class, and the selection in words.

    As HTML with every text escaped: a selection can hold what a stranger wrote into a link.
    """
    programmes = _programmes(shown)
    all_projects = len(table) - _programmes(table)
    head = caption("shown_of", language, shown=len(shown) - programmes, all=all_projects)
    rest = caption("shown_programmes", language, count=programmes)
    chips = "".join(_chip(code, count, language) for code, count in class_counts(shown).items())
    body = f"<strong>{escape(head)}</strong>{chips}<span>{escape(rest)}</span>"
    sentence = escape(describe(selection, language))
    return f'<div class="pm-sum">{body}</div><p class="pm-sentence">{sentence}</p>'


def empty_html(index: Index, selection: Selection, language: Language) -> str:
    """Return what to do where a selection finds nothing, as escaped HTML."""
    ways = loosening(index, selection, language)
    text = caption("nothing_found", language, ways=ways)
    return f'<p class="pm-nothing" role="status">{escape(text)}</p>'


def _programmes(table: gpd.GeoDataFrame) -> int:
    return int((table["kind"].to_numpy() == "programme").sum())


def _chip(code: str, count: int, language: Language) -> str:
    name = escape(label("location_class", code, language))
    return f'<span class="pm-count pm-{code}">{name} <b>{count}</b></span>'
