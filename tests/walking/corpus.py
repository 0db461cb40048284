"""The built data in plain pandas: which projects a view means, by the words of the vocabulary.

Nothing here is the app's own: the rules are written a second time, from the vocabulary.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

import versions
from scripts.steps import ROOT
from tests.walking.promises import Promises, is_later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.walking.view import View

# Not counted as projects; indicators are shown only to who searches or asks for them.
UNCOUNTED = ("programme", "indicator")
HIDDEN = ("indicator",)
_DONE = ("started", "completed", "operating")


def plain(text: str) -> str:
    """Return a text as it is looked for: without blanks, width and case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Corpus:
    """All projects and statements."""

    def __init__(self) -> None:
        built = versions.current(versions.BUILT) / "projects.geojson"
        features = json.loads(built.read_text("utf-8"))["features"]
        rows = [one["properties"] | {"placed": one["geometry"] is not None} for one in features]
        self.projects = pd.DataFrame(rows).set_index("id", drop=False).rename_axis(None)
        self.documents = _table("seeds/manifest.csv").set_index("id", drop=False).rename_axis(None)
        self.codes = _table("data/codes.csv")
        self._pairs: dict[tuple[str, str, bool, bool], pd.DataFrame] = {}
        self._titles: dict[str, dict[str, str]] = {}
        self._selected: dict[tuple[object, ...], frozenset[str]] = {}

    @cached_property
    def said(self) -> pd.DataFrame:
        """One row per statement, with its project and the date of its document."""
        said = [
            {**one, "id": row["id"], "goal": _cited(one) in row["goals"]}
            for row in self.projects.to_dict("records")
            for one in row["statements"]
        ]
        frame = pd.DataFrame(said)
        return frame.assign(date=frame["document"].map(self.documents["date"]))

    @cached_property
    def dates(self) -> list[str]:
        """The dates of the documents, oldest first; the last one is the latest."""
        return sorted(set(self.documents["date"]) - {""})

    @cached_property
    def sides(self) -> dict[str, list[str]]:
        """What can stand on a side of two plans: years of several documents, then documents."""
        ordered = self.documents.sort_values(["date", "id"])
        years = ordered.groupby(ordered["date"].str[:4])["id"].agg(list)
        return {year: ids for year, ids in years.items() if len(ids) > 1} | {
            one: [one] for one in ordered["id"]
        }

    def listed(self, code_list: str) -> list[str]:
        return self.codes.loc[self.codes["list"] == code_list, "code"].tolist()

    # ---- what a view means ---------------------------------------------------------------
    def known(self, date: str) -> pd.DataFrame:
        """Return the statements of the documents that are not later than a date, empty for all."""
        if not date:
            return self.said
        return self.said[[not is_later(one, date) for one in self.said["date"]]]

    def titles(self, date: str) -> dict[str, str]:
        """Return what each project is called as of a date, empty for today: with its works."""
        if date not in self._titles:
            names = self.projects["name"]
            works = self.known(date).groupby("id", sort=False)["works"].agg(list)
            self._titles[date] = {
                name: names[name] + _bracketed(names[name], some) for name, some in works.items()
            }
        return self._titles[date]

    def stages(self, said: pd.DataFrame) -> pd.Series:
        """Return the current stage of each project, as some statements give it."""
        order = {code: rank for rank, code in enumerate(self.listed("stage"))}
        weighed = said.assign(
            told=said["stage"] != "unspecified",
            done=~said["promised"] & said["stage"].isin(_DONE),
            plan=~said["goal"],
            rank=said["stage"].map(order),
        ).sort_values(["told", "date", "done", "plan", "rank", "document"])
        return weighed.groupby("id")["stage"].last()

    def pairs(self, facet: str, view: View) -> pd.DataFrame:
        """Return which project shows which value to a filter: columns id, value."""
        key = (facet, view.date, view.lead, view.issuer)
        if key not in self._pairs:
            self._pairs[key] = self._made_pairs(facet, view)
        return self._pairs[key]

    def _made_pairs(self, facet: str, view: View) -> pd.DataFrame:
        said = self.known(view.date)
        here = self.projects[self.projects["id"].isin(said["id"])]
        found: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
            "strategy": lambda: [
                (row.id, one["code"]) for row in said.itertuples() for one in row.strategies
            ],
            "status": lambda: self.stages(said).items(),
            "unit": lambda: self._units(said, view),
            "document": lambda: zip(said["id"], said["document"], strict=True),
            "year": lambda: zip(said["id"], said["date"].str[:4], strict=True),
            "target_year": lambda: (
                (name, str(int(year)))
                for name, year in zip(said["id"], said["target_year"], strict=True)
                if year and not pd.isna(year)
            ),
            "certainty": lambda: zip(said["id"], said["certainty"], strict=True),
            "category": lambda: zip(here["id"], here["category"], strict=True),
            "location_class": lambda: zip(here["id"], here["location_class"], strict=True),
            "outcome": lambda: self._outcomes(here, view.date),
            "due": lambda: self._due(view.date),
            "thing": lambda: (
                (row.id, row.kind if row.kind in UNCOUNTED else "project")
                for row in here.itertuples()
            ),
            "township": lambda: [(row.id, t) for row in here.itertuples() for t in row.townships],
        }
        return pd.DataFrame(list(found[facet]()), columns=["id", "value"]).drop_duplicates()

    def _units(self, said: pd.DataFrame, view: View) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = []
        for one in said.itertuples():
            units = list(one.lead_units)
            if not view.lead:
                units += [*one.units, *one.remark_lead_units]
                units += [one.issuer] if view.issuer and one.unit_basis == "issuer" else []
            rows += [(one.id, unit) for unit in units]
        return rows

    def _outcomes(self, here: pd.DataFrame, day: str) -> Iterable[tuple[str, str]]:
        told = self.promises.progress(day)
        for name in here["id"]:
            yield from (
                (name, one) for one in (("known", told[name]) if name in told else ("unknown",))
            )

    def _due(self, day: str) -> Iterable[tuple[str, str]]:
        names = set(self.known(day)["document"])
        for name, code in self.promises.due(names, day).items():
            yield from ((name, one) for one in ("open", code))

    @cached_property
    def promises(self) -> Promises:
        """The statements as promises and reports."""
        return Promises(self.projects, self.said, self.documents, self.listed("stage"))

    def finding(self, words: str) -> set[str]:
        """Return the ids of all projects with some words in a name or a quote."""
        wanted = plain(words)
        return {name for name, text in self.texts.items() if wanted in text}

    @cached_property
    def texts(self) -> dict[str, str]:
        """What is looked through, by project: its names and the quotes of its statements."""
        rows = self.projects.to_dict("records")
        return {row["id"]: "\n".join(map(plain, _words(row))) for row in rows}

    @cached_property
    def names(self) -> dict[str, str]:
        """What things are called, by project: without the quotes."""
        rows = self.projects.to_dict("records")
        return {row["id"]: "\n".join(map(plain, _names(row))) for row in rows}

    def unfolded(self, view: View) -> set[str]:
        """Return the ids that the list beside the map shows before anything is unfolded.

        A search folds away what has its words only in a quote, unless nothing has them in a name.
        """
        ids, wanted = self.selected(view), plain(view.search)
        return {one for one in ids if wanted in self.names[one]} or ids

    def folds(self, view: View) -> bool:
        """Return whether a search has its words in names, and in other things' quotes alone."""
        return self.unfolded(view) != self.selected(view)

    def on_sheet(self, view: View) -> set[str]:
        """Return the ids that a sheet names: what is folded only where the sheet shall have it."""
        return self.selected(view) if view.option("quoted") == "1" else self.unfolded(view)

    def nouns(self, ids: Iterable[str]) -> list[int]:
        """Return how many projects, programmes and indicators there are; none are left out."""
        kinds = self.rows(ids)["kind"]
        found = [int((~kinds.isin(UNCOUNTED)).sum()), *(int((kinds == k).sum()) for k in UNCOUNTED)]
        return [count for count in found if count] or [0]

    def selected(self, view: View, without: tuple[str, ...] = ()) -> set[str]:
        """Return the ids of all that passes the filters, programmes among them."""
        key = (view.chosen, view.search, view.lead, view.issuer, view.date, without)
        if key not in self._selected:
            self._selected[key] = frozenset(self._made_selection(view, without))
        return set(self._selected[key])

    def _made_selection(self, view: View, without: tuple[str, ...]) -> set[str]:
        here = self.projects[self.projects["id"].isin(self.known(view.date)["id"])]
        asked = bool(view.search) or "indicator" in view.values("thing")
        ids = set(here["id"] if asked else here.loc[~here["kind"].isin(HIDDEN), "id"])
        for facet, values in view.chosen:
            if facet not in without:
                pairs = self.pairs(facet, view)
                ids &= set(pairs.loc[pairs["value"].isin(values), "id"])
        return ids & self.finding(view.search) if view.search else ids

    def rows(self, ids: Iterable[str]) -> pd.DataFrame:
        return self.projects[self.projects["id"].isin(set(ids))]

    def counted(self, ids: Iterable[str]) -> pd.DataFrame:
        """Return the rows that count as projects."""
        rows = self.rows(ids)
        return rows[~rows["kind"].isin(UNCOUNTED)]

    def one_list(self, view: View, name: str) -> set[str]:
        """Return the ids of one list of the list page: projects by place, or another noun.

        Indicators are listed there although nothing asks for them.
        """
        if name == "indicator":
            view = view.having("thing", name)
        ids = self.selected(view)
        rows, projects = self.rows(ids), self.counted(ids)
        if name in UNCOUNTED:
            return set(rows.loc[rows["kind"] == name, "id"])
        classes = ("site", "locality") if name == "placed" else (name,)
        return set(projects.loc[projects["location_class"].isin(classes), "id"])

    def drawn(self, ids: Iterable[str]) -> set[str]:
        """Return the ids of those that have a place of their own on the map."""
        rows = self.counted(ids)
        return set(rows.loc[rows["placed"], "id"])

    def badges(self, ids: Iterable[str]) -> dict[str, set[str]]:
        """Return by township the ids of those of which no more is known."""
        rows = self.counted(ids)
        rows = rows[rows["location_class"] == "township"].explode("townships")
        return rows.groupby("townships")["id"].agg(set).to_dict()

    def choices(self, facet: str) -> list[str]:
        """Return the values that a filter can be set to."""
        from tests.walking.view import View  # noqa: PLC0415 - only its emptiness is needed

        return sorted(set(self.pairs(facet, View(issuer=True))["value"]))


def _words(row: dict[str, Any]) -> list[str]:
    quotes = [q["quote"] for one in row["statements"] for q in (one, *one["more_quotes"])]
    return [*_names(row), *quotes]


def _bracketed(name: str, works: list[str]) -> str:
    """Return the works behind a name: what all statements speak of, or nothing."""
    named = [re.sub("(工程|项目)$", "", one) for one in works]
    mere = [re.fullmatch("(工程|项目|建设|前期|工作)*", one) for one in works]
    often = [one for one in named if named.count(one) == max(map(named.count, named))]
    return "" if any(mere) or name.endswith(often[-1]) else f"（{often[-1]}）"


def _names(row: dict[str, Any]) -> list[str]:
    works = _bracketed(row["name"], [one["works"] for one in row["statements"]])
    typed = row["name"] + works.strip("（）")
    return [
        row["name"],
        typed,
        row["name"] + works,
        *row["aliases"],
        *(one["name"] for one in row["statements"]),
    ]


def _cited(said: dict[str, Any]) -> str:
    return f"{said['document']}:{said['line']}:{said['start']}"


def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / name, dtype=str, keep_default_na=False)
