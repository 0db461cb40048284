"""What an edit may set: one check for each kind of edit, the same for forms, files and import."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plans.codes import codes
from plans.lexicon import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plans.ledger import Edit

_MOST_UNITS, _LONGEST = 40, 100
_FIRST, _LAST = 1900, 2099
_MOST_AMOUNT = 1e15
MISSED_FIELDS = (
    *("start", "end", "words", "stage", "promised", "category", "kind", "target_year", "units"),
)


def _code(edit: Edit, to: Any) -> str:
    known = STAGES if edit.kind == "stage" else codes(edit.kind)
    if to not in tuple(known):
        raise edit.broken("value", f"{to!r} is no {edit.kind}", "not_allowed", value=to)
    return str(to)


def _strategies(edit: Edit, to: Any) -> str:
    if not isinstance(to, list) or not to or not set(map(str, to)) <= set(codes("strategy")):
        raise edit.broken("value", f"{to!r} is no list of strategies", "none_chosen")
    return "|".join(map(str, to))


def _units(edit: Edit, to: Any) -> str:
    """Check a list of units, those that lead with a star behind them as some plans print it."""
    good = isinstance(to, list) and 0 < len(to) <= _MOST_UNITS
    if not good or not all(isinstance(unit, str) and _is_name(unit.rstrip("*")) for unit in to):
        raise edit.broken("value", f"{to!r} is no list of units", "none_chosen")
    return "|".join(to)


def _name(edit: Edit, to: Any) -> str:
    if not isinstance(to, str) or not _is_name(to):
        raise edit.broken("value", f"{to!r} is no name", "bad_name", value=to)
    return to.strip()


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _LONGEST and "|" not in text and "\n" not in text


def _year(edit: Edit, to: Any) -> str:
    """Check a year, or None where the statement names none."""
    if to is None:
        return ""
    if isinstance(to, bool) or not isinstance(to, int) or not _FIRST <= to <= _LAST:
        raise edit.broken("value", f"{to!r} is no year", "year", value=to)
    return str(to)


def _quantity(edit: Edit, to: Any) -> str:
    """Check an amount with its unit and its words, or None where the statement names none."""
    if to is None:
        return ""
    good = isinstance(to, dict) and to.keys() == {"value", "unit", "text"}
    if not good or not _is_amount(to["value"]):
        raise edit.broken("value", f"{to!r} is no quantity", "bad_quantity")
    if not all(isinstance(to[name], str) and _is_name(to[name]) for name in ("unit", "text")):
        raise edit.broken("value", f"{to!r} is no quantity", "bad_quantity")
    return f"{float(to['value'])!r}|{to['unit'].strip()}|{to['text'].strip()}"


def _is_amount(value: Any) -> bool:
    """Return whether a value is a finite number that is not negative and fits a float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= _MOST_AMOUNT


def _nothing(edit: Edit, to: Any) -> str:
    if to is not None:
        raise edit.broken("value", f"{to!r} belongs to no edit of kind {edit.kind}", "form")
    return ""


def _missed(edit: Edit, to: Any) -> str:
    """Check a finding; each field as the edit of that field is checked."""
    if not isinstance(to, dict) or to.keys() != set(MISSED_FIELDS):
        raise edit.broken("value", f"{to!r} is no finding", "form")
    if not isinstance(to["promised"], bool) or not _is_span(to):
        raise edit.broken("value", f"{to!r} is no finding", "bad_marked")
    for name in ("stage", "category", "kind", "target_year"):
        CHECKS[name](replace(edit, kind=name), to[name])
    if to["units"] != []:
        _units(edit, to["units"])
    _name(edit, str(edit.value.get("statement", "")).split(":", 2)[-1])
    return json.dumps(to, ensure_ascii=False)


def _is_span(to: Mapping[str, Any]) -> bool:
    ends = (to["start"], to["end"])
    whole = all(isinstance(one, int) and not isinstance(one, bool) for one in ends)
    words = to["words"]
    if not whole or not isinstance(words, str) or not words.strip() or "\n" in words:
        return False
    return bool(ends[0] >= 0 and ends[1] - ends[0] == len(words))


CHECKS: dict[str, Callable[[Edit, Any], str]] = {
    "stage": _code,
    "category": _code,
    "kind": _code,
    "target_year": _year,
    "quantity": _quantity,
    "not_project": _nothing,
    "missed": _missed,
    "strategy": _strategies,
    "unit": _units,
    "split": _name,
    "name": _name,
    "merge": _name,
}
