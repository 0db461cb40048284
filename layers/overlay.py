"""A user's own layer for the session, in any format and CRS that ``layers.own`` reads.

The file is read in a child process with bounds: here only its answer is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shapely
from shapely.ops import nearest_points

import geo
from layers.own import apart
from layers.own.causes import (
    DamagedOverlay,
    EmptyOverlay,
    OverlayTooLarge,
    OverlayWithoutCrs,
    OverlayWithoutGeometry,
    UnknownOverlay,
    WrongOverlay,
)

if TYPE_CHECKING:
    import geopandas as gpd

    from isolation import Progress
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

_DECIMALS = 6


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


def read_overlay(name: str, content: bytes, progress: Progress | None = None) -> Overlay:
    """Read an uploaded file, in a child process with bounds.

    Parameters
    ----------
    name
        For the reader only.
    content
        The file's bytes.
    progress
        Called several times a second; what it raises ends the reading and goes on to the caller.

    Raises
    ------
    OverlayTooLarge
        More than 20 MB, 40 MB unpacked, 10,000 features or 200,000 points; or reading it
        takes more time or memory than is safe.
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
    frame, without_shape = apart.read(content, progress)
    return Overlay(name, frame, without_shape)
