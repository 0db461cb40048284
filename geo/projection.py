"""The one place where a coordinate reference system changes.

Axis order is always longitude or easting first, whatever the authority says: EPSG:4549 itself
names northing first. EPSG:4326 to EPSG:4490 is a null shift of unstated accuracy in PROJ.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

WGS84 = 4326
CGCS2000 = 4490
WEB_MERCATOR = 3857
ZONE_WIDTH = 3
FIRST_ZONE, FIRST_MERIDIAN, LAST_MERIDIAN = 4534, 75, 135  # EPSG codes run with the meridian
CRS = frozenset(
    {WGS84, CGCS2000, WEB_MERCATOR}
    | {FIRST_ZONE + n for n in range((LAST_MERIDIAN - FIRST_MERIDIAN) // ZONE_WIDTH + 1)}
)


class UnknownCrs(ValueError):  # noqa: N818 - it names the thing, as in store.py
    """A coordinate reference system that this program does not offer."""


def zone(lon: float) -> int:
    """Return the EPSG code of the CGCS2000 3-degree Gauss-Krueger zone for a longitude.

    Raises
    ------
    UnknownCrs
        The longitude lies in no zone of China (73.5 to 136.5 degrees east).
    """
    half = ZONE_WIDTH / 2
    if not FIRST_MERIDIAN - half <= lon <= LAST_MERIDIAN + half:
        raise UnknownCrs(f"no 3-degree zone of CGCS2000 for longitude {lon}")
    step = int((lon - FIRST_MERIDIAN + half) // ZONE_WIDTH)
    return FIRST_ZONE + min(step, (LAST_MERIDIAN - FIRST_MERIDIAN) // ZONE_WIDTH)


@cache
def _transformer(source: int, target: int) -> pyproj.Transformer:
    for code in (source, target):
        if code not in CRS:
            raise UnknownCrs(f"EPSG:{code} is none of those offered")
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def project(geometry: BaseGeometry, target: int, source: int = WGS84) -> BaseGeometry:
    """Return the geometry in another system.

    Parameters
    ----------
    geometry
        In ``source``; an empty one stays empty.
    target, source
        EPSG codes out of ``CRS``.

    Raises
    ------
    UnknownCrs
        A code that is not offered.
    """
    if source == target or shapely.is_empty(geometry):
        return geometry
    change = _transformer(source, target)

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(change.transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, moved)


def project_all(
    geometries: NDArray[np.object_], target: int, source: int = WGS84
) -> NDArray[np.object_]:
    """Return an array of geometries, None among them, in another system; at once, so faster.

    Raises
    ------
    UnknownCrs
        A code that is not offered.
    """
    if source == target:
        return geometries
    change = _transformer(source, target)

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(change.transform(points[:, 0], points[:, 1]))

    changed: NDArray[np.object_] = shapely.transform(geometries, moved)
    return changed
