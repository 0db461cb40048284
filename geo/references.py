"""What rows of the gazetteer say of one another: equal keys and names, hosts, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.measure import distance_m
from geo.rules import read_rule
from store import iterate_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.places import Place
    from store import Row

RULE_M = 50.0  # how far a position may be from what its rule says: rounding of its degrees


class References:
    """Collects what must be checked when all rows are read; small where the gazetteer is long."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path, self._columns = path, columns
        self._keys: set[str] = set()
        self._by_name: dict[str, Place] = {}
        self._shared: set[str] = set()
        self._waiting: list[tuple[Row, Place]] = []

    def note(self, row: Row, place: Place) -> None:
        """Take a row in.

        Raises
        ------
        store.BrokenFile
            Its key is that of another row, or its name that of one in the same township.
        """
        if place.key in self._keys:
            raise self._twice(row, "key")
        self._keys.add(place.key)
        other = self._by_name.setdefault(place.name, place)
        if other is not place:
            if not _apart(place, other):
                raise self._twice(row, "name")
            self._shared.add(place.name)
        if place.host or place.rule:
            self._waiting.append((row, place))

    def check(self) -> None:
        """Check hosts and rules.

        Raises
        ------
        store.BrokenFile
            A host or a row named in a rule is not there or could be several, or a position is
            not where its rule says.
        """
        for row, place in self._waiting:
            if place.host:
                self._one(row, "host", place.host)
            if place.rule:
                self._check_rule(row, place)

    def _check_rule(self, row: Row, place: Place) -> None:
        rule, point = read_rule(place.rule), place.point
        known: dict[str, BaseGeometry] = {}
        for name in rule.names:
            geometry = self._one(row, "rule", name).geometry
            if geometry is None:
                raise row.broken("rule", f"{name!r} has no position")
            known[name] = geometry
        try:
            said = rule.position(known)
        except ValueError as error:
            raise row.broken("rule", str(error)) from None
        if point is None or distance_m(said, point) > RULE_M:
            raise row.broken("rule", f"says {said.x:.6f}, {said.y:.6f}; the row is elsewhere")

    def _one(self, row: Row, column: str, name: str) -> Place:
        if name not in self._by_name:
            raise row.broken(column, f"{name!r} is no row")
        if name in self._shared:
            raise row.broken(column, f"{name!r} could be several rows")
        return self._by_name[name]

    def _twice(self, row: Row, column: str) -> Exception:
        table = iterate_table(self._path, (), self._columns)
        first = next(other.line for other in table if other[column] == row[column])
        return row.broken(column, f"{row[column]!r} is in line {first} too")


def _apart(place: Place, other: Place) -> bool:
    towns = {*place.townships}, {*other.townships}
    return all(towns) and not towns[0] & towns[1]
