"""What is offered while typing: filters that the text may mean, then things it may name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from layers.facets import FACETS
from layers.nouns import with_nouns
from layers.query import begun, understood
from layers.selection import Selection, value_label
from layers.words import Language, caption, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layers.index import Index
    from layers.query import Query
    from layers.view import View
    from layers.vocabulary import Filter

# So many suggestions are looked through at a glance; no name is typed longer.
_FILTERS, _THINGS, _TYPED = 8, 10, 60
# So many ways out are enough where a search found nothing.
_WAYS = 3


class Offer(NamedTuple):
    """Filters that can be set at once.

    Attributes
    ----------
    filters
        Pairs of a filter's name and a value.
    search
        The typed text that no filter was understood in: it is searched for.
    box
        What stays in the search box, to be gone on with: also words that mean other filters.
    """

    filters: tuple[Filter, ...]
    search: str = ""
    box: str = ""

    def on(self, view: View) -> View:
        """Return a view with these filters set beside its own, and the rest as its search."""
        wanted = replace(view, search=self.search)
        for name, value in self.filters:
            if name == "role":
                wanted = replace(wanted, role=value)
            elif name == "issuer":
                wanted = replace(wanted, issuer=True)
            else:
                wanted = wanted.toggle(name, value, on=True)
        return wanted

    def selection(self) -> Selection:
        """Return the selection of these filters and the rest as a search."""
        named: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for name, value in self.filters:
            named[name] += (value,)
        issuer, lead = bool(named.pop("issuer", ())), bool(named.pop("role", ()))
        if lead:
            named["lead"] = named.pop("unit", ())
        search = (self.search,) if self.search else ()
        return Selection(**named, search=search, include_issuer=issuer and not lead)


class Way(NamedTuple):
    """A way out of a search that found nothing: the view it leads to, and what it is called."""

    view: View
    words: str


class Picked(NamedTuple):
    """What a visitor took from the suggestions: the id of a thing, or an offer."""

    thing: str = ""
    offer: Offer | None = None


def suggested(index: Index, typed: str, language: Language) -> list[dict[str, Any]]:
    """Return what a searcher may mean as plain values, filters first, texts as texts.

    Each has ``group``, ``name`` and ``note`` to be read, and ``pick``: what the page is told when
    it is taken. That is ``{"thing": id}`` or ``{"filters": [[name, value], …], "search": text,
    "box": text}``, see ``Offer``. Names of filters are those of ``Selection``, and two more:
    ``["role", "lead"]`` means units that lead, ``["issuer", "1"]`` lets issuers stand in.
    """
    query = understood(typed, index.vocabulary)
    names = index.suggestions(typed[:_TYPED], _THINGS) or (
        index.suggestions(query.rest[:_TYPED], _THINGS) if query.parts else []
    )
    ids = index.table["id"].to_numpy()
    things = [
        {
            "group": caption("suggest_things", language),
            "name": one.title,
            "note": _also(one.other, language),
            "pick": {"thing": str(ids[one.row])},
        }
        for one in names
    ]
    found = offers(index, query)
    counts = index.tallies([one.selection() for one in found])
    filters = [
        _offered(index, one, some, language) for one, some in zip(found, counts, strict=True)
    ]
    return [*filters, *things]


def ways_out(index: Index, view: View, language: Language) -> list[Way]:
    """Return the filters that a search may have meant, best first, each with what it would show.

    Those that would show nothing beside the filters that are set are left out.
    """
    query = understood(view.search[:_TYPED], index.vocabulary)
    # That units must lead selects nothing without one.
    found = [one for one in offers(index, query) if one.selection().filters]
    views = [one.on(view) for one in found]
    counts = index.tallies([one.selection for one in views])
    ways = [
        Way(
            seen,
            caption(
                "nothing_offer",
                language,
                filters=_named(index, one, language),
                counted=with_nouns(some, language),
            ),
        )
        for one, seen, some in zip(found, views, counts, strict=True)
        if any(some.values())
    ]
    return ways[:_WAYS]


def offers(index: Index, query: Query) -> list[Offer]:
    """Return what can be set: all that was understood together, then each part for itself."""
    found: dict[tuple[Filter, ...], Offer] = {}
    for one in (*_together(query), *_apart(query), *_begun(index, query)):
        found.setdefault(one.filters, one)
    return list(found.values())[:_FILTERS]


def _together(query: Query) -> Iterator[Offer]:
    if len(query.parts) > 1:
        yield from (Offer(filters, query.rest, query.rest) for filters in query.readings())


def _apart(query: Query) -> Iterator[Offer]:
    for part in query.parts:
        box = query.without(part)
        yield from (Offer(one.filters, query.rest, box) for one in part.candidates)


def _begun(index: Index, query: Query) -> Iterator[Offer]:
    box, candidates = begun(query, index.vocabulary)
    search = understood(box, index.vocabulary).rest
    yield from (Offer(one.filters, search, box) for one in candidates)


def taken(said: Mapping[str, Any], index: Index) -> Picked:
    """Return what the page was told of a suggestion, without anything the data do not have."""
    if "thing" in said:
        return Picked(str(said["thing"]) if said["thing"] in index.row_of else "")
    choices = index.vocabulary.choices
    filters = tuple(
        (str(name), str(value))
        for name, value in said.get("filters", ())
        if value in choices.get(name, ())
        or (name, value) == ("issuer", "1")
        or (name == "unit" and value in choices["issuer"])
    )
    return Picked(offer=Offer(filters, str(said.get("search", ""))[:_TYPED]))


def _offered(
    index: Index, offer: Offer, counts: Mapping[str, int], language: Language
) -> dict[str, Any]:
    name = _named(index, offer, language)
    several = sum(1 for _ in _grouped(offer.filters)) > 1
    return {
        "group": caption("suggest_filters", language),
        "name": caption("suggest_all", language, filters=name) if several else name,
        "note": _note(offer, counts, language),
        "pick": {
            "filters": [list(one) for one in offer.filters],
            "search": offer.search,
            "box": offer.box,
        },
    }


def _named(index: Index, offer: Offer, language: Language) -> str:
    words = [_filter(index, *one, language) for one in _grouped(offer.filters)]
    return join(words, language, "suggest_pair")


def _grouped(filters: Iterable[Filter]) -> Iterable[tuple[str, list[str]]]:
    """Put the values of one filter together; that issuers stand in goes without saying."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for name, value in filters:
        grouped[name].append(value)
    grouped.pop("issuer", None)
    return grouped.items()


def _filter(index: Index, name: str, values: list[str], language: Language) -> str:
    words = join([_value(index, name, value, language) for value in values], language)
    return caption(
        "suggest_filter", language, filter=caption(f"filter_{name}", language), values=words
    )


def _value(index: Index, name: str, value: str, language: Language) -> str:
    if name == "role":
        return caption(f"role_{value}", language)
    if name == "document":
        return f"{value} {index.title(value)}".strip()
    return value_label(name, value, language) if name in FACETS else value


def _note(offer: Offer, counts: Mapping[str, int], language: Language) -> str:
    notes = [caption("suggest_rest", language, text=offer.box)] if offer.box else []
    if offer.selection().filters:
        notes.insert(0, caption("suggest_count", language, counted=with_nouns(counts, language)))
    return join(notes, language, "suggest_pair")


def _also(other: str, language: Language) -> str:
    return caption("suggest_also", language, name=other) if other else ""
