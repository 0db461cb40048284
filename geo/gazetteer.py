"""The map cabinet's drawers: all places by name, with what is needed to resolve a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from geo.alignments import Alignment, load_alignments
from geo.area import load_area
from geo.boundaries import area_polygon
from geo.places import Known, Place, load_places
from geo.sources import Source, load_sources
from geo.townships import Townships, load_townships
from geo.words import Words, load_words, plain
from store import DATA, MissingFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

OUTSIDE = "outside"  # the kind of rows that name what lies beyond the city


@dataclass(frozen=True)
class Gazetteer:
    """All that is known of places.

    Attributes
    ----------
    by_name
        Places by their compared name and aliases; several where several share one.
    area
        The county's polygon, EPSG:4326: lines are cut to it; None where none is at hand.
    """

    places: tuple[Place, ...]
    sources: dict[str, Source] = field(hash=False)
    townships: Townships
    alignments: dict[str, Alignment] = field(hash=False)
    words: Words
    area: BaseGeometry | None = field(default=None, hash=False)
    by_name: dict[str, tuple[Place, ...]] = field(default_factory=dict, hash=False)

    @classmethod
    def load(cls, directory: Path = DATA) -> Gazetteer:
        """Read gazetteer, alignments, townships and words of a data folder.

        Raises
        ------
        store.BrokenFile
            A table breaks its contract; file, line and field are named.
        """
        sources = load_sources(directory / "sources.csv")
        alignments = load_alignments(
            directory / "alignments.csv", directory / "waypoints.csv", sources
        )
        known = Known(sources, _townships(directory), alignments, _area(directory))
        places = load_places(directory / "gazetteer.csv", known)
        return cls._made(known, places, _words(directory))

    @classmethod
    def empty(cls, directory: Path = DATA) -> Gazetteer:
        """Make a gazetteer without any place: only townships and villages are known."""
        sources = load_sources(directory / "sources.csv")
        known = Known(sources, _townships(directory), {}, None)
        return cls._made(known, [], _words(directory))

    @classmethod
    def _made(cls, known: Known, places: list[Place], words: Words) -> Gazetteer:
        return cls(
            places=tuple(places),
            sources=dict(known.sources),
            townships=known.townships,
            alignments=dict(known.alignments),
            words=words,
            area=known.area,
            by_name=_index(places),
        )

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """Full names of the counties around, for things that begin with one."""
        return tuple(p.name for p in self.places if p.kind == OUTSIDE and p.name[-1] in "市县区")

    def named(self, name: str) -> tuple[Place, ...]:
        """Return the places of this name or alias; several candidates remain several."""
        return self.by_name.get(plain(name), ())


def _index(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for name in {plain(text) for text in (place.name, *place.aliases)}:
            found[name].append(place)
    return {name: tuple(same) for name, same in found.items()}


def _townships(directory: Path) -> Townships:
    area = load_area(directory / "area.csv")
    return load_townships(directory / "townships.csv", directory / "villages.csv", area)


def _words(directory: Path) -> Words:
    names = ("name_parts", "scopes", "place_kinds")
    return load_words(*(directory / f"{name}.csv" for name in names))


def _area(directory: Path) -> BaseGeometry | None:
    """Return the county, or None in a data folder that has no boundaries (toy folders of tests)."""
    try:
        area = area_polygon(directory / "boundaries")
    except MissingFile:
        return None
    shapely.prepare(area)  # many points will be held against it
    return area
