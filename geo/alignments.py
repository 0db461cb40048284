"""The courses of linear things: ordered way points, each with its source."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from shapely.geometry import LineString, MultiLineString

from geo.measure import length_m
from store import BrokenFile, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    from geo.model import LocationClass

COLUMNS = ("key", "name", "road_class", "use", "between_m", "source")
OPTIONAL = ("label", "published_length_km", "note")
POINT_COLUMNS = (
    "alignment",
    "part",
    "position",
    "name",
    "lon",
    "lat",
    "radius_m",
    "guess",
    "source",
)
ROAD_CLASSES = ("metro", "motorway", "national", "provincial", "road", "bridge", "shore")
USES = ("place", "base", "check", "record")
CLOSE_RATIO = (0.9, 1.1)  # of our length to the published one
SEXAGESIMAL = frozenset("°º′'″\"度分秒")
SITE_M, LOCALITY_M = 500.0, 2000.0


def class_of_radius(radius_m: float) -> LocationClass:
    """Return the location class that a radius in metres allows at best."""
    if radius_m <= SITE_M:
        return "site"
    return "locality" if radius_m <= LOCALITY_M else "township"


@dataclass(frozen=True)
class WayPoint:
    """A point that a line passes, EPSG:4326; ``guess`` where nobody says that it passes there."""

    name: str
    lon: float
    lat: float
    radius_m: float
    guess: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Alignment:
    """The course of a line.

    Attributes
    ----------
    use
        ``place``: a location; ``base``: for orientation on the base map only; ``check``: a leg
        with a published length; ``record``: known too coarsely to be shown, kept as evidence.
    between_m
        How far the line may leave the chord between two way points.
    parts
        Unconnected stretches; what lies between them is not known.
    """

    key: str
    name: str
    road_class: str
    label: str
    use: str
    published_length_km: float | None
    between_m: float
    sources: tuple[str, ...]
    note: str
    parts: tuple[tuple[WayPoint, ...], ...]

    @property
    def geometry(self) -> MultiLineString | LineString:
        """The chords through the way points, EPSG:4326."""
        lines = [LineString([(p.lon, p.lat) for p in part]) for part in self.parts]
        return lines[0] if len(lines) == 1 else MultiLineString(lines)

    @property
    def length_km(self) -> float:
        """Geodesic length through the way points."""
        return length_m(self.geometry) / 1000

    @property
    def ratio(self) -> float | None:
        """Our length by the published one; None where none is published."""
        return self.length_km / self.published_length_km if self.published_length_km else None

    @property
    def schematic(self) -> bool:
        """True with a guessed way point, or when the length is more than a tenth off."""
        low, high = CLOSE_RATIO
        guessed = any(point.guess for part in self.parts for point in part)
        return guessed or (self.ratio is not None and not low <= self.ratio <= high)

    @property
    def radius_m(self) -> float:
        """The worst of all that is uncertain about it, in metres."""
        return max(self.between_m, *(point.radius_m for part in self.parts for point in part))


def load_alignments(lines: Path, points: Path, sources: Container[str]) -> dict[str, Alignment]:
    """Read the lines and their way points, by key.

    Raises
    ------
    store.BrokenFile
        A key comes twice or is unknown, a source is unknown, a part has fewer than two points
        or points out of order, a number is none.
    """
    parts = _parts(points, sources)
    alignments: dict[str, Alignment] = {}
    for row in read_table(lines, COLUMNS, OPTIONAL):
        if row["key"] in alignments:
            raise row.broken("key", f"{row['key']!r} comes twice")
        if row["key"] not in parts:
            raise row.broken("key", f"{row['key']!r} has no way points in {points.name}")
        alignments[row["key"]] = _alignment(row, parts[row["key"]], sources)
    for key in parts.keys() - alignments.keys():
        raise BrokenFile(points, f"{key!r} is no line of {lines.name}", column="alignment")
    return alignments


def _alignment(
    row: Row, parts: tuple[tuple[WayPoint, ...], ...], sources: Container[str]
) -> Alignment:
    published = row.number("published_length_km") if row["published_length_km"] else None
    return Alignment(
        key=row["key"],
        name=row["name"],
        road_class=row.one_of("road_class", ROAD_CLASSES),
        label=row["label"],
        use=row.one_of("use", USES),
        published_length_km=published,
        between_m=row.number("between_m"),
        sources=known_sources(row, sources),
        note=row["note"],
        parts=parts,
    )


def _parts(path: Path, sources: Container[str]) -> dict[str, tuple[tuple[WayPoint, ...], ...]]:
    found: dict[str, tuple[tuple[WayPoint, ...], ...]] = {}
    rows = read_table(path, POINT_COLUMNS)
    for (key, _), group in groupby(rows, lambda row: (row["alignment"], row["part"])):
        found[key] = (*found.get(key, ()), _part(list(group), sources))
    return found


def _part(rows: Sequence[Row], sources: Container[str]) -> tuple[WayPoint, ...]:
    for expected, row in enumerate(rows, 1):
        if row.number("position") != expected:
            raise row.broken("position", f"{row['position']} where {expected} is due")
    if len(rows) == 1:
        raise rows[0].broken("position", "a line of one point")
    return tuple(_way_point(row, sources) for row in rows)


def _way_point(row: Row, sources: Container[str]) -> WayPoint:
    lon, lat = degrees(row)
    return WayPoint(
        name=row["name"],
        lon=lon,
        lat=lat,
        radius_m=row.number("radius_m"),
        guess=row.one_of("guess", ("yes", "no")) == "yes",
        sources=known_sources(row, sources),
    )


def known_sources(row: Row, sources: Container[str]) -> tuple[str, ...]:
    """Return the source keys of a row.

    Raises
    ------
    store.BrokenFile
        One of them is not in the table of sources.
    """
    for key in row.list("source"):
        if key not in sources:
            raise row.broken("source", f"{key!r} is no key of sources.csv")
    return row.list("source")


def degrees(row: Row) -> tuple[float, float]:
    """Return the columns lon and lat of a row, checked to be degrees of a place in China.

    Raises
    ------
    store.BrokenFile
        No number, minutes or metres instead of degrees, or longitude and latitude swapped.
    """
    for column in ("lon", "lat"):
        if set(row[column]) & SEXAGESIMAL:
            raise row.broken(column, f"{row[column]!r} has minutes; write degrees with decimals")
    lon, lat = row.number("lon"), row.number("lat")
    check_degrees(row, "lon", lon, lat)
    return lon, lat


def check_degrees(row: Row, column: str, lon: float, lat: float) -> None:
    """Check that two numbers are degrees of a place in China, longitude first.

    Raises
    ------
    store.BrokenFile
        No number, metres instead of degrees, or longitude and latitude swapped.
    """
    if not math.isfinite(lon + lat):
        raise row.broken(column, f"{lon}, {lat}: no number")
    if abs(lon) > 180 or abs(lat) > 180:  # noqa: PLR2004 - the size of the globe
        raise row.broken(column, f"{lon}, {lat} are no degrees; metres perhaps")
    if lon < lat:  # everywhere in China the longitude is the larger number
        raise row.broken(column, f"{lon}, {lat}: longitude and latitude are swapped")
