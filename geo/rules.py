"""The written rules of derived positions: ``at(A)``, ``midpoint(A, B)``, ``offset(A, 270, 1100)``.

A names another row of the gazetteer with a position; bearing is in degrees clockwise from north,
distance in metres. A rule is data: anyone can recompute the position, and a test does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.measure import midpoint, offset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry import Point

FORM = re.compile(r"(at|midpoint|offset)\(([^()]*)\)")
NAMES = {"at": 1, "midpoint": 2, "offset": 1}
NUMBERS = {"at": 0, "midpoint": 0, "offset": 2}


@dataclass(frozen=True)
class Rule:
    """A rule, read: its verb, the rows it names, its numbers."""

    verb: str
    names: tuple[str, ...]
    numbers: tuple[float, ...]

    def __str__(self) -> str:
        numbers = (f"{number:g}" for number in self.numbers)
        return f"{self.verb}({', '.join((*self.names, *numbers))})"

    def position(self, points: Mapping[str, Point]) -> Point:
        """Compute the position, EPSG:4326.

        Raises
        ------
        KeyError
            A row it names has no position.
        """
        found = [points[name] for name in self.names]
        if self.verb == "midpoint":
            return midpoint(found[0], found[1])
        return offset(found[0], *self.numbers) if self.verb == "offset" else found[0]


def read_rule(text: str) -> Rule:
    """Read a rule.

    Raises
    ------
    ValueError
        It has none of the three forms.
    """
    match = FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no rule like at(A), midpoint(A, B), offset(A, 270, 1100)")
    verb, parts = match[1], [part.strip() for part in match[2].split(",")]
    names, numbers = parts[: NAMES[verb]], parts[NAMES[verb] :]
    if len(names) < NAMES[verb] or len(numbers) != NUMBERS[verb] or "" in names:
        raise ValueError(f"{text!r} has too few or too many parts")
    return Rule(verb, tuple(names), tuple(float(number) for number in numbers))
