"""The list beside the map: a page of the selected rows, sorted, with the chosen one in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from layers.amounts import AMOUNTS
from layers.lines import position_line
from layers.nouns import counted_rows
from layers.truths import truth_lines
from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from layers.hits import Fold
    from layers.index import Index

PAGE = 50
_COLUMNS: dict[str, Callable[[Any, Language], str]] = {
    "name": lambda row, _: row.title,
    "stage": lambda row, language: label("stage", row.stage, language),
    "beside": lambda row, language: join(truth_lines(row, language), language, "describe_pair"),
    "category": lambda row, language: label("category", row.category, language),
    "lead_units": lambda row, language: join(row.lead_units, language),
    "townships": lambda row, language: join(row.townships, language),
    "position": position_line,
}
# By what the list can be sorted; a minus before it turns the order round.
SORTS = ("name", "stage", *AMOUNTS)


def ordered(index: Index, mask: NDArray[np.bool_], sort: str) -> NDArray[np.intp]:
    """Return the numbers of the selected rows in the order asked for.

    Parameters
    ----------
    sort
        One of ``SORTS``, with a minus for the largest first; anything else is the table's order.
        Rows without an amount come last either way.
    """
    rows = np.flatnonzero(mask)
    name = sort.removeprefix("-")
    if name not in SORTS:
        return rows
    keys = _keys(index, rows, name)
    return rows[np.argsort(-keys if sort != name else keys, kind="stable")]


def _keys(index: Index, rows: NDArray[np.intp], name: str) -> NDArray[Any]:
    if name in AMOUNTS:
        return index.amounts[name][rows]
    if name == "stage":
        life = {stage: at for at, stage in enumerate(codes("stage"))}
        return np.array([life[stage] for stage in index.table["stage"].to_numpy()[rows]])
    names = index.table["name"].to_numpy()[rows].astype(str)
    return np.unique(names, return_inverse=True)[1]


def page_of(rows: NDArray[np.intp], row: int | None) -> int:
    """Return on which page of the list a row stands; the first for a row that is not in it."""
    found = np.flatnonzero(rows == (-1 if row is None else row))
    return int(found[0]) // PAGE if len(found) else 0


def listed(
    index: Index,
    rows: NDArray[np.intp],
    page: int,
    language: Language,
    fold: Fold | None = None,
) -> dict[str, Any]:
    """Return a page of the list as plain values, texts as texts.

    Columns of amounts are there where any selected row has one. A page beyond the end is the last.
    ``fold`` parts the rows into those hit by a name and those hit only by a quote.
    """
    shown = fold.shown(rows) if fold else rows
    pages = max(-(-len(shown) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    some = shown[page * PAGE : (page + 1) * PAGE]
    amounts = [name for name in AMOUNTS if not np.isnan(index.amounts[name][rows]).all()]
    return {
        "columns": _columns([*_COLUMNS, *amounts], language),
        "rows": [
            _row(row, [float(index.amounts[name][number]) for name in amounts], language)
            for number, row in zip(some, index.table.iloc[some].itertuples(), strict=True)
        ],
        "page": page,
        "pages": pages,
        "range": caption(
            "list_range",
            language,
            first=page * PAGE + bool(len(some)),
            last=page * PAGE + len(some),
            counted=counted_rows(index.table.iloc[rows], language),
        ),
        "quoted": _quoted(fold, len(rows), page, language) if fold else None,
    }


def _columns(names: Iterable[str], language: Language) -> list[dict[str, Any]]:
    return [
        {"key": name, "text": caption(f"column_{name}", language), "sorts": name in SORTS}
        for name in names
    ]


def _quoted(fold: Fold, number: int, page: int, language: Language) -> dict[str, Any] | None:
    """Return the heading of the rows hit only by a quote, and before which row of a page it is.

    Where they are folded it stands at the end of every page, so that nobody has to turn pages to
    learn of them.
    """
    opened = fold.opened or not fold.named
    before = max(fold.named - page * PAGE, 0) if opened else PAGE
    if fold.named == number or (opened and before >= PAGE):
        return None
    action = "list_quoted_close" if opened else "list_quoted_open"
    return {
        "before": before,
        "text": fold.title(number, language),
        "action": caption(action, language) if fold.named else "",
        "opened": opened,
    }


def _row(row: Any, amounts: list[float], language: Language) -> dict[str, Any]:
    cells = [show(row, language) for show in _COLUMNS.values()]
    numbers = ["" if np.isnan(value) else f"{value:,.6g}" for value in amounts]
    return {"id": row.id, "cells": [*cells, *numbers]}
