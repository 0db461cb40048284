"""Reference systems, lengths, areas and circles against geodesy that is known from elsewhere."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from geo.measure import area_m2, band, circle, distance_m, length_m, midpoint, offset
from geo.projection import CRS, UnknownCrs, project, zone

yueqing = st.builds(Point, st.floats(120.78, 121.25), st.floats(27.96, 28.53))


@pytest.mark.parametrize(
    ("lon", "code"),
    [(120.9, 4549), (118.6, 4549), (121.4, 4549), (121.6, 4550), (75.0, 4534), (135.0, 4554)],
)
def test_zone_of_a_longitude(lon: float, code: int) -> None:
    """EPSG:4549 is the 3-degree zone of meridian 120; the others follow every three degrees."""
    assert zone(lon) == code


@pytest.mark.parametrize("lon", [0.0, 73.4, 136.6, float("nan")])
def test_no_zone_outside_china(lon: float) -> None:
    """Where China has no zone, the error names the longitude."""
    with pytest.raises(UnknownCrs, match=str(lon)):
        zone(lon)


def test_central_meridian_is_at_500_km_east() -> None:
    """In EPSG:4549 easting comes first, and meridian 120 lies at 500 000 m."""
    moved = project(Point(120.0, 28.0), 4549)
    assert isinstance(moved, Point)
    assert math.isclose(moved.x, 500_000, abs_tol=0.001)
    assert 3_097_000 < moved.y < 3_100_000


def test_unknown_system() -> None:
    """A system that is not offered is named, on either side."""
    with pytest.raises(UnknownCrs, match="EPSG:27700"):
        project(Point(120, 28), 27700)
    with pytest.raises(UnknownCrs, match="EPSG:2"):
        project(Point(120, 28), 4549, source=2)


@given(point=yueqing, target=st.sampled_from(sorted(CRS & {4490, 3857, 4549, 4550})))
def test_there_and_back(point: Point, target: int) -> None:
    """A change of system and back meets within a millimetre."""
    back = project(project(point, target), 4326, target)
    assert isinstance(back, Point)
    assert distance_m(point, back) < 0.001


def test_one_degree_of_latitude() -> None:
    """From 28 to 29 degrees north it is 110.828 km on the ellipsoid."""
    assert math.isclose(length_m(LineString([(121, 28), (121, 29)])), 110_827.6, abs_tol=1)


def test_area_does_not_depend_on_the_turn_of_the_ring() -> None:
    """Clockwise or not, an area is positive; lines and points have none."""
    ring = [(120.0, 28.0), (120.1, 28.0), (120.1, 28.1), (120.0, 28.1)]
    assert math.isclose(area_m2(Polygon(ring)), area_m2(Polygon(ring[::-1])), rel_tol=1e-9)
    assert math.isclose(area_m2(Polygon(ring)), 109.0e6, rel_tol=0.01)
    assert area_m2(LineString(ring)) == 0
    assert length_m(Point(120, 28)) == 0


def test_nothing_has_no_length() -> None:
    """An empty geometry measures zero and has an empty band."""
    assert length_m(LineString()) == 0
    assert area_m2(Polygon()) == 0
    assert band(LineString(), 100).is_empty


@given(point=yueqing, radius=st.floats(1, 5000))
def test_circle_is_round(point: Point, radius: float) -> None:
    """Every corner of a circle lies at its radius."""
    for corner in circle(point, radius).exterior.coords:
        assert math.isclose(distance_m(point, Point(corner)), radius, rel_tol=1e-6, abs_tol=1e-3)


@given(point=yueqing, bearing=st.floats(0, 360), metres=st.floats(1, 20_000))
def test_offset_and_midpoint(point: Point, bearing: float, metres: float) -> None:
    """The offset lies at its distance, and the midpoint at half of it from both."""
    there = offset(point, bearing, metres)
    assert math.isclose(distance_m(point, there), metres, rel_tol=1e-6)
    half = midpoint(point, there)
    assert math.isclose(distance_m(point, half), metres / 2, rel_tol=1e-5)
    assert math.isclose(distance_m(there, half), metres / 2, rel_tol=1e-5)


def test_band_of_a_line() -> None:
    """The band about a line reaches its radius to the side and round the ends."""
    area = band(LineString([(120.9, 28.0), (120.9, 28.1)]), 1000)
    assert area.contains(offset(Point(120.9, 28.05), 90, 990))
    assert not area.intersects(offset(Point(120.9, 28.05), 90, 1010))
    assert area.contains(offset(Point(120.9, 28.1), 0, 990))
