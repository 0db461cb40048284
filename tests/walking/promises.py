"""What plans promise and what became of it, in plain pandas, by the words of the vocabulary.

A promise of some stage is due when its year is over. A report of a later document, or what is
known of the thing by then, answers it where it is at least as far.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from scripts.steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

# The city of all documents: its plans cover each of its towns.
CITY = "乐清市"
FINISHED = ("completed", "operating")
# How far a known outcome is, by its stage; news without one is no more than news.
PROGRESS = {**dict.fromkeys(FINISHED, "finished"), "part_completed": "part_finished"}


def is_later(one: str, other: str) -> bool:
    """Tell whether a date lies wholly after another, as far as both are known."""
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]


def over(day: str) -> date:
    """Return the last day of a date of any precision; today for none."""
    if not day:
        return date.today()  # noqa: DTZ011 - the server too asks the clock of this machine
    year, month, at = (*map(int, day.split("-")), 0, 0)[:3]
    if at:
        return date(year, month, at)
    following = date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    return following - timedelta(days=1)


class Promises:
    """All statements, looked at as promises and reports.

    Parameters
    ----------
    projects, said, documents
        Tables by project, by statement (with id and date), and by document.
    stages
        Codes of stages, in the order of a life; the last one says nothing.
    """

    def __init__(
        self,
        projects: pd.DataFrame,
        said: pd.DataFrame,
        documents: pd.DataFrame,
        stages: list[str],
    ) -> None:
        self.projects, self.documents = projects, documents
        life = {
            code: at for at, code in enumerate(code for code in stages if code != "unspecified")
        }
        self.said = said.assign(
            far=said["stage"].map(life), year=pd.to_numeric(said["target_year"])
        )
        self.scope = documents["scope"].to_dict()

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """What is known, one row for each outcome, oldest first: id, stage, date."""
        told = pd.read_csv(ROOT / "data" / "outcomes.csv", dtype=str, keep_default_na=False)
        rows = self.projects
        named = dict(zip(rows["name"], rows["id"], strict=True))
        also = {name: row.id for row in rows.itertuples() for name in row.aliases}
        told["id"] = told["project"].map(also | named)
        return told.sort_values("date", kind="stable")

    def known(self, day: str) -> pd.DataFrame:
        """Return the outcomes that are known at a date, empty for today."""
        return self.outcomes[[not (day and is_later(one, day)) for one in self.outcomes["date"]]]

    def progress(self, day: str) -> dict[str, str]:
        """Return by id how far a thing is last known to be, by a date."""
        last = self.known(day).groupby("id")["stage"].last()
        return {name: PROGRESS.get(stage, "unfinished") for name, stage in last.items()}

    def answered(self, promises: pd.DataFrame, reports: pd.DataFrame) -> set[int]:
        """Return the rows of promises that some later report answers: it is at least as far."""
        pairs = promises.reset_index().merge(reports, on="id", suffixes=("", "_told"))
        far = pairs["far_told"].notna() & (pairs["far_told"] >= pairs["far"].fillna(-1))
        later = [is_later(*each) for each in zip(pairs["date_told"], pairs["date"], strict=True)]
        return set(pairs.loc[far & pd.Series(later, pairs.index, bool), "index"])

    def covers(self, later: str, areas: Iterable[str]) -> bool:
        """Tell whether a document covers areas; none are covered by no document."""
        wanted = set(areas)
        return bool(wanted) and (self.scope[later] == CITY or wanted == {self.scope[later]})

    # ---- due -----------------------------------------------------------------------------
    def open(self, said: pd.DataFrame, day: str, by: str = "") -> pd.DataFrame:
        """Return the promises that are due and unanswered, as far as some statements go.

        Parameters
        ----------
        day
            The date as of which outcomes are known, empty for today.
        by
            The day by which promises are due; empty for the last of ``day``.
        """
        ends = over(by or day)
        # what is run or improved is there already; without a stage nothing is promised
        new = said["promised"] & ~said["stage"].isin(["operating", "unspecified"])
        promises = said[new & (said["year"] + 1 <= (ends + timedelta(days=1)).year)]
        promises = promises[~promises.index.isin(self.answered(promises, said[~said["promised"]]))]
        return promises[~promises.index.isin(self.met(promises, self.known(day)))]

    def met(self, promises: pd.DataFrame, known: pd.DataFrame) -> set[int]:
        """Return the rows of promises that what is known meets; a part of a thing is under way."""
        life = self.said.dropna(subset="far").set_index("stage")["far"].to_dict()
        life |= {stage: max(life.values()) for stage in FINISHED} | {
            "part_completed": life["under_construction"]
        }
        known = known.assign(far_known=known["stage"].map(life)).dropna(subset="far_known")
        pairs = promises.reset_index().merge(known, on="id", suffixes=("", "_known"))
        after = [not is_later(*one) for one in zip(pairs["date"], pairs["date_known"], strict=True)]
        far = pairs["far_known"] >= pairs["far"]
        return set(pairs.loc[far & pd.Series(after, pairs.index, bool), "index"])

    def due(self, names: set[str], day: str, by: str = "") -> dict[str, str]:
        """Return by id the code of what is due, as some documents alone know it."""
        said = self.said[self.said["document"].isin(names)]
        return {
            name: self._code(some, said, names)
            for name, some in self.open(said, day, by).groupby("id")
        }

    def _code(self, some: pd.DataFrame, said: pd.DataFrame, names: set[str]) -> str:
        last = some.sort_values("date", kind="stable").iloc[-1]
        later = self.later(last, names)
        if not later:
            return "no_later"
        return "named" if self.naming(last["id"], later, said) else "silent"

    def later(self, promise: pd.Series, names: set[str]) -> list[str]:
        """Return the documents that are later than a promise and cover its area."""
        row = self.projects.loc[promise["id"]]
        areas = ([self.scope[promise["document"]]], row["townships"])
        return [
            one
            for one in sorted(names)
            if is_later(self.documents.loc[one, "date"], promise["date"])
            and any(self.covers(one, each) for each in areas)
        ]

    def naming(self, project: str, some: Iterable[str], said: pd.DataFrame) -> list[str]:
        """Return those documents that speak of a thing or print its name."""
        row = self.projects.loc[project]
        there = set(said.loc[said["id"] == project, "document"])
        names = [] if row["kind"] in {"programme", "indicator"} else [row["name"], *row["aliases"]]
        bare = ["".join(name.split()) for name in names]
        # 某公园二期 is another thing than 某公园
        whole = [re.compile(re.escape(name) + r"(?![一二三四五六七八九十\d]+期)") for name in bare]
        return [o for o in some if o in there or any(n.search(self.texts[o]) for n in whole)]

    @cached_property
    def texts(self) -> dict[str, str]:
        """What the documents print of their own area, without blanks."""
        return {
            name: "".join((ROOT / "seeds" / file).read_text("utf-8").split())
            for name, file in self.documents["file"].items()
        }

    # ---- plan against plan ---------------------------------------------------------------
    def again(self) -> set[str]:
        """Return the ids of what a plan promises and a later one promises again."""
        promises = self.said[self.said["promised"]].groupby("id")["date"].agg(list)
        return {
            name
            for name, dates in promises.items()
            if any(is_later(one, other) for one in dates for other in dates)
        }

    def earlier(self, document: str) -> set[str]:
        """Return the documents before one: by date, and where that does not tell by number."""
        dates = self.documents["date"]
        own = dates[document]
        return {
            one
            for one, day in dates.items()
            if is_later(own, day) or (not is_later(day, own) and one < document)
        }

    def effects(self, document: str) -> dict[str, str]:
        """Return by id what a plan does: ``new``, ``joined`` (in conflict too), or ``silent``."""
        before = self.said[self.said["document"].isin(self.earlier(document))]
        own = self.said[self.said["document"] == document]
        found = {one: "joined" if one in set(before["id"]) else "new" for one in set(own["id"])}
        return found | dict.fromkeys(self._left_out(document, before) - set(found), "silent")

    def _left_out(self, document: str, before: pd.DataFrame) -> set[str]:
        day = self.documents.loc[document, "date"]
        promises = before[before["promised"]]
        inside = [
            is_later(day, one.date) and self.covers(document, [self.scope[one.document]])
            for one in promises.itertuples()
        ]
        promises = promises[pd.Series(inside, promises.index, bool)]
        answered = self.answered(promises, before[~before["promised"]])
        left = set(promises.loc[~promises.index.isin(answered), "id"])
        return {one for one in left if not self.naming(one, [document], before)}
