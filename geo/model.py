"""The two forms that cross the door of this room: what is asked, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LocationClass = Literal["site", "locality", "township", "city", "none"]
UnplacedReason = Literal["not_found", "ambiguous", "outside_area", "not_spatial", "fragment"]
LocationMethod = Literal["gazetteer", "derived", "interpolated", "online", "by_hand"]


@dataclass(frozen=True)
class Query:
    """What the reading room knows of a thing whose place is wanted.

    Attributes
    ----------
    name, aliases
        As in the project.
    kind, category
        Codes of the vocabulary.
    context
        The printed sentences; a township named beside the thing is found there.
    host
        Name of the whole this is a part or phase of, or of the thing it lies in; empty if none.
    areas
        Names of the areas the documents speak for, for example ``("柳市镇",)`` or ``("乐清市",)``:
        a town's own plan speaks of its own township unless it says otherwise.
    fragment
        True when the name has lost its head and must not be looked up.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "project"
    category: str = "other"
    context: tuple[str, ...] = ()
    host: str = ""
    areas: tuple[str, ...] = ()
    fragment: bool = False


@dataclass(frozen=True)
class Location:
    """Where a thing is, and how that is known.

    Attributes
    ----------
    location_class
        How sure; ``site`` and ``locality`` alone carry a geometry.
    geometry
        EPSG:4326, lon/lat; None unless site or locality.
    radius_m
        The thing lies within this many metres of the geometry; None without geometry.
    method, source, licence
        How the position came about, from whom, under which terms; empty without geometry.
    rule
        For a derived position: the rows and the rule it comes from.
    townships
        Official township names, sorted by official code; also filled for site and locality.
    unplaced_reason
        Only for class none.
    candidates
        Names of all rows considered.
    schematic
        True for a line with guessed way points: drawn dashed.
    evidence
        Why it is held to be there, in words; also without geometry.
    """

    location_class: LocationClass
    geometry: BaseGeometry | None = field(default=None, compare=False)
    radius_m: float | None = None
    method: LocationMethod | Literal[""] = ""
    source: str = ""
    licence: str = ""
    rule: str = ""
    townships: tuple[str, ...] = ()
    unplaced_reason: UnplacedReason | Literal[""] = ""
    candidates: tuple[str, ...] = ()
    schematic: bool = False
    evidence: str = ""
