"""Where what is seen differs from what the model expects of a view."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.walking import sheets, words
from tests.walking.driver import TAGS
from tests.walking.promises import over
from tests.walking.sheets import SWITCHES, said_of, shown_options
from tests.walking.view import (
    AS_OF_PAGES,
    FACETS,
    FIRST_SIDE,
    HEADED,
    LAST_SIDE,
    LATEST,
    USUAL,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.walking.corpus import Corpus
    from tests.walking.seen import Seen

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Judge:
    """Compares pages with the model.

    Attributes
    ----------
    corpus
        The data in pandas.
    first
        The language of the browser: it need not stand in the address.
    """

    corpus: Corpus
    first: str

    def differences(self, view: View, seen: Seen) -> list[str]:
        """Return in words all that is not as the model has it; empty where all agrees."""
        parts = (
            *(self._page, self._address, self._headline, self._controls, self._things),
            *(self._tables, self._compared, self._documents, self._project, self._sheet),
        )
        return [said for part in parts for said in part(view, seen)]

    def file(self, view: View) -> set[str]:
        """Return the ids that the downloaded file must hold."""
        return self.corpus.selected(view)

    def sheet(self, view: View, files: list[bytes]) -> list[str]:
        """Return in words how a sheet's files differ from the model: they name all that is selected.

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
        names = self.corpus.rows(self.corpus.selected(view))["name"]
        lacking = {name for name in names if "".join(name.split()) not in told}
        return list(differ("names on the sheet that are lacking", lacking, set()))

    def _page(self, view: View, seen: Seen) -> Iterator[str]:
        yield from differ("page", seen.page, view.page)
        yield from (f"the page shows an error: {text}" for text in seen.errors)

    # ---- address -------------------------------------------------------------------------
    def _address(self, view: View, seen: Seen) -> Iterator[str]:
        must, may = self.parameters(view)
        for name in NAMED:
            found = seen.parameters.get(name, ())
            if found not in {must.get(name, may.get(name, ())), () if name in may else found}:
                yield f"address: {name} is {found}, not {must.get(name, may.get(name, ()))}"
            elif name in must and found != must[name]:
                yield f"address: {name} is {found}, not {must[name]}"

    def parameters(self, view: View) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what the address must say, and what it may say or leave out."""
        must = {name: tuple(sorted(values)) for name, values in view.chosen}
        must |= {name: (value,) for name, value in _single(view).items() if value}
        role = {"role": ("lead",)} if view.lead else {}
        issuer = {"issuer": ("1",)} if view.issuer else {}
        unit = bool(view.values("unit"))
        must |= (role if unit else {}) | (issuer if unit and not view.lead else {})
        here = {
            name: (value,)
            for name, (page, value, usual) in _local(view).items()
            if page == view.page and value != usual
        }
        language = {} if view.language == self.first else {"lang": (view.language,)}
        may = {name: (value,) for name, (_, value, _) in _local(view).items()}
        may |= role | issuer | {"lang": (view.language,)}
        must |= here | language
        return must, {name: value for name, value in may.items() if name not in must}

    # ---- headline ------------------------------------------------------------------------
    def _headline(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page not in HEADED:
            return
        ids = self.corpus.selected(view)
        every = self.corpus.selected(View(page=view.page, asof=view.asof))
        yield from differ("number shown", seen.shown, len(self.corpus.counted(ids)))
        yield from differ("number of all", seen.of, len(self.corpus.counted(every)))
        if seen.file is not None:
            yield from differ("number in the file", seen.file, len(ids))
        tags = {TAGS.get(tag, tag): values for tag, values in view.tags.items()}
        yield from differ("tags", set(seen.tags), set(tags))
        for tag, values in tags.items():
            facet = "unit" if tag == "lead" else tag
            for value in values:
                name = words.label(
                    facet, value, view.language
                )  # a date and a search are as they are
                if tag in seen.tags and name not in seen.tags[tag]:
                    yield f"tag {tag} does not say {name}: {seen.tags[tag]}"

    # ---- controls ------------------------------------------------------------------------
    def _controls(self, view: View, seen: Seen) -> Iterator[str]:
        for facet in FACETS:
            wanted = {words.choice(facet, one, view.language) for one in view.values(facet)}
            found, coded = seen.set_in(facet), seen.codes_in(facet)
            if coded is not None:
                found, wanted = coded, set(view.values(facet))
            yield from differ(f"control {facet}", found, wanted) if found is not None else ()
        yield from self._switches(view, seen)
        yield from self._boxes(view, seen)

    def _switches(self, view: View, seen: Seen) -> Iterator[str]:
        switches = {
            "role": {words.caption(f"role_{view.role}", view.language)},
            "language": {words.caption(f"language_{view.language}", view.language)},
            "online": {words.base_map(view.base, view.language)},
            "compare": {words.caption(f"compare_{view.tab}", view.language)},
        }
        for name, text in switches.items():
            found, wanted = seen.set_in(name), text
            if seen.codes_in(name) is not None:
                found, wanted = seen.codes_in(name), {view.role}
            yield from differ(f"control {name}", found, wanted) if found is not None else ()
        checked = seen.controls.get("issuer", {}).get("checked")
        if checked and not view.lead:
            yield from differ("control issuer", checked[0], view.issuer)
        lists = seen.set_in("list")
        wanted = words.caption(f"list_{view.listed}", view.language)
        if lists is not None and not (len(lists) == 1 and min(lists).startswith(wanted)):
            yield f"control list is {lists}, not {wanted}"

    def _boxes(self, view: View, seen: Seen) -> Iterator[str]:
        names = self.corpus.projects["name"]
        boxes = {
            "search": view.search,
            "asof_date": view.asof,
            "asof_sheet": view.date or words.caption("sheet_as_of_now", view.language),
            "due_by": over(view.by).isoformat(),
            "unit_pick": (*view.values("unit"), "")[0],
            "project_pick": names.get(view.project, ""),
        }
        for name, wanted in boxes.items():
            found = seen.value_in(name)
            yield from differ(f"box {name}", found, wanted) if found is not None else ()
        starts = {
            "open_document": view.opened,
            "open_changes": view.opened,
            "pick_left": view.left,
            "pick_right": view.right,
        }
        for name, wanted in starts.items():
            found = seen.value_in(name)
            if found is not None and not found.lstrip("[").startswith(wanted):
                yield f"box {name} is {found!r}, not {wanted!r}"

    # ---- map, list, panel ----------------------------------------------------------------
    def _things(self, view: View, seen: Seen) -> Iterator[str]:
        ids = self.corpus.selected(view)
        if view.page == "map":
            yield from self._maps(seen, [ids])
            yield from self._list(view, seen, ids)
            yield from self._panel(view, seen, ids)
        if view.page == "overview":
            yield from self._maps(seen, [ids])
        if view.page == "compare" and view.tab == "side":
            sides = [self._said(ids, view.left), self._said(ids, view.right)]
            yield from self._maps(seen, sides)
            if seen.pairs:
                yield from differ("pairs", set(seen.pairs), sides[0] | sides[1])
        unit = self._unit(view)
        if view.page == "unit" and unit:
            wanted = self._duties(view, unit, ids)
            yield from self._maps(seen, [wanted]) if wanted else ()
            yield from differ("rows of the unit", set(seen.duties), wanted)

    def _said(self, ids: set[str], side: str) -> set[str]:
        said = self.corpus.said
        there = said.loc[said["document"].isin(self.corpus.sides[side]), "id"]
        return set(self.corpus.counted(ids)["id"]) & set(there)

    def _unit(self, view: View) -> str:
        """Return the unit that its page shows: the first chosen one."""
        return (*view.values("unit"), "")[0]

    def _duties(self, view: View, unit: str, ids: set[str]) -> set[str]:
        pairs = self.corpus.pairs("unit", View(page=view.page, asof=view.asof))
        return ids & set(pairs.loc[pairs["value"] == unit, "id"])

    # ---- tables --------------------------------------------------------------------------
    def _tables(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page == "list":
            wanted = self.corpus.one_list(view, view.listed)
            if seen.listed is not None:
                yield from differ("the list", set(seen.listed), wanted)
            yield from differ("told below the list", set(seen.panel), {view.project} & wanted)
        rows = self.table(view)
        if rows is None or not seen.grids:
            return
        if view.page != "list":  # whose rows may be in two tables
            yield from differ("rows of the table", seen.grids[0]["count"], len(rows))
        names = {name for name, _ in rows}
        yield from differ("rows beyond the selection", set(seen.rows) - names, set())

    def table(self, view: View) -> list[tuple[str, str]] | None:
        """Return the first cells of the page's table, each with what it stands for; None without.

        The order is not that of the page.
        """
        if view.page == "unit" and not self._unit(view):
            pairs = self.corpus.pairs("unit", View(page=view.page, asof=view.asof))
            units = pairs.loc[pairs["id"].isin(self.corpus.selected(view)), "value"]
            return [(unit, unit) for unit in sorted(set(units))]
        if view.page == "list":
            ids = self.corpus.one_list(view, view.listed)
        elif view.page == "project" and not view.project:
            ids = self.corpus.selected(view)
        else:
            return None
        rows = self.corpus.rows(ids)
        return list(zip(rows["name"], rows["id"], strict=True))

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
        name = self.corpus.projects["name"][view.project]
        yield from differ("the name above", name in seen.heading, True)

    # ---- sheet ---------------------------------------------------------------------------
    def _sheet(self, view: View, seen: Seen) -> Iterator[str]:
        if view.page != "sheet":
            return
        for name in shown_options(view):
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
                yield from differ(f"{name} in the preview's words", name in seen.drawing, True)

    # ---- map -----------------------------------------------------------------------------
    def _maps(self, seen: Seen, wanted: list[set[str]]) -> Iterator[str]:
        if len(seen.maps) < len(wanted) or None in seen.maps[: len(wanted)]:
            yield f"maps: {len(seen.maps)} are there, {len(wanted)} are wanted"
            return
        for number, (one, ids) in enumerate(zip(seen.maps, wanted, strict=False)):
            yield from differ(f"drawn on map {number}", set(one["drawn"]), self.corpus.drawn(ids))
            badges = {town: set(some) for town, some, _ in one["badges"]}
            yield from differ(f"badges of map {number}", badges, self.corpus.badges(ids))
            for town, some, figure in one["badges"]:
                yield from differ(f"figure on the badge of {town}", figure, len(some))

    def _list(self, view: View, seen: Seen, ids: set[str]) -> Iterator[str]:
        first, last, *told = [int(one) for one in _NUMBER.findall(seen.range)] or [0, 0]
        nouns = self.corpus.nouns(ids)
        yield from differ("numbers over the list", told, nouns)
        unfolded = self.corpus.unfolded(view)
        yield from differ("rows in view", len(seen.list), last - first + 1 if unfolded else 0)
        yield from differ("rows beyond the selection", set(seen.list) - unfolded, set())
        if len(unfolded) <= len(seen.list):
            yield from differ("rows of the list", set(seen.list), unfolded)
        yield from differ("rows twice", len(seen.list), len(set(seen.list)))
        yield from differ("row chosen", set(seen.picked), {view.project} & set(seen.list))

    def _panel(self, view: View, seen: Seen, ids: set[str]) -> Iterator[str]:
        chosen = {view.project} & self.corpus.drawn(ids)
        if seen.maps and seen.maps[0]:
            yield from differ("chosen on the map", set(seen.maps[0]["chosen"]) & ids, chosen)
        told = set(seen.panel)
        if view.project:
            yield from differ("told beside the map", told, {view.project} & ids)
        elif view.badge:
            yield from differ(
                "told beside the map", told, self.corpus.badges(ids).get(view.badge, set())
            )
            yield from differ("badge opened", set(seen.badge), {view.badge}) if seen.badge else ()
        else:
            yield from differ("told beside the map", told, set())


NAMED = (
    *FACETS,
    *("search", "project", "badge", "base", "role", "issuer", "lang"),
    *("tab", "left", "right", "list", "open", "line", "by", "asof"),
    *(f"sheet_{name}" for name in USUAL),
)


def _single(view: View) -> dict[str, str]:
    return {name: getattr(view, name) for name in ("search", "project", "badge", "base")}


def _local(view: View) -> dict[str, tuple[str, str, str]]:
    """Return what one page shows: by parameter the page, the value and what it is at first."""
    return {
        "tab": ("compare", view.tab, "side"),
        "left": ("compare" if view.tab == "side" else "", view.left, FIRST_SIDE),
        "right": ("compare" if view.tab == "side" else "", view.right, LAST_SIDE),
        "by": ("compare" if view.tab == "due" else "", view.by, ""),
        "list": ("list", view.listed, "placed"),
        "open": (view.page if view.page in {"documents", "changes"} else "", view.document, ""),
        "line": ("documents", view.line, ""),
        "asof": (view.page if view.page in AS_OF_PAGES else "", view.asof, LATEST),
        **{
            f"sheet_{name}": (
                "sheet" if name in shown_options(view) else "",
                view.option(name),
                usual,
            )
            for name, usual in USUAL.items()
        },
    }


def differ(what: str, found: Any, wanted: Any) -> Iterable[str]:
    """Say in words how a found value differs from a wanted one; nothing where it does not."""
    if found == wanted:
        return []
    if isinstance(found, set) and isinstance(wanted, set):
        return [f"{what}: lacks {_few(wanted - found)}, has too many {_few(found - wanted)}"]
    return [f"{what} is {_few(found)}, not {_few(wanted)}"]


def _few(value: Any) -> str:
    text = repr(sorted(value) if isinstance(value, set) else value)
    return text if len(text) < 300 else f"{text[:300]}… ({len(value)})"
