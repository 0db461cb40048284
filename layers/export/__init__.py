"""The selection as files for others: one module writes one format, one table lists them all."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.export.content import Content

# Module and function that write a format.
_WRITERS = {
    "geojson": "plain.geojson",
    "circles": "plain.circles",
    "csv": "plain.csv",
    "fgb": "layered.flatgeobuf",
    "parquet": "layered.geoparquet",
    "gpkg": "geopackage.geopackage",
    "shp": "shapefile.shapefile",
    "kml": "kml.kml",
    "kmz": "kml.kmz",
    "dxf": "dxf.dxf",
    "xlsx": "workbook.workbook",
    "qgis": "qgis_project.qgis",
    "oc4ids": "oc4ids.oc4ids",
    "zip": "bundle.bundle",
}


def writer(code: str) -> Callable[[Content, int], bytes]:
    """Return the function that writes a format, loaded when first asked for."""
    module, _, function = _WRITERS[code].partition(".")
    found: Callable[[Content, int], bytes] = getattr(
        import_module(f"layers.export.{module}"), function
    )
    return found
