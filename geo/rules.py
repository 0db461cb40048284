"""The written rules of derived positions. A rule is data: anyone can recompute the position.

``at(A)``, ``midpoint(A, B)``, ``offset(A, 270, 1100)``: at a place, halfway between two, so many
metres from one in a direction (degrees clockwise from north).
``crossing(L, M)``: where two lines cross. ``nearest(L, A)``: the point of a line nearest to a
place. ``along(L, A, -300)``: from there so many metres on along the line, backwards if negative.
Names are those of rows of the gazetteer with a position; L and M have a course.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from shapely.geometry import LineString, Point

from geo.measure import midpoint, offset
from geo.projection import WGS84, project, zone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shapely.geometry.base import BaseGeometry

FORM = re.compile(r"(\w+)\(([^()]*)\)")
EXAMPLES = "at(A), midpoint(A, B), offset(A, 270, 1100), crossing(L, M), nearest(L, A)"


def _crossing(one: LineString, other: LineString) -> Point:
    met = one.intersection(other)
    if not isinstance(met, Point) or met.is_empty:
        raise ValueError("the two lines do not cross in just one point")
    return met


def _along(line: LineString, place: Point, metres: float = 0.0) -> Point:
    local = zone(place.x)
    course = cast("LineString", project(line, local))
    distance = course.project(cast("Point", project(place, local))) + metres
    if not 0.0 <= distance <= course.length:
        raise ValueError("the line ends before")
    return cast("Point", project(course.interpolate(distance), WGS84, local))


@dataclass(frozen=True)
class Verb:
    """How a rule is computed, from what: forms of the geometries, then so many numbers."""

    compute: Callable[..., Point]
    forms: tuple[type[BaseGeometry], ...]
    numbers: int = 0


VERBS = {
    "at": Verb(lambda point: point, (Point,)),
    "midpoint": Verb(midpoint, (Point, Point)),
    "offset": Verb(offset, (Point,), 2),
    "crossing": Verb(_crossing, (LineString, LineString)),
    "nearest": Verb(_along, (LineString, Point)),
    "along": Verb(_along, (LineString, Point), 1),
}


@dataclass(frozen=True)
class Rule:
    """A rule, read: its verb, the rows it names, its numbers."""

    verb: str
    names: tuple[str, ...]
    numbers: tuple[float, ...]

    def __str__(self) -> str:
        numbers = (f"{number:g}" for number in self.numbers)
        return f"{self.verb}({', '.join((*self.names, *numbers))})"

    def position(self, known: Mapping[str, BaseGeometry]) -> Point:
        """Compute the position, EPSG:4326.

        Raises
        ------
        KeyError
            A row it names has no position.
        ValueError
            A row has a point where a line is due or the other way round, lines do not cross in
            one point, or a line ends before the distance.
        """
        verb = VERBS[self.verb]
        found = [known[name] for name in self.names]
        for name, form, geometry in zip(self.names, verb.forms, found, strict=True):
            if not isinstance(geometry, form):
                raise ValueError(f"{name!r} is a {geometry.geom_type}, no {form.__name__}")  # noqa: TRY004 - the table is wrong, not the call
        return verb.compute(*found, *self.numbers)


def read_rule(text: str) -> Rule:
    """Read a rule.

    Raises
    ------
    ValueError
        It has none of the forms.
    """
    match = FORM.fullmatch(text)
    if match is None or match[1] not in VERBS:
        raise ValueError(f"{text!r} is no rule like {EXAMPLES}")
    verb, parts = VERBS[match[1]], [part.strip() for part in match[2].split(",")]
    names, numbers = parts[: len(verb.forms)], parts[len(verb.forms) :]
    if len(names) < len(verb.forms) or len(numbers) != verb.numbers or "" in names:
        raise ValueError(f"{text!r} has too few or too many parts")
    return Rule(match[1], tuple(names), tuple(float(number) for number in numbers))
