"""From chosen rows to what the map draws: pins, lines, areas, badges and the legend, as records.

The records are plain values without a colour or a mark-up: the browser's drawing program looks
the signs up in the table of symbols and writes every text as text.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.lines import position_line, stage_line, units_line
from layers.outcomes import progress
from layers.symbols import known_codes
from layers.townships import by_township
from layers.truths import truth_lines
from layers.words import Language, caption, codes, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from layers.base import Base, Town

# A seventh of a metre: finer than any source, and a third less to send than full numbers.
_DECIMALS = 6
# How GEOS numbers lines, and several lines as one thing.
_LINES = (1, 5)
_SIGNS = ("site", "locality", "line", "schematic", "township")
# Points closer than ten metres are the same place.
_SAME = 4
# Length of a pin's foot, and the room a sign needs, in pixels.
_FOOT, _WIDE = 17, 27
# How the sign of a thing alone at its place stands.
ALONE = [0.0, -_FOOT]


def draw_things(table: gpd.GeoDataFrame, language: Language) -> list[dict[str, Any]]:
    """Return one record per row that has a geometry (EPSG:4326, GeoJSON order: lon, lat)."""
    placed = table[table.geometry.notna()]
    shapes = shapely.transform(placed.geometry.to_numpy(), lambda xy: xy.round(_DECIMALS))
    return [
        {
            "id": row.id,
            "name": row.title,
            "stage": row.stage,
            "known": progress(row.known_stage),
            "category": row.category,
            "class": row.location_class,
            "radius": row.radius_m,
            "schematic": row.schematic,
            "lines": popup_lines(row, language),
            "geometry": shapely.geometry.mapping(shape),
            "fan": fan,
        }
        for row, shape, fan in zip(placed.itertuples(), shapes, fans(shapes), strict=True)
    ]


def fans(shapes: Sequence[BaseGeometry]) -> list[list[float]]:
    """Return how far each thing's sign stands from its place, in pixels right and down.

    Above it when the place is its own; around it when several points share it, so that no sign
    hides another. Only points have a place to stand on; lines and areas carry theirs.
    """
    keys = [
        tuple(point.round(_SAME)) for point in shapely.get_coordinates(shapely.centroid(shapes))
    ]
    points = [shape.geom_type == "Point" for shape in shapes]
    shared = Counter(key for key, point in zip(keys, points, strict=True) if point)
    before: Counter[tuple[float, ...]] = Counter()
    offsets = []
    for key, point in zip(keys, points, strict=True):
        offsets.append(_fan(before[key], shared[key]) if point else [0.0, 0.0])
        before[key] += point
    return offsets


def _fan(number: int, of: int) -> list[float]:
    if of == 1:
        return ALONE
    radius = max(_FOOT * 1.3, of * _WIDE / math.tau)
    angle = math.tau * (number / of - 0.25)
    return [round(radius * math.cos(angle), 1), round(radius * math.sin(angle), 1)]


def popup_lines(row: Any, language: Language) -> list[str]:
    """Return what a small window on the map says of a thing, below its name."""
    lead = units_line(row, language)
    return [
        stage_line(row, language),
        *truth_lines(row, language),
        label("category", row.category, language),
        *([lead] if lead else []),
        position_line(row, language),
    ]


def draw_badges(table: gpd.GeoDataFrame, base: Base, language: Language) -> list[dict[str, Any]]:
    """Return one record per township seat that carries things of which only the township is known.

    A thing of several townships counts on each of them. Townships without a known seat have no
    badge; their things stay in the lists.
    """
    things = by_township(table)
    return [_badge(town, things[town.name], language) for town in base.towns if town.name in things]


def _badge(town: Town, things: Sequence[Any], language: Language) -> dict[str, Any]:
    return {
        "id": town.name,
        "at": [town.lat, town.lon],
        "count": len(things),
        "title": caption("badge_title", language, township=town.name, count=len(things)),
        "names": [thing.title for thing in things],
        "ids": [thing.id for thing in things],
    }


def draw_legend(table: gpd.GeoDataFrame, language: Language) -> dict[str, Any]:
    """Return the legend of what the table shows on the map: only what is there, with counts."""
    drawn = table.geometry.notna().to_numpy()
    placed = {
        name: table[name].to_numpy()[drawn]
        for name in ("stage", "category", "location_class", "schematic", "known_stage")
    }
    # Each thing under one sign only: a line is none of those within a circle.
    lines = np.isin(shapely.get_type_id(table.geometry.to_numpy()[drawn]), _LINES)
    schematic = placed["schematic"].astype(bool)
    signs = Counter(placed["location_class"][~lines])
    signs["line"] = int((lines & ~schematic).sum())
    signs["schematic"] = int((lines & schematic).sum())
    signs["township"] = len({row.id for rows in by_township(table).values() for row in rows})
    items = {code: caption(f"sign_{code}", language) for code in _SIGNS}
    return {
        "title": caption("legend", language),
        "groups": [
            _legend_group("stage", Counter(placed["stage"]), _named("stage", language), language),
            _legend_group(
                "category", Counter(placed["category"]), _named("category", language), language
            ),
            _legend_group("sign", signs, items, language),
            _legend_group(
                "known",
                Counter(map(progress, placed["known_stage"])),
                {code: label("outcome", code, language) for code in known_codes()},
                language,
            ),
        ],
    }


def _named(name: str, language: Language) -> dict[str, str]:
    return {code: label(name, code, language) for code in codes(name)}


def _legend_group(
    kind: str, counts: Counter[str], names: dict[str, str], language: Language
) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": caption(f"legend_{kind}", language),
        "items": [
            {"code": code, "text": text, "count": counts[code]}
            for code, text in names.items()
            if counts[code]
        ],
    }
