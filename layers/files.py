"""The table as files: GeoJSON that reads back to the same table, and CSV for a spreadsheet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd
import shapely

from geo import project_all
from layers.corrected import corrected_text
from layers.outcomes_shown import known_text
from layers.table import CRS, as_table
from store import BrokenFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

# RFC 7946 asks for no more than is meaningful; seven decimals are a centimetre.
_DECIMALS = 7
WGS84 = 4326
# Places after the point of each system that files are written in: a centimetre, a millimetre.
DECIMALS = {WGS84: _DECIMALS, 4490: _DECIMALS, 4549: 3, 3857: 3}
LIST_SIGN = "；"
# What a spreadsheet would run as a formula when it opens the file.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_geojson(table: gpd.GeoDataFrame, attribution: Sequence[str] = ()) -> bytes:
    """Return the table as GeoJSON (RFC 7946): EPSG:4326, lon before lat, seven decimals.

    One feature per row and line, in the table's order, ``id`` from the column of that name;
    geometry null unless the class is site or locality. Nested values stay nested. An empty table
    gives an empty collection. ``attribution`` are lines that must stand with the file: they are a
    member of the collection beside its features.
    """
    return collection(table, tidy(_degrees(table), _DECIMALS), attribution)


def collection(frame: pd.DataFrame, shapes: Any, attribution: Sequence[str] = ()) -> bytes:
    """Return rows with an ``id`` and their shapes, None among them, as a feature collection.

    ``attribution`` as in ``to_geojson``.
    """
    features = [
        orjson.dumps(_feature(row, shape))
        for row, shape in zip(_records(frame), shapely.to_geojson(shapes), strict=True)
    ]
    lines = orjson.dumps(list(attribution))
    named = b'"attribution":' + lines + b"," if attribution else b""
    head, foot = b'{"type":"FeatureCollection",' + named + b'"features":[\n', b"\n]}\n"
    return head + b",\n".join(features) + foot


def read_geojson(content: bytes, path: Path | str = "export.geojson") -> gpd.GeoDataFrame:
    """Return the table that ``to_geojson`` wrote.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Its name, for the error.

    Raises
    ------
    BrokenFile
        It is no GeoJSON, or a feature lacks a property.
    """
    try:
        features = json.loads(content)["features"]
        rows = [feature["properties"] for feature in features]
        shapes = [_shape(feature["geometry"]) for feature in features]
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as error:
        raise BrokenFile(path, f"no GeoJSON of projects: {error}") from None
    table = as_table(rows, shapes)
    wanted = list(table.columns.difference(["geometry"]))
    for row in rows:
        for column in wanted:
            if column not in row:
                raise BrokenFile(path, f"feature {row.get('id')!r} lacks it", column=column)
    return table


def to_csv(table: gpd.GeoDataFrame, crs: int = WGS84) -> bytes:
    """Return the table as CSV for spreadsheets: UTF-8 with a mark, one row per project.

    ``lon`` and ``lat`` are a point on the thing (EPSG:4326), ``wkt`` is its whole geometry in
    EPSG:``crs``, easting first; all three are blank where it has none. Lists are joined
    by ``；``, each quote follows its document and line. A cell that a spreadsheet would run as a
    formula begins with an apostrophe.
    """
    columns = [column for column in table.columns if column != "geometry"]
    flat = pd.DataFrame(
        [{name: _cell(name, row[name]) for name in columns} for row in _records(table)],
        columns=columns,
        dtype=object,
    )
    shapes = tidy(_degrees(table), _DECIMALS)
    points = [shape.representative_point() if shape else None for shape in shapes]
    flat["lon"] = [round(point.x, _DECIMALS) if point else "" for point in points]
    flat["lat"] = [round(point.y, _DECIMALS) if point else "" for point in points]
    projected = shapes if crs == WGS84 else project_all(shapes, crs)
    flat["wkt"] = [shape.wkt if shape else "" for shape in tidy(projected, DECIMALS[crs])]
    return flat.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _records(table: pd.DataFrame) -> Iterable[dict[str, Any]]:
    names = [str(column) for column in table.columns if column != "geometry"]
    for values in zip(*(table[name] for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def _degrees(table: gpd.GeoDataFrame) -> Any:
    if table.crs != CRS:
        raise ValueError(f"files are written in {CRS}, the table is in {table.crs}")
    return table.geometry.to_numpy()


def tidy(shapes: Any, decimals: int) -> Any:
    """Return an array of geometries, rounded, with outer rings against the clock (RFC 7946)."""
    return shapely.transform(shapely.orient_polygons(shapes), lambda xy: xy.round(decimals))


def _feature(row: dict[str, Any], shape: str | None) -> dict[str, Any]:
    geometry = None if shape is None else orjson.Fragment(shape)
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}


def _shape(geometry: dict[str, Any] | None) -> Any:
    return None if geometry is None else shapely.geometry.shape(geometry)


def _cell(name: str, value: Any) -> Any:
    if name in TOLD:
        value = TOLD[name](value)
    elif isinstance(value, list):
        value = LIST_SIGN.join(value)
    elif isinstance(value, dict):
        value = LIST_SIGN.join(f"{key}:{entry}" for key, entry in value.items())
    return harmless(value)


def harmless(value: Any) -> Any:
    """Return a cell with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def cited(quotes: Iterable[Mapping[str, Any]]) -> str:
    """Return quotes as one text, each behind its document and line, with what belongs to it."""
    parts = [part for quote in quotes for part in (quote, *quote.get("more_quotes", ()))]
    return LIST_SIGN.join(f"[{one['document']}:{one['line']}] {one['quote']}" for one in parts)


# Columns of records, and how a flat cell tells them.
TOLD: dict[str, Callable[[Sequence[Mapping[str, Any]]], str]] = {
    "statements": cited,
    "known_outcomes": lambda records: LIST_SIGN.join(map(known_text, records)),
    "corrected": lambda records: LIST_SIGN.join(corrected_text(one, "zh") for one in records),
}
