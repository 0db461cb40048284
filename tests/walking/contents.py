"""What pages hold beside number, tags and map: tables, lists of plans, documents, sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.walking import sheets, words
from tests.walking.differing import differ
from tests.walking.promises import over
from tests.walking.sheets import SWITCHES, said_of, shown_options
from tests.walking.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.walking.corpus import Corpus
    from tests.walking.seen import Seen


@dataclass(frozen=True)
class Contents:
    """Compares what pages hold with the model.

    Attributes
    ----------
    corpus
        The data in pandas.
    """

    corpus: Corpus

    def differences(self, view: View, seen: Seen) -> Iterator[str]:
        """Say in words all that is not as the model has it."""
        parts = (self._tables, self._duties, self._compared)
        for part in (*parts, self._documents, self._project, self._sheet):
            yield from part(view, seen)

    def sheet(self, view: View, files: list[bytes]) -> list[str]:
        """Return in words how a sheet's files differ from the model: they name the selection.

        A picture can only be measured.
        """
        if view.option("format") == "png":
            sizes = {sheets.dots(one) for one in files}
            near = all(
                abs(a - b) <= 1
                for one in sizes
                for a, b in zip(one, sheets.size(view), strict=True)
            )
            return [] if near else [f"the picture has {sizes} dots, not {sheets.size(view)}"]
        told = "".join(map(sheets.text, files))
        names = self.corpus.rows(self.corpus.on_sheet(view))["name"]
        lacking = {name for name in names if "".join(name.split()) not in told}
        return list(differ("names on the sheet that are lacking", lacking, set()))

    # ---- tables --------------------------------------------------------------------------
    def _tables(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page == "list":
            wanted = self.corpus.one_list(view, view.listed)
            if seen.listed is not None:
                yield from differ("the list", set(seen.listed), wanted)
            yield from differ("told below the list", set(seen.panel), {view.project} & wanted)
        rows = self.table(view)
        if not rows:
            return
        if not seen.grids:
            yield "the table is not there"
            return
        if view.page != "list" or not view.search:  # what a quote has hit is a table of its own
            yield from differ("rows of the table", seen.grids[0]["count"], len(rows))
        names = {name for name, _ in rows}
        yield from differ("rows beyond the selection", set(seen.rows) - names, set())

    def table(self, view: View) -> list[tuple[str, str]] | None:
        """Return the first cells of the page's table, each with what it stands for; None without.

        The order is not that of the page.
        """
        if view.page == "unit" and not self.unit(view):
            # a list of who answers for projects or counted programmes, not for indicators alone
            rows = self.corpus.rows(self.corpus.selected(view))
            ids = rows.loc[rows["kind"] != "indicator", "id"]
            said = self.corpus.known(view.date)
            said = said[said["id"].isin(ids)]
            return [(unit, unit) for unit in sorted({u for some in said["units"] for u in some})]
        if view.page == "list":
            ids = self.corpus.one_list(view, view.listed)
        elif view.page == "project" and not view.project:
            ids = self.corpus.selected(view)
        else:
            return None
        rows = self.corpus.rows(ids)
        titles = self.corpus.titles(view.date)
        return [(titles[name], name) for name in rows["id"]]

    def rows(self, view: View, seen: Seen) -> dict[str, int]:
        """Return the places of the rows in view, by what each stands for; those of one name not."""
        meant: dict[str, list[str]] = {}
        for name, what in self.table(view) or ():
            meant.setdefault(name, []).append(what)
        clear = {name: some[0] for name, some in meant.items() if len(some) == 1}
        return {clear[name]: at for name, at in seen.rows.items() if name in clear}

    # ---- plan against plan ---------------------------------------------------------------
    def _compared(self, view: View, seen: Seen) -> Iterator[str]:
        ids, promises = self.corpus.selected(view), self.corpus.promises
        if view.page == "changes":
            projects = set(self.corpus.counted(ids)["id"])
            wanted: dict[str, set[str]] = {"joined": set(), "new": set(), "silent": set()}
            for name, kind in promises.effects(view.opened).items():
                wanted[kind] |= {name} & projects
            found = {kind: set(some) for kind, some in seen.effects.items()}
            found["joined"] = found.get("joined", set()) | found.pop("conflict", set())
            for kind, some in wanted.items():
                yield from differ(f"changes: {kind}", found.get(kind, set()), some)
        if view.page == "compare" and view.tab in {"again", "due", "history"}:
            every = set(self.corpus.documents["id"])
            of_tab = {
                "again": promises.again,
                "due": lambda: set(promises.due(every, "", over(view.by).isoformat())),
                "history": lambda: ids,
            }
            yield from differ(f"tab {view.tab}", set(seen.compared), of_tab[view.tab]() & ids)

    # ---- documents and projects ----------------------------------------------------------
    def _documents(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page != "documents":
            return
        said = self.corpus.said
        there = set(said.loc[said["document"] == view.opened, "id"])
        yield from differ("things marked", set(seen.marked), there & self.corpus.selected(view))
        wanted = [int(view.line)] if view.line else []
        yield from differ("line opened", seen.target, wanted)

    def _project(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page != "project" or not view.project:
            return
        said = self.corpus.said[self.corpus.said["id"] == view.project]
        wanted = {f"documents?open={one.document}&line={one.line}" for one in said.itertuples()}
        yield from differ("statements that are not cited", wanted - set(seen.cited), set())
        name = self.corpus.titles(view.date)[view.project]
        if name not in seen.heading:
            yield f"the name above is {seen.heading!r}, not {name}"

    # ---- sheet ---------------------------------------------------------------------------
    def _sheet(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page != "sheet":
            return
        for name in shown_options(view, self.corpus):
            found = said_of(name, seen)
            wanted = view.option(name)
            if name not in {"title", "subtitle", *SWITCHES}:
                wanted = words.caption(f"sheet_{name}_{wanted}", view.language)
            yield from differ(f"sheet: {name}", found, wanted)
        if seen.drawing is None:
            yield "the sheet is not drawn"
            return
        for facet, values in view.chosen:
            for value in values:
                name = words.label(facet, value, view.language)
                if name not in seen.drawing:
                    yield f"the preview does not say {name}: {seen.drawing!r}"

    # ---- units ---------------------------------------------------------------------------
    def _duties(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page == "unit" and self.unit(view):
            yield from differ("rows of the unit", set(seen.duties), self.duties(view))

    def unit(self, view: View) -> str:
        """Return the unit that its page shows: the first chosen one."""
        return (*view.values("unit"), "")[0]

    def duties(self, view: View) -> set[str]:
        """Return the ids of what the unit of the page answers for."""
        pairs = self.corpus.pairs("unit", View(page=view.page, asof=view.asof))
        named = set(pairs.loc[pairs["value"] == self.unit(view), "id"])
        return self.corpus.selected(view) & named
