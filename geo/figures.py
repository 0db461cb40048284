"""What can be measured of the gazetteer itself: lengths, positions given twice, nearest seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import Point

from geo.alignments import degrees, known_sources
from geo.measure import distance_m
from geo.sources import titles
from store import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer

COLUMNS = ("name", "lon", "lat", "source", "verdict")


@dataclass(frozen=True)
class Twice:
    """A name that two sources place, each by itself.

    Attributes
    ----------
    metres
        From the row's point or line to where the other source puts it.
    ours, theirs
        Titles of the sources.
    rejected
        True where the other source was found to be wrong.
    """

    name: str
    metres: float
    ours: str
    theirs: str
    rejected: bool
    note: str


def line_lengths(gazetteer: Gazetteer) -> list[tuple[str, float, float, float, str]]:
    """Return name, our length and the published one in km, their ratio, and how it is drawn."""
    return [
        (
            line.name,
            line.length_km,
            line.published_length_km,
            line.ratio,
            "schematic" if line.schematic else "as known",
        )
        for line in gazetteer.alignments.values()
        if line.published_length_km and line.ratio
    ]


def placed_twice(path: Path, gazetteer: Gazetteer) -> list[Twice]:
    """Read the second positions and measure how far each is from the row of the gazetteer.

    Raises
    ------
    store.BrokenFile
        No row with a position has this name, a coordinate cannot be, the source is unknown or
        the row's own.
    """
    places = {place.name: place for place in gazetteer.places}
    found = []
    for row in read_table(path, COLUMNS, ("note",)):
        place = places.get(row["name"])
        if place is None or place.geometry is None:
            raise row.broken("name", f"{row['name']!r} has no position in the gazetteer")
        theirs = known_sources(row, gazetteer.sources)
        if set(theirs) <= set(place.sources):
            raise row.broken("source", f"{row['source']!r} is the source of the row itself")
        found.append(
            Twice(
                name=place.name,
                metres=_apart_m(place.geometry, Point(*degrees(row))),
                ours=titles(place.sources, gazetteer.sources),
                theirs=titles(theirs, gazetteer.sources),
                rejected=row.one_of("verdict", ("kept", "rejected")) == "rejected",
                note=row["note"],
            )
        )
    return found


def _apart_m(geometry: BaseGeometry, point: Point) -> float:
    nearest = shapely.get_point(shapely.shortest_line(geometry, point), 0)
    return distance_m(nearest, point)


def seat_ranks(gazetteer: Gazetteer) -> dict[str, int]:
    """Return, of each placed point, which of all seats by distance is the one of its township.

    The township comes from another source than the point (the official village list, a page, the
    plan), and borders are not published: a point far from its township's seat is the best sign
    that one of the two is wrong. 1 is the nearest seat.
    """
    seats = {town.name: Point(town.lon, town.lat) for town in gazetteer.townships.by_name.values()}
    ranks = {}
    for place in gazetteer.places:
        if not place.placed or place.point is None:
            continue
        point = place.point
        by_distance = sorted(seats, key=lambda name, at=point: distance_m(seats[name], at))  # type: ignore[misc]
        ranks[place.name] = 1 + min(by_distance.index(name) for name in place.townships)
    return ranks
