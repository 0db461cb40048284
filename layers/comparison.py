"""Plan against plan: promised again, vanished, changed, and due without a report.

Nothing here says that a promise was broken: only what the documents at hand say and do not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import plans
from layers.history import History, Mention, is_later
from layers.nouns import is_project
from layers.words import codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.base import Base

Level = Literal["same", "wider"]


@dataclass(frozen=True)
class Case:
    """A thing, and the sentences that show what is found of it, oldest first."""

    history: History
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Silence(Case):
    """Promises due by the end of ``due``, and nothing said since where it could have been.

    ``looked_in`` holds the later documents that cover the promises' area: the id, and whether its
    area is the same or a wider one. Empty where there is none: then nobody could have said it.
    ``named_in`` are those of them that name the thing, though not as done.
    """

    due: int
    looked_in: tuple[tuple[str, Level], ...]
    named_in: tuple[str, ...] = ()

    @property
    def stage(self) -> str:
        """The stage that was promised for the end of ``due``, by the latest promise of it."""
        last = [one for one in self.mentions if one.said["target_year"] == self.due][-1]
        return str(last.said["stage"])

    @property
    def code(self) -> str:
        """What the later documents make of it, as a code of the list ``due``."""
        if not self.looked_in:
            return "no_later"
        return "named" if self.named_in else "silent"


def promised_again(some: Iterable[History]) -> tuple[Case, ...]:
    """Return what a plan promises and a later plan promises again, with all those promises."""
    return tuple(
        Case(history, history.promises)
        for history in some
        if any(
            is_later(last.date, first.date)
            for first in history.promises
            for last in history.promises
        )
    )


def vanished(
    some: Iterable[History], documents: Mapping[str, Any], city_of: Mapping[str, str]
) -> tuple[Silence, ...]:
    """Return what was promised, was due, and is named in no later plan of its area.

    The last promise must have been due before the year of a later document that covers its area.
    A later document names a thing also where its name or an alias is only printed; a phase of it
    is a thing of its own. A programme's name is a common word, so it counts as named only where a
    statement was read.

    Parameters
    ----------
    documents
        By id: all there are.
    city_of
        The city by town: a city's plan covers its towns, at another level.
    """
    printed = _printed(documents)
    found = (_silence(one, one.promises, documents, city_of) for one in some)
    told = (_with_names(one, printed) for one in found if one)
    return tuple(one for one in told if _is_gone(one, documents))


def unmentioned(
    some: Iterable[History], document: Any, city_of: Mapping[str, str]
) -> tuple[Case, ...]:
    """Return what earlier plans promise for a document's area and it says nothing of.

    A promise counts that no report has answered up to the document's own date. A thing whose name
    or alias is only printed in the document is not left out of it. The sentences of a case are
    those promises.

    Parameters
    ----------
    document
        Any of the documents.
    city_of
        As in ``vanished``.
    """
    printed = _words(document)
    found = (Case(one, _left_open(one, document, city_of)) for one in some)
    return tuple(
        one
        for one in found
        if one.mentions
        and document.id not in {mention.where[0] for mention in one.history.mentions}
        and not _names(printed, one.history)
    )


def _left_open(history: History, document: Any, city_of: Mapping[str, str]) -> tuple[Mention, ...]:
    known = [one for one in history.reports if not is_later(one.date, document.date)]
    return tuple(
        promise
        for promise in history.promises
        if is_later(document.date, promise.date)
        and covers(document.areas, promise.areas, city_of)
        and not any(_answers(report, promise) for report in known)
    )


def _is_gone(one: Silence, documents: Mapping[str, Any]) -> bool:
    last_named, last_promised = one.history.mentions[-1].date, one.mentions[-1].date
    return (
        any(documents[name].date[:4] > str(one.due) for name, _ in one.looked_in)
        and not is_later(last_named, last_promised)
        and not one.named_in
    )


def _printed(documents: Mapping[str, Any]) -> dict[str, str]:
    return {name: _words(document) for name, document in documents.items()}


def _with_names(one: Silence, printed: Mapping[str, str]) -> Silence:
    """Return the silence with those later documents that name the thing all the same."""
    said = {mention.where[0] for mention in one.history.mentions}
    later = [name for name, _ in one.looked_in]
    named = (name for name in later if name in said or _names(printed[name], one.history))
    return replace(one, named_in=tuple(named))


def _names(words: str, history: History) -> bool:
    names = (history.name, *history.aliases) if is_project(history.kind) else ()
    return any(re.search(f"{re.escape(_bare(name))}(?!{_PHASE})", words) for name in names)


def _words(document: Any) -> str:
    return _bare(
        "".join(
            line
            for article in plans.articles(document)
            if article.in_scope
            for line in document.lines[article.first - 1 : article.last]
        )
    )


def _bare(text: str) -> str:
    return "".join(text.split())


# What makes a name before it that of one phase.
_PHASE = "[一二三四五六七八九十0-9]+期"
# A thing that is partly finished is under way: whoever promised a start has kept it.
_AS_FAR_AS = {"part_completed": "under_construction"}


def overdue(
    some: Iterable[History],
    documents: Mapping[str, Any],
    city_of: Mapping[str, str],
    by: date,
) -> tuple[Silence, ...]:
    """Return what was promised for a year that is over on ``by`` and is not known to be done.

    A report answers a promise when its document is later and its stage is at least the promised
    one; a report without a stage answers nothing. So does what is known beside the plans, for
    promises made before it. What a later document could have reported comes first. Parameters as in
    ``vanished``.
    """
    printed = _printed(documents)
    found = (_silence(one, _open(one, by), documents, city_of) for one in some)
    told = (_with_names(one, printed) for one in found if one)
    return tuple(sorted(told, key=lambda one: not one.looked_in))


def _open(history: History, by: date) -> tuple[Mention, ...]:
    return tuple(
        promise
        for promise in history.promises
        if _is_due(promise, by) and not _is_answered(promise, history) and _is_new(promise)
    )


def _is_answered(promise: Mention, history: History) -> bool:
    return any(_meets(one, promise) for one in history.outcomes) or any(
        _answers(report, promise) for report in history.reports
    )


def _meets(outcome: Mapping[str, Any], promise: Mention) -> bool:
    """Return whether what is known is at least what was promised.

    A plan that is later than what is known speaks of works that are new.
    """
    known = _AS_FAR_AS.get(outcome["stage"], outcome["stage"])
    return _is_as_far(known, promise) and not is_later(promise.date, outcome["date"])


def _is_new(promise: Mention) -> bool:
    # A facility that is to be run, managed or improved is there: nothing of it can be overdue.
    # Where no stage is stated, no work is promised that could be done or not.
    return promise.said["stage"] not in {"operating", "unspecified"}


def _is_due(promise: Mention, by: date) -> bool:
    year = promise.said["target_year"]
    return year is not None and date(year, 12, 31) <= by


def _answers(report: Mention, promise: Mention) -> bool:
    return _is_as_far(report.said["stage"], promise) and is_later(report.date, promise.date)


def _is_as_far(stage: str, promise: Mention) -> bool:
    """Return whether a stage is the promised one or a later one; one that is none never is."""
    life = [code for code in codes("stage") if code != "unspecified"]
    wanted = promise.said["stage"]
    return stage in life and (wanted not in life or life.index(stage) >= life.index(wanted))


def _silence(
    history: History,
    promises: tuple[Mention, ...],
    documents: Mapping[str, Any],
    city_of: Mapping[str, str],
) -> Silence | None:
    dated = tuple(promise for promise in promises if promise.said["target_year"])
    if not dated:
        return None
    return Silence(
        history,
        dated,
        due=max(promise.said["target_year"] for promise in dated),
        looked_in=_later_plans(dated[-1], history.townships, documents, city_of),
    )


def _later_plans(
    promise: Mention,
    townships: tuple[str, ...],
    documents: Mapping[str, Any],
    city_of: Mapping[str, str],
) -> tuple[tuple[str, Level], ...]:
    # A city's plan may promise what lies in one town: then that town's later plans cover it too.
    levels = (
        (
            document.id,
            covers(document.areas, promise.areas, city_of)
            or covers(document.areas, townships, city_of),
        )
        for document in documents.values()
        if is_later(document.date, promise.date)
    )
    return tuple((name, level) for name, level in levels if level)


def covers(
    later: Iterable[str], earlier: Iterable[str], city_of: Mapping[str, str]
) -> Level | None:
    """Return how the areas of a later plan cover those of an earlier: the same, wider, or not."""
    whole, wanted = set(later), set(earlier)
    if wanted and wanted <= whole:
        return "same"
    if wanted and {city_of.get(area, area) for area in wanted} <= whole:
        return "wider"
    return None


def cities(base: Base) -> dict[str, str]:
    """Return the city of every town of the base map; empty where it names no county of its own."""
    own = list(base.counties.loc[base.counties["own"], "name"])
    return {town.name: own[0] for town in base.towns} if own else {}
