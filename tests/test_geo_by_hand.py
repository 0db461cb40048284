"""Places given by hand: what is accepted, and the name of all that cannot be."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from shapely.geometry import box, shape

from geo import Gazetteer, WrongPlace, place_by_hand, read_position

GAZETTEER = Gazetteer.load()
HERE = [120.95, 28.05]
THERE = [120.97, 28.06]


def value(kind: str = "Point", coordinates: Any = HERE, **more: Any) -> dict[str, Any]:
    """Make a value as the page makes it."""
    shape = {"type": kind, "coordinates": coordinates}
    return {"geometry": shape, "radius_m": 100, "source": "a walk", **more}


@pytest.mark.parametrize(("radius", "sure"), [(1, "site"), (500, "site"), (501, "locality")])
def test_the_radius_decides_the_class(radius: float, sure: str) -> None:
    """Up to 500 m a place is a site, beyond that a locality; method and source are kept."""
    found = place_by_hand(value(radius_m=radius), GAZETTEER)
    assert (found.location_class, found.radius_m, found.method) == (sure, radius, "by_hand")
    assert (found.source, found.licence) == ("a walk", "not stated")
    assert found.geometry.coords[0] == tuple(HERE)


def test_a_line_and_an_area_are_accepted() -> None:
    """What the draw tools make is taken: a line, and an area that does not cross itself."""
    third = [120.95, 28.07]
    line = place_by_hand(value("LineString", [HERE, THERE]), GAZETTEER)
    area = place_by_hand(value("Polygon", [[HERE, THERE, third, HERE]]), GAZETTEER)
    assert (line.geometry.geom_type, area.geometry.geom_type) == ("LineString", "Polygon")


def test_a_line_is_cut_to_the_area() -> None:
    """A line that runs out of the county ends at its border, as those of the gazetteer do."""
    far = [121.5, 28.05]
    found = place_by_hand(value("LineString", [HERE, far]), GAZETTEER)
    assert found.geometry.bounds[2] < far[0]
    assert GAZETTEER.area.buffer(1e-9).covers(found.geometry)


def test_a_township_alone_is_an_answer() -> None:
    """Who knows only the township says so: no geometry, class township."""
    found = place_by_hand({"townships": ["柳市镇"], "source": "the office"}, GAZETTEER)
    assert (found.location_class, found.geometry, found.townships) == (
        "township",
        None,
        ("柳市镇",),
    )


WRONG = [
    (value(coordinates=HERE[::-1]), "geometry", "swapped"),
    (value(coordinates=[120.95, 95.0]), "geometry", "swapped|no degrees"),
    (value(coordinates=[13465000.0, 3255000.0]), "geometry", "metres"),
    (value(coordinates=[500.0, 20.0]), "geometry", "no degrees"),
    (value(coordinates=[float("nan"), 28.0]), "geometry", "no pair of numbers"),
    (value(coordinates=[float("inf"), 28.0]), "geometry", "no pair of numbers"),
    (value(coordinates=["120.95", "28.05"]), "geometry", "no pair of numbers"),
    (value(coordinates=[120.95]), "geometry", "no pair of numbers"),
    (value(coordinates=[]), "geometry", "no coordinates"),
    (value(coordinates=[116.4, 39.9]), "geometry", "outside the area"),
    (value("LineString", [HERE]), "geometry", "."),
    (value("LineString", [HERE, HERE]), "geometry", "LineString cannot be"),
    (value("Polygon", [[HERE, THERE, HERE]]), "geometry", "."),
    (
        value("Polygon", [[HERE, THERE, [120.95, 28.06], [120.97, 28.05], HERE]]),
        "geometry",
        "Self-intersection",
    ),
    (value("Circle"), "geometry", "'Circle' is none of"),
    (value(geometry="here"), "geometry", "None is none of"),
    (value(geometry=None), "geometry", "neither a geometry nor a township"),
    (value(radius_m=0), "radius_m", "no radius"),
    (value(radius_m=2001), "radius_m", "no radius"),
    (value(radius_m=float("nan")), "radius_m", "no radius"),
    (value(radius_m="100"), "radius_m", "no radius"),
    (value(radius_m=None), "radius_m", "no radius"),
    (value(source=" "), "source", "not blank"),
    (value(method="guess"), "method", "'guess' is none of"),
    (value(townships=["望月镇"]), "townships", "no township of the list"),
    (value(townships="柳市镇"), "townships", "list of names"),
    (value(colour="red"), "colour", "no field"),
]


@pytest.mark.parametrize(("wrong", "entry", "reason"), WRONG)
def test_what_cannot_be_a_place_is_named(wrong: dict[str, Any], entry: str, reason: str) -> None:
    """Every value that cannot be a place says which field is wrong, and how."""
    with pytest.raises(WrongPlace, match=reason) as caught:
        place_by_hand(wrong, GAZETTEER)
    assert caught.value.entry == entry


def test_without_an_area_only_degrees_are_asked_for() -> None:
    """Where no outline is at hand a far point is fine, and metres still are not."""
    empty = Gazetteer.empty()
    assert place_by_hand(value(coordinates=[2.35, 48.85]), empty).geometry.x == 2.35
    with pytest.raises(WrongPlace, match="metres"):
        place_by_hand(value(coordinates=[13465000.0, 3255000.0]), empty)


@pytest.mark.parametrize(
    "text", ["121.05, 28.03", " 121.05 28.03 ", "121.05，28.03", "121.05;28.03"]
)
def test_typed_positions_are_read(text: str) -> None:
    """Longitude and latitude may be parted by a comma of either width or a blank."""
    assert read_position(text)["coordinates"] == [121.05, 28.03]


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("120.95, 28.05; 120.97, 28.06", "LineString", 2),
        ("120.95，28.05；120.97，28.05；120.97，28.06", "LineString", 3),
        ("120.95 28.05, 120.97 28.05, 120.97 28.06, 120.95 28.05", "Polygon", 4),
    ],
)
def test_typed_lines_and_areas_are_read(text: str, kind: str, count: int) -> None:
    """Several positions are a line, an area where the last is the first; both can be places."""
    typed = read_position(text)
    assert (typed["type"], shape(typed).geom_type) == (kind, kind)
    assert len(shapely.get_coordinates(shape(typed))) == count
    answer = place_by_hand({"geometry": typed, "radius_m": 50, "source": "a walk"}, GAZETTEER)
    assert answer.geometry.equals(shape(typed))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("121°03′ 28°02′", "minutes"),
        ("121.05", "is not"),
        ("121.05, 28.03; 121.06", "is not"),
        ("here, there", "is not"),
        ("", "is not"),
    ],
)
def test_typed_positions_that_are_none_are_named(text: str, reason: str) -> None:
    """Degrees and minutes, and what is no pair of numbers, say so."""
    with pytest.raises(WrongPlace, match=reason):
        read_position(text)


def test_the_test_points_lie_in_the_county() -> None:
    """The points of this file are inside, or its tests would prove nothing."""
    assert GAZETTEER.area.contains(box(120.95, 28.05, 120.97, 28.07))
