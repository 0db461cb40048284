"""The table as files: GeoJSON that reads back to the same table, and CSV for a spreadsheet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from layers.table import CRS, as_table
from store import BrokenFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import geopandas as gpd

# RFC 7946 asks for no more than is meaningful; seven decimals are a centimetre.
_DECIMALS = 7
_LIST = "；"
# What a spreadsheet would run as a formula when it opens the file.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_geojson(table: gpd.GeoDataFrame, attribution: Sequence[str] = ()) -> bytes:
    """Return the table as GeoJSON (RFC 7946): EPSG:4326, lon before lat, seven decimals.

    One feature per row and line, in the table's order, ``id`` from the column of that name;
    geometry null unless the class is site or locality. Nested values stay nested. An empty table
    gives an empty collection. ``attribution`` are lines that must stand with the file: they are a
    member of the collection beside its features.
    """
    features = [
        json.dumps(_feature(row, shape), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for row, shape in zip(_records(table), _rounded(table), strict=True)
    ]
    body = ",\n".join(features)
    lines = json.dumps(list(attribution), ensure_ascii=False)
    named = f'"attribution":{lines},' if attribution else ""
    return f'{{"type":"FeatureCollection",{named}"features":[\n{body}\n]}}\n'.encode()


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


def to_csv(table: gpd.GeoDataFrame) -> bytes:
    """Return the table as CSV for spreadsheets: UTF-8 with a mark, one row per project.

    ``lon`` and ``lat`` are a point on the thing (EPSG:4326), ``wkt`` is its whole geometry; all
    three are blank where it has none. Lists are joined by ``；``, each quote follows its document
    and line. A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    columns = [column for column in table.columns if column != "geometry"]
    flat = pd.DataFrame(
        [{name: _cell(name, row[name]) for name in columns} for row in _records(table)],
        columns=columns,
        dtype=object,
    )
    shapes = _rounded(table)
    points = [shape.representative_point() if shape else None for shape in shapes]
    flat["lon"] = [round(point.x, _DECIMALS) if point else "" for point in points]
    flat["lat"] = [round(point.y, _DECIMALS) if point else "" for point in points]
    flat["wkt"] = [shape.wkt if shape else "" for shape in shapes]
    return flat.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _records(table: gpd.GeoDataFrame) -> Iterable[dict[str, Any]]:
    names = [str(column) for column in table.columns if column != "geometry"]
    for values in zip(*(table[name] for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def _rounded(table: gpd.GeoDataFrame) -> list[Any]:
    if table.crs != CRS:
        raise ValueError(f"files are written in {CRS}, the table is in {table.crs}")
    shapes = shapely.orient_polygons(table.geometry.to_numpy())
    return list(shapely.transform(shapes, lambda xy: xy.round(_DECIMALS)))


def _feature(row: dict[str, Any], shape: Any) -> dict[str, Any]:
    geometry = None if shape is None else shapely.geometry.mapping(shape)
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}


def _shape(geometry: dict[str, Any] | None) -> Any:
    return None if geometry is None else shapely.geometry.shape(geometry)


def _cell(name: str, value: Any) -> Any:
    if name == "statements":
        value = _LIST.join(
            _cited(quote) for said in value for quote in (said, *said["more_quotes"])
        )
    elif isinstance(value, list):
        value = _LIST.join(value)
    elif isinstance(value, dict):
        value = _LIST.join(f"{key}:{entry}" for key, entry in value.items())
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _cited(quote: dict[str, Any]) -> str:
    return f"[{quote['document']}:{quote['line']}] {quote['quote']}"
