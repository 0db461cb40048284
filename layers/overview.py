"""Counts that show the whole at once: stage by strategy, unit by stage, category by township."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.charts import Chart, matrix, stacked
from layers.nouns import of_noun
from layers.words import Language, caption, codes, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import geopandas as gpd

    from layers.selection import Selection

# A chart shows no more units or townships than these; the table beside it shows all.
_MOST = 15


@dataclass(frozen=True)
class View:
    """One way to count: ``across`` by ``down``.

    Attributes
    ----------
    down, across
        The filters that a click sets.
    counted
        What a row of the table counts under, in both directions.
    codes_of
        The list of codes of each direction; empty where the values are texts.
    """

    down: str
    across: str
    counted: tuple[Callable[[Any], Iterable[str]], Callable[[Any], Iterable[str]]]
    codes_of: tuple[str, str]


VIEWS: dict[str, View] = {
    "strategy": View(
        "strategy",
        "status",
        (lambda row: row.strategies, lambda row: [row.stage]),
        ("strategy", "stage"),
    ),
    "unit": View(
        "unit", "status", (lambda row: row.lead_units, lambda row: [row.stage]), ("", "stage")
    ),
    "township": View(
        "category",
        "township",
        (lambda row: [row.category], lambda row: row.townships),
        ("category", ""),
    ),
}


def view_counts(table: gpd.GeoDataFrame, name: str) -> Counter[tuple[str, str]]:
    """Return how many projects have each pair of values of a view; others are not counted.

    A project with several values counts under each of them.
    """
    view = VIEWS[name]
    down, across = view.counted
    return Counter(
        (one, other)
        for row in of_noun(table, "project").itertuples()
        for one in dict.fromkeys(down(row))
        for other in dict.fromkeys(across(row))
    )


def view_frame(counts: Counter[tuple[str, str]], name: str, language: Language) -> pd.DataFrame:
    """Return the counts of a view as a table to read, with all rows and columns named."""
    down, across = _names(counts, name, language)
    cells = [[counts[one, other] for other in across] for one in down]
    return pd.DataFrame(cells, index=pd.Index(list(down.values())), columns=list(across.values()))


def frame_html(frame: pd.DataFrame) -> str:
    """Return a table of counts as HTML; every text is escaped, a zero is left blank."""
    head = "".join(f"<th>{escape(str(name))}</th>" for name in frame.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(str(name))}</th>'
        + "".join(f"<td>{count or ''}</td>" for count in counts)
        + "</tr>"
        for name, counts in zip(frame.index, frame.to_numpy().tolist(), strict=True)
    )
    return (
        f'<table class="pm-table"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def view_chart(
    counts: Counter[tuple[str, str]], name: str, chosen: Mapping[str, str], language: Language
) -> Chart:
    """Return the counts of a view as a chart whose pieces can be picked.

    ``chosen`` are the values that are filtered by already, by filter; what is not chosen is paler.
    """
    view = VIEWS[name]
    down, across = (
        _first(names, of)
        for names, of in zip(_names(counts, name, language), view.codes_of, strict=True)
    )
    rows = [
        (one, other, count)
        for (one, other), count in counts.items()
        if one in down and other in across
    ]
    marked = {"key": chosen.get(view.down, ""), "code": chosen.get(view.across, "")}
    if view.codes_of[1] == "stage":
        named = [(down[one], stage, count) for one, stage, count in rows]
        keys = {words: code for code, words in down.items()}
        return stacked(named, list(keys), language, keys=keys, chosen=marked)
    titles = (caption("chart_category", language), caption("chart_township", language))
    return matrix(rows, (down, across), titles, chosen=marked)


def around(selection: Selection, name: str) -> Selection:
    """Return a selection without the filters that a view sets: its chart shows what to go on to."""
    own = {VIEWS[name].down, VIEWS[name].across} | ({"lead"} if name == "unit" else set())
    known = {field.name for field in fields(selection)}
    empty: dict[str, Any] = dict.fromkeys(own & known, ())
    return replace(selection, **empty)


def meant(name: str, picked: Mapping[str, str]) -> dict[str, str]:
    """Return which filters a pick in a view's chart sets to what; empty for no pick."""
    if not picked:
        return {}
    return {VIEWS[name].down: picked["key"], VIEWS[name].across: picked["code"]}


def _names(
    counts: Counter[tuple[str, str]], name: str, language: Language
) -> tuple[dict[str, str], dict[str, str]]:
    lists = VIEWS[name].codes_of
    down, across = (_totals(counts, at) for at in (0, 1))
    return _named(down, lists[0], language), _named(across, lists[1], language)


def _totals(counts: Counter[tuple[str, str]], at: int) -> Counter[str]:
    totals: Counter[str] = Counter()
    for pair, count in counts.items():
        totals[pair[at]] += count
    return totals


def _named(totals: Counter[str], list_name: str, language: Language) -> dict[str, str]:
    if list_name:
        return {
            code: label(list_name, code, language) for code in codes(list_name) if code in totals
        }
    return {one: one for one in sorted(totals, key=lambda one: (-totals[one], one))}


def _first(names: Mapping[str, str], list_name: str) -> dict[str, str]:
    return dict(names) if list_name else dict(list(names.items())[:_MOST])
