"""Choosing from the table: one table of filters makes query, counts, sentence, link and options."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from layers.facets import FACETS, Known
from layers.index import Index
from layers.nouns import NOUNS, USUAL, with_nouns
from layers.words import Language, caption, join, label

if TYPE_CHECKING:
    import geopandas as gpd

# More ways out of an empty choice than this are no help.
_WAYS = 4


@dataclass(frozen=True)
class Selection:
    """What is wanted: several values of one filter mean or, several filters mean and.

    Attributes
    ----------
    status, strategy, category, location_class, certainty
        Codes of the vocabulary; ``certainty`` is that of any statement.
    unit
        A unit in any role: leading, taking part, or named as lead in a remark.
    lead
        A leading unit.
    document, year
        Ids of documents that name the thing, and their years.
    target_year
        Years for which something is promised or reported.
    due
        ``open``: due by the day asked for, and not reported since.
    township
        Where it lies, as far as known.
    outcome
        ``known`` or ``unknown``: what became of it, by sources beside the plans.
    thing
        What is counted: ``project``, ``programme`` or ``indicator``; see ``things``.
    search
        Words looked for in names, aliases, printed names and quotes, or pinyin of names.
    include_issuer
        Whether ``unit`` also means the issuer that stands in where no unit is named.
    """

    status: tuple[str, ...] = ()
    strategy: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    target_year: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    township: tuple[str, ...] = ()
    location_class: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    thing: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    include_issuer: bool = False

    @property
    def things(self) -> tuple[str, ...]:
        """What is meant of ``NOUNS``: where none is chosen, indicators only for who searches."""
        return self.thing or (NOUNS if self.search else USUAL)

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The filters that are set, by name, in the order of the table of filters."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: named[name] for name in FACETS if named[name]}


def select(
    table: gpd.GeoDataFrame, selection: Selection, known: Known | None = None
) -> gpd.GeoDataFrame:
    """Return the rows that the selection means, in the table's order.

    Never adds rows; nothing matching is an empty table with the same columns. Who asks one table
    many times keeps an ``Index`` of it.

    Raises
    ------
    UnknownCode
        A code is none of the vocabulary.
    LookupError
        A filter asks for what stands beside the table, and ``known`` is not given.
    """
    index = Index(table, known)
    return index.rows(index.mask(selection))


def choices(table: gpd.GeoDataFrame, name: str, known: Known | None = None) -> list[str]:
    """Return the values a filter can take in this table; see ``Index.choices``."""
    return Index(table, known).choices(name)


def describe(selection: Selection, language: Language) -> str:
    """Return the selection as one sentence in words."""
    parts = [_part(name, values, language) for name, values in selection.filters.items()]
    if selection.unit and selection.include_issuer:
        parts.append(caption("describe_issuer", language))
    return join(parts, language, "describe_pair") or caption("describe_all", language)


def _part(name: str, values: tuple[str, ...], language: Language) -> str:
    """Return one filter of a selection in words."""
    words = join([value_label(name, value, language) for value in values], language)
    return caption(f"describe_{name}", language, values=words)


def short(name: str, values: tuple[str, ...], language: Language) -> str:
    """Return one filter of a selection as a label: its name and what it is set to."""
    words = join([value_label(name, value, language) for value in values], language)
    return caption("chip", language, filter=caption(f"filter_{name}", language), values=words)


def value_label(name: str, value: str, language: Language) -> str:
    """Return what a value of a filter is called: the label of a code, or the text it is.

    Raises
    ------
    UnknownCode
        The filter has codes, and this is none.
    """
    coded = FACETS[name].codes if name in FACETS else ""
    return label(coded, value, language) if coded else value


def loosening(index: Index, selection: Selection, language: Language) -> str:
    """Return which filters to take away where nothing is found, in words; empty if none helps."""
    ways = [
        caption(
            "loosen",
            language,
            filters=_parts(names, selection, language),
            counted=with_nouns(counts, language),
        )
        for names, counts in index.loosened(selection).items()
    ]
    return join(ways[:_WAYS], language, "describe_pair")


def _parts(names: tuple[str, ...], selection: Selection, language: Language) -> str:
    set_filters = {"thing": selection.things} | selection.filters
    return join([_part(name, set_filters[name], language) for name in names], language)
