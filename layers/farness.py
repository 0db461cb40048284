"""Whether a place given by hand lies too far from the townships that it names to pass unasked.

No borders of townships are published, so the seats around measure how far a township reaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.ops import nearest_points

import geo
from layers.words import Language, caption, join

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.base import Base, Town

# A township is taken to reach no farther than this one of the seats next to its own, by distance.
_NEIGHBOUR = 3


class Far(NamedTuple):
    """A place far from its townships: how far, and the township whose seat is nearest instead."""

    townships: tuple[str, ...]
    metres: float
    nearest: str
    nearest_metres: float

    def words(self, language: Language) -> str:
        """Return the warning in words, with the distances in kilometres."""
        return caption(
            "place_far",
            language,
            towns=join(self.townships, language),
            distance=_kilometres(self.metres),
            nearest=self.nearest,
            other=_kilometres(self.nearest_metres),
        )


def far_from(drawn: Mapping[str, Any] | None, townships: Sequence[str], base: Base) -> Far | None:
    """Return how far a place lies from its townships, as ``far_among`` does, inside the area.

    A place outside the area of the plans cannot be saved at all: that is reported by its own check.
    """
    own = base.counties[base.counties["own"]].geometry
    place = _shape(drawn)
    if place is None or not own.intersects(place).any():
        return None
    return far_among(drawn, townships, base.towns)


def far_among(
    drawn: Mapping[str, Any] | None, townships: Sequence[str], towns: Sequence[Town]
) -> Far | None:
    """Return how far a place lies from its townships; None where it is near one of them.

    Parameters
    ----------
    drawn
        GeoJSON geometry, EPSG:4326, lon before lat. What is no geometry is never far: other checks
        report it.
    townships
        Those that the place names. A name without a known seat cannot be judged: then None.
    towns
        All seats.
    """
    seats = {town.name: Point(town.lon, town.lat) for town in towns}
    named = tuple(name for name in townships if name in seats)
    place = _shape(drawn)
    if place is None or not named or len(named) < len(townships):
        return None
    away = {name: geo.distance_m(seat, _closest(place, seat)) for name, seat in seats.items()}
    if any(away[name] <= _reach(name, seats) for name in named):
        return None
    own, nearest = (min(names, key=away.__getitem__) for names in (named, away))
    return Far(named, away[own], nearest, away[nearest])


def _reach(name: str, seats: Mapping[str, Point]) -> float:
    others = [geo.distance_m(seats[name], seat) for other, seat in seats.items() if other != name]
    return max(sorted(others)[:_NEIGHBOUR], default=float("inf"))


def _shape(drawn: Mapping[str, Any] | None) -> BaseGeometry | None:
    try:
        place = shape(dict(drawn)) if drawn else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ShapelyError):
        return None
    return None if place is None or place.is_empty else place


def _closest(place: BaseGeometry, seat: Point) -> Point:
    found: Point = nearest_points(place, seat)[0]
    return found


def _kilometres(metres: float) -> str:
    return f"{metres / 1000:,.1f}"
