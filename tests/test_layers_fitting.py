"""What a map must show to show all that is selected."""

from __future__ import annotations

from math import cos, radians

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from layers.fitting import fitting, reaches
from layers.index import Index
from layers.selection import Selection
from layers.webmap import Look, index_records
from tests import toys

METRES = 111_320
DEGREES = st.tuples(st.floats(119, 122), st.floats(26, 30))
THINGS = st.lists(
    st.tuples(st.none() | DEGREES, st.none() | st.floats(0, 20_000), st.booleans()), max_size=8
)
TABLE, BASE = toys.table(), toys.base()


def table(things) -> gpd.GeoDataFrame:
    """Return things at their places, with their radii."""
    places = [Point(at) if at else None for at, _, _ in things]
    radii = [radius for _, radius, _ in things]
    return gpd.GeoDataFrame({"radius_m": radii}, geometry=places, crs="EPSG:4326")


@given(THINGS, st.lists(DEGREES, max_size=3))
def test_all_that_is_shown_lies_within(things, seats) -> None:
    """Each shown place with its radius, and each badge, is inside; the rest is no matter."""
    shown = np.array([is_shown for _, _, is_shown in things], dtype=bool)
    badges = [{"at": [lat, lon]} for lon, lat in seats]
    box = fitting(reaches(table(things)), shown, badges)
    meant = [(at, radius or 0) for at, radius, is_shown in things if is_shown and at]
    if not meant and not badges:
        assert box is None
        return
    assert box is not None
    west, south, east, north = box
    for (lon, lat), radius in [*meant, *((seat, 0) for seat in seats)]:
        high, wide = radius / METRES, radius / METRES / cos(radians(lat))
        assert west - 2e-5 <= lon - wide
        assert lon + wide <= east + 2e-5
        assert south - 2e-5 <= lat - high
        assert lat + high <= north + 2e-5
    corners = [(at[0], at[1], radius) for at, radius in meant] + [(*seat, 0) for seat in seats]
    widest = max(radius for *_, radius in corners) / METRES / cos(radians(30))
    lons = [lon for lon, _, _ in corners]
    assert east - west <= max(lons) - min(lons) + 2 * widest + 1e-4


def test_a_line_is_shown_with_its_band() -> None:
    """A line reaches as far as its two ends, and half a band beyond them."""
    line = gpd.GeoDataFrame(
        {"radius_m": [1000.0]}, geometry=[LineString([(120, 27), (121, 28)])], crs="EPSG:4326"
    )
    west, south, east, north = reaches(line)[0]
    assert (south, north) == pytest.approx((27 - 1000 / METRES, 28 + 1000 / METRES))
    assert west < 120 - 1000 / METRES
    assert east > 121 + 1000 / METRES


def test_the_map_is_told_where_the_selection_lies() -> None:
    """The records name the box of what is shown, nothing for nothing, and whether it is all."""
    index = Index(TABLE)

    def fit(selection: Selection) -> dict[str, object]:
        mask = index.mask(selection)
        told: dict[str, object] = index_records(index, mask, BASE, "zh", Look())["fit"]
        return told

    assert fit(Selection())["whole"] is True
    assert fit(Selection(search=("没有这个",))) == {"box": None, "whole": False}
    (thing,) = TABLE[TABLE["name"] == "望月路"].itertuples()
    box = fit(Selection(search=("望月路",)))["box"]
    assert box == pytest.approx(reaches(TABLE[TABLE["id"] == thing.id])[0].tolist(), abs=1e-5)
