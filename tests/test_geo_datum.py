"""Datum shifts: exact inverses inside China, nothing outside, right against known points."""

from __future__ import annotations

import math

import eviltransform
import numpy as np
import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from geo import datum
from geo.measure import GEOD, distance_m

PAIRS = {
    "gcj02": (datum.wgs84_to_gcj02, datum.gcj02_to_wgs84),
    "bd09": (datum.gcj02_to_bd09, datum.bd09_to_gcj02),
    "wgs84 to bd09": (datum.wgs84_to_bd09, datum.bd09_to_wgs84),
}
china = st.tuples(st.floats(73.6, 135.0), st.floats(18.0, 53.5))
OUTSIDE = [(0.0, 0.0), (-122.4, 37.8), (139.7, 35.7), (151.2, -33.9)]


@pytest.mark.parametrize("pair", PAIRS)
@given(point=china)
def test_there_and_back_is_the_same_point(pair: str, point: tuple[float, float]) -> None:
    """A shift and its inverse meet within 0.01 m anywhere in China."""
    forward, inverse = PAIRS[pair]
    lon, lat = inverse(*forward(*point))
    assert distance_m(Point(*point), Point(float(lon), float(lat))) < 0.01


@pytest.mark.parametrize("point", OUTSIDE)
@pytest.mark.parametrize("pair", PAIRS)
def test_outside_china_nothing_moves(pair: str, point: tuple[float, float]) -> None:
    """The datums differ in China only."""
    for shift in PAIRS[pair]:
        assert tuple(float(value) for value in shift(*point)) == point


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        # stations and centres as published in GCJ-02, and as entered in the facts
        ((120.888286, 28.041673), (120.892197, 28.03825)),
        ((120.95069, 27.995449), (120.95466, 27.992081)),
        ((121.033872, 28.223563), (121.038132, 28.220406)),
    ],
)
def test_known_points(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    """Published pairs are met within the rounding of six decimals."""
    assert np.allclose(datum.wgs84_to_gcj02(*wgs84), gcj02, atol=1.5e-6)
    assert np.allclose(datum.gcj02_to_wgs84(*gcj02), wgs84, atol=1.5e-6)


def test_the_shift_in_yueqing_is_east_and_south() -> None:
    """GCJ-02 lies some 390 m east and 375 m south of WGS-84 here."""
    lon, lat = datum.wgs84_to_gcj02(120.9, 28.05)
    bearing, _, metres = GEOD.inv(120.9, 28.05, float(lon), float(lat))
    assert 90 < bearing % 360 < 180
    assert math.isclose(metres, 541, abs_tol=30)


def test_arrays_of_any_shape() -> None:
    """A whole array is shifted at once and keeps its shape; nothing stays nothing."""
    lon, lat = np.full((3, 4), 120.9), np.linspace(27.9, 28.5, 12).reshape(3, 4)
    east, north = datum.gcj02_to_wgs84(lon, lat)
    assert east.shape == north.shape == (3, 4)
    single = datum.gcj02_to_wgs84(lon[1, 2], lat[1, 2])
    assert math.isclose(east[1, 2], float(single[0]), abs_tol=1e-9)
    assert datum.wgs84_to_bd09([], [])[0].size == 0


def test_nan_stays_nan() -> None:
    """A missing coordinate is not turned into a place, nor does it disturb the others."""
    lon, lat = datum.gcj02_to_wgs84([float("nan"), 120.9], [28.0, 28.05])
    assert np.isnan(lon[0])
    assert np.allclose([lon[1], lat[1]], datum.gcj02_to_wgs84(120.9, 28.05))


def test_inputs_are_not_changed() -> None:
    """The arrays that are given stay as they were."""
    lon, lat = np.array([120.9]), np.array([28.05])
    datum.wgs84_to_bd09(lon, lat)
    assert (lon[0], lat[0]) == (120.9, 28.05)


BY_OTHERS = {
    "prcoords": {
        "wgs84_to_gcj02": lambda lon, lat: prcoords.wgs_gcj(prcoords.Coords(lat, lon))[::-1],
        "gcj02_to_bd09": lambda lon, lat: prcoords.gcj_bd(prcoords.Coords(lat, lon))[::-1],
        "wgs84_to_bd09": lambda lon, lat: prcoords.wgs_bd(prcoords.Coords(lat, lon))[::-1],
        "gcj02_to_wgs84": lambda lon, lat: prcoords.gcj_wgs_bored(prcoords.Coords(lat, lon))[::-1],
        "bd09_to_gcj02": lambda lon, lat: prcoords.bd_gcj_bored(prcoords.Coords(lat, lon))[::-1],
    },
    "eviltransform": {
        "wgs84_to_gcj02": lambda lon, lat: eviltransform.wgs2gcj(lat, lon)[::-1],
        "gcj02_to_bd09": lambda lon, lat: eviltransform.gcj2bd(lat, lon)[::-1],
        "gcj02_to_wgs84": lambda lon, lat: eviltransform.gcj2wgs_exact(lat, lon)[::-1],
    },
}
# prcoords is the same formula to the last digits, its inverse stops within 0.01 m;
# eviltransform takes a rounder figure of the ellipsoid, its inverse stops at 1e-6 degrees.
AGREE_M = {"prcoords": 0.001, "eviltransform": 0.02}
AGREE_INVERSE_M = {"prcoords": 0.01, "eviltransform": 1.0}


@pytest.mark.parametrize(
    ("package", "name"), [(package, name) for package in BY_OTHERS for name in BY_OTHERS[package]]
)
@given(point=china)
def test_others_say_the_same(package: str, name: str, point: tuple[float, float]) -> None:
    """Two packages by other hands shift the same point to the same place."""
    ours = [float(value) for value in getattr(datum, name)(*point)]
    theirs = BY_OTHERS[package][name](*point)
    inverse = name in ("gcj02_to_wgs84", "bd09_to_gcj02")
    limit = (AGREE_INVERSE_M if inverse else AGREE_M)[package]
    assert distance_m(Point(*ours), Point(*theirs)) < limit


def test_many_points_are_shifted_like_single_ones() -> None:
    """An array longer than what is taken at a time is shifted as its points one by one."""
    lon = np.linspace(73.6, 135.0, datum.CHUNK + 3)
    lat = np.linspace(18.0, 53.5, datum.CHUNK + 3)
    for shift in (shift for pair in PAIRS.values() for shift in pair):
        east, north = shift(lon, lat)
        for at in (0, datum.CHUNK - 1, datum.CHUNK, datum.CHUNK + 2):
            single = [float(value) for value in shift(lon[at], lat[at])]
            assert np.allclose([east[at], north[at]], single, rtol=0, atol=1e-12)


def test_a_geometry_is_shifted_point_by_point() -> None:
    """A line keeps its form; an empty geometry stays empty."""
    line = LineString([(120.9, 28.0), (120.95, 28.05)])
    moved = datum.shifted(line, datum.wgs84_to_gcj02)
    assert np.allclose(moved.coords[1], datum.wgs84_to_gcj02(120.95, 28.05))
    assert datum.shifted(moved, datum.gcj02_to_wgs84).equals_exact(line, 1e-8)
    assert datum.shifted(LineString(), datum.wgs84_to_gcj02).is_empty
