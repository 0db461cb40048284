"""What the verbs around a list say: stage, certainty and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from plans.lexicon import lexicon

if TYPE_CHECKING:
    from plans.clauses import Frame
    from plans.lexicon import Verb
    from plans.model import Certainty, Stage
    from plans.things import Thing

_PREPARATORY = re.compile(r"前期(?:工作)?$|土地征用$|征地(?:工作)?$")
_YEAR = re.compile(r"(20\d\d)")
_OWN_PROMISE = re.compile(r"将|计划|拟|力争|确保|争取|打造|今后|目标|规划面积|谋划|要")
_OWN_REPORT = re.compile(r"已|了|目前|正")
# named things of these kinds are works by themselves: to push one on is to build it
_WORKS_BY_NATURE = frozenset(
    "road rail bridge interchange transport_hub parking bike park_green education health elderly sport "
    "public_service water_supply energy river_water flood sewage waste old_town_renewal "
    "industrial_park commerce logistics new_town tourism agriculture port innovation culture "
    "safety village other".split()
)


@dataclass(frozen=True)
class Verdict:
    """The stage of a thing in its sentence, whether that is promised, and how firmly."""

    stage: Stage
    promised: bool
    certainty: Certainty


def verdict(frame: Frame, thing: Thing, tense: str, sentence: str) -> Verdict:
    """Read the stage off the verbs; the one that follows the list counts as one before it.

    Parameters
    ----------
    tense
        Of the section; ``own`` lets the sentence decide.
    """
    promised = _promised(tense, sentence)
    words = [verb for verb in (frame.before, frame.after) if verb]
    stage = _stage(words, frame, thing, promised=promised)
    return Verdict(stage, promised, _certainty(frame))


def _promised(tense: str, sentence: str) -> bool:
    if tense != "own":
        return tense == "promise"
    if _OWN_REPORT.search(sentence):
        return False
    return bool(_OWN_PROMISE.search(sentence))


def _stage(words: list[Verb], frame: Frame, thing: Thing, *, promised: bool) -> Stage:
    if _PREPARATORY.search(_ending(frame)) or _PREPARATORY.search(thing.works):
        return "preparation"
    stages = [cast("Stage", verb.promise if promised else verb.report) for verb in words]
    if not stages:
        return "unspecified"
    last, verb = stages[-1], words[-1]
    if last == "unspecified" and len(stages) > 1:
        return stages[0]
    if verb.needs_works and len(stages) > 1 and stages[0] == "proposed":
        return "proposed"
    if verb.needs_works and _abstract(frame, thing):
        return "unspecified"
    return last


def _ending(frame: Frame) -> str:
    tail = frame.phrase.tail
    return tail.text if tail else frame.phrase.items[-1].text


def _abstract(frame: Frame, thing: Thing) -> bool:
    """Tell whether what is pushed on is no works but a 发展 or 转型 of the thing."""
    after = [token for token in frame.near if token.start >= frame.phrase.end]
    return bool(after) and after[0].is_a("abstract") and not thing.works


def _certainty(frame: Frame) -> Certainty:
    before = [token for token in frame.near if token.start < frame.phrase.start]
    for token in reversed(before):
        if token.text.startswith("力争"):
            return "strive"
        if token.is_a("ensure"):
            return "ensure"
    return "plain"


def target_year(
    frame: Frame, last_year: int | None, *, promised: bool
) -> tuple[int | None, Literal["printed", "horizon"] | None]:
    """Return the year a promise is due: printed in its clause, else the end of the plan period."""
    if not promised:
        return None, None
    printed = [t for t in frame.near if t.is_a("year") and t.start < frame.phrase.end]
    if printed and (match := _YEAR.search(printed[-1].text)):
        return int(match[1]), "printed"
    return (last_year, "horizon") if last_year else (None, None)


def verb_of(word: str) -> Verb:
    """Return a verb of the table by its word."""
    return lexicon().verbs[word]
