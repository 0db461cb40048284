"""A QGIS project with its data: layers, symbols, Chinese names and the base map, paths relative."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyproj
from lxml import etree

from layers.export.content import legal
from layers.export.geopackage import CIRCLES, PROJECTS, TABLES, Part, tables, write_tables
from layers.export.geopackage_tables import complete
from layers.export.pack import zipped
from layers.export.qgis_layers import Layer, base_layers, project_layers
from layers.export.qgis_style import VERSION
from layers.export.readme import readme
from layers.symbols import base_colour
from layers.words import caption

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.export.content import Content

_BASE, _LAND = "basemap.gpkg", "land.gpkg"
_SHOWN = (*PROJECTS, *TABLES)


def qgis(content: Content, crs: int) -> bytes:
    """Return a zip of a project file and the GeoPackages it shows, in EPSG:``crs``."""
    made = tables(content, crs)
    bottom = base_layers(content, crs)
    own = f"{content.stem}.gpkg"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / own
        write_tables(path, made, content.day)
        complete(path, made)
        _write_base(Path(folder), bottom, content.day)
        data = {name: (Path(folder) / name).read_bytes() for name in (own, _BASE, _LAND)}
    layers = [*project_layers(made, own), *bottom]
    project = zipped({f"{content.stem}.qgs": _project(content, layers, crs)})
    return zipped({f"{content.stem}.qgz": project, **data, "README.txt": readme(content, crs)})


def _write_base(folder: Path, layers: list[Layer], day: str) -> None:
    # Land stands in a file of its own, because its terms are others.
    for name in (_BASE, _LAND):
        frames: dict[Part, Any] = {
            Part(layer.table, layer.title, "", layer.geometry): layer.frame
            for layer in layers
            if layer.file == name
        }
        write_tables(folder / name, frames, day)


def _project(content: Content, layers: list[Layer], crs: int) -> bytes:
    root = etree.Element("qgis", version=VERSION, projectname=caption("app_title", "zh"))
    etree.SubElement(root, "title").text = legal(content.about[0])
    etree.SubElement(root, "projectCrs").append(_srs(crs))
    tree = etree.SubElement(root, "layer-tree-group")
    for layer in layers:
        etree.SubElement(
            tree,
            "layer-tree-layer",
            id=layer.id,
            name=layer.title,
            source=layer.source,
            providerKey="ogr",
            checked="Qt::Checked",
            expanded="1" if layer.geometry else "0",
        )
    root.append(_properties())
    root.append(_canvas(layers, crs))
    root.append(_relations(layers))
    etree.SubElement(root, "projectlayers").extend(_map_layer(layer, crs) for layer in layers)
    etree.SubElement(root, "layerorder").extend(
        etree.Element("layer", id=layer.id) for layer in layers
    )
    text: bytes = etree.tostring(
        root, encoding="UTF-8", doctype="<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
    )
    return text


def _srs(crs: int) -> Any:
    known = pyproj.CRS.from_epsg(crs)
    system = etree.Element("spatialrefsys", nativeFormat="Wkt")
    etree.SubElement(system, "wkt").text = known.to_wkt("WKT2_2019")
    etree.SubElement(system, "authid").text = f"EPSG:{crs}"
    etree.SubElement(system, "description").text = known.name
    etree.SubElement(system, "geographicflag").text = str(known.is_geographic).lower()
    return system


def _properties() -> Any:
    """Return the colour of the sea as background, and that the project has a system of its own."""
    sea = base_colour("sea")
    properties = etree.Element("properties")
    gui, system = (etree.SubElement(properties, name) for name in ("Gui", "SpatialRefSys"))
    for name, at in (("Red", 1), ("Green", 3), ("Blue", 5)):
        part = etree.SubElement(gui, f"CanvasColor{name}Part", type="int")
        part.text = str(int(sea[at : at + 2], 16))
    etree.SubElement(system, "ProjectionsEnabled", type="int").text = "1"
    return properties


def _canvas(layers: list[Layer], crs: int) -> Any:
    canvas = etree.Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    etree.SubElement(canvas, "units").text = "degrees" if crs in {4326, 4490} else "meters"
    extent = etree.SubElement(canvas, "extent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), _bounds(layers), strict=True):
        etree.SubElement(extent, name).text = repr(float(value))
    etree.SubElement(canvas, "destinationsrs").append(_srs(crs))
    return canvas


def _bounds(layers: list[Layer]) -> Any:
    """Return the bounds of what is placed; of the own county where nothing is."""
    frames = {layer.table: layer.frame for layer in layers}
    circles = frames[CIRCLES.name]
    county = frames["county"]
    shown: gpd.GeoDataFrame = circles if len(circles) else county[county["own"]]
    return (shown if len(shown) else frames["land"]).total_bounds


def _relations(layers: list[Layer]) -> Any:
    relations = etree.Element("relations")
    keys = {layer.table: layer.id for layer in layers}
    for part in PROJECTS:
        relation = etree.SubElement(
            relations,
            "relation",
            id=f"{part.name}_statements",
            name=caption("sheet_statements", "zh"),
            referencedLayer=keys[part.name],
            referencingLayer=keys["statements"],
            strength="Association",
        )
        etree.SubElement(relation, "fieldRef", referencedField="id", referencingField="project_id")
    return relations


def _map_layer(layer: Layer, crs: int) -> Any:
    element = etree.Element("maplayer", type="vector", labelsEnabled=layer.labels)
    element.set("geometry", _KINDS.get(str(layer.geometry), "No geometry"))
    for name, text in (
        ("id", layer.id),
        ("datasource", layer.source),
        ("layername", layer.title),
    ):
        etree.SubElement(element, name).text = text
    if layer.geometry:
        etree.SubElement(element, "srs").append(_srs(crs))
    etree.SubElement(element, "provider", encoding="UTF-8").text = "ogr"
    element.extend(layer.style)
    return element


_KINDS = {
    "Point": "Point",
    "MultiPoint": "Point",
    "MultiLineString": "Line",
    "MultiPolygon": "Polygon",
}
