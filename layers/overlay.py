"""A user's own layer for the session, in any format and CRS that ``layers.own`` reads.

What a file is, is told by its content and not by its name, and no library looks for itself what
it could be: some formats name files of the server or addresses to fetch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.ops import nearest_points

import geo
from layers.own import archive, by_gdal, geojson, kml
from layers.own.causes import (
    DamagedOverlay,
    EmptyOverlay,
    OverlayTooLarge,
    OverlayWithoutCrs,
    OverlayWithoutGeometry,
    UnknownOverlay,
    WrongOverlay,
)
from layers.own.readable import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.base import Box

__all__ = [
    "DamagedOverlay",
    "EmptyOverlay",
    "Overlay",
    "OverlayTooLarge",
    "OverlayWithoutCrs",
    "OverlayWithoutGeometry",
    "UnknownOverlay",
    "WrongOverlay",
    "read_overlay",
]

LARGEST = 20 * 2**20  # bytes of a file, and half of what it may unpack to
MOST_FEATURES, MOST_POINTS = 10_000, 200_000
_MOST_FIELDS, _LONGEST = 100, 2_000
_MOST_TEXT, _SHORT = 4_000_000, 200  # characters of all texts, and of each where they are more
# A page that was saved instead of the file that it offers; comments may stand before its root.
_WEB_PAGE = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_LOOKED_AT = 4096  # bytes
_CRS = "EPSG:4326"
_DECIMALS = 6
_MOST_LON, _MOST_LAT = 180.0, 90.0
# What is none of the formats but often tried, by its first bytes: the cause that says what to do.
_OTHERS = {
    b"\x00\x00\x27\x0a": "shp_alone",
    b"Rar!": "other_archive",
    b"7z\xbc\xaf": "other_archive",
    b"\x1f\x8b": "other_archive",
    b"%PDF": "other_pdf",
}


@dataclass(frozen=True)
class Overlay:
    """A user's layer.

    Attributes
    ----------
    name
        The file's name.
    frame
        EPSG:4326; the properties as texts.
    without_shape
        How many features of the file have no geometry and are not in the frame.
    """

    name: str
    frame: gpd.GeoDataFrame = field(compare=False, repr=False)
    without_shape: int = 0

    def box(self) -> Box:
        """Return west, south, east, north of all features in degrees, EPSG:4326."""
        west, south, east, north = map(float, self.frame.total_bounds)
        return west, south, east, north

    def away_m(self, view: Box) -> float:
        """Return the distance in metres from the layer to a box (EPSG:4326); 0 if they meet."""
        here, there = shapely.box(*self.box()), shapely.box(*view)
        return 0.0 if here.intersects(there) else geo.distance_m(*nearest_points(here, there))

    def record(self) -> dict[str, Any]:
        """Return it for the drawing program in the browser: plain values, no mark-up."""
        rounded = self.frame.set_geometry(self.frame.geometry.set_precision(10**-_DECIMALS))
        return {"name": self.name, "shapes": rounded.to_geo_dict(drop_id=True)}


def read_overlay(name: str, content: bytes) -> Overlay:
    """Read an uploaded file.

    Parameters
    ----------
    name
        For the reader only.
    content
        The file's bytes.

    Raises
    ------
    OverlayTooLarge
        More than 20 MB, 40 MB unpacked, 10,000 features or 200,000 points.
    UnknownOverlay
        It is none of the formats that are read.
    DamagedOverlay
        It is broken, or a Shapefile without one of its parts.
    EmptyOverlay
        It has no feature.
    OverlayWithoutCrs
        It names no coordinate system, or its numbers are no degrees though it should hold some.
    OverlayWithoutGeometry
        No feature has a geometry.
    """
    if len(content) > LARGEST:
        size, most = (f"{count / 2**20:.0f}" for count in (len(content), LARGEST))
        raise OverlayTooLarge("large", size=size, most=most)
    if not content.strip():
        raise EmptyOverlay("empty")
    read = _read(content)
    frame = _plain(read)
    return Overlay(name, frame, sum(map(len, read)) - len(frame))


def _read(content: bytes) -> Sequence[gpd.GeoDataFrame]:
    """Return the layers of a file, each in its own CRS; its first bytes decide what it is."""
    if content.startswith(b"SQLite format 3\x00"):
        return by_gdal.geopackage(content)
    if content.startswith(b"fgb\x03fgb"):
        return by_gdal.flatgeobuf(content)
    if content.startswith(b"PAR1"):
        return by_gdal.geoparquet(content)
    if content.startswith(b"PK"):
        return archive.read(content, 2 * LARGEST)
    head = _head(content)
    if head in {"{", "[", "\x1e"}:
        return [geojson.read(content)]
    if head == "<":
        if _WEB_PAGE.match(content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf")):
            raise UnknownOverlay("web_page")
        return [kml.read(content)]
    others = (cause for first, cause in _OTHERS.items() if content.startswith(first))
    raise UnknownOverlay(next(others, "other"))


def _head(content: bytes) -> str:
    """Return the first character behind blanks and any byte order mark."""
    start = content[:64]
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return start.decode(encoding, "ignore").lstrip(" \t\r\n")[:1]


def _plain(layers: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Keep what can be drawn, in degrees, with its properties as texts."""
    if not any(map(len, layers)):
        raise EmptyOverlay("no_feature")
    drawn = [shown for frame in layers if len(shown := _drawable(frame))]
    if not drawn:
        raise OverlayWithoutGeometry("no_shape")
    _check_size(drawn)
    shapes = np.concatenate([_in_degrees(frame) for frame in drawn])
    _check_degrees(shapes)
    rows = pd.concat([pd.DataFrame(f.drop(columns=f.geometry.name)) for f in drawn], sort=False)
    return gpd.GeoDataFrame(_texts(rows), geometry=shapes, crs=_CRS)


def _drawable(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame[frame.geometry.notna() & ~frame.geometry.is_empty]


def _in_degrees(frame: gpd.GeoDataFrame) -> Any:
    return frame.geometry.force_2d().to_crs(_CRS).to_numpy()


def _texts(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return the columns as texts, those that hold nothing left out."""
    columns = {str(name): [readable(one) for one in rows[name]] for name in rows.columns}
    filled = {name: texts for name, texts in columns.items() if any(texts)}
    kept = dict(list(filled.items())[:_MOST_FIELDS])
    size = sum(len(text) for texts in kept.values() for text in texts)
    longest = _SHORT if size > _MOST_TEXT else _LONGEST
    return {name: [_cut(text, longest) for text in texts] for name, texts in kept.items()}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _check_size(layers: Sequence[gpd.GeoDataFrame]) -> None:
    points = sum(int(shapely.get_num_coordinates(f.geometry.to_numpy()).sum()) for f in layers)
    if sum(map(len, layers)) > MOST_FEATURES or points > MOST_POINTS:
        most = {"features": f"{MOST_FEATURES:,}", "points": f"{MOST_POINTS:,}"}
        raise OverlayTooLarge("too_many", **most)


def _check_degrees(shapes: Any) -> None:
    west, south, east, north = shapely.total_bounds(shapes)
    lon, lat = max(-west, east), max(-south, north)
    if lon <= _MOST_LON and lat <= _MOST_LAT:
        return
    if lon <= _MOST_LAT and lat <= _MOST_LON:
        raise DamagedOverlay("swapped")
    raise OverlayWithoutCrs("degrees")
