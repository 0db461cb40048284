"""The rows of the gazetteer: one row is one thing, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from shapely.geometry import Point

from geo.alignments import Alignment, class_of_radius, degrees, known_sources
from geo.model import LocationClass, LocationMethod, UnplacedReason
from geo.rules import read_rule
from store import Row, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.sources import Source
    from geo.townships import Townships

REQUIRED = ("key", "name", "kind", "location_class", "source", "evidence")
OPTIONAL = (
    "aliases",
    "unplaced_reason",
    "lon",
    "lat",
    "alignment",
    "radius_m",
    "method",
    "rule",
    "townships",
    "host",
    "match",
    "date",
)
PLACED = ("site", "locality")
CLASSES: tuple[LocationClass, ...] = get_args(LocationClass)
METHODS: tuple[LocationMethod | Literal[""], ...] = ("", *get_args(LocationMethod))
REASONS: tuple[UnplacedReason | Literal[""], ...] = ("", *get_args(UnplacedReason))
Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class Place:
    """A thing of the gazetteer.

    Attributes
    ----------
    point
        EPSG:4326; of a township the position of its badge only.
    alignment
        Its course, for a line.
    radius_m
        None where it has no position.
    own_only
        True for an everyday name (老年大学): it is this thing only in a plan of its own township,
        or where its township is named.
    evidence
        Why it is held to be there.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    location_class: LocationClass
    unplaced_reason: UnplacedReason | Literal[""]
    point: Point | None
    alignment: Alignment | None
    radius_m: float | None
    method: LocationMethod | Literal[""]
    rule: str
    sources: tuple[str, ...]
    townships: tuple[str, ...]
    host: str
    own_only: bool
    date: str
    evidence: str

    @property
    def placed(self) -> bool:
        """True for site and locality, the classes with a geometry."""
        return self.location_class in PLACED

    @property
    def geometry(self) -> BaseGeometry | None:
        """Its point or course, whatever its class; None where it has none."""
        return self.alignment.geometry if self.alignment else self.point


@dataclass(frozen=True)
class Known:
    """What the rows may refer to: sources, townships, alignments, and the area they must lie in."""

    sources: Mapping[str, Source]
    townships: Townships
    alignments: Mapping[str, Alignment]
    area: BaseGeometry | None


def load_places(path: Path, known: Known) -> list[Place]:
    """Read the gazetteer.

    Raises
    ------
    store.BrokenFile
        A row without source, licence or radius, with an unknown code, a coordinate that is no
        number, swapped, in metres or outside the area, a radius too large for its class, a rule
        that cannot be read, or a key or name that another row has.
    """
    rows = read_table(path, REQUIRED, OPTIONAL)
    _check_unique(rows)
    return [_place(row, known) for row in rows]


def _check_unique(rows: list[Row]) -> None:
    for column in ("key", "name"):
        first: dict[str, int] = {}
        for row in rows:
            if row[column] in first:
                raise row.broken(column, f"{row[column]!r} is in line {first[row[column]]} too")
            first[row[column]] = row.line


def _place(row: Row, known: Known) -> Place:
    alignment = _alignment(row, known)
    point = _point(row, known)
    radius = _radius(row, point, alignment)
    _check_class(row, radius)
    return Place(
        key=row["key"],
        name=row["name"],
        aliases=row.list("aliases"),
        kind=row["kind"],
        location_class=_choice(row, "location_class", CLASSES),
        unplaced_reason=_choice(row, "unplaced_reason", REASONS),
        point=point,
        alignment=alignment,
        radius_m=radius,
        method=_choice(row, "method", METHODS),
        rule=_rule(row),
        sources=known_sources(row, known.sources),
        townships=_townships(row, known),
        host=row["host"],
        own_only=row.one_of("match", ("", "own")) == "own",
        date=row["date"],
        evidence=row["evidence"],
    )


def _choice(row: Row, column: str, words: tuple[Word, ...]) -> Word:
    found = row.one_of(column, words)
    return next(word for word in words if word == found)


def _alignment(row: Row, known: Known) -> Alignment | None:
    if not row["alignment"]:
        return None
    if row["alignment"] not in known.alignments:
        raise row.broken("alignment", f"{row['alignment']!r} is no key of alignments.csv")
    return known.alignments[row["alignment"]]


def _point(row: Row, known: Known) -> Point | None:
    if not row["lon"] and not row["lat"]:
        return None
    point = Point(*degrees(row))
    if known.area is not None and not known.area.contains(point):
        raise row.broken("lon", f"{point.x}, {point.y} is outside the area")
    return point


def _radius(row: Row, point: Point | None, alignment: Alignment | None) -> float | None:
    if alignment is not None:
        return alignment.radius_m
    if point is None:
        return None
    if not row["radius_m"]:
        raise row.broken("radius_m", "a position needs a radius")
    if (radius := row.number("radius_m")) <= 0:
        raise row.broken("radius_m", f"{radius} is no radius")
    return radius


def _check_class(row: Row, radius: float | None) -> None:
    stated = _choice(row, "location_class", CLASSES)
    if stated in PLACED:
        _check_placed(row, stated, radius)
    if (stated == "none") != bool(row["unplaced_reason"]):
        raise row.broken("unplaced_reason", "goes with class none, and only with it")
    if stated in (*PLACED, "township") and not row["townships"]:
        raise row.broken("townships", f"{stated} needs its township")


def _check_placed(row: Row, stated: LocationClass, radius: float | None) -> None:
    if radius is None or not row["method"]:
        raise row.broken("location_class", f"{stated} needs a position and a method")
    best = class_of_radius(radius)
    if best not in PLACED or (stated, best) == ("site", "locality"):
        raise row.broken("location_class", f"a radius of {radius:.0f} m is no {stated}")


def _rule(row: Row) -> str:
    if (row["method"] == "derived") != bool(row["rule"]):
        raise row.broken("rule", "goes with method derived, and only with it")
    try:
        return row["rule"] and str(read_rule(row["rule"]))
    except ValueError as error:
        raise row.broken("rule", str(error)) from None


def _townships(row: Row, known: Known) -> tuple[str, ...]:
    for name in row.list("townships"):
        if name not in known.townships.by_name:
            raise row.broken("townships", f"{name!r} is no township of the list")
    return known.townships.sort(row.list("townships"))
