"""What a user sees, as one value: what is selected, opened and how it is looked at.

A view is written as the parameters of an address and read back from them. Codes, not captions,
stand there: a link made in one language opens in the other. Where the map stands (``at``) is the
one part that the browser keeps by itself, because it changes with every move of the mouse.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from layers.compared import COMPARISONS
from layers.facets import FACETS
from layers.known import plan_dates
from layers.lists import LISTS
from layers.online import base_maps
from layers.place import clean_place
from layers.selection import Selection
from layers.sheets.link import SHEET_PREFIX
from layers.sheets.options import SheetOptions
from layers.sides import side_choices
from layers.townships import by_township
from layers.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from layers.index import Index

    Query = Mapping[str, Sequence[str]]

# Every filter with values to choose from; ``lead`` is ``unit`` seen in one role.
CHOICES = tuple(name for name in FACETS if name not in {"lead", "search"})
# The tabs of the page that sets plan against plan.
TABS = ("side", *COMPARISONS, "counts")
ROLES = ("any", "lead")
# What the page of corrections does other than changing what was read.
MODES = ("missed",)
# Longer than any name; a longer search is cut.
_LONGEST = 100
# Parameters with one value: by field of a view the name in the address.
_SINGLE = {
    "project": "project",
    "badge": "badge",
    "listing": "list",
    "tab": "tab",
    "left": "left",
    "right": "right",
    "by": "by",
    "document": "open",
    "line": "line",
    "mode": "mode",
    "as_of": "asof",
    "base": "base",
    "language": "lang",
}
# Every name that has a list of values of its own, and how foreign names begin.
_NAMES = {*CHOICES, *_SINGLE.values()}
_FOREIGN = ("utm_", "embed", "fbclid", "gclid")
# Parameters that go along with every link, and those that a link names together or not at all:
# whoever follows a link finds all else as it was.
LOOK = (("lang",), ("base",))
_TOGETHER = (("unit", "role", "issuer"), ("project", "badge"), ("open", "line"))
CARRIED = (
    *_TOGETHER,
    *(
        (name,)
        for name in (
            *CHOICES,
            *_SINGLE.values(),
            *("search", "at"),
            *(f"{SHEET_PREFIX}{one.name}" for one in fields(SheetOptions)),
        )
        if name not in {one for group in _TOGETHER for one in group}
    ),
)


@dataclass(frozen=True)
class View:
    """What a user sees; the default is what the app opens with.

    Attributes
    ----------
    chosen
        By filter the chosen values; filters without a choice are left out.
    role
        Whether a chosen unit must lead (``lead``) or may have ``any`` role.
    issuer
        Whether a chosen unit also means the issuer that stands in where no unit is named.
    search
        The words searched for.
    project, badge
        Id of the chosen project, and the township whose badge is open; both only where the project
        is one of those that the badge stands for.
    listing, tab
        The open list of the page of lists, and the open tab of the page of comparisons; empty for
        the first.
    left, right, by
        What is compared, and the day by which promises must be due; empty for the default.
    document, line
        The opened document, and the number of a line in it.
    as_of
        The date as of which the plans are looked at; empty for today.
    base, language
        The base map of another host and the language of captions; empty for none, and for the
        browser's own.
    sheet
        The options of a sheet that differ from the usual ones, as parameters of an address.
    """

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    role: str = "any"
    issuer: bool = False
    search: str = ""
    project: str = ""
    badge: str = ""
    listing: str = ""
    tab: str = ""
    left: str = ""
    right: str = ""
    by: str = ""
    document: str = ""
    line: str = ""
    mode: str = ""
    as_of: str = ""
    base: str = ""
    language: str = ""
    sheet: Mapping[str, str] = field(default_factory=dict)

    @property
    def selection(self) -> Selection:
        """What is selected, ready to be asked of an index."""
        lead = self.role == "lead"
        named: dict[str, Any] = dict(self.chosen)
        units = named.pop("unit", ())
        words = self.search.strip()
        return Selection(
            **named,
            search=(words,) if words else (),
            unit=() if lead else units,
            lead=units if lead else (),
            include_issuer=self.issuer and not lead,
        )

    def choose(self, name: str, values: Sequence[str]) -> View:
        """Return the view with other values of one filter; none empties it."""
        rest = {other: some for other, some in self.chosen.items() if other != name}
        chosen = rest | ({name: tuple(dict.fromkeys(values))} if values else {})
        return replace(self, chosen={name: chosen[name] for name in CHOICES if name in chosen})

    def toggle(self, name: str, value: str, *, on: bool) -> View:
        """Return the view with one value of a filter chosen, or no longer chosen."""
        rest = [other for other in self.chosen.get(name, ()) if other != value]
        return self.choose(name, [*rest, value] if on else rest)

    def without(self, name: str) -> View:
        """Return the view with one filter emptied; a unit goes with its role and the issuer."""
        if name in {"unit", "lead"}:
            return replace(self.choose("unit", ()), role="any", issuer=False)
        if name in {"search", "as_of"}:
            return replace(self, search="") if name == "search" else replace(self, as_of="")
        return self.choose(name, ())

    def cleared(self) -> View:
        """Return the view with all filters emptied; what is opened and looked at stays."""
        return replace(self, chosen={}, role="any", issuer=False, search="")

    def query(self) -> dict[str, list[str]]:
        """Return the view as parameters of an address; what is as usual is left out."""
        query = {name: list(values) for name, values in self.chosen.items()}
        query |= {name: [getattr(self, one)] for one, name in _SINGLE.items() if getattr(self, one)}
        query |= {"search": [self.search.strip()]} if self.search.strip() else {}
        query |= {"role": [self.role]} if self.role != "any" else {}
        query |= {"issuer": ["1"]} if self.issuer else {}
        return query | {name: [text] for name, text in self.sheet.items()}


def read_view(query: Query, index: Index | None, documents: Mapping[str, Any]) -> View:
    """Return the view that an address means.

    Parameters
    ----------
    query
        The parameters of any address: what no one could have chosen is left out.
    index
        The table of all projects. Without it only how the app is looked at can be read: language
        and base map.
    documents
        By id; objects with ``date``, ``title`` and ``lines``.
    """
    allowed = _allowed(index, documents)

    def named(name: str) -> tuple[str, ...]:
        values = dict.fromkeys(query.get(name, ()))
        return tuple(value for value in values if value in allowed(name)) if values else ()

    single = {one: named(name)[-1:] for one, name in _SINGLE.items() if name not in {"by", "line"}}
    view = View(
        chosen={name: values for name in CHOICES if (values := named(name))},
        role="lead" if "lead" in query.get("role", ()) else "any",
        issuer="issuer" in query,
        search=_last(query, "search").strip()[:_LONGEST].strip(),
        by=_day(_last(query, "by")),
        line=_line(_last(query, "line"), documents.get(_last(query, "open"))),
        sheet={name: texts[-1] for name, texts in query.items() if name.startswith(SHEET_PREFIX)},
        **{one: values[0] if values else "" for one, values in single.items()},
    )
    return replace(view, badge=_badge(view, index))


def _badge(view: View, index: Index | None) -> str:
    """Return the open badge, unless the chosen project is none of those that it stands for."""
    if not view.project or not view.badge or index is None:
        return view.badge
    named = by_township(index.table.iloc[[index.row_of[view.project]]])
    return view.badge if view.badge in named else ""


def not_understood(
    query: Query, index: Index, documents: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """Return the parts of an address, name and value, that no view of these data can mean.

    ``read_view`` drops them. What programs add by themselves (``utm_source``, ``embed``) and empty
    values are none of them.
    """
    means = _meanings(query, index, documents)
    return tuple(
        (name, value)
        for name, values in query.items()
        if not name.startswith((*_FOREIGN, SHEET_PREFIX))
        for value in dict.fromkeys(filter(None, values))
        if not means(name, value)
    )


def _meanings(
    query: Query, index: Index, documents: Mapping[str, Any]
) -> Callable[[str, str], bool]:
    """Return what tells whether a value means something under a name."""
    allowed = _allowed(index, documents)
    read: dict[str, Callable[[str], object]] = {
        "at": clean_place,
        "by": _day,
        "line": lambda text: _line(text, documents.get(_last(query, "open"))),
        "role": ROLES.__contains__,
        "list": LISTS.__contains__,
        "tab": TABS.__contains__,
        "asof": plan_dates(documents).__contains__,
        **dict.fromkeys(("search", "issuer"), lambda _: True),
    }

    def means(name: str, value: str) -> bool:
        if name in read:
            return bool(read[name](value))
        return name in _NAMES and value in allowed(name)

    return means


def _allowed(index: Index | None, documents: Mapping[str, Any]) -> Callable[[str], Collection[str]]:
    """Return what tells the values that a parameter of an address can take."""

    def allowed(name: str) -> Collection[str]:
        if name in fixed:
            return fixed[name]
        if index is None:
            return ()
        return index.row_of if name == "project" else options(index, name)

    dates = plan_dates(documents)
    sides = side_choices(documents)
    fixed: dict[str, Collection[str]] = {
        "lang": LANGUAGES,
        "base": base_maps(),
        "list": LISTS[1:],
        "tab": TABS[1:],
        "left": sides,
        "right": sides,
        "open": documents,
        "mode": MODES,
        "asof": dates[:-1],
    }
    return allowed


def options(index: Index, name: str) -> list[str]:
    """Return the values that can be chosen in a filter, or opened as a badge."""
    if name == "badge":
        return index.choices("township")
    if name != "unit":
        return index.choices(name)
    # Issuers can be chosen too: they count as soon as they may stand in.
    return list(dict.fromkeys([*index.choices("unit"), *index.choices("issuer")]))


def _last(query: Query, name: str) -> str:
    return "".join(query.get(name, ())[-1:])


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _line(text: str, document: Any) -> str:
    lines = range(1, len(document.lines) + 1) if document else ()
    return text if text in map(str, lines) else ""
