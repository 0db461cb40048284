"""Boxes on the paper, and the map's frame: from degrees to millimetres and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo import project, zone

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from layers.base import Box

Spot = tuple[float, float]
# Drawn a little beyond the frame, so that no cut edge shows along it.
_BLEED = 2.0


class Rect(NamedTuple):
    """A box on the paper in millimetres from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.bottom + self.height

    @property
    def middle(self) -> Spot:
        """The centre."""
        return self.left + self.width / 2, self.bottom + self.height / 2

    def shrunk(self, by: float) -> Rect:
        """Return the box with this much less on each side."""
        return Rect(self.left + by, self.bottom + by, self.width - 2 * by, self.height - 2 * by)

    def holds(self, spot: Spot) -> bool:
        """Return whether a spot is in the box."""
        return self.left <= spot[0] <= self.right and self.bottom <= spot[1] <= self.top


@dataclass(frozen=True)
class Frame:
    """A map's frame on the paper.

    Attributes
    ----------
    rect
        Where it stands.
    epsg
        The 3-degree zone of CGCS2000 in which the map is drawn; EPSG:4549 from 118.5 to 121.5
        degrees east.
    left, bottom
        Easting and northing of its lower left corner, metres.
    scale
        Metres in a millimetre.
    """

    rect: Rect
    epsg: int
    left: float
    bottom: float
    scale: float

    def place(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a geometry of EPSG:4326 in millimetres, cut to the frame and a little more."""

        def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
            corner = np.array([self.rect.left, self.rect.bottom])
            placed: NDArray[np.float64] = (points - [self.left, self.bottom]) / self.scale + corner
            return placed

        return self._cut(shapely.transform(project(shape, self.epsg), moved))

    def _cut(self, shape: BaseGeometry) -> BaseGeometry:
        if shape.geom_type == "Point":
            return shape
        more = self.rect.shrunk(-_BLEED)
        return shapely.clip_by_rect(shape, more.left, more.bottom, more.right, more.top)

    def spot(self, lon: float, lat: float) -> Spot:
        """Return where a position of EPSG:4326 is on the paper, be it in the frame or not."""
        ((x, y),) = shapely.get_coordinates(self.place(shapely.Point(lon, lat)))
        return float(x), float(y)

    def position(self, spot: Spot) -> Spot:
        """Return longitude and latitude, EPSG:4326, of a spot on the paper."""
        east = self.left + (spot[0] - self.rect.left) * self.scale
        north = self.bottom + (spot[1] - self.rect.bottom) * self.scale
        ((lon, lat),) = shapely.get_coordinates(
            project(shapely.Point(east, north), 4326, self.epsg)
        )
        return float(lon), float(lat)

    @property
    def area(self) -> BaseGeometry:
        """What the frame shows, as a polygon of EPSG:4326."""
        right = self.left + self.rect.width * self.scale
        top = self.bottom + self.rect.height * self.scale
        seen = shapely.box(self.left, self.bottom, right, top)
        return project(shapely.segmentize(seen, self.rect.width * self.scale / 8), 4326, self.epsg)


def open_frame(rect: Rect, extent: Box, margin: float = 0.06) -> Frame:
    """Return a frame that shows at least the extent, with a margin as a share of it.

    ``extent`` is west, south, east, north in degrees, EPSG:4326.

    Raises
    ------
    UnknownCrs
        Its middle lies outside the zones of China.
    """
    west, south, east, north = extent
    epsg = zone((west + east) / 2)
    left, bottom, right, top = project(shapely.box(west, south, east, north), epsg).bounds
    scale = max((right - left) / rect.width, (top - bottom) / rect.height) * (1 + margin)
    middle = (left + right) / 2, (bottom + top) / 2
    corner = middle[0] - rect.width * scale / 2, middle[1] - rect.height * scale / 2
    return Frame(rect, epsg, *corner, scale)
