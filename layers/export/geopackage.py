"""GeoPackage: layers by kind of geometry, related tables, styles and Chinese field names inside."""

from __future__ import annotations

import tempfile
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import pyogrio

from layers.export import frames
from layers.export.geopackage_tables import complete

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from layers.export.content import Content

# GDAL's clock is one for the whole process.
_ONE_AT_A_TIME = Lock()
_CLOCK = "OGR_CURRENT_DATE"
# Read without a warning by what Debian and QGIS ship today.
_VERSION = "1.3"


class Part(NamedTuple):
    """One table of the package.

    Attributes
    ----------
    name, title
        Of the table, and as people read it.
    fields
        The layer of ``fields.csv`` that describes its columns.
    geometry
        As GeoPackage names it; None for a table without.
    look
        The kind of layer that the style is for; empty where there is none.
    """

    name: str
    title: str
    fields: str
    geometry: str | None = None
    look: str = ""


PROJECTS = (
    Part("project_points", "项目（点）", "projects", "Point", "points"),
    Part("project_lines", "项目（线）", "projects", "MultiLineString", "lines"),
    Part("project_areas", "项目（面）", "projects", "MultiPolygon", "areas"),
    Part("projects_unplaced", "项目（未上图）", "projects"),
)
CIRCLES = Part("position_circles", "位置误差范围", "circles", "MultiPolygon", "circles")
TABLES = (
    Part("statements", "表述", "statements"),
    Part("units", "单位", "units"),
    Part("sources", "位置来源", "sources"),
    Part("documents", "文件", "documents"),
)
PARTS = (*PROJECTS, CIRCLES, *TABLES)


def geopackage(content: Content, crs: int) -> bytes:
    """Return the chosen rows as a GeoPackage in EPSG:``crs``."""
    made = tables(content, crs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planmap.gpkg"
        write_tables(path, made, content.day)
        complete(path, made)
        return path.read_bytes()


def tables(content: Content, crs: int) -> dict[Part, Any]:
    """Return what goes into each table of the package."""
    projects = frames.projects(content, crs).drop(columns="statements")
    families = projects.geometry.geom_type.str.removeprefix("Multi")
    kinds = ("Point", "LineString", "Polygon")
    found = [projects[families == kind] for kind in kinds]
    unplaced = projects[projects.geometry.isna()].drop(columns="geometry")
    return {
        **dict(zip(PROJECTS, [*found, unplaced], strict=True)),
        CIRCLES: frames.circles(content, crs),
        **{part: getattr(frames, part.name)(content) for part in TABLES},
    }


def write_tables(path: Path, made: dict[Part, gpd.GeoDataFrame | pd.DataFrame], day: str) -> None:
    """Write frames as tables of a GeoPackage dated ``day`` (YYYY-MM-DD)."""
    with _ONE_AT_A_TIME:
        before = pyogrio.get_gdal_config_option(_CLOCK)
        pyogrio.set_gdal_config_options({_CLOCK: f"{day}T00:00:00.000Z"})
        try:
            for part, frame in made.items():
                _write_table(path, part, frame)
        finally:
            pyogrio.set_gdal_config_options({_CLOCK: before})


def _write_table(path: Path, part: Part, frame: gpd.GeoDataFrame | pd.DataFrame) -> None:
    geometry: dict[str, Any] = {}
    if part.geometry:
        geometry = {
            "geometry_type": part.geometry,
            "promote_to_multi": part.geometry.startswith("Multi"),
        }
    pyogrio.write_dataframe(
        frame,
        path,
        layer=part.name,
        driver="GPKG",
        append=path.exists(),
        use_arrow=True,
        dataset_options={} if path.exists() else {"VERSION": _VERSION},
        layer_options={"IDENTIFIER": part.title, "ASPATIAL_VARIANT": "GPKG_ATTRIBUTES"},
        **geometry,
    )
