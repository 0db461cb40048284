"""Shifts between the datums met on Chinese maps: WGS-84, GCJ-02 (AMap, Tencent), BD-09 (Baidu).

All functions take and return longitudes and latitudes in degrees, in this order, as arrays of any
one shape (single numbers too); NaN stays NaN. Outside China's box they return what they are given.
The formulas are the ones that circulate publicly for these datums; no authority publishes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Degrees = NDArray[np.float64]
    Shift = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]

BOX = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north: where the shift applies
AXIS_M = 6378245.0  # Krasovsky 1940 ellipsoid, in metres
FLATNESS = 0.00669342162296594323  # its first eccentricity squared
CENTRE = (105.0, 35.0)
BAIDU_TURN = np.pi * 3000.0 / 180.0
BAIDU_OFFSET = (0.0065, 0.006)
CLOSE_DEGREES = 1e-8  # 1 mm: where iterating stops
MOST_STEPS = 12


def _in_china(lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    west, south, east, north = BOX
    inside: NDArray[np.bool_] = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return inside


def _waves(angle: Degrees, parts: tuple[tuple[float, float], ...]) -> Degrees:
    """Sum ``size * sin(angle * turns)`` over the parts."""
    total = np.zeros_like(angle)
    for size, turns in parts:
        total += size * np.sin(angle * turns)
    return total


def _drift(x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
    """Return the shift east and north in metres, before the ellipsoid, x and y from the centre."""
    px, py, root = x * np.pi, y * np.pi, np.sqrt(np.abs(x))
    common = _waves(px, ((20.0, 6.0), (20.0, 2.0)))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (
        common + _waves(px, ((20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30)))
    ) / 1.5
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (
        common + _waves(py, ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30)))
    ) / 1.5
    return east, north


def _gcj_shift(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    east, north = _drift(lon - CENTRE[0], lat - CENTRE[1])
    phi = np.radians(lat)
    bend = 1.0 - FLATNESS * np.sin(phi) ** 2
    along = AXIS_M / np.sqrt(bend) * np.cos(phi)
    across = AXIS_M * (1.0 - FLATNESS) / bend**1.5
    return np.degrees(east / along), np.degrees(north / across)


def _baidu_forward(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BAIDU_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BAIDU_TURN)
    return (
        radius * np.cos(angle) + BAIDU_OFFSET[0] - lon,
        radius * np.sin(angle) + BAIDU_OFFSET[1] - lat,
    )


def _arrays(lon: ArrayLike, lat: ArrayLike) -> tuple[Degrees, Degrees]:
    x, y = np.broadcast_arrays(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    return x, y


def _forward(shift: Shift, lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    x, y = _arrays(lon, lat)
    inside = _in_china(x, y)
    with np.errstate(invalid="ignore"):
        dx, dy = shift(x, y)
    return x + np.where(inside, dx, 0.0), y + np.where(inside, dy, 0.0)


def _inverse(shift: Shift, lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Find the point that the shift carries to the given one: subtract the shift until it fits."""
    x, y = _arrays(lon, lat)
    inside = _in_china(x, y)
    near_x, near_y = x, y
    for _ in range(MOST_STEPS):
        with np.errstate(invalid="ignore"):
            dx, dy = shift(near_x, near_y)
        next_x, next_y = np.where(inside, x - dx, x), np.where(inside, y - dy, y)
        moved = np.fmax(np.abs(next_x - near_x), np.abs(next_y - near_y))
        near_x, near_y = next_x, next_y
        if not np.any(moved > CLOSE_DEGREES):
            break
    return near_x, near_y


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift WGS-84 positions to GCJ-02, in degrees."""
    return _forward(_gcj_shift, lon, lat)


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift GCJ-02 positions to WGS-84, in degrees, better than 0.01 m inside China."""
    return _inverse(_gcj_shift, lon, lat)


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift GCJ-02 positions to BD-09, in degrees."""
    return _forward(_baidu_forward, lon, lat)


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift BD-09 positions to GCJ-02, in degrees, better than 0.01 m inside China."""
    return _inverse(_baidu_forward, lon, lat)


def wgs84_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift WGS-84 positions to BD-09, in degrees."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift BD-09 positions to WGS-84, in degrees, better than 0.01 m inside China."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))
