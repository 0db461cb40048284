"""Which projects a file holds, read with the libraries that others read such files with."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ezdxf
import geopandas as gpd
import openpyxl
import pyogrio
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

_KML = "{http://www.opengis.net/kml/2.2}"
_PROJECTS = ("project_points", "project_lines", "project_areas", "projects_unplaced")


def ids(code: str, content: bytes) -> list[str]:
    """Return the ids of the projects in a file of the given format, sorted."""
    return sorted(_READERS[code](content))


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def query(package: bytes, words: str) -> list[tuple[Any, ...]]:
    """Return the answer of a GeoPackage to an SQL query."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(package)
        return base.execute(words).fetchall()


def _geojson(content: bytes) -> list[str]:
    return [feature["id"] for feature in json.loads(content)["features"]]


def _geopackage(content: bytes) -> list[str]:
    return [key for table in _PROJECTS for (key,) in query(content, f"SELECT id FROM {table}")]


def _shapefile(content: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, part in unzipped(content).items():
            (Path(folder) / name).write_bytes(part)
        drawn = [
            key
            for table in _PROJECTS[:3]
            for key in pyogrio.read_dataframe(Path(folder) / f"{table}.shp")["id"]
        ]
    return [*drawn, *(row["id"] for row in rows(unzipped(content)["projects_unplaced.csv"]))]


def _kml(content: bytes) -> list[str]:
    marks = etree.fromstring(content).iter(f"{_KML}Placemark")
    names = [mark.get("id") for mark in marks]
    return [name.removeprefix("project-") for name in names if name.startswith("project-")]


def _drawing(content: bytes) -> list[str]:
    files = unzipped(content)
    document = ezdxf.read(io.StringIO(files["planmap.dxf"].decode("gbk")))
    drawn = {
        entity.get_xdata("PLANMAP")[0].value
        for entity in document.modelspace()
        if entity.has_xdata("PLANMAP") and entity.dxf.layer.startswith("项目")
    }
    return [*drawn, *(row["id"] for row in rows(files["projects_unplaced.csv"]))]


def _workbook(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["项目"]
    return [str(key) for (key,) in sheet.iter_rows(min_row=2, max_col=1, values_only=True)]


_READERS: dict[str, Callable[[bytes], list[str]]] = {
    "geojson": _geojson,
    "circles": _geojson,
    "gpkg": _geopackage,
    "fgb": lambda content: list(gpd.read_file(io.BytesIO(content))["id"]),
    "parquet": lambda content: list(gpd.read_parquet(io.BytesIO(content))["id"]),
    "shp": _shapefile,
    "kml": _kml,
    "kmz": lambda content: _kml(unzipped(content)["doc.kml"]),
    "dxf": _drawing,
    "csv": lambda content: [row["id"] for row in rows(content)],
    "xlsx": _workbook,
    "qgis": lambda content: _geopackage(unzipped(content)["planmap.gpkg"]),
    "oc4ids": lambda content: [one["id"] for one in json.loads(content)["projects"]],
    "zip": lambda content: _geojson(unzipped(content)["planmap.geojson"]),
}
