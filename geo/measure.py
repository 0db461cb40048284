"""Lengths, areas and circles on the WGS-84 ellipsoid; all geometries are EPSG:4326, lon/lat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import Point, Polygon

from geo.projection import WGS84, project, project_all, zone

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
CIRCLE_CORNERS = 64


def length_m(geometry: BaseGeometry) -> float:
    """Return the geodesic length in metres; of an area its outline, of points or nothing 0."""
    return float(GEOD.geometry_length(geometry))


def area_m2(geometry: BaseGeometry) -> float:
    """Return the geodesic area in square metres, whichever way the rings turn.

    Points, lines and nothing have none.
    """
    if geometry.area == 0:  # the library would close a line to a ring
        return 0.0
    return abs(float(GEOD.geometry_area_perimeter(geometry)[0]))


def distance_m(one: Point, other: Point) -> float:
    """Return the geodesic distance between two points in metres."""
    return float(GEOD.inv(one.x, one.y, other.x, other.y)[2])


def offset(point: Point, bearing: float, metres: float) -> Point:
    """Return the point that lies so many metres away; bearing in degrees clockwise from north."""
    lon, lat, _ = GEOD.fwd(point.x, point.y, bearing, metres)
    return Point(lon, lat)


def midpoint(one: Point, other: Point) -> Point:
    """Return the point halfway along the geodesic."""
    ((lon, lat),) = GEOD.npts(one.x, one.y, other.x, other.y, 1)
    return Point(lon, lat)


def circle(point: Point, radius_m: float) -> Polygon:
    """Return the circle about a point as a polygon of 64 corners that lie on it."""
    bearings = np.linspace(0.0, 360.0, CIRCLE_CORNERS, endpoint=False)
    same = np.full(CIRCLE_CORNERS, 1.0)
    lon, lat, _ = GEOD.fwd(point.x * same, point.y * same, bearings, radius_m * same)
    return Polygon(zip(lon, lat, strict=True))


def band(geometry: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Return the area within so many metres of a geometry.

    Drawn in the 3-degree zone of its middle, so true to about 0.1 % in China; empty stays empty.

    Raises
    ------
    UnknownCrs
        The geometry lies outside China's zones.
    """
    if geometry.is_empty:
        return geometry
    local = zone(geometry.centroid.x)
    return project(project(geometry, local).buffer(radius_m), WGS84, local)


def surroundings(
    geometries: NDArray[np.object_], radii_m: NDArray[np.float64]
) -> NDArray[np.object_]:
    """Return the area within its radius of each geometry: circles of 64 corners, and bands.

    Circles follow the radii of curvature at their middle (NGA.STND.0036, appendix B), which for
    radii below 5 km and latitudes below 55 degrees is true to 0.1 %. Bands are as in ``band``.

    Raises
    ------
    UnknownCrs
        A line or an area lies outside China's zones.
    """
    areas = np.empty(len(geometries), dtype=object)
    points = shapely.get_type_id(geometries) == 0
    areas[points] = _circles(shapely.get_coordinates(geometries[points]), radii_m[points])
    areas[~points] = _bands(geometries[~points], radii_m[~points])
    return areas


def _bands(geometries: NDArray[np.object_], radii_m: NDArray[np.float64]) -> NDArray[np.object_]:
    middles = shapely.get_x(shapely.centroid(geometries))
    zones = np.array([zone(lon) for lon in middles], dtype=int)
    areas = np.empty(len(geometries), dtype=object)
    for local in np.unique(zones):
        here = zones == local
        wide = shapely.buffer(project_all(geometries[here], int(local)), radii_m[here])
        areas[here] = project_all(wide, WGS84, int(local))
    return areas


def _circles(lonlat: NDArray[np.float64], radii_m: NDArray[np.float64]) -> NDArray[np.object_]:
    lon, lat = np.radians(lonlat[:, :1]), np.radians(lonlat[:, 1:])
    bent = 1 - GEOD.es * np.sin(lat) ** 2
    north = radii_m[:, None] * bent**1.5 / (GEOD.a * (1 - GEOD.es))
    east = radii_m[:, None] * np.sqrt(bent) / (GEOD.a * np.cos(lat))
    turn = np.linspace(0.0, 2 * np.pi, CIRCLE_CORNERS + 1)
    corners = np.stack([lon + east * np.cos(turn), lat + north * np.sin(turn)], axis=-1)
    return np.asarray(shapely.polygons(np.degrees(corners)), dtype=object)
