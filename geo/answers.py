"""The forms of an answer: at a place, in a part of it, within it, in townships, nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.alignments import LOCALITY_M
from geo.model import Location
from geo.sources import licences, titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer
    from geo.model import UnplacedReason
    from geo.places import Place

PART_FACTOR = 1.5  # a part lies in its whole, but where in it nobody says


def nowhere(reason: UnplacedReason, candidates: Iterable[str] = ()) -> Location:
    """Answer that a thing cannot be placed, and why."""
    return Location("none", unplaced_reason=reason, candidates=tuple(candidates))


def in_townships(names: Iterable[str], evidence: str) -> Location | None:
    """Answer with the townships; None when there are none."""
    towns = tuple(names)
    return Location("township", townships=towns, evidence=evidence) if towns else None


def at(place: Place, gazetteer: Gazetteer) -> Location:
    """Answer with a row of the gazetteer; its line is cut to the county."""
    if not place.placed:
        return Location(
            place.location_class,
            townships=place.townships,
            unplaced_reason=place.unplaced_reason,
            candidates=(place.name,),
            evidence=place.evidence,
        )
    geometry = _within_area(place, gazetteer.area)
    if geometry is None:
        return nowhere("outside_area", (place.name,))
    return Location(
        place.location_class,
        townships=place.townships,
        candidates=(place.name,),
        evidence=place.evidence,
        geometry=geometry,
        radius_m=place.radius_m,
        method=place.method,
        source=titles(place.sources, gazetteer.sources),
        licence=licences(place.sources, gazetteer.sources),
        rule=place.rule,
        schematic=place.alignment is not None and place.alignment.schematic,
    )


def _within_area(place: Place, area: BaseGeometry | None) -> BaseGeometry | None:
    if place.outline is None and place.alignment is None:
        return place.point  # found to lie inside when it was read
    return cut(place.geometry, area)


def cut(geometry: BaseGeometry | None, area: BaseGeometry | None) -> BaseGeometry | None:
    """Return what lies of a geometry within the area, both EPSG:4326; None where nothing does."""
    if geometry is None or area is None:
        return geometry
    inside = geometry.intersection(area)
    return None if inside.is_empty else inside


def part_of(whole: Location, name: str) -> Location:
    """Answer for a part, a phase or works: the whole's place with a larger radius.

    Past the largest radius of a locality only its townships remain.
    """
    return _inherited(whole, f"part({name})", f"part of {name}; {whole.evidence}")


def within(host: Location, name: str) -> Location:
    """Answer for a thing that lies in another: the other's place, never more than a locality."""
    found = _inherited(host, f"within({name})", f"lies in {name}; {host.evidence}", LOCALITY_M)
    return replace(found, candidates=(name,))


def _inherited(whole: Location, rule: str, evidence: str, most_m: float = float("inf")) -> Location:
    if whole.radius_m is None:
        return replace(whole, evidence=evidence)
    radius = min(whole.radius_m * PART_FACTOR, most_m)
    if radius > LOCALITY_M:
        bare = in_townships(whole.townships, evidence) or nowhere("not_found")
        return replace(bare, candidates=whole.candidates)
    return replace(
        whole,
        location_class="locality",
        radius_m=radius,
        method="derived",
        rule=rule,
        evidence=evidence,
    )
