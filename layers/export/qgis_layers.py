"""The layers of a QGIS project: what is drawn, out of which file, in which style and order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import shapely

from geo import project_all
from layers.export.geopackage import CIRCLES, PROJECTS, TABLES
from layers.export.qgis_style import (
    field_names,
    label_element,
    labelled,
    single_symbol,
    style_parts,
)
from layers.export.qgis_symbols import plain_symbol, rgba
from layers.symbols import base_colour
from layers.words import caption

if TYPE_CHECKING:
    from layers.export.content import Content
    from layers.export.geopackage import Part

_AROUND = "6"
_NO_FILL = {"style": "no"}


class Layer(NamedTuple):
    """One layer of a project; ``style`` are the XML elements that say how it is drawn."""

    table: str
    title: str
    file: str
    geometry: str | None
    frame: Any
    style: list[Any]
    labels: str = "0"

    @property
    def id(self) -> str:
        """What the project calls the layer."""
        return f"{self.table}_planmap"

    @property
    def source(self) -> str:
        """Where the data are, seen from the project file."""
        return f"./{self.file}|layername={self.table}"


def project_layers(made: dict[Part, Any], file: str) -> list[Layer]:
    """Return the layers and tables of the chosen projects, uppermost first."""
    parts = [*PROJECTS[:3], CIRCLES, PROJECTS[3], *TABLES]
    return [_project_layer(part, made[part], file) for part in parts]


def _project_layer(part: Part, frame: Any, file: str) -> Layer:
    style = [field_names(part.fields)]
    if part.look:
        found = (list(frame.get(name, ())) for name in ("stage", "category"))
        style = style_parts(part.look, *found)
    labels = labelled(part.look)
    return Layer(part.name, part.title, file, part.geometry, frame, style, labels)


def base_layers(content: Content, crs: int) -> list[Layer]:
    """Return the layers of the base map in EPSG:``crs``, uppermost first."""
    base = content.base
    seats = [shapely.Point(town.lon, town.lat) for town in base.towns]
    towns = gpd.GeoDataFrame(
        {"name": [town.name for town in base.towns]}, geometry=seats, crs=base.land.crs
    )
    return [
        _layer("towns", "Point", towns, crs, _towns()),
        _layer("ways", "MultiLineString", base.ways, crs, [_ways()]),
        _layer("county", "MultiPolygon", base.counties, crs, [_counties()]),
        _layer("land", "MultiPolygon", base.land, crs, [_land()]),
    ]


def _layer(table: str, geometry: str, frame: gpd.GeoDataFrame, crs: int, style: list[Any]) -> Layer:
    shapes = project_all(frame.geometry.to_numpy(), crs)
    moved = gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes, crs=crs)
    file = "land.gpkg" if table == "land" else "basemap.gpkg"
    title = caption(f"base_{table}", "zh")
    return Layer(table, title, file, geometry, moved, style, str(len(style) - 1))


def _towns() -> list[Any]:
    look = {"color": rgba(base_colour("town")), "size": "1.2", "name": "circle"}
    return [
        single_symbol(plain_symbol("marker", look)),
        label_element("name", _AROUND, base_colour("town")),
    ]


def _ways() -> Any:
    ink = {"line_color": rgba(base_colour("national")), "line_width": "0.8"}
    return single_symbol(plain_symbol("line", ink))


def _counties() -> Any:
    edge = {"outline_color": rgba(base_colour("county")), "outline_style": "dash", **_NO_FILL}
    return single_symbol(plain_symbol("fill", {**edge, "outline_width": "0.4"}))


def _land() -> Any:
    look = {"color": rgba(base_colour("land")), "outline_style": "no", "style": "solid"}
    return single_symbol(plain_symbol("fill", look))
