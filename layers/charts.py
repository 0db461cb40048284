"""Small charts in the grammar of Vega-Lite: the rows to draw, and how they are drawn.

Plain values for whatever draws them: no library is loaded here. Colours and their meaning are
those of the map; each figure also stands in a table or a text beside its chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from layers.history import histories
from layers.symbols import base_colour, stage_colour
from layers.words import Language, caption, codes, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

# What of a stage a chart of its life can show: the last code says that nothing is known.
_UNKNOWN = "unspecified"


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

    Parameters
    ----------
    one
        The thing's row of the table; empty gives a chart without a point.
    documents
        By id: objects with ``date`` and ``areas``.
    language
        Of axes and hints.
    """
    mentions = [mention for history in histories(one, documents) for mention in history.mentions]
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
    stages = {mention.said["stage"] for mention in mentions}
    data = pd.DataFrame(rows, columns=list(columns)).drop_duplicates(ignore_index=True)
    return Chart(data, _history_spec(stages, language))


def _history_spec(stages: set[str], language: Language) -> dict[str, Any]:
    # Life goes upwards; what says nothing of it stands below.
    order = [*reversed([code for code in codes("stage") if code != _UNKNOWN]), _UNKNOWN]
    shown = [label("stage", code, language) for code in order if code in stages]
    return {
        "height": 70 + 34 * len(shown),
        "mark": {"type": "point", "size": 170, "filled": True, "stroke": base_colour("badge")},
        "encoding": _history_encoding(shown, language),
    }


def _history_encoding(shown: Sequence[str], language: Language) -> dict[str, Any]:
    manners = [caption(key, language) for key in ("reported", "promised")]
    colour = {"field": "stage", "type": "nominal", "scale": stage_scale(language), "legend": None}
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
            "scale": {"domain": manners, "range": ["circle", "diamond"]},
            "legend": {"orient": "top"},
        },
        "color": colour,
        "tooltip": [
            {"field": name, "title": caption(f"chart_{name}", language)}
            for name in ("date", "stage", "manner", "where")
        ],
    }
