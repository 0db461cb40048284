"""Which action comes next, by chance but from a seed; every control of every page has its share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tests.walking.sheets import SWITCHES, shown_options
from tests.walking.view import CHARTS, FACETS, HEADED, PAGES, SEARCHED, Action, View

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.walking.corpus import Corpus

# Words whose signs have no look-alike: for these every search must find the same.
SEARCHES = ("湿地", "公园", "中学", "医院", "污水", "改造", "幼儿园", "文化", "s2线", "查无此处")
TABS = ("side", "again", "vanished", "changed", "due", "history", "counts")
LISTS = ("placed", "township", "city", "none", "programme", "indicator")
BASES = ("", "osm", "amap")
DAYS = ("2019-06-30", "2022-12-31", "2030-12-31")
# What each option of a sheet can be set to.
OPTIONS = {
    "format": ("png", "svg", "svg", "pdf", "pptx"),
    "paper": ("a4", "a3", "wide"),
    "dpi": ("96", "150", "300"),
    "extent": ("selection", "city"),
    "title": ("", "道路项目图"),
    "subtitle": ("", "A & B"),
    "labels": ("auto", "names", "numbers", "none"),
    "atlas": ("", "unit", "strategy", "township", "project"),
    **dict.fromkeys(SWITCHES, ("0", "1")),
}
# How often each kind of action is thrown; what is not possible on a page is thrown again.
WEIGHTS = {
    "toggle": 30,
    "clear_one": 7,
    "clear_all": 2,
    "issuer": 3,
    "role": 4,
    "search": 5,
    "page": 14,
    "language": 3,
    "base": 2,
    "tab": 5,
    "list": 4,
    "left": 3,
    "right": 3,
    "document": 4,
    "unit": 4,
    "project": 3,
    "by": 2,
    "asof": 5,
    "sheet": 12,
    "grid": 8,
    "link": 9,
    "pin": 5,
    "badge": 4,
    "unfold": 5,
    "row": 5,
    "turn": 2,
    "piece": 6,
    "fold": 3,
    "reload": 3,
    "copy": 2,
    "second_tab": 1,
    "back": 12,
    "forward": 6,
}
# The page that an action belongs to; "" for all pages with filters, none for every page.
WHERE = {
    **dict.fromkeys(
        ("toggle", "clear_one", "clear_all", "issuer", "role", "search", "base", "fold"), ""
    ),
    **dict.fromkeys(("tab", "left", "right"), "compare"),
    "list": "list",
    "unit": "unit",
    "project": "project",
    "sheet": "sheet",
    "by": "compare",
    "piece": "overview",
    **dict.fromkeys(("pin", "badge", "unfold", "row", "turn"), "map"),
}


def possible(view: View, action: Action, corpus: Corpus, seen: Offers) -> bool:
    """Tell whether a page that shows a view offers an action.

    ``seen`` holds what only the page itself tells.
    """
    name, *rest = action
    where = WHERE.get(name)
    if where is not None and view.page not in ((where,) if where else HEADED):
        return False
    if name in {"grid", "link"}:
        return rest[0] in getattr(seen, f"{name}s")
    return name not in OFFERED or OFFERED[name](view, corpus, *rest)


class Offers(NamedTuple):
    """What a page is seen to offer: what rows of its table stand for, and links to other pages."""

    grids: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()


OFFERED: dict[str, Callable[..., bool]] = {
    "clear_one": lambda view, _, tag: tag in view.tags,
    "issuer": lambda view, _: not view.lead,
    "asof": lambda view, _, __: view.page in {"overview", "sheet"},
    "document": lambda view, _, __: view.page in {"documents", "changes"},
    "by": lambda view, _, __: view.tab == "due",
    "sheet": lambda view, corpus, name, _: name in shown_options(view, corpus),
    "left": lambda view, _, __: view.tab == "side",
    "right": lambda view, _, __: view.tab == "side",
    "pin": lambda view, corpus, name: name in corpus.drawn(corpus.selected(view)),
    "row": lambda view, corpus, name: name in corpus.unfolded(view),
    "badge": lambda view, corpus, town: town in corpus.badges(corpus.selected(view)),
    "unfold": lambda view, corpus, name: name in _listed(view, corpus),
    "piece": lambda view, corpus, chart, down, across: (
        (down, across) in pieces(view, corpus, chart)
    ),
}


def _listed(view: View, corpus: Corpus) -> set[str]:
    """Return what the open badge lists; nothing where another thing is told of instead."""
    listed = corpus.badges(corpus.selected(view)).get(view.badge, set())
    return listed if not view.project or view.project in listed else set()


def pieces(view: View, corpus: Corpus, chart: str) -> list[tuple[str, str]]:
    """Return the pieces of a chart that are surely drawn: where many are, only the largest are."""
    down, across = CHARTS[chart]
    lead = View(
        page=view.page,
        asof=view.asof,
        role="lead" if chart == "unit" else view.role,
        issuer=view.issuer,
    )
    rows = set(corpus.counted(corpus.selected(view, without=(down, across)))["id"])
    pairs = [corpus.pairs(facet, lead) for facet in (down, across)]
    both = pairs[0].merge(pairs[1], on="id", suffixes=("_down", "_across"))
    both = both[both["id"].isin(rows)]
    found = Counter(zip(both["value_down"], both["value_across"], strict=True))
    return sorted(pair for pair in found if _is_large(pair, found))


def _is_large(pair: tuple[str, str], found: Counter[tuple[str, str]]) -> bool:
    for at in (0, 1):
        totals: Counter[str] = Counter()
        for each, count in found.items():
            totals[each[at]] += count
        if sum(total >= totals[pair[at]] for total in totals.values()) > 15:
            return False
    return True


class Dice:
    """Throws actions that are possible on a page."""

    def __init__(self, chance: Random, corpus: Corpus) -> None:
        self.chance, self.corpus = chance, corpus

    def throw(self, view: View, seen: Offers) -> Action:
        """Return an action that is possible now."""
        while True:
            (name,) = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
            words = self._one(getattr(seen, f"{name}s")) if name in {"grid", "link"} else None
            action = (name, *(words or self._words(name, view)))
            if None not in action and possible(view, action, self.corpus, seen):
                return action

    def _words(self, name: str, view: View) -> tuple[str, ...]:
        words: dict[str, Callable[[View], tuple[str, ...]]] = {
            "toggle": self._value,
            "clear_one": lambda now: self._one(now.tags),
            "role": lambda now: ("any" if now.lead else "lead",),
            "search": lambda now: (
                ("",) if now.search and self.chance.random() < 0.5 else self._one(SEARCHES)
            ),
            "page": self._page,
            "language": lambda now: ("en" if now.language == "zh" else "zh",),
            "base": lambda now: self._one(BASES, now.base),
            "tab": lambda now: self._one(TABS, now.tab),
            "list": lambda now: self._one(LISTS, now.listed),
            "left": lambda now: self._one(self.corpus.sides, now.left),
            "right": lambda now: self._one(self.corpus.sides, now.right),
            "document": lambda now: self._one(self.corpus.documents["id"], now.opened),
            "by": lambda now: self._one(DAYS, now.by),
            "sheet": self._option,
            "unit": lambda now: self._one(self.corpus.choices("unit"), *now.values("unit")[:1]),
            "project": lambda now: self._one(self.corpus.projects["id"], now.project),
            "asof": lambda now: self._one(self.corpus.dates, now.asof),
            "pin": lambda now: self._one(self.corpus.drawn(self.corpus.selected(now))),
            "row": lambda now: self._one(self.corpus.unfolded(now)),
            "badge": lambda now: self._one(self.corpus.badges(self.corpus.selected(now))),
            "unfold": lambda now: self._one(_listed(now, self.corpus)),
            "piece": self._piece,
        }
        return words[name](view) if name in words else ()

    def _one(self, some: object, *but: str) -> tuple[str, ...]:
        left = sorted(set(map(str, some)) - set(but))  # type: ignore[call-overload]
        return (self.chance.choice(left),) if left else (None,)  # type: ignore[return-value]

    def _page(self, view: View) -> tuple[str, ...]:
        pages = [*PAGES, *HEADED, *HEADED, "map", "map"]
        return (self.chance.choice([name for name in pages if name != view.page]),)

    def _option(self, view: View) -> tuple[str, ...]:
        name = self.chance.choice(shown_options(view, self.corpus))
        return (name, *self._one(OPTIONS[name], view.option(name)))

    def _piece(self, view: View) -> tuple[str, ...]:
        chart = self.chance.choice(list(CHARTS))
        found = pieces(view, self.corpus, chart)
        return (chart, *self.chance.choice(found)) if found else (chart, None, None)  # type: ignore[return-value]

    def _value(self, view: View) -> tuple[str, ...]:
        """Return a filter and a value: often one that is set, mostly one that leaves something."""
        if view.chosen and self.chance.random() < 0.35:
            facet, values = self.chance.choice(view.chosen)
            return facet, self.chance.choice(values)
        facet = self.chance.choice([*FACETS, *SEARCHED])
        pairs = self.corpus.pairs(facet, View(issuer=True))
        rest = self.corpus.selected(view, without=(facet,))
        here = pairs[pairs["id"].isin(rest)] if self.chance.random() < 0.8 else pairs
        return facet, *self._one((here if len(here) else pairs)["value"])
