"""The rows of the gazetteer: one row is one thing, read and checked."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from shapely.geometry import Point

from geo.alignments import Alignment, class_of_radius, known_sources
from geo.model import LocationClass, LocationMethod, UnplacedReason
from geo.positions import read_outline, read_point
from geo.references import References
from geo.rules import read_rule
from store import Row, iterate_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shapely.geometry import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

    from geo.sources import Source
    from geo.townships import Townships

REQUIRED = ("key", "name", "kind", "location_class", "source", "evidence")
OPTIONAL = (
    *("aliases", "unplaced_reason", "lon", "lat", "alignment", "outline", "radius_m", "method"),
    *("rule", "townships", "host", "match", "date"),
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
    lon_lat
        EPSG:4326; of a township the position of its badge only. Kept as numbers, because a
        gazetteer may be long.
    alignment
        Its course, for a line.
    outline
        Its border, for a thing with an area, EPSG:4326.
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
    lon_lat: tuple[float, float] | None
    alignment: Alignment | None
    outline: Polygon | MultiPolygon | None
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
    def point(self) -> Point | None:
        """Its position as a point, EPSG:4326; None where it has none."""
        return None if self.lon_lat is None else Point(self.lon_lat)

    @property
    def geometry(self) -> BaseGeometry | None:
        """Its outline, course or point, whatever its class; None where it has none."""
        if self.outline is not None:
            return self.outline
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

    Two rows may share a name if they lie in different townships.

    Raises
    ------
    store.BrokenFile
        A row without source, licence or radius, with an unknown code, a coordinate that is no
        number, swapped, in metres or outside the area, an outline that crosses itself, a radius
        too large for its class, a rule that cannot be read or says another position, a host or a
        row named in a rule that is not there, or a key or name that another row has.
    """
    references = References(path, (*REQUIRED, *OPTIONAL))
    shared: dict[object, object] = {}
    places = []
    for row in iterate_table(path, REQUIRED, OPTIONAL):
        place = _place(row, known, shared)
        references.note(row, place)
        places.append(place)
    references.check()
    return places


def _place(row: Row, known: Known, shared: dict[object, object]) -> Place:
    """Make a place of a row; what many rows have in common is kept once in ``shared``."""
    alignment = _alignment(row, known)
    lon_lat = read_point(row, known.area)
    outline = read_outline(row, known.area)
    radius = _radius(row, positioned=lon_lat is not None or outline is not None)
    radius = alignment.radius_m if alignment else radius
    _check_class(row, radius)
    towns, sources = _townships(row, known), known_sources(row, known.sources)
    return Place(
        key=row["key"],
        name=row["name"],
        aliases=row.list("aliases"),
        kind=sys.intern(row["kind"]),
        location_class=_choice(row, "location_class", CLASSES),
        unplaced_reason=_choice(row, "unplaced_reason", REASONS),
        lon_lat=lon_lat,
        alignment=alignment,
        outline=outline,
        radius_m=radius,
        method=_choice(row, "method", METHODS),
        rule=_rule(row),
        sources=_once(sources, shared),
        townships=_once(towns, shared),
        host=row["host"],
        own_only=row.one_of("match", ("", "own")) == "own",
        date=sys.intern(row["date"]),
        evidence=sys.intern(row["evidence"]),
    )


def _once(words: tuple[str, ...], shared: dict[object, object]) -> tuple[str, ...]:
    return shared.setdefault(words, words)  # type: ignore[return-value]


def _choice(row: Row, column: str, words: tuple[Word, ...]) -> Word:
    return words[words.index(row.one_of(column, words))]


def _alignment(row: Row, known: Known) -> Alignment | None:
    if not row["alignment"]:
        return None
    if row["alignment"] not in known.alignments:
        raise row.broken("alignment", f"{row['alignment']!r} is no key of alignments.csv")
    return known.alignments[row["alignment"]]


def _radius(row: Row, *, positioned: bool) -> float | None:
    if not positioned:
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
