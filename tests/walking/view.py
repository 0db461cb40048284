"""What a user has set, as one value, and how each thing that a user can do changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

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
HEADED = ("map", "list", "overview", "compare")
# The pages on which the date looked back to counts; elsewhere all plans count.
AS_OF_PAGES = ("map", "list", "overview", "sheet")
# What is shown before anything is chosen: the first and the last plan, and all of them.
FIRST_SIDE, LAST_SIDE, FIRST_DOCUMENT, LATEST = "2017", "002", "000", "2025-08"
# What the charts of the overview set: down, across.
CHARTS = {
    "strategy": ("strategy", "status"),
    "unit": ("unit", "status"),
    "township": ("category", "township"),
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
    document: str = FIRST_DOCUMENT
    listed: str = "placed"
    project: str = ""
    badge: str = ""
    asof: str = LATEST

    def values(self, facet: str) -> tuple[str, ...]:
        return dict(self.chosen).get(facet, ())

    def having(self, facet: str, *values: str) -> View:
        kept = {**dict(self.chosen), facet: values}
        return replace(
            self, chosen=tuple(sorted((name, some) for name, some in kept.items() if some))
        )

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


def _open_badge(view: View, town: str) -> View:
    return replace(view, project="", badge=town)


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
    "document": _set("document"),
    "list": _set("listed"),
    "asof": _set("asof"),
    "project": _set("project"),
    "unit": lambda view, unit: view.having("unit", unit),
    "pin": _choose,
    "row": _choose,
    "badge": _open_badge,
    "piece": _piece,
    **dict.fromkeys(("fold", "reload", "copy", "second_tab", "turn"), _nothing),
}


def after(view: View, action: Action) -> View:
    """Return the view that an action leads to; Back and Forward are the walker's."""
    effect: Any = EFFECTS[action[0]]
    return effect(view, *action[1:])
