"""Where what is seen differs from what the model expects of a view."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.walking import words
from tests.walking.contents import Contents
from tests.walking.differing import differ
from tests.walking.driver import TAGS
from tests.walking.promises import over
from tests.walking.sheets import shown_options
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
    from collections.abc import Iterator

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
            self.contents.differences,
        )
        return [said for part in parts for said in part(view, seen)]

    @property
    def contents(self) -> Contents:
        """What judges the rest of the pages."""
        return Contents(self.corpus)

    def file(self, view: View) -> set[str]:
        """Return the ids that the downloaded file must hold."""
        return self.corpus.selected(view)

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
            for name, (page, value, usual) in _local(view, self.corpus).items()
            if page == view.page and value != usual
        }
        language = {} if view.language == self.first else {"lang": (view.language,)}
        may = {name: (value,) for name, (_, value, _) in _local(view, self.corpus).items()}
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
        names = self.corpus.titles(view.date)
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
        if view.page == "unit" and (duties := self.contents.duties(view)):
            yield from self._maps(seen, [duties])

    def _said(self, ids: set[str], side: str) -> set[str]:
        said = self.corpus.said
        there = said.loc[said["document"].isin(self.corpus.sides[side]), "id"]
        return set(self.corpus.counted(ids)["id"]) & set(there)

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
        listed = self.corpus.badges(ids).get(view.badge, set())
        if view.project and view.project not in listed:
            yield from differ("told beside the map", told, {view.project} & ids)
        elif view.badge:
            yield from differ("told beside the map", told, listed)
            yield from differ("unfolded", set(seen.unfolded), {view.project} - {""})
            yield from differ("badge opened", set(seen.badge), {view.badge}) if seen.badge else ()
        else:
            yield from differ("told beside the map", told, set())


NAMED = (
    *FACETS,
    *("search", "project", "badge", "base", "role", "issuer", "lang"),
    *("tab", "left", "right", "list", "open", "line", "by", "asof", "mode"),
    *(f"sheet_{name}" for name in USUAL),
)


def _single(view: View) -> dict[str, str]:
    return {name: getattr(view, name) for name in ("search", "project", "badge", "base")}


def _local(view: View, corpus: Corpus) -> dict[str, tuple[str, str, str]]:
    """Return what one page shows: by parameter the page, the value and what it is at first."""
    return {
        "tab": ("compare", view.tab, "side"),
        "left": ("compare" if view.tab == "side" else "", view.left, FIRST_SIDE),
        "right": ("compare" if view.tab == "side" else "", view.right, LAST_SIDE),
        "by": ("compare" if view.tab == "due" else "", view.by, ""),
        "list": ("list", view.listed, "placed"),
        "open": (view.page if view.page in {"documents", "changes"} else "", view.document, ""),
        "line": ("documents", view.line, ""),
        "mode": ("correct", view.mode, ""),
        "asof": (view.page if view.page in AS_OF_PAGES else "", view.asof, LATEST),
        **{
            f"sheet_{name}": (
                "sheet" if name in shown_options(view, corpus) else "",
                view.option(name),
                usual,
            )
            for name, usual in USUAL.items()
        },
    }
