"""The position of a row: a point, or the outline of a thing with an area; checked, EPSG:4326."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo.alignments import check_degrees, degrees

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from store import Row


def read_point(row: Row, area: BaseGeometry | None) -> tuple[float, float] | None:
    """Return longitude and latitude of a row; None where it has none.

    Raises
    ------
    store.BrokenFile
        They are no degrees of a place in China, or lie outside the area.
    """
    if not row["lon"] and not row["lat"]:
        return None
    lon, lat = degrees(row)
    if area is not None and not shapely.contains_xy(area, lon, lat):
        raise row.broken("lon", f"{lon}, {lat} is outside the area")
    return lon, lat


def read_outline(row: Row, area: BaseGeometry | None) -> Polygon | MultiPolygon | None:
    """Return the outline of a row, given as WKT with longitude first; None where it has none.

    Raises
    ------
    store.BrokenFile
        It is no WKT of an area, crosses itself, is no degrees of a place in China, or lies
        outside the area.
    """
    if not row["outline"]:
        return None
    try:
        with np.errstate(invalid="ignore"):  # nan is told below, by its row
            outline = shapely.from_wkt(row["outline"])
    except shapely.errors.GEOSException as error:
        raise row.broken("outline", f"no WKT: {str(error).splitlines()[0]}") from None
    if not isinstance(outline, Polygon | MultiPolygon) or outline.is_empty:
        raise row.broken("outline", f"{outline.geom_type} is no area; POLYGON or MULTIPOLYGON is")
    for lon, lat in shapely.get_coordinates(outline):
        check_degrees(row, "outline", float(lon), float(lat))
    if not outline.is_valid:
        raise row.broken("outline", f"no outline: {shapely.is_valid_reason(outline)}")
    if area is not None and not area.intersects(outline):
        raise row.broken("outline", "lies outside the area")
    return outline
