"""Times: days, months and years as spans of days, and how two spans lie to each other.

A date of the plans may be a year or a month alone; it is then the span from its first day to its
last. A moment is the day that it lies in, in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_DAY = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?(T.*)?", re.ASCII)
_OPEN = ("", "..")


class BadTime(ValueError):  # noqa: N818 - it names what is bad
    """A text that is no time."""


class Span(NamedTuple):
    """First and last days, one or one for each row, as YYYY-MM-DD; "" where nothing is known."""

    first: NDArray[np.str_]
    last: NDArray[np.str_]


def bound(text: str, *, end: bool) -> str:
    """Return the first or last day of a year, month, day or moment, as YYYY-MM-DD.

    Nothing and ``..`` are the beginning or the end of all times.

    Raises
    ------
    BadTime
        The text is no time.
    """
    if text in _OPEN:
        return "9999-12-31" if end else "0000-01-01"
    if not isinstance(text, str) or not (found := _DAY.fullmatch(text)):
        raise BadTime(f"{text!r} is no time by RFC 3339")
    year, month, day, moment = found.groups()
    if moment:
        return _day_of(datetime.fromisoformat(text))
    try:
        date(int(year) or 4, int((month or "-1")[1:]), int((day or "-1")[1:]))
    except ValueError:
        raise BadTime(f"{text!r} is no day of a calendar") from None
    return f"{year}{month or ('-12' if end else '-01')}{day or ('-31' if end else '-01')}"


def span(value: Any) -> Span:
    """Return what a column, a date, a moment, a text or a pair of these spans.

    Raises
    ------
    BadTime
        It is no time.
    """
    if isinstance(value, Span):
        return value
    if isinstance(value, tuple):
        return Span(span(value[0]).first, span(value[1]).last)
    if isinstance(value, pd.Series):
        texts = list(value.astype(object).where(value.notna(), None))
        ends = ([bound(t, end=end) if t else "" for t in texts] for end in (False, True))
        return Span(*(np.array(days, dtype=str) for days in ends))
    if isinstance(value, date):
        value = _day_of(value)
    if not isinstance(value, str):
        raise BadTime(f"{value!r} is no time")
    return Span(*(np.array(bound(value, end=end)) for end in (False, True)))


def _day_of(when: date) -> str:
    if not isinstance(when, datetime):
        return when.isoformat()
    return (when if when.tzinfo is None else when.astimezone(UTC)).date().isoformat()


# By their names in CQL2, as ISO 19108 has them.
RELATIONS: dict[str, Callable[[Span, Span], Any]] = {
    "t_after": lambda a, b: a.first > b.last,
    "t_before": lambda a, b: a.last < b.first,
    "t_contains": lambda a, b: (a.first < b.first) & (a.last > b.last),
    "t_disjoint": lambda a, b: (a.first > b.last) | (a.last < b.first),
    "t_during": lambda a, b: (a.first > b.first) & (a.last < b.last),
    "t_equals": lambda a, b: (a.first == b.first) & (a.last == b.last),
    "t_finishedby": lambda a, b: (a.first < b.first) & (a.last == b.last),
    "t_finishes": lambda a, b: (a.first > b.first) & (a.last == b.last),
    "t_intersects": lambda a, b: (a.first <= b.last) & (a.last >= b.first),
    "t_meets": lambda a, b: a.last == b.first,
    "t_metby": lambda a, b: a.first == b.last,
    "t_overlappedby": lambda a, b: (a.first > b.first) & (a.first < b.last) & (a.last > b.last),
    "t_overlaps": lambda a, b: (a.first < b.first) & (a.last > b.first) & (a.last < b.last),
    "t_startedby": lambda a, b: (a.first == b.first) & (a.last > b.last),
    "t_starts": lambda a, b: (a.first == b.first) & (a.last < b.last),
}
_COMPARED: dict[str, Callable[[Span, Span], Any]] = {
    "<": RELATIONS["t_before"],
    ">": RELATIONS["t_after"],
    "=": RELATIONS["t_equals"],
    "<>": lambda a, b: ~RELATIONS["t_equals"](a, b),
    "<=": lambda a, b: a.last <= b.last,
    ">=": lambda a, b: a.first >= b.first,
}


def related(name: str, one: Span, other: Span) -> Any:
    """Return whether two spans lie to each other as named, NA where one of them is not known."""
    return _where_known(RELATIONS[name](one, other), one, other)


def compared(sign: str, one: Any, other: Any) -> Any:
    """Return how a time compares with another value, NA where not known; None without a time."""
    if not isinstance(one, date) and not isinstance(other, date):
        return None
    spans = span(one), span(other)
    return _where_known(_COMPARED[sign](*spans), *spans)


def _where_known(found: Any, one: Span, other: Span) -> Any:
    unknown = (one.first == "") | (other.first == "")
    return np.where(unknown, None, found) if np.ndim(found) else bool(found)
