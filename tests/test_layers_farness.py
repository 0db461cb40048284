"""A place far from the townships it names is noticed, one near them is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, mapping

import geo
from geo.measure import offset
from layers import LANGUAGES, Town
from layers.farness import far_among

# A row of seats, each about 5 km east of the one before.
SEATS = [Town(f"镇{n}", 120.0 + 0.0506 * n, 28.0) for n in range(8)]
NAMES = st.lists(st.sampled_from([town.name for town in SEATS]), min_size=1, unique=True)


def spot(town: Town, bearing: float, metres: float) -> Point:
    """Return the point so far from a seat."""
    return offset(Point(town.lon, town.lat), bearing, metres)


@given(names=NAMES, bearing=st.floats(0, 360), metres=st.floats(0, 4000))
def test_near_one_of_its_townships_nothing_is_said(
    names: list[str], bearing: float, metres: float
) -> None:
    """One township of several is enough, and a line counts where it comes nearest."""
    town = next(one for one in SEATS if one.name == names[0])
    here = spot(town, bearing, metres)
    far_end = spot(town, bearing, 60_000)
    for place in (here, LineString([here, far_end])):
        assert far_among(mapping(place), names, SEATS) is None


@given(names=NAMES, bearing=st.floats(0, 180), metres=st.floats(60_000, 90_000))
def test_far_from_all_of_them_the_distance_is_told(
    names: list[str], bearing: float, metres: float
) -> None:
    """The distance is the one to the nearest named seat, and the nearest of all is named."""
    place = spot(SEATS[-1], bearing, metres)
    found = far_among(mapping(place), names, SEATS)
    assert found
    named = [town for town in SEATS if town.name in names]
    away = min(geo.distance_m(Point(town.lon, town.lat), place) for town in named)
    assert found.metres == pytest.approx(away)
    for language in LANGUAGES:
        assert f"{away / 1000:,.1f}" in found.words(language)
        assert found.nearest in found.words(language)


@pytest.mark.parametrize("drawn", [None, {}, {"type": "Point"}, json.loads('{"type": "X"}')])
def test_what_cannot_be_judged_is_not_far(drawn: dict[str, object] | None) -> None:
    """No geometry, none that can be read, no township, no seat of it: nothing is said."""
    assert far_among(drawn, ["镇0"], SEATS) is None
    there = mapping(Point(130, 40))
    assert far_among(there, [], SEATS) is None
    assert far_among(there, ["某镇"], SEATS) is None
    assert far_among(there, ["镇0"], SEATS[:1]) is None
