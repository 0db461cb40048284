"""Small charts in the grammar of Vega-Lite: the rows to draw, and how they are drawn.

Plain values for whatever draws them: no library is loaded here. Colours and their meaning are
those of the map; each figure also stands in a table or a text beside its chart.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from layers.history import histories
from layers.outcomes_shown import stage_of
from layers.symbols import base_colour, stage_colour
from layers.words import Language, caption, codes, label, noted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

# What of a stage a chart of its life can show: the last code says that nothing is known.
_UNKNOWN = "unspecified"
# A known outcome that is no stage of the plans, and stands above this one.
_PART, _ABOVE = "part_completed", "to_complete"


class Chart(NamedTuple):
    """What a chart draws: its rows, and the Vega-Lite description that names their columns."""

    data: pd.DataFrame
    spec: dict[str, Any]


def stage_scale(language: Language) -> dict[str, Any]:
    """Return the scale from the names of the stages to the colours of the map."""
    stages = codes("stage")
    return {
        "domain": [label("stage", code, language) for code in stages],
        "range": [stage_colour(code) for code in stages],
    }


def stage_history(one: gpd.GeoDataFrame, documents: Mapping[str, Any], language: Language) -> Chart:
    """Return what stage each document gave a thing: a circle reports, a diamond promises.

    What is known beside the plans is a triangle at its own date; a finished part of the thing has
    a row of its own, for no plan speaks of one.

    Parameters
    ----------
    one
        The thing's row of the table; empty gives a chart without a point.
    documents
        By id: objects with ``date`` and ``areas``.
    language
        Of axes and hints.
    """
    found = histories(one, documents)
    mentions = [mention for history in found for mention in history.mentions]
    known = [record for history in found for record in history.outcomes]
    columns = ("date", "stage", "manner", "where")
    rows = [
        (
            mention.date or caption("compare_undated", language),
            label("stage", mention.said["stage"], language),
            caption("promised" if mention.promised else "reported", language),
            caption("cited_short", language, document=mention.where[0], line=mention.where[1]),
        )
        for mention in mentions
    ]
    rows += [_known_row(record, language) for record in known]
    stages = {mention.said["stage"] for mention in mentions}
    stages |= {_row_of(record) for record in known}
    data = pd.DataFrame(rows, columns=list(columns)).drop_duplicates(ignore_index=True)
    return Chart(data, _history_spec(stages, language))


def _known_row(record: Mapping[str, Any], language: Language) -> tuple[str, str, str, str]:
    """Return a known outcome as a point of the chart, beside the stages that the plans give."""
    stage = _stage_word(_row_of(record), language)
    kind = label("source_kind", record["source_kind"], language)
    manner = caption("known_manner", language)
    return record["date"], stage, manner, noted(stage_of(record, language), kind, language)


def _row_of(record: Mapping[str, Any]) -> str:
    return _UNKNOWN if record["stage"] == "noted" else str(record["stage"])


def _stage_word(code: str, language: Language) -> str:
    return label("known_stage" if code == _PART else "stage", code, language)


def _life() -> list[str]:
    """Return the rows of a life from below: what says nothing of it, then from early to late."""
    stages = [code for code in codes("stage") if code != _UNKNOWN]
    above = stages.index(_ABOVE) + 1
    return [_UNKNOWN, *stages[:above], _PART, *stages[above:]]


def _history_spec(stages: set[str], language: Language) -> dict[str, Any]:
    shown = [_stage_word(code, language) for code in reversed(_life()) if code in stages]
    return {
        "height": 10 + 34 * len(shown),
        "autosize": _WIDE,
        "mark": {"type": "point", "size": 170, "filled": True, "stroke": base_colour("badge")},
        "encoding": _history_encoding(shown, language),
    }


def _history_encoding(shown: Sequence[str], language: Language) -> dict[str, Any]:
    manners = [caption(key, language) for key in ("reported", "promised", "known_manner")]
    scale = stage_scale(language)
    scale["domain"].append(_stage_word(_PART, language))
    scale["range"].append(stage_colour("under_construction"))
    colour = {"field": "stage", "type": "nominal", "scale": scale, "legend": None}
    return {
        "x": {
            "field": "date",
            "type": "ordinal",
            "title": None,
            "axis": {"labelAngle": 0, "grid": True},
        },
        "y": {
            "field": "stage",
            "type": "nominal",
            "title": None,
            "scale": {"domain": list(shown)},
            "axis": {"grid": True, "labelLimit": 160},
        },
        "shape": {
            "field": "manner",
            "type": "nominal",
            "title": None,
            "scale": {"domain": manners, "range": ["circle", "diamond", "triangle-up"]},
            "legend": {"orient": "top", "columns": _columns(manners)},
        },
        "color": colour,
        "tooltip": [
            {"field": name, "title": caption(f"chart_{name}", language)}
            for name in ("date", "stage", "manner", "where")
        ],
    }


def stacked(
    rows: Sequence[tuple[str, str, int]],
    bars: Sequence[str],
    language: Language,
    *,
    keys: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Chart:
    """Return lying bars whose pieces are stages, in the colours of the map.

    Parameters
    ----------
    rows
        Name of the bar, code of the stage, count.
    bars
        All names, from top to bottom.
    language
        Of stages and hints.
    keys
        What a click on a bar means: its code by name. Given, the pieces can be picked, and
        ``picked`` tells which.
    chosen
        The code of the bar and the stage that are picked already; the others are paler.
    """
    life = {code: rank for rank, code in enumerate(codes("stage"))}
    known = keys or {}
    records = [
        {
            "bar": bar,
            "key": known.get(bar, ""),
            "stage": label("stage", code, language),
            "code": code,
            "rank": life[code],
            "count": count,
            "pale": _is_pale({"key": known.get(bar, ""), "code": code}, chosen),
            "said": _said(bar, label("stage", code, language), count),
        }
        for bar, code, count in rows
    ]
    columns = ["bar", "key", "stage", "code", "rank", "count", "pale", "said"]
    totals = Counter[str]()
    for bar, _, count in rows:
        totals[bar] += count
    spec = _stacked_spec(bars, [*totals.values()], language)
    return Chart(pd.DataFrame(records, columns=columns), spec | (_PICK if keys else {}))


def matrix(
    rows: Sequence[tuple[str, str, int]],
    names: tuple[Mapping[str, str], Mapping[str, str]],
    titles: tuple[str, str],
    *,
    chosen: Mapping[str, str] | None = None,
) -> Chart:
    """Return a table of counts as tiles, each with its number; the tiles can be picked.

    Parameters
    ----------
    rows
        Code of the row, code of the column, count.
    names
        What the codes of rows and of columns are called, in order.
    titles
        Of rows and columns.
    chosen
        The codes that are picked already; the others are paler.
    """
    down, across = names
    records = [
        {
            "bar": down[key],
            "key": key,
            "stage": across[code],
            "code": code,
            "count": count,
            "pale": _is_pale({"key": key, "code": code}, chosen),
            "said": _said(down[key], across[code], count),
        }
        for key, code, count in rows
    ]
    columns = ["bar", "key", "stage", "code", "count", "pale", "said"]
    spec = _matrix_spec((list(down.values()), list(across.values())), titles, rows)
    return Chart(pd.DataFrame(records, columns=columns), spec)


# What a click gives back, and nothing is drawn by it: what is picked is in the rows.
_PICK = {
    "params": [{"name": "pick", "select": {"type": "point", "fields": ["key", "code"]}}],
}
# What a reader for the blind says of a piece.
_ALOUD = {"field": "said"}
_FADE = {"condition": {"test": "datum.pale", "value": 0.3}, "value": 1}


def picked(event: Any) -> dict[str, str]:
    """Return the codes of what was clicked in a chart, as ``key`` and ``code``; empty for nothing.

    ``event`` is what the page's chart answers.
    """
    points = ((event or {}).get("selection") or {}).get("pick") or []
    return {name: str(points[0][name]) for name in ("key", "code")} if points else {}


def _said(bar: str, part: str, count: int) -> str:
    return f"{bar} · {part} · {count}"


def _is_pale(of: Mapping[str, str], chosen: Mapping[str, str] | None) -> bool:
    return any(value != of[name] for name, value in (chosen or {}).items() if value)


# A chart takes the width that the page has, and the height that its rows need.
_WIDE = {"type": "fit-x", "contains": "padding"}
# Pixels of a letter in a legend, Chinese and Latin, and of the sign and the gap beside a name.
_BROAD, _NARROW, _SIGN = 14, 7.5, 32


def _columns(names: Sequence[str]) -> dict[str, str]:
    """Return how many names of a legend stand side by side: as many as the width has room for."""
    wide = _SIGN + max(sum(_NARROW if one.isascii() else _BROAD for one in name) for name in names)
    return {"expr": f"clamp(floor(width / {wide:.0f}), 1, 3)"}


def _count_scale(totals: Sequence[int]) -> dict[str, Any]:
    """Return the scale of counts. Drawn before its rows come, a chart has none to take it from."""
    return {"domain": [0, max(totals, default=1)], "nice": True}


def _stacked_spec(bars: Sequence[str], totals: Sequence[int], language: Language) -> dict[str, Any]:
    stages = stage_scale(language)
    columns = _columns(stages["domain"])
    return {
        "height": 26 * len(bars),
        "autosize": _WIDE,
        "mark": {"type": "bar", "stroke": base_colour("badge"), "strokeWidth": 0.6},
        "encoding": {
            "y": {
                "field": "bar",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(bars)},
                "axis": {"labelLimit": 220},
            },
            "x": {
                "field": "count",
                "type": "quantitative",
                "title": None,
                "scale": _count_scale(totals),
                "axis": {"tickMinStep": 1, "format": "d", "labelFlush": True},
            },
            "color": {
                "field": "stage",
                "type": "nominal",
                "title": None,
                "scale": stages,
                "legend": {"orient": "bottom", "columns": columns, "symbolStrokeWidth": 0.6},
            },
            "order": {"field": "rank"},
            "opacity": _FADE,
            "description": _ALOUD,
            "tooltip": [
                {"field": name, "title": caption(f"chart_{name}", language)}
                for name in ("bar", "stage", "count")
            ],
        },
    }


def _matrix_spec(
    names: tuple[Sequence[str], Sequence[str]],
    titles: tuple[str, str],
    rows: Sequence[tuple[str, str, int]],
) -> dict[str, Any]:
    down, across = names
    place = {
        "y": {"field": "bar", "type": "nominal", "title": None, "scale": {"domain": list(down)}},
        "x": {
            "field": "stage",
            "type": "nominal",
            "title": None,
            "scale": {"domain": list(across)},
            "axis": {"orient": "top", "labelAngle": -45, "labelOverlap": False},
        },
    }
    tile = {"field": "count", "type": "quantitative", "legend": None}
    colours = [base_colour("sea"), base_colour("neighbour")]
    shades = {**_count_scale([count for *_, count in rows]), "range": colours, "type": "sqrt"}
    hints = [{"field": "bar", "title": titles[0]}, {"field": "stage", "title": titles[1]}]
    number = {"type": "text", "color": base_colour("ink"), "fontSize": 11}
    return {
        "height": 22 * len(down),
        "autosize": _WIDE,
        "encoding": place | {"tooltip": hints, "opacity": _FADE, "description": _ALOUD},
        "layer": [
            {"mark": "rect", "encoding": {"color": tile | {"scale": shades}}, **_PICK},
            {"mark": number, "encoding": {"text": {"field": "count"}}},
        ],
    }
