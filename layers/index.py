"""The table turned round: for each filter which rows show which value, to count quickly."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from layers.amounts import AMOUNTS, amount
from layers.facets import BESIDE, FACETS, Known
from layers.fitting import reaches
from layers.nouns import NOUNS, USUAL, noun_of
from layers.packing import Pack, pack
from layers.searching import Suggestion, Words
from layers.vocabulary import Vocabulary
from layers.words import codes, label

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.selection import Selection

    Mask = NDArray[np.bool_]


class Shown(NamedTuple):
    """What rows show to one filter: the values, and pairs of a row and the place of its value."""

    values: list[str]
    rows: NDArray[np.intp]
    places: NDArray[np.intp]

    @classmethod
    def of(cls, lists: Iterable[Iterable[str]]) -> Shown:
        """Turn the values of each row round; a row counts once for a value it shows twice."""
        places: dict[str, int] = {}
        pairs = [
            (row, places.setdefault(value, len(places)))
            for row, values in enumerate(lists)
            for value in dict.fromkeys(values)
        ]
        both = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        return cls(list(places), both[:, 0], both[:, 1])

    def mask(self, wanted: Sequence[str], size: int) -> Mask:
        """Return for each row whether it shows one of the wanted values."""
        names = set(wanted)
        chosen = np.array([value in names for value in self.values], dtype=bool)
        found = np.zeros(size, dtype=bool)
        if len(chosen):
            found[self.rows[chosen[self.places]]] = True
        return found

    def counts(self, within: Mask) -> dict[str, int]:
        """Count the rows for each value, in those of the mask only."""
        counted = np.bincount(self.places[within[self.rows]], minlength=len(self.values))
        return dict(zip(self.values, counted.tolist(), strict=True))


class Index:
    """A table ready to be asked again and again; each filter is looked at when first asked for.

    Parameters
    ----------
    table
        Any rows of the one table; it must not be changed afterwards.
    known
        What stands beside the table; without it the filters that need it cannot be used.
    """

    def __init__(self, table: gpd.GeoDataFrame, known: Known | None = None) -> None:
        self.table, self._words = table, Words(table)
        self._known = known
        self._shown: dict[str, Shown] = {}

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The place of each row by its id."""
        return {name: row for row, name in enumerate(self.table["id"])}

    @property
    def by(self) -> date:
        """The day by which a promise must be due to count as due.

        Raises
        ------
        LookupError
            Nothing is known beside the table.
        """
        if self._known is None:
            raise LookupError("without documents and outcomes no day is known")
        return self._known.by

    @cached_property
    def pack(self) -> Pack:
        """All things with a place, packed for the map."""
        return pack(self.table)

    @cached_property
    def reaches(self) -> NDArray[np.float64]:
        """The box that each row may lie in, in degrees (EPSG:4326); not a number for nowhere."""
        return reaches(self.table)

    @cached_property
    def amounts(self) -> dict[str, NDArray[np.float64]]:
        """The amounts of each row; not a number where it has none."""
        said = self.table["statements"]
        found = {name: [amount(some, name) for some in said] for name in AMOUNTS}
        return {name: np.array(values, dtype=float) for name, values in found.items()}

    def warm_up(self) -> None:
        """Make ready all that is made ready when first asked for."""
        for name in FACETS:
            self.choices(name)
        self.suggestions("a", 1)
        for ask in (self._words.mask, self._words.named):
            ask(["a"])
        self.vocabulary.warm_up()
        _ = self.pack, self.row_of, self.amounts, self.reaches

    def mask(self, selection: Selection) -> Mask:
        """Return for each row whether the selection means it.

        Raises
        ------
        UnknownCode
            A code is none of the vocabulary.
        LookupError
            A filter asks for what stands beside the table, and that is not known.
        """
        return self._all(self._masks(selection))

    def tallies(self, selections: Iterable[Selection]) -> list[dict[str, int]]:
        """Return by noun how many rows each selection means.

        What they have in common is looked at once.
        """
        known: dict[tuple[str, tuple[str, ...], bool], Mask] = {}
        counted = []
        for selection in selections:
            masks = {}
            wanted = {"thing": selection.things} | selection.filters
            for name, values in wanted.items():
                key = (name, values, selection.include_issuer)
                if key not in known:
                    known[key] = self._one(name, values, selection)
                masks[name] = known[key]
            counted.append(self._tally(self._all(masks)))
        return counted

    def _tally(self, mask: Mask) -> dict[str, int]:
        return {noun: int((mask & rows).sum()) for noun, rows in self._nouns.items()}

    @cached_property
    def _nouns(self) -> dict[str, Mask]:
        nouns = [noun_of(kind) for kind in self.table["kind"].to_numpy()]
        return {noun: np.array([one == noun for one in nouns], dtype=bool) for noun in NOUNS}

    def named(self, selection: Selection) -> Mask:
        """Return for each row whether the searched words stand in its names.

        All rows where no words are searched.
        """
        if not selection.search:
            return np.ones(len(self.table), dtype=bool)
        return self._words.named(selection.search)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all filters, as far as what they ask for is known."""
        facets = [name for name, facet in FACETS.items() if self._known or not facet.beside]
        choices = {name: self.choices(name) for name in facets if name not in {"lead", "search"}}
        named = set(choices["unit"])
        choices["issuer"] = [one for one in self.choices("issuer") if one not in named]
        choices["role"] = ["lead"]
        titles = {name: self.title(name) for name in choices["document"]}
        return Vocabulary(choices, titles, self._words.plain_names)

    def title(self, document: str) -> str:
        """Return the title of a document; empty where nothing is known of it."""
        known = None if self._known is None else self._known.documents.get(document)
        return str(known.title) if known else ""

    def rows(self, mask: Mask) -> gpd.GeoDataFrame:
        """Return the rows of a mask in the table's order; the table itself where it is all."""
        return self.table if mask.all() else self.table[mask]

    def counts(self, selection: Selection, names: Iterable[str]) -> dict[str, dict[str, int]]:
        """Count for each named filter the rows of each value, within what the others leave."""
        masks = self._masks(selection)
        return {
            name: self._of(name, selection).counts(
                self._all({other: mask for other, mask in masks.items() if other != name})
            )
            for name in names
        }

    def loosened(self, selection: Selection) -> dict[tuple[str, ...], dict[str, int]]:
        """Return which filters to take away so that something is found, and by noun how much.

        As few filters as can be; several ways side by side, those that find most first. Leaving
        out indicators counts as a filter too, as soon as any other is set. Empty where no filter
        is set or the table has no rows.
        """
        masks = self._masks(selection) if selection.filters else {}
        for number in range(1, len(masks) + 1):
            found = {
                names: self._left(selection, masks, names) for names in combinations(masks, number)
            }
            ways = [(names, counts) for names, counts in found.items() if any(counts.values())]
            if ways:
                return dict(sorted(ways, key=lambda way: -sum(way[1].values())))
        return {}

    def _left(
        self, selection: Selection, masks: dict[str, Mask], without: Container[str]
    ) -> dict[str, int]:
        kept = {name: mask for name, mask in masks.items() if name not in without}
        if "search" in without and "thing" in kept and not selection.thing:
            kept["thing"] = self._one("thing", USUAL, selection)  # a search alone asks for more
        return self._tally(self._all(kept))

    def suggestions(self, word: str, most: int) -> list[Suggestion]:
        """Return things that a searcher may mean by a word half typed, best first."""
        return self._words.suggestions(word, most)

    def choices(self, name: str) -> list[str]:
        """Return the values a filter can take: codes in order, years by age, others by number.

        The number is that of the rows which are shown as long as nobody asks for indicators.
        ``issuer`` has choices too: those that stand in where no unit is named.
        """
        shown = self._column(name)
        counted = shown.counts(np.ones(len(self.table), dtype=bool))
        if listed := (FACETS | BESIDE)[name].codes:
            return [code for code in codes(listed) if code in counted]
        if name in {"year", "target_year", "document"}:
            return sorted(counted)
        usual = shown.counts(self._column("thing").mask(USUAL, len(self.table)))
        return sorted(counted, key=lambda value: (-usual[value], -counted[value], value))

    def _masks(self, selection: Selection) -> dict[str, Mask]:
        """Return a mask for each filter that is set, and one for what is counted."""
        wanted = {"thing": selection.things} | selection.filters
        return {name: self._one(name, values, selection) for name, values in wanted.items()}

    def _one(self, name: str, values: tuple[str, ...], selection: Selection) -> Mask:
        if name == "search":
            return self._words.mask(values)
        for value in values if FACETS[name].codes else ():
            label(FACETS[name].codes, value, "en")
        return self._of(name, selection).mask(values, len(self.table))

    def _all(self, masks: dict[str, Mask]) -> Mask:
        every = np.ones(len(self.table), dtype=bool)
        for mask in masks.values():
            every &= mask
        return every

    def _of(self, name: str, selection: Selection) -> Shown:
        issuers = name == "unit" and selection.include_issuer
        return self._column("unit or issuer" if issuers else name)

    def _column(self, name: str) -> Shown:
        if name not in self._shown:
            self._shown[name] = Shown.of(self._values(name))
        return self._shown[name]

    def _values(self, name: str) -> Iterable[Iterable[str]]:
        facet = (FACETS | BESIDE)[name]
        if facet.beside and self._known is None:
            raise LookupError(f"the filter {name!r} needs to know documents and outcomes")
        return facet.values(self.table, self._known)  # type: ignore[arg-type]  # checked above
