"""By when a promise is due: the year that governs it, and how that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from plans.documents import last_year
from plans.times import own_time, titled_year, written

if TYPE_CHECKING:
    from plans.clauses import Frame
    from plans.documents import Document
    from plans.passages import Passage
    from plans.times import OwnTime

Basis = Literal["printed", "counted", "title", "horizon"]
Due = tuple[int | None, Basis | None]

_COUNT = "[一二两三四五六七八九十]|[1-9]"
_TIME = re.compile(
    r"(?P<year>20\d\d)(?:年|(?=[年末底前]))"
    r"|[“‘]?(?P<period>十[二三四五六]五)[”’]?(?=期?末|期间|时期|收官)"
    rf"|(?P<within>{_COUNT})年(?:之|以)?内|(?:未来|今后)(?P<coming>{_COUNT})年"
    r"|(?P<after>明年|后年)"
    r"|(?P<this>今年|本年(?!级)|(?<![每\d])年内|(?<![每\d])年[底末](?:之?前)?)"
)
# what may stand beside the time in a clause that names nothing else: 力争到2027年6月底前，
_BESIDE_TIME = re.compile(
    r"(?:力争|确保|争取|计划|预计|原则上|到|至|在|于|自|从|起|之?前|以前|底|末|初|中|期间?|时期|时|内"
    r"|[上下]半年|第?[一二三四]季度|\d{1,2}月|\d{1,2}日|[上中下]旬|—|-|、|和|及|“|”)*"
)
_FARTHEST = 1000  # signs before a phrase in which its time may stand
_CLAUSE_END = re.compile("[，：]")
_ONE_YEAR = re.compile(r"(?<![\d—－~～-])(20\d\d)年?(?![\d—－~～-]|[—－~～-])")
_TIMES = ("adverb", "date", "year", "verb", "ensure", "strive", "separator")


@dataclass(frozen=True)
class _Named:
    """A year that words name; ``weak`` where a printed one of the row or heading says more."""

    year: int | None
    basis: Basis
    weak: bool = False


def target_year(document: Document, passage: Passage, sentence: str, frame: Frame) -> Due:
    """Return the year a promise is due and how that is known; None for both if nothing says it.

    The nearest words win: those of the clause before the list, then those behind it, then a
    clause before it that says only when. Then comes what row, heading or chapter print, the
    title, the end of the plan period.

    Parameters
    ----------
    sentence
        Its text; the places of the frame count in it.
    """
    own = own_time(document)
    found = next(filter(None, (_last(text, own) for text in _governing(sentence, frame))), None)
    if found and not (found.weak and (passage.due or found.year is None)):
        # the year is not known that 明年 counts from
        return found.year, found.basis if found.year else None
    if passage.last_year is None:
        return None, None
    if passage.due:
        return passage.last_year, "printed"
    titled = passage.last_year == titled_year(document.title)
    return passage.last_year, "title" if titled else "horizon"


def _governing(sentence: str, frame: Frame) -> tuple[str, ...]:
    """Return the words that may say when, the nearest first."""
    start, end = frame.phrase.start, frame.phrase.end
    # a time that governs stands near, and a sentence of a hostile file has thousands of clauses
    first = max(start - _FARTHEST, 0)
    begin = max((m.end() for m in _CLAUSE_END.finditer(sentence, first, start)), default=first)
    return sentence[begin:end], _behind(sentence, frame), _said_before(sentence[first:begin])


def _behind(sentence: str, frame: Frame) -> str:
    """Return the words right behind a list that name nothing: …2026年底前建成."""
    end = frame.phrase.end
    for token in frame.near:
        if token.start < frame.phrase.end:
            continue
        if not token.is_a(*_TIMES):
            break
        end = token.end
    return sentence[frame.phrase.end : end]


def _said_before(text: str) -> str:
    """Return the last clause that says only when."""
    clauses = _CLAUSE_END.split(text)[:-1]
    return next((c for c in reversed(clauses) if _TIME.search(c) and _is_time(c)), "")


def _is_time(clause: str) -> bool:
    return bool(_BESIDE_TIME.fullmatch(_TIME.sub("", clause)))


@lru_cache(maxsize=16)
def _last(text: str, own: OwnTime) -> _Named | None:
    """Return the last year that words name; the names of one list are asked one after another."""
    times = list(_TIME.finditer(text))
    printed = [match for match in times if match["year"]]
    return _named((printed or times)[-1], own) if times else None


def _named(time: re.Match[str], own: OwnTime) -> _Named:
    if time["year"]:
        return _Named(int(time["year"]), "printed")
    if time["period"]:
        return _Named(last_year(time["period"]), "counted")
    if time["this"]:
        return _Named(own.year, "counted", weak=True)
    if time["after"]:
        ahead = 1 + (time["after"] == "后年")
        return _Named(own.year + ahead if own.year else None, "counted")
    end = own.after(written(time["within"] or time["coming"]))
    return _Named(end, "counted", weak=end is None)
