"""From where a web map stands to the extent of a sheet that shows the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo import gcj02_to_wgs84
from layers.place import clean_place
from layers.sheets.options import CHINA, LEAST_SPAN

if TYPE_CHECKING:
    from layers.base import Box
    from layers.online import BaseMap

# Pixels about the earth at zoom 0.
_WORLD = 256.0


def extent_of_place(at: str, size: tuple[int, int], base_map: BaseMap | None = None) -> str:
    """Return the extent that shows what a web map shows, as the options of a sheet have it.

    ``selection`` where the map has said nothing yet, or shows no part of China.

    Parameters
    ----------
    at
        ``latitude,longitude,zoom`` of the map's middle, as the address has it.
    size
        Width and height of the map in pixels.
    base_map
        What it stands on; on one in GCJ-02 the middle is given in that datum.
    """
    place = clean_place(at)
    if not place:
        return "selection"
    lat, lon, zoom = (float(part) for part in place.split(","))
    if base_map and base_map.datum == "gcj02":
        lon, lat = (float(one) for one in gcj02_to_wgs84(lon, lat))
    west, south, east, north = _inside(_seen(lon, lat, zoom, size))
    if east - west < LEAST_SPAN or north - south < LEAST_SPAN:
        return "selection"
    return f"{west:.5f},{south:.5f},{east:.5f},{north:.5f}"


def _seen(lon: float, lat: float, zoom: float, size: tuple[int, int]) -> Box:
    """Return the edges of a map in Web Mercator, in degrees."""
    world = _WORLD * 2.0**zoom
    wide = max(size[0] / world * 180, LEAST_SPAN)
    middle = math.asinh(math.tan(math.radians(lat)))
    high = max(size[1] / world * math.pi, math.radians(LEAST_SPAN))
    south, north = (math.degrees(math.atan(math.sinh(middle + side * high))) for side in (-1, 1))
    return lon - wide, south, lon + wide, north


def _inside(box: Box) -> Box:
    west, south, east, north = box
    return (
        max(west, CHINA[0]),
        max(south, CHINA[1]),
        min(east, CHINA[2]),
        min(north, CHINA[3]),
    )
