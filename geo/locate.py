"""From a name to a place: the steps of resolving, each of which answers or passes on.

No step guesses between two places, and none makes a pin of a township.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.answers import at, in_townships, nowhere, part_of, within
from geo.model import Location
from geo.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.gazetteer import Gazetteer
    from geo.model import Query
    from geo.places import Place

    Step = Callable[[Query, Gazetteer], Location | None]

_COUNTED = ("programme", "indicator")  # a number of things has no place of its own


def locate(query: Query, gazetteer: Gazetteer) -> Location:
    """Say where a thing is.

    Parameters
    ----------
    query
        What the documents say of it.
    gazetteer
        What is known of places; ``Gazetteer.empty()`` works too.

    Returns
    -------
    Location
        Geometry EPSG:4326, within the county; class none with a reason when it cannot be placed.
    """
    for step in STEPS:
        found = step(query, gazetteer)
        if found is not None:
            return found
    return nowhere("not_found")


def _fragment(query: Query, _: Gazetteer) -> Location | None:
    return nowhere("fragment") if query.fragment or not plain(query.name) else None


def _foreign_plan(query: Query, gazetteer: Gazetteer) -> Location | None:
    if gazetteer.townships.speaks_of_us(query.areas):
        return None
    return nowhere("outside_area")


def _counted(query: Query, gazetteer: Gazetteer) -> Location | None:
    if query.kind not in _COUNTED:
        return None
    for step in (_township_in_name, _township_in_context, _own_town):
        found = step(query, gazetteer)
        if found is not None and len(found.townships) == 1:
            return found
    return Location("city", evidence="counted over the whole city")


def _named(query: Query, gazetteer: Gazetteer) -> Location | None:
    found = (_one(name, query, gazetteer) for name in (query.name, *query.aliases))
    return next((answer for answer in found if answer is not None), None)


def _one(name: str, query: Query, gazetteer: Gazetteer) -> Location | None:
    """Look one name up; several stay several unless a township, then the kind, decides."""
    same = gazetteer.named(name)
    if len(same) > 1 or any(place.own_only for place in same):
        same = _nearest(same, _towns_of(query, gazetteer))
    if len(same) > 1:
        same = _of_kind(same, query.category, gazetteer)
    if len(same) > 1:
        return nowhere("ambiguous", sorted(_label(place) for place in same))
    return at(same[0], gazetteer) if same else None


def _nearest(same: tuple[Place, ...], towns: set[str]) -> tuple[Place, ...]:
    here = tuple(place for place in same if towns & set(place.townships))
    return here or tuple(place for place in same if not place.own_only)


def _of_kind(same: tuple[Place, ...], category: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    kinds = gazetteer.words.kinds
    return tuple(place for place in same if (place.kind, category) in kinds) or same


def _label(place: Place) -> str:
    return f"{place.name}（{'、'.join(place.townships)}）" if place.townships else place.name


def _towns_of(query: Query, gazetteer: Gazetteer) -> set[str]:
    """Return the townships that the name, its clause or the plan itself speaks of."""
    own = gazetteer.townships.own(query.areas)
    named = gazetteer.townships.in_name(plain(query.name), town_plan=bool(own))
    return {*named, *_said(query, gazetteer), *own}


def _said(query: Query, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the townships of the thing's clause, when all sentences that name some agree."""
    name = plain(query.name)
    said = {gazetteer.townships.in_clause(name, plain(text)) for text in query.context} - {()}
    return said.pop() if len(said) == 1 else ()


def _part(query: Query, gazetteer: Gazetteer) -> Location | None:
    for name in (query.name, *query.aliases):
        for whole, is_part in gazetteer.words.wholes(plain(name)):
            found = _one(whole, query, gazetteer)
            if found is not None:
                return part_of(found, whole) if is_part else found
    return None


def _section_of_city(query: Query, gazetteer: Gazetteer) -> Location | None:
    """``X乐清段`` is what lies of X within the city, and every line is cut to it anyway."""
    ending = f"{gazetteer.townships.area.short}段"
    if not query.name.endswith(ending):
        return None
    return _one(query.name.removesuffix(ending), query, gazetteer)


def _section_of_township(query: Query, gazetteer: Gazetteer) -> Location | None:
    """``X柳市段`` lies on X; where it begins and ends nobody says, so the circle is larger."""
    name = plain(query.name)
    for town in gazetteer.townships.by_name.values():
        for word in (town.name, town.short):
            if not name.endswith(f"{word}段"):
                continue
            whole = name.removesuffix(f"{word}段")
            found = _one(whole, query, gazetteer)
            if found is not None and town.name in found.townships:
                return part_of(replace(found, townships=(town.name,)), whole)
    return None


def _outside_in_name(query: Query, gazetteer: Gazetteer) -> Location | None:
    heads = (name for name in gazetteer.outside if plain(query.name).startswith(name))
    return next((nowhere("outside_area", (head,)) for head in heads), None)


def _not_spatial(query: Query, gazetteer: Gazetteer) -> Location | None:
    scope = gazetteer.words.scope(plain(query.name))
    return nowhere("not_spatial") if scope == "not_spatial" else None


def _hosted(query: Query, gazetteer: Gazetteer) -> Location | None:
    if not query.host:
        return None
    host = replace(query, name=query.host, aliases=(), host="", kind="area")
    for step in (_named, _part, _section_of_city, _village_in_name, _township_in_name):
        found = step(host, gazetteer)
        if found is not None and found.townships:
            return within(found, query.host)
    return None


def _village_in_name(query: Query, gazetteer: Gazetteer) -> Location | None:
    towns = gazetteer.townships
    name = plain(query.name)
    prefer = towns.in_name(name, town_plan=False) or towns.own(query.areas)
    town = towns.of_village(name, prefer)
    return in_townships([town] if town else [], "official village list")


def _township_in_name(query: Query, gazetteer: Gazetteer) -> Location | None:
    towns = gazetteer.townships
    town_plan = bool(towns.own(query.areas))
    return in_townships(towns.in_name(plain(query.name), town_plan=town_plan), "named by itself")


def _township_in_context(query: Query, gazetteer: Gazetteer) -> Location | None:
    return in_townships(_said(query, gazetteer), "named in its clause")


def _own_town(query: Query, gazetteer: Gazetteer) -> Location | None:
    own = gazetteer.townships.own(query.areas)
    return in_townships(own if len(own) == 1 else (), "the town's own plan")


def _wide(query: Query, gazetteer: Gazetteer) -> Location | None:
    if gazetteer.words.scope(plain(query.name)) != "city":
        return None
    return Location("city", evidence="concerns the whole city")


STEPS: tuple[Step, ...] = (
    _fragment,
    _foreign_plan,
    _counted,
    _named,
    _section_of_city,
    _section_of_township,
    _part,
    _outside_in_name,
    _not_spatial,
    _hosted,
    _village_in_name,
    _township_in_name,
    _township_in_context,
    _own_town,
    _wide,
)
