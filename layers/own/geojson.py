"""GeoJSON as people have it: features, single shapes, one feature a line; nothing is fetched."""

from __future__ import annotations

import json
import re
from typing import Any

import geopandas as gpd
import orjson
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.own import amounts
from layers.own.causes import DamagedOverlay, EmptyOverlay, OverlayWithoutCrs, UnknownOverlay
from layers.own.letters import decoded

WGS84 = "EPSG:4326"
_SHAPES = {
    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    "GeometryCollection",
}
# An authority and its number only: any other text could name a file or an address.
_AUTHORITY = re.compile(r"\b(EPSG|ESRI)(?:/[\d.]+/|:+(?:[\d.]*:)?)(\d{3,6})$", re.IGNORECASE)
_DEGREES = re.compile(r"\bCRS:?8[34]$|^WGS ?_?(?:19)?84$", re.IGNORECASE)
_LINES = re.compile("[\n\r\x1e]+")
_DEEPEST = 8  # collections in one another
_RINGS = {"Polygon": 1, "MultiPolygon": 2}  # depth at which a shape's rings stand


def read(content: bytes) -> gpd.GeoDataFrame:
    """Return the features of a GeoJSON file with their properties as JSON has them.

    The frame has the file's own CRS (EPSG:4326 unless the old member ``crs`` names another),
    longitude or easting first, heights left out. A feature's ``id`` is a column unless a property
    has that name.

    Raises
    ------
    DamagedOverlay
        It is no JSON, or a feature breaks the rules of GeoJSON; the feature is named.
    UnknownOverlay
        It is JSON of another kind.
    OverlayWithoutCrs
        Its coordinate system is not named by an authority and its number.
    EmptyOverlay
        It has no feature.
    """
    found = _parsed(content)
    crs = _crs(found.get("crs"))
    features = _features(found)
    if not features:
        raise EmptyOverlay("no_feature")
    _check_amount(features)
    shapes = [_shape(each.get("geometry"), number) for number, each in enumerate(features, 1)]
    rows = [_properties(each) for each in features]
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {
        f"{name}_" if name == "geometry" else name: [row.get(name) for row in rows]
        for name in names
    }
    table = pd.DataFrame(columns, index=range(len(rows)), dtype=object)
    return gpd.GeoDataFrame(table, geometry=shapes, crs=crs)


def _parsed(content: bytes) -> dict[str, Any]:
    text = decoded(content)
    if text is None:
        raise DamagedOverlay("letters")
    try:
        found = _loaded(text)
    except (ValueError, RecursionError) as error:
        if lines := _one_a_line(text):
            return {"type": "FeatureCollection", "features": lines}
        if isinstance(error, RecursionError):
            raise DamagedOverlay("deep") from None
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise DamagedOverlay("json", line=line, column=column) from None
    if not isinstance(found, dict):
        raise UnknownOverlay("other_json")
    return found


def _loaded(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        # some programs write NaN, which JSON does not know; it says that there is no value
        return json.loads(text, parse_constant=lambda _: None)


def _one_a_line(text: str) -> list[Any]:
    """Return the features of a file that holds one in each line; empty if it does not."""
    try:
        found = [_loaded(line) for line in _LINES.split(text) if line.strip()]
    except (ValueError, RecursionError):
        return []
    whole = all(isinstance(each, dict) and each.get("type") == "Feature" for each in found)
    return found if whole else []


def _check_amount(features: list[dict[str, Any]]) -> None:
    """Refuse what is too much or nested too deep before a shape is made of it."""
    amounts.check(features=len(features))
    points, waiting = 0, [(each.get("geometry"), 0) for each in features]
    while waiting:
        found, depth = waiting.pop()
        if depth > _DEEPEST:
            raise DamagedOverlay("deep")
        if isinstance(found, dict):
            parts = [found.get("coordinates"), *_listed(found.get("geometries"))]
            waiting += [
                (part, depth + (found.get("type") == "GeometryCollection")) for part in parts
            ]
        elif isinstance(found, list) and found and not isinstance(found[0], list):
            points += 1
            amounts.check(points=points)
        elif isinstance(found, list):
            waiting += [(part, depth) for part in found]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _features(found: dict[str, Any]) -> list[dict[str, Any]]:
    kind = found.get("type")
    if kind in _SHAPES:
        return [{"geometry": found}]
    if "features" not in found and (kind == "Feature" or "geometry" in found):
        return [found]
    features = found.get("features")
    if kind == "Topology" or "arcs" in found:
        raise UnknownOverlay("topojson")
    if _is_esri(found):
        raise UnknownOverlay("esri_json")
    if not isinstance(features, list):
        raise UnknownOverlay("other_json")
    for number, each in enumerate(features, 1):
        if not isinstance(each, dict) or not {"geometry", "properties"} & each.keys():
            raise DamagedOverlay("feature", number=number)
    return features


def _is_esri(found: dict[str, Any]) -> bool:
    features = found.get("features")
    first = features[0] if isinstance(features, list) and features else {}
    return "geometryType" in found or (isinstance(first, dict) and "attributes" in first)


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    named = dict(found) if isinstance(found, dict) else {}
    if feature.get("id") is not None:
        named.setdefault("id", feature["id"])
    return named


def _crs(named: Any) -> str:
    """Return the CRS that the member of GeoJSON's first version names; degrees where none does."""
    if named is None:
        return WGS84
    properties = named.get("properties") if isinstance(named, dict) else None
    about: dict[str, Any] = properties if isinstance(properties, dict) else {}
    if isinstance(named, dict) and named.get("type") == "EPSG":
        about = {"name": f"EPSG:{about.get('code')}"}
    elif not isinstance(named, dict) or named.get("type") != "name":
        raise OverlayWithoutCrs("crs_by_address")  # it would have to be fetched
    name = str(about.get("name", "")).strip()
    if match := _AUTHORITY.search(name):
        return _known(f"{match[1].upper()}:{match[2]}")
    if _DEGREES.search(name):
        return WGS84
    raise OverlayWithoutCrs("crs_unknown", name=name[:60])


def _known(name: str) -> str:
    try:
        CRS.from_user_input(name)
    except CRSError:
        raise OverlayWithoutCrs("crs_unknown", name=name) from None
    return name


def _shape(found: Any, number: int) -> Any:
    if found is None:
        return None
    for each in (found, _mended(found)):
        try:
            return shapely.from_geojson(orjson.dumps(each))
        except (shapely.errors.ShapelyError, orjson.JSONEncodeError, TypeError):
            continue
    raise DamagedOverlay("shape", number=number)


def _mended(found: Any) -> Any:
    """Return a shape as other programs take it: two numbers a point, rings closed."""
    if not isinstance(found, dict):
        return found
    if isinstance(found.get("geometries"), list):
        return found | {"geometries": [_mended(each) for each in found["geometries"]]}
    flat = _flat(found.get("coordinates"))
    return found | {"coordinates": _closed(flat, _RINGS.get(str(found.get("type")), 0))}


def _flat(coordinates: Any) -> Any:
    if not isinstance(coordinates, list):
        return coordinates
    if coordinates and not isinstance(coordinates[0], list):
        return coordinates[:2]
    return [_flat(each) for each in coordinates]


def _closed(coordinates: Any, depth: int) -> Any:
    if not depth or not isinstance(coordinates, list):
        return coordinates
    if depth > 1:
        return [_closed(each, depth - 1) for each in coordinates]
    return [ring if ring[:1] == ring[-1:] else [*ring, ring[0]] for ring in coordinates]
