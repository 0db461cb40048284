"""Time in running text: which period a paragraph speaks of, and whether it looks back on it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from plans.documents import TENSES, last_year
from store import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.reading import Reading

_PERIOD = re.compile(r"[“‘]?(十[一二三四五]五)[”’]?(?:期间|时期|以来|期末|五年)")
# what it made then is only the subject here: “十三五”期间建成的水库已成为…
_MADE_THEN = re.compile(r"[^，。]{0,4}[建成工施用改修治][^，。]{0,3}的")
_PERIOD_NAME = re.compile(r"十[一二三四五]五")
_NEXT_SENTENCE = re.compile(r"[。！？](?=.)")
_LONGEST_TIME = 12


@cache
def _tenses(table: str) -> tuple[tuple[str, str], ...]:
    rows = read_table(DATA / "grammar" / table, ("words", "tense"))
    return tuple((row["words"], row.one_of("tense", TENSES)) for row in rows)


def section_tense(line: str) -> str:
    """Return how a section speaks by its heading; empty where that does not say."""
    return next((tense for words, tense in _tenses("section_tense.csv") if words in line), "")


def latest_period(text: str) -> int | None:
    """Return the end of the latest plan period a text names, its own if its title names none."""
    return max(filter(None, map(last_year, set(_PERIOD_NAME.findall(text)))), default=None)


def opens_with_period(text: str) -> bool:
    """Tell a text that opens with the name of a plan period (“十三五”期间，…)."""
    return bool(_PERIOD.match(text))


def by_time(reading: Reading, horizon: int | None) -> Iterator[Reading]:
    """Part a paragraph before each sentence that opens with its time (去年…。今年…)."""
    text = reading.text
    begins = [match.end() for match in _NEXT_SENTENCE.finditer(text)]
    turns = [at for at in begins if opening_tense(text[at : at + _LONGEST_TIME], horizon)]
    for start, end in pairwise([0, *turns, len(text)]):
        yield reading.part(start, end)


def tells_of_before(text: str, horizon: int | None) -> bool:
    """Tell a sentence on what an earlier period made: “十三五”期间建成的某水库已成为…."""
    period = _PERIOD.match(text) if horizon else None
    ended = last_year(period[1]) if period else None
    made = period and _MADE_THEN.match(text, period.end())
    return bool(made and ended and horizon and ended < horizon)


def opening_tense(text: str, horizon: int | None) -> str:
    """Return how a paragraph speaks that opens with its time: 过去一年，…; empty for any other.

    A period that ended before the plan's own, “十三五”期间 in a plan to 2025, is looked back on.
    """
    if horizon and (period := _PERIOD.match(text)):
        ended = last_year(period[1])
        if ended is None or _MADE_THEN.match(text, period.end()):
            return ""
        return "report" if ended < horizon else "promise"
    if not text.startswith(_openings()):
        return ""
    known = _tenses("opening_tense.csv")
    return next(tense for words, tense in known if text.startswith(words))


@cache
def _openings() -> tuple[str, ...]:
    return tuple(words for words, _ in _tenses("opening_tense.csv"))
