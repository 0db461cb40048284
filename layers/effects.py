"""What one plan changes against all earlier ones: new, joined, in conflict, and left out.

It compares what documents say. A plan that is silent has given nothing up by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from layers.changes import differ
from layers.comparison import unmentioned
from layers.history import History, Mention, histories, is_later
from layers.sides import said_by, stage_change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd

Kind = Literal["conflict", "joined", "new", "silent"]
_UNDER_WAY = ("started", "under_construction")
EFFECTS: tuple[Kind, ...] = ("conflict", "joined", "new", "silent")


@dataclass(frozen=True)
class Difference:
    """One thing that a plan says otherwise, or again, with the sentence of either side.

    Attributes
    ----------
    aspect, change
        ``stage`` advanced, back, same, untold on one side or both, on its way to what was
        promised, or promised anew for what is there;
        ``year`` later or earlier; ``leads``, ``units`` and ``number`` changed.
    before, after
        The sentences that say it: the latest of the earlier plans, and that of this plan.
    opposed
        Whether both cannot be true at once.
    """

    aspect: str
    change: str
    before: Mention
    after: Mention
    opposed: bool = False


@dataclass(frozen=True)
class Effect:
    """What a plan does to one thing.

    Attributes
    ----------
    history
        The thing with all that any plan says of it.
    kind
        One of ``EFFECTS``.
    mentions
        The sentences that show it: for what is new those of the plan, for what it is silent on
        the promises of earlier plans that are open.
    differences
        Of what is joined or in conflict, its stage always among them.
    """

    history: History
    kind: Kind
    mentions: tuple[Mention, ...]
    differences: tuple[Difference, ...] = ()


def earlier(name: str, documents: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the documents that were there before one.

    Where dates do not tell, those that stand before it in the catalogue.
    """
    order, own = list(documents), documents[name].date
    return tuple(
        other
        for other, document in documents.items()
        if other != name
        and (
            is_later(own, document.date)
            or (not is_later(document.date, own) and order.index(other) < order.index(name))
        )
    )


def effects_of(
    table: gpd.GeoDataFrame, name: str, documents: Mapping[str, Any], city_of: Mapping[str, str]
) -> tuple[Effect, ...]:
    """Return what a document changes against all earlier ones, in the order of ``EFFECTS``.

    Counted programmes are left out: their names are common words that say no one thing.

    Parameters
    ----------
    table
        Any rows of the one table.
    name
        Id of the document.
    documents
        By id: all there are, in the order of the catalogue.
    city_of
        The city by town, as ``cities`` returns it.
    """
    before = earlier(name, documents)
    known = said_by(table, documents, (*before, name))
    some = histories(known, documents)
    sides = [
        {row.id: row for row in said_by(known, documents, names).itertuples()}
        for names in (before, (name,))
    ]
    found = [
        _effect(one, name, *(side.get(one.id) for side in sides))
        for one in some
        if _names(one, name)
    ]
    left = unmentioned(some, documents[name], city_of)
    found += [Effect(one.history, "silent", one.mentions) for one in left]
    return tuple(sorted(found, key=lambda one: EFFECTS.index(one.kind)))


def effect_counts(found: Sequence[Effect]) -> dict[str, int]:
    """Return how many things there are of each of ``EFFECTS``."""
    kinds = [one.kind for one in found]
    return {kind: kinds.count(kind) for kind in EFFECTS}


def _names(history: History, name: str) -> bool:
    return any(mention.where[0] == name for mention in history.mentions)


def _effect(history: History, name: str, left: Any, right: Any) -> Effect:
    after = tuple(one for one in history.mentions if one.where[0] == name)
    before = tuple(one for one in history.mentions if one.where[0] != name)
    if not before:
        return Effect(history, "new", after)
    stage = _stage(_telling(before, left), _telling(after, right))
    others = (look(before, after) for look in (_year, _units, _number))
    differences = (stage, *(one for one in others if one))
    opposed = any(one.opposed for one in differences)
    return Effect(history, "conflict" if opposed else "joined", after, differences)


def _telling(mentions: Sequence[Mention], row: Any) -> Mention:
    """Return the sentence that gives a side its stage; the last one where none does."""
    told = [
        one
        for one in mentions
        if one.said["stage"] == row.stage and one.where[0] == row.as_of_document
    ]
    return (told or mentions)[-1]


def _stage(before: Mention, after: Mention) -> Difference:
    """Compare stages; what was reported cannot be earlier in its life again."""
    change = _stage_change(before, after)
    opposed = change == "back" and not before.promised
    return Difference("stage", change, before, after, opposed=opposed)


def _stage_change(before: Mention, after: Mention) -> str:
    old, new = before.said["stage"], after.said["stage"]
    if "unspecified" in {old, new}:
        return "untold_both" if old == new else "untold"
    if old == "to_complete" and before.promised and new in _UNDER_WAY:
        return "way"  # works that go on towards what was promised are not set back
    if old == "operating" and after.promised:
        return "anew"  # what is there gets new works
    return stage_change(old, new)


def _year(before: Sequence[Mention], after: Sequence[Mention]) -> Difference | None:
    """Compare by when the last promise of either side is due."""
    pair = _last_two(before, after, lambda one: one.promised and one.said["target_year"])
    if pair is None or pair[0].said["target_year"] == pair[1].said["target_year"]:
        return None
    later = pair[1].said["target_year"] > pair[0].said["target_year"]
    return Difference("year", "later" if later else "earlier", *pair)


def _units(before: Sequence[Mention], after: Sequence[Mention]) -> Difference | None:
    """Compare who answers: another lead is a conflict, others that take part are none."""
    leads = _last_two(before, after, lambda one: one.said["lead_units"])
    if leads and set(leads[0].said["lead_units"]) != set(leads[1].said["lead_units"]):
        return Difference("leads", "changed", *leads, opposed=True)
    units = _last_two(before, after, lambda one: one.said["units"])
    if units and set(units[0].said["units"]) != set(units[1].said["units"]):
        return Difference("units", "changed", *units)
    return None


def _number(before: Sequence[Mention], after: Sequence[Mention]) -> Difference | None:
    """Compare amounts of the same measure; the latest that differ are shown."""
    counted = [[one for one in side if one.said["quantity"]] for side in (before, after)]
    found = [(old, new) for new in counted[1] for old in counted[0] if differ(old, new)]
    return Difference("number", "changed", *found[-1], opposed=True) if found else None


def _last_two(
    before: Sequence[Mention], after: Sequence[Mention], tells: Callable[[Mention], Any]
) -> tuple[Mention, Mention] | None:
    old, new = [one for one in before if tells(one)], [one for one in after if tells(one)]
    return (old[-1], new[-1]) if old and new else None
