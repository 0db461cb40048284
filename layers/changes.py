"""What is said of one thing in different words: another name, other units, another number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import store
from layers.comparison import Case
from layers.history import History, Mention, is_later

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

Aspect = Literal["name", "units", "number"]

# A number to begin and a number to finish are no two numbers of one thing.
_PHASES = {
    "to_start": "begin",
    "started": "begin",
    "to_complete": "finish",
    "completed": "finish",
    "operating": "finish",
}


@dataclass(frozen=True)
class Change(Case):
    """One aspect of a thing with its different values, in the order in which they are said."""

    aspect: Aspect
    values: tuple[str, ...]


def changes(some: Iterable[History]) -> tuple[Change, ...]:
    """Return what is said differently in different places, within one document too.

    One record for each thing and aspect: numbers first, then names, then units. Empty for no
    histories.
    """
    known = tuple(some)
    found = (look(history) for look in (_numbers, _names, _units) for history in known)
    return tuple(one for one in found if one)


def _names(history: History) -> Change | None:
    def name(mention: Mention) -> str:
        return str(mention.said["name"])

    return _change(history, "name", _first_of_each(history.mentions, name), name)


def _units(history: History) -> Change | None:
    def answerable(mention: Mention) -> Hashable:
        return frozenset(mention.said["units"]), frozenset(mention.said["lead_units"])

    named = [one for one in history.mentions if one.said["units"]]
    return _change(history, "units", _first_of_each(named, answerable), _units_text)


def _units_text(mention: Mention) -> str:
    leads = mention.said["lead_units"]
    return "、".join(f"*{unit}" if unit in leads else unit for unit in mention.said["units"])


def _numbers(history: History) -> Change | None:
    counted = [mention for mention in history.mentions if mention.said["quantity"]]
    pairs = [pair for pair in combinations(counted, 2) if differ(*pair)]
    involved = [one for one in counted if any(one in pair for pair in pairs)]
    kept = _first_of_each(involved, lambda mention: mention.said["quantity"]["value"])
    return _change(history, "number", kept, lambda mention: mention.said["quantity"]["text"])


def differ(one: Mention, other: Mention) -> bool:
    """Return whether two numbers, the older first, should be the same and are not.

    Two numbers of one sentence are a list; what a document reports as done and what it promises
    anew are two numbers of two times; and so are things to begin and things to finish.
    """
    first, second = one.said["quantity"], other.said["quantity"]
    anew = not one.promised or (not other.promised and not is_later(other.date, one.date))
    return (
        one.where != other.where
        and not anew
        and first["value"] != second["value"]
        and _measured_alike(first["unit"], second["unit"])
        and _same_phase(one.said["stage"], other.said["stage"])
    )


def _measured_alike(one: str, other: str) -> bool:
    # 187个 and 100座 count the same things; a length and a number of pieces do not.
    return one == other or _measures().get(one) == _measures().get(other) == "thing"


def _same_phase(one: str, other: str) -> bool:
    return len({_PHASES[stage] for stage in (one, other) if stage in _PHASES}) < 2  # noqa: PLR2004 - of two


def _first_of_each(
    mentions: Iterable[Mention], aspect: Callable[[Mention], Hashable]
) -> tuple[Mention, ...]:
    first: dict[Hashable, Mention] = {}
    for mention in mentions:
        first.setdefault(aspect(mention), mention)
    return tuple(first.values())


def _change(
    history: History,
    aspect: Aspect,
    mentions: tuple[Mention, ...],
    shown: Callable[[Mention], str],
) -> Change | None:
    if len(mentions) <= 1:
        return None
    return Change(history, mentions, aspect, tuple(map(shown, mentions)))


@cache
def _measures() -> dict[str, str]:
    rows = store.read_table(store.DATA / "grammar" / "measures.csv", ("measure", "kind"))
    return {row["measure"]: row["kind"] for row in rows}
