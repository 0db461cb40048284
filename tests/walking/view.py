"""What a user has set, as one value, and how each thing that a user can do changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

# The filters, by the name that the address gives them.
PILLS = (
    "strategy",
    "status",
    "year",
    "target_year",
    "due",
    "location_class",
    "certainty",
    "outcome",
    "thing",
)
SEARCHED = ("category", "document", "township", "unit")
FACETS = (*PILLS, *SEARCHED)
# The filters that are folded away at first.
FOLDED = (
    "year",
    "target_year",
    "due",
    "township",
    "location_class",
    "certainty",
    "outcome",
    "thing",
)
PAGES = (
    *("map", "list", "overview", "unit", "project", "sheet", "compare", "documents"),
    "changes",
    *("add", "place", "correct", "edits", "about", "guide"),
)
# The pages that say how many are shown, with tags and downloads; all of them have the filters.
HEADED = ("map", "list", "overview", "compare", "changes")
# The pages on which the date looked back to counts; elsewhere all plans count.
AS_OF_PAGES = ("map", "list", "overview", "unit", "sheet")
# What is shown before anything is chosen: the first and the last plan, and all of them.
FIRST_SIDE, LAST_SIDE, LATEST = "2017", "002", "2025-08"
# What is opened before a document is chosen, by page: the first one, and the one added last.
FIRST_DOCUMENTS = {"documents": "000", "changes": "004"}
# What a link may name beside the filters: by parameter the field of the view.
PARAMETERS = {
    **{name: name for name in ("search", "role", "project", "badge", "base", "tab", "mode")},
    **{name: name for name in ("left", "right", "by", "line", "asof")},
    "open": "document",
    "list": "listed",
    "lang": "language",
}
# Marks before the address of a link: it drops the filters, or opens its thing on the map.
ANEW, OPENS = "!", "@"
# What the charts of the overview set: down, across.
CHARTS = {
    "strategy": ("strategy", "status"),
    "unit": ("unit", "status"),
    "township": ("category", "township"),
}

# The options of a sheet as they are at first; switches are "0" or "1".
USUAL = {
    "format": "png",
    "paper": "a4",
    "upright": "0",
    "dpi": "150",
    "extent": "selection",
    "title": "",
    "subtitle": "",
    "labels": "auto",
    "grid": "0",
    "inset": "1",
    "atlas": "",
    "slides": "0",
    "quoted": "0",
}

Action = tuple[str, ...]


@dataclass(frozen=True)
class View:
    """What a user has set, and before that what a fresh visit shows."""

    page: str = "map"
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    search: str = ""
    role: str = "any"
    issuer: bool = False
    language: str = "zh"
    base: str = ""
    tab: str = "side"
    left: str = FIRST_SIDE
    right: str = LAST_SIDE
    document: str = ""
    line: str = ""
    by: str = ""
    sheet: tuple[tuple[str, str], ...] = ()
    listed: str = "placed"
    project: str = ""
    badge: str = ""
    asof: str = LATEST
    mode: str = ""

    def values(self, facet: str) -> tuple[str, ...]:
        return dict(self.chosen).get(facet, ())

    def having(self, facet: str, *values: str) -> View:
        kept = {**dict(self.chosen), facet: values}
        return replace(
            self, chosen=tuple(sorted((name, some) for name, some in kept.items() if some))
        )

    @property
    def opened(self) -> str:
        """The document that the page shows."""
        return self.document or FIRST_DOCUMENTS.get(self.page, "")

    def option(self, name: str) -> str:
        """Return what an option of the sheet is set to."""
        return dict(self.sheet).get(name, USUAL[name])

    def setting(self, name: str, value: str) -> View:
        """Return the view with an option of the sheet set; what is usual is left out."""
        kept = {**dict(self.sheet), name: value}
        return replace(self, sheet=tuple(sorted((n, v) for n, v in kept.items() if v != USUAL[n])))

    @property
    def lead(self) -> bool:
        return self.role == "lead"

    @property
    def date(self) -> str:
        """The date looked back to where that counts; empty for all plans."""
        return self.asof if self.page in AS_OF_PAGES and self.asof != LATEST else ""

    @property
    def tags(self) -> dict[str, tuple[str, ...]]:
        """The filters that are set, by the name of their tag."""
        named = {
            ("lead" if name == "unit" and self.lead else name): some for name, some in self.chosen
        }
        named |= {"search": (self.search,)} if self.search else {}
        return named | ({"asof": (self.asof,)} if self.date else {})


def _toggle(view: View, facet: str, value: str) -> View:
    now = view.values(facet)
    return view.having(
        facet, *(tuple(v for v in now if v != value) if value in now else (*now, value))
    )


def _clear_one(view: View, tag: str) -> View:
    if tag in {"search", "asof"}:
        return replace(view, **{tag: getattr(View(), tag)})
    if tag in {"unit", "lead"}:
        return replace(view.having("unit"), role="any", issuer=False)
    return view.having(tag)


def _clear_all(view: View) -> View:
    return replace(view, chosen=(), search="", role="any", issuer=False)


def _issuer(view: View) -> View:
    return view if view.lead else replace(view, issuer=not view.issuer)


def _piece(view: View, chart: str, down: str, across: str) -> View:
    wanted = dict(zip(CHARTS[chart], (down, across), strict=True))
    dropped = all(view.values(name) == (value,) for name, value in wanted.items())
    for name, value in wanted.items():
        view = view.having(name, *(() if dropped else (value,)))
    return replace(view, role="any" if dropped else "lead") if chart == "unit" else view


def _set(name: str) -> Callable[[View, str], View]:
    return lambda view, value: replace(view, **{name: value})


def _choose(view: View, project: str) -> View:
    return replace(view, project=project, badge="")


def _unfold(view: View, project: str) -> View:
    """Unfold a thing in the list of the open badge; a second press folds it again."""
    return replace(view, project="" if view.project == project else project)


def _open_badge(view: View, town: str) -> View:
    return replace(view, project="", badge=town)


def _pick(view: View, picked: str) -> View:
    """Pick a row of a table; on the list page a second press lets go of it."""
    if view.page == "unit":
        return view.having("unit", picked)
    return _choose(view, "" if view.project == picked else picked)


def follow(view: View, target: str) -> View:
    """Follow a link inside a page, given as its address; a cross before it leaves the filters out.

    What the link names is set; all else stays as the user has it.
    """
    parts = urlsplit(target.lstrip(ANEW + OPENS))
    named = parse_qs(parts.query, keep_blank_values=True)
    if view.page == "map" and target.startswith(OPENS):
        return _choose(view, named["project"][-1])
    if target.startswith(ANEW):
        view = View(page=view.page, language=view.language, base=view.base)
    return _named(replace(view, page=parts.path.strip("/") or "map"), named)


def _named(view: View, named: dict[str, list[str]]) -> View:
    """Return a view with what a link names; a unit goes with its role, a document with its line."""
    if "unit" in named:
        view = replace(view, role="any", issuer=False)
    if "open" in named:
        view = replace(view, line="")
    if {"project", "badge"} & set(named):
        view = replace(view, project="", badge="")
    for name, values in named.items():
        if name in FACETS:
            view = view.having(name, *values)
        elif name == "issuer":
            view = replace(view, issuer=True)
        else:
            view = replace(view, **{PARAMETERS[name]: values[-1]})
    return view


def _nothing(view: View, *_: str) -> View:
    return view


# What a user can do, by its first word; the other words are its parameters.
EFFECTS: dict[str, Callable[..., View]] = {
    "toggle": _toggle,
    "clear_one": _clear_one,
    "clear_all": _clear_all,
    "issuer": _issuer,
    "role": _set("role"),
    "search": lambda view, words: replace(view, search=words.strip()),
    "page": _set("page"),
    "language": _set("language"),
    "base": _set("base"),
    "tab": _set("tab"),
    "left": _set("left"),
    "right": _set("right"),
    "document": lambda view, document: replace(view, document=document, line=""),
    "by": _set("by"),
    "sheet": lambda view, name, value: view.setting(name, value),
    "link": follow,
    "grid": _pick,
    "list": _set("listed"),
    "asof": _set("asof"),
    "project": _choose,
    "unit": lambda view, unit: view.having("unit", unit),
    "pin": _choose,
    "row": _choose,
    "badge": _open_badge,
    "unfold": _unfold,
    "piece": _piece,
    **dict.fromkeys(("fold", "reload", "copy", "second_tab", "turn"), _nothing),
}


def after(view: View, action: Action) -> View:
    """Return the view that an action leads to; Back and Forward are the walker's."""
    effect: Any = EFFECTS[action[0]]
    return effect(view, *action[1:])
