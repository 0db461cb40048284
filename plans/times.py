"""Time in running text: which period a paragraph speaks of, and whether it looks back on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from plans.documents import TENSES, last_year
from store import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.documents import Document
    from plans.reading import Reading

_PERIOD = re.compile(r"[“‘]?(十[一二三四五]五)[”’]?(?:期间|时期|以来|期末|五年)")
# what it made then is only the subject here: “十三五”期间建成的水库已成为…
_MADE_THEN = re.compile(r"[^，。]{0,4}[建成工施用改修治][^，。]{0,3}的")
_PERIOD_NAME = re.compile(r"十[一二三四五]五")
_HALF = "上半年"
# 上半年开工… sets a date, 上半年，… looks back
_SCHEDULED = re.compile(rf"{_HALF}(?![，,我全])")
_REACHES = ("section", "paragraph")
_DAY = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*\d{1,2}\s*日(?!\s*[前止至到—－~-])")
_OPENING = 6  # lines
_HALF_YEAR = 6  # months
_ONE_YEAR = re.compile(r"(?<![\d—－～~-])(20\d\d)年?(?![\d—－～~-])")
_COMING = re.compile(r"(?:未来|今后|下)(?:的)?([一二两三四五六七八九十]|[1-9])年")
_NEAR = re.compile("明年|今年(?!以来)")
_COUNTS = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
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
    words, tense, _ = next(row for row in _opening() if text.startswith(row[0]))
    return "" if words == _HALF and _SCHEDULED.match(text) else tense


@cache
def _opening() -> tuple[tuple[str, str, str], ...]:
    """Return the words that open with a time, how they speak, and how far that reaches."""
    rows = read_table(DATA / "grammar" / "opening_tense.csv", ("words", "tense", "reach"))
    return tuple(
        (row["words"], row.one_of("tense", TENSES), row.one_of("reach", _REACHES)) for row in rows
    )


@cache
def _openings() -> tuple[str, ...]:
    return tuple(words for words, _, _ in _opening())


def turns_section(text: str) -> bool:
    """Tell whether the paragraphs below go on as one speaks that opens with its time.

    去年建成某中学 speaks of the past for itself; 过去五年，… opens a review.
    """
    return not text.startswith(_passing())


@cache
def _passing() -> tuple[str, ...]:
    return tuple(words for words, _, reach in _opening() if reach == "paragraph")


@dataclass(frozen=True)
class OwnTime:
    """When a document speaks: the year that 今年 means, and the month, 1 where none is known."""

    year: int | None
    month: int = 1

    def after(self, years: int) -> int | None:
        """Return the year in which a stretch of years ends that begins now.

        In the second half of a year the next one is the first: 今后五年 of a congress of
        September 2026 ends with 2031.
        """
        late = self.month > _HALF_YEAR
        return self.year + years - 1 + late if self.year else None


def own_time(document: Document) -> OwnTime:
    """Return when a document speaks.

    That is in the year that its title names, else at its date, else at a date that stands by
    itself in its first lines.
    """
    if named := titled_year(document.title):
        return OwnTime(named)
    if document.date[:4].isdecimal():
        return OwnTime(int(document.date[:4]), int(document.date[5:7] or 1))
    opening = [line for line in document.lines[:_OPENING] if "。" not in line]
    dated = next(filter(None, map(_DAY.search, opening)), None)
    return OwnTime(int(dated[1]), int(dated[2])) if dated else OwnTime(None)


@lru_cache(64)
def titled_year(title: str) -> int | None:
    """Return the year of a title that names one year and no period."""
    years = set(re.findall(r"20\d\d", title))
    found = _ONE_YEAR.search(title)
    return int(found[1]) if found and len(years) == 1 else None


def counted_year(heading: str, own: OwnTime) -> int | None:
    """Return the year that a heading counts from the document's own: 今后五年, 今年, 明年."""
    if ahead := _COMING.search(heading):
        return own.after(written(ahead[1]))
    if own.year and (near := _NEAR.search(heading)):
        return own.year + (near[0] == "明年")
    return None


def written(count: str) -> int:
    """Return a number of years: 三 and 3 are 3."""
    return _COUNTS.get(count) or int(count)
