"""Choosing from the table: one table of filters makes both the choice and its sentence."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd


@dataclass(frozen=True)
class Selection:
    """What is wanted: several values of one filter mean or, several filters mean and.

    Attributes
    ----------
    status, strategy, category
        Codes of the vocabulary.
    unit
        A unit in any role: leading, taking part, or named as lead in a remark.
    lead
        A leading unit.
    document
        Ids.
    search
        Words looked for in names, aliases and quotes; blanks and width do not matter.
    include_issuer
        Whether ``unit`` also means the issuer that stands in where no unit is named.
    """

    status: tuple[str, ...] = ()
    strategy: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    include_issuer: bool = False


class Facet(NamedTuple):
    """One filter: the codes it allows (empty: any text), and the values a row shows to it."""

    codes: str
    shown: Callable[[Any, Selection], list[str]]


def _units(row: Any, selection: Selection) -> list[str]:
    remarked = [unit for said in row.statements for unit in said["remark_lead_units"]]
    return [*row.units, *remarked, *(_issuers(row) if selection.include_issuer else [])]


def _issuers(row: Any) -> list[str]:
    return [said["issuer"] for said in row.statements if said["unit_basis"] == "issuer"]


def _texts(row: Any) -> list[str]:
    quotes = [quote for said in row.statements for quote in (said, *said["more_quotes"])]
    names = [said["name"] for said in row.statements]
    return [row.name, *row.aliases, *names, *(quote["quote"] for quote in quotes)]


FACETS: dict[str, Facet] = {
    "status": Facet("stage", lambda row, _: [row.stage]),
    "strategy": Facet("strategy", lambda row, _: row.strategies),
    "unit": Facet("", _units),
    "lead": Facet("", lambda row, _: row.lead_units),
    "category": Facet("category", lambda row, _: [row.category]),
    "document": Facet("", lambda row, _: [said["document"] for said in row.statements]),
    "search": Facet("", lambda row, _: _texts(row)),
}


def select(table: gpd.GeoDataFrame, selection: Selection) -> gpd.GeoDataFrame:
    """Return the rows that the selection means, in the table's order.

    Never adds rows; nothing matching is an empty table with the same columns.

    Raises
    ------
    UnknownCode
        A status, strategy or category is none of the vocabulary.
    """
    wanted = {name: _plain(name, values) for name, values in _filters(selection).items()}
    keep = [
        all(_matches(name, values, row, selection) for name, values in wanted.items())
        for row in table.itertuples()
    ]
    return table[keep] if wanted else table


def describe(selection: Selection, language: Language) -> str:
    """Return the selection as one sentence in words."""
    parts = [_part(name, values, language) for name, values in _filters(selection).items()]
    if selection.unit and selection.include_issuer:
        parts.append(caption("describe_issuer", language))
    return join(parts, language, "describe_pair") or caption("describe_all", language)


def choices(table: gpd.GeoDataFrame, name: str) -> list[str]:
    """Return the values a filter can take in this table: codes in order, texts by frequency."""
    every = Selection(include_issuer=False)
    seen: dict[str, int] = {}
    for row in table.itertuples():
        for value in set(FACETS[name].shown(row, every)):
            seen[value] = seen.get(value, 0) + 1
    if FACETS[name].codes:
        return [code for code in codes(FACETS[name].codes) if code in seen]
    return sorted(seen, key=lambda value: (-seen[value], value))


def _filters(selection: Selection) -> dict[str, tuple[str, ...]]:
    named = {field.name: getattr(selection, field.name) for field in fields(selection)}
    return {name: named[name] for name in FACETS if named[name]}


def _plain(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if name == "search":
        return tuple(_squeezed(value) for value in values)
    for value in values if FACETS[name].codes else ():
        label(FACETS[name].codes, value, "en")
    return values


def _matches(name: str, wanted: tuple[str, ...], row: Any, selection: Selection) -> bool:
    shown = FACETS[name].shown(row, selection)
    if name == "search":
        return any(value in _squeezed(text) for text in shown for value in wanted)
    return not set(wanted).isdisjoint(shown)


def _part(name: str, values: tuple[str, ...], language: Language) -> str:
    words = join([_word(name, value, language) for value in values], language)
    return caption(f"describe_{name}", language, values=words)


def _word(name: str, value: str, language: Language) -> str:
    return label(FACETS[name].codes, value, language) if FACETS[name].codes else value


def _squeezed(text: str) -> str:
    # Blanks inside printed names are the scanner's; width and case are the typist's.
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
