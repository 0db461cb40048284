"""Shifts between the datums met on Chinese maps: WGS-84, GCJ-02 (AMap, Tencent), BD-09 (Baidu).

All functions take and return longitudes and latitudes in degrees, in this order, as arrays of any
one shape (single numbers too); NaN stays NaN. Outside China's box they return what they are given.
The formulas are the ones that circulate publicly for these datums; no authority publishes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

    Degrees = NDArray[np.float64]
    Pair = tuple[Degrees, Degrees]
    Shift = Callable[[Degrees, Degrees], Pair]

BOX = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north: where the shift applies
AXIS_M = 6378245.0  # Krasovsky 1940 ellipsoid, in metres
FLATNESS = 0.00669342162296594323  # its first eccentricity squared
CENTRE = (105.0, 35.0)
SLOWEST = np.pi / 60.0  # all waves of the shift are multiples of this one
CENTRE_SIN, CENTRE_COS = np.sin(CENTRE[1] * SLOWEST), np.cos(CENTRE[1] * SLOWEST)
EAST_DEGREES = 180.0 / np.pi / AXIS_M
NORTH_DEGREES = EAST_DEGREES / (1.0 - FLATNESS)
BAIDU_WAVE = np.pi * 3000.0 / 180.0
BAIDU_OFFSET = (0.0065, 0.006)
STEPS = 3  # the shift changes by less than 0.4 % of the way: 600 m become less than 1 mm
CHUNK = 8192  # points at a time, so that what is in between stays in the processor's cache


def _in_china(lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
    west, south, east, north = BOX
    inside: NDArray[np.bool_] = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return inside


def _double(sine: Degrees, cosine: Degrees) -> Pair:
    return 2.0 * sine * cosine, 1.0 - 2.0 * sine * sine


def _triple(sine: Degrees, cosine: Degrees) -> Pair:
    return sine * (3.0 - 4.0 * sine * sine), cosine * (4.0 * cosine * cosine - 3.0)


def _fivefold(sine: Degrees, cosine: Degrees) -> Pair:
    s, c = sine * sine, cosine * cosine
    return sine * (5.0 - s * (20.0 - 16.0 * s)), cosine * (5.0 - c * (20.0 - 16.0 * c))


def _waves(sine: Degrees, cosine: Degrees) -> tuple[Degrees, Degrees, Degrees, Pair]:
    """Return the sines of 2, 5 and 20 times an angle, and sine and cosine of 60 times.

    One sine and one cosine are computed, the others follow from them: that is what makes it fast.
    """
    five = _fivefold(sine, cosine)
    twenty = _double(*_double(*five))
    return _double(sine, cosine)[0], five[0], twenty[0], _triple(*twenty)


def _east(x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
    """Return the eastward shift in metres without what both directions share; and the shared."""
    angle = x * SLOWEST
    slow, middle, fast, (sine, cosine) = _waves(np.sin(angle), np.cos(angle))
    second, _ = _double(sine, cosine)
    shared = 0.1 * x * y + (20.0 / 1.5) * (second + second * (3.0 - 4.0 * second * second))
    waves = (20.0 * sine + 40.0 * fast + 150.0 * middle + 300.0 * slow) / 1.5
    return 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * np.sqrt(np.abs(x)) + waves, shared


def _north(x: Degrees, y: Degrees, sine_cosine: Pair) -> Degrees:
    """Return the northward shift in metres without what both directions share.

    Three times the latitude is the slowest wave's angle, so its sine and cosine serve twice.
    """
    sine, cosine = _triple(*sine_cosine)
    turned = sine * CENTRE_COS - cosine * CENTRE_SIN, cosine * CENTRE_COS + sine * CENTRE_SIN
    slow, middle, fast, (first, _) = _waves(*turned)
    waves = (20.0 * first + 40.0 * fast + 160.0 * middle + 320.0 * slow) / 1.5
    return -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.2 * np.sqrt(np.abs(x)) + waves


def _gcj_shift(lon: Degrees, lat: Degrees) -> Pair:
    x, y, phi = lon - CENTRE[0], lat - CENTRE[1], np.radians(lat)
    sine, cosine = np.sin(phi), np.cos(phi)
    east, shared = _east(x, y)
    north = _north(x, y, (sine, cosine))
    bend = 1.0 - FLATNESS * sine * sine
    root = np.sqrt(bend)
    return (
        (east + shared) * root * EAST_DEGREES / cosine,
        (north + shared) * bend * root * NORTH_DEGREES,
    )


def _baidu_shift(lon: Degrees, lat: Degrees) -> Pair:
    """Stretch and turn about the zero point by tiny waves, then move by a constant."""
    stretch = 0.00002 * np.sin(lat * BAIDU_WAVE) / np.sqrt(lon * lon + lat * lat)
    turn = 0.000003 * np.cos(lon * BAIDU_WAVE)
    grown, back = 1.0 + stretch, turn * turn / 2.0  # sine and cosine of so small a turn
    return (
        lon * stretch - grown * (lat * turn + lon * back) + BAIDU_OFFSET[0],
        lat * stretch + grown * (lon * turn - lat * back) + BAIDU_OFFSET[1],
    )


def _gcj_inverse(lon: Degrees, lat: Degrees) -> Pair:
    return _unshifted(_gcj_shift, lon, lat, (lon, lat))


def _baidu_inverse(lon: Degrees, lat: Degrees) -> Pair:
    near = lon - BAIDU_OFFSET[0], lat - BAIDU_OFFSET[1]
    return _unshifted(_baidu_shift, lon, lat, near)


def _unshifted(shift: Shift, lon: Degrees, lat: Degrees, near: Pair) -> Pair:
    """Find what a shift carries to the given points: subtract the shift at ever better guesses."""
    for _ in range(STEPS):
        east, north = shift(*near)
        near = lon - east, lat - north
    return near[0] - lon, near[1] - lat


def _moved(shifts: tuple[Shift, ...], lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Apply shifts one after another, some points at a time; what lies outside China stays."""
    x, y = np.broadcast_arrays(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    found = np.array([x.ravel(), y.ravel()])
    for start in range(0, found.shape[1], CHUNK):
        part = found[:, start : start + CHUNK]
        for shift in shifts:
            inside = _in_china(part[0], part[1])
            with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
                part += np.where(inside, shift(part[0], part[1]), 0.0)
    east, north = found.reshape(2, *x.shape)
    return east, north


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift WGS-84 positions to GCJ-02, in degrees."""
    return _moved((_gcj_shift,), lon, lat)


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift GCJ-02 positions to WGS-84, in degrees, better than 0.01 m inside China."""
    return _moved((_gcj_inverse,), lon, lat)


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift GCJ-02 positions to BD-09, in degrees."""
    return _moved((_baidu_shift,), lon, lat)


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift BD-09 positions to GCJ-02, in degrees, better than 0.01 m inside China."""
    return _moved((_baidu_inverse,), lon, lat)


def wgs84_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift WGS-84 positions to BD-09, in degrees."""
    return _moved((_gcj_shift, _baidu_shift), lon, lat)


def bd09_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
    """Shift BD-09 positions to WGS-84, in degrees, better than 0.01 m inside China."""
    return _moved((_baidu_inverse, _gcj_inverse), lon, lat)


def shifted(
    geometry: BaseGeometry, shift: Callable[[ArrayLike, ArrayLike], tuple[Any, Any]]
) -> BaseGeometry:
    """Return a geometry with every corner shifted by one of the functions above."""
    return shapely.transform(geometry, lambda xy: np.column_stack(shift(xy[:, 0], xy[:, 1])))
