"""The base map: what lies under the projects, the same for every selection."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point, shape

from geo import Gazetteer, Source, fetched_osm, load_layers
from layers.lines import NO_TERMS
from layers.townships import by_township

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo import Layer
    from geo.alignments import Alignment

_CRS = "EPSG:4326"
_OURS = "planmap"
_SPARE = 0.15
# Room on each side of what is shown, at least, in degrees.
_CLOSEST = 0.02
# Which of the known lines give orientation, and as what they are drawn.
_USES = ("place", "base")
_WAYS = {"metro": "rail", "motorway": "motorway", "national": "national"}


Box = tuple[float, float, float, float]


class Town(NamedTuple):
    """A township's seat: where its name is written; lon/lat in degrees, EPSG:4326."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Base:
    """The layers of the base map, each a GeoDataFrame in EPSG:4326.

    Attributes
    ----------
    land
        Polygons; what they leave free is sea, within what is covered.
    counties
        Polygons with ``name`` and ``own`` (true for the county the plans speak for).
    ways
        Lines with ``name`` and ``kind``: motorway, national or rail.
    towns
        Seats of the townships.
    attribution
        One line per source of what is drawn, always shown with the map.
    sources
        All sources, of base map and positions, with their terms.
    details
        What ``planmap basemap`` fetched, if it was: shapes with ``name`` and ``kind``: townships,
        roads, railways or waterways.
    covered
        The west, south, east, north in degrees that land and borders were cut to: beyond it
        neither land nor sea is known. None where there is no such edge.
    """

    land: gpd.GeoDataFrame
    counties: gpd.GeoDataFrame
    ways: gpd.GeoDataFrame
    towns: tuple[Town, ...] = ()
    attribution: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    details: gpd.GeoDataFrame = field(default_factory=lambda: _frame([], name=[], kind=[]))
    covered: Box | None = None


@cache
def base_map() -> Base:
    """Return the base map made of the committed layers, lines and township seats.

    Read once: everyone gets the same object.

    Raises
    ------
    store.BrokenFile
        A table or layer breaks its contract.
    """
    known, layers, fetched = Gazetteer.load(), load_layers(), fetched_osm()
    ways = [line for line in known.alignments.values() if _is_way(line)]
    towns = list(known.townships.by_name.values())
    used = chain(*(line.sources for line in ways), *(town.source.split("|") for town in towns))
    lines = [layer.attribution for layer in (*layers.values(), *fetched.values())]
    land, counties = _frame(layers["land"].geometries), _counties(layers)
    return Base(
        land=land,
        counties=counties,
        ways=_frame(
            [line.geometry for line in ways],
            name=[line.label for line in ways],
            kind=[_WAYS[line.road_class] for line in ways],
            schematic=[line.schematic for line in ways],
        ),
        towns=tuple(Town(town.name, town.lon, town.lat) for town in towns),
        attribution=_once([*lines, *(source.attribution for source in _named(known, used))]),
        sources=tuple(known.sources.values()),
        details=_details(fetched),
        covered=_box(pd.concat([land, counties]).total_bounds),
    )


def opening_view(table: gpd.GeoDataFrame, base: Base) -> Box:
    """Return the west, south, east, north (degrees, EPSG:4326) that a map opens on.

    The middle four fifths of the things that have a point, so that one far thing does not
    shrink the town, with some room about them; without points the county, and without a county
    the whole base map.
    """
    points = table.geometry[table.geometry.geom_type == "Point"]
    if len(points) > 1:
        west, east = points.x.quantile([0.1, 0.9])
        south, north = points.y.quantile([0.1, 0.9])
        wide, high = _SPARE * (east - west), _SPARE * (north - south)
        return west - wide, south - high, east + wide, north + high
    own = base.counties[base.counties["own"]]
    return _box((own if len(own) else base.land).total_bounds)


def view_of(table: gpd.GeoDataFrame, base: Base) -> Box:
    """Return the west, south, east, north (degrees, EPSG:4326) that shows all rows.

    The placed ones, and the seats of the townships that others are counted at; never less than
    some kilometres. Without either as ``opening_view``.
    """
    named = by_township(table)
    seats = [Point(town.lon, town.lat) for town in base.towns if town.name in named]
    shapes = gpd.GeoSeries([*table.geometry[table.geometry.notna()], *seats], crs=_CRS)
    if shapes.empty:
        return opening_view(table, base)
    west, south, east, north = _box(shapes.total_bounds)
    wide, high = (max(_SPARE * width, _CLOSEST) for width in (east - west, north - south))
    return west - wide, south - high, east + wide, north + high


def _is_way(line: Alignment) -> bool:
    return line.use in _USES and line.road_class in _WAYS


def _named(known: Gazetteer, keys: Iterable[str]) -> list[Source]:
    # Single facts published without terms, and our own work, are credited with all sources.
    sources = [known.sources[key] for key in keys if key != _OURS]
    return [source for source in sources if source.licence != NO_TERMS]


def _counties(layers: dict[str, Layer]) -> gpd.GeoDataFrame:
    found = [
        (name == "county", each)
        for name in ("neighbours", "county")
        for each in layers[name].collection["features"]
    ]
    return _frame(
        [shape(each["geometry"]) for _, each in found],
        name=[each["properties"]["name"] for _, each in found],
        own=[own for own, _ in found],
    )


def _details(layers: dict[str, Layer]) -> gpd.GeoDataFrame:
    found = [(kind, one) for kind, each in layers.items() for one in each.collection["features"]]
    return _frame(
        [shape(one["geometry"]) for _, one in found],
        name=[one["properties"]["name"] for _, one in found],
        kind=[kind for kind, _ in found],
    )


def _frame(shapes: Sequence[BaseGeometry], **columns: list[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=_CRS)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _box(bounds: Sequence[float] | Any) -> Box:
    west, south, east, north = (float(edge) for edge in bounds)
    return west, south, east, north
