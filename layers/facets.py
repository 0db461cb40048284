"""The table of filters: for each the codes it allows, and the values that the rows show to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from layers.outcomes import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    import geopandas as gpd


@dataclass(frozen=True)
class Known:
    """What filters ask for that does not stand in the table.

    Attributes
    ----------
    documents
        By id: objects with ``date`` and ``areas``; all that the table quotes.
    by
        The day by which a promise must be due to count as due, as it was for the table.
    """

    documents: Mapping[str, Any]
    by: date


class Facet(NamedTuple):
    """One filter.

    Attributes
    ----------
    codes
        The list of codes it allows; empty where its values are texts.
    values
        What each row of a table shows to it, in the table's order; a value may come twice.
    beside
        Whether it asks for what stands beside the table.
    """

    codes: str
    values: Callable[[gpd.GeoDataFrame, Known], Iterator[Iterable[str]]]
    beside: bool = False


def _one(column: str) -> Callable[[gpd.GeoDataFrame, Known], Iterator[Iterable[str]]]:
    return lambda table, _: ((value,) for value in table[column])


def _many(column: str) -> Callable[[gpd.GeoDataFrame, Known], Iterator[Iterable[str]]]:
    return lambda table, _: iter(table[column])


def _said(
    shown: Callable[[Mapping[str, Any]], Iterable[str]],
) -> Callable[[gpd.GeoDataFrame, Known], Iterator[Iterable[str]]]:
    return lambda table, _: (
        [value for one in said for value in shown(one)] for said in table["statements"]
    )


def _units(table: gpd.GeoDataFrame, _: Known) -> Iterator[Iterable[str]]:
    for units, said in zip(table["units"], table["statements"], strict=True):
        yield [*units, *(unit for one in said for unit in one["remark_lead_units"])]


def _issuer(said: Mapping[str, Any]) -> Iterable[str]:
    return (said["issuer"],) if said["unit_basis"] == "issuer" else ()


def _units_or_issuers(table: gpd.GeoDataFrame, known: Known) -> Iterator[Iterable[str]]:
    issuers = _said(_issuer)(table, known)
    for units, some in zip(_units(table, known), issuers, strict=True):
        yield [*units, *some]


def _years(table: gpd.GeoDataFrame, known: Known) -> Iterator[Iterable[str]]:
    for said in table["statements"]:
        dates = (known.documents[one["document"]].date for one in said)
        yield [date[:4] for date in dates if date]


def _target(said: Mapping[str, Any]) -> Iterable[str]:
    return (str(said["target_year"]),) if said["target_year"] else ()


def _due(table: gpd.GeoDataFrame, _: Known) -> Iterator[Iterable[str]]:
    return (("open", code) if code else () for code in table["due"])


def _outcomes(table: gpd.GeoDataFrame, _: Known) -> Iterator[Iterable[str]]:
    return (("known", progress(stage)) if stage else ("unknown",) for stage in table["known_stage"])


FACETS: dict[str, Facet] = {
    "status": Facet("stage", _one("stage")),
    "strategy": Facet("strategy", _many("strategies")),
    "unit": Facet("", _units),
    "lead": Facet("", _many("lead_units")),
    "category": Facet("category", _one("category")),
    "document": Facet("", _said(lambda said: (said["document"],))),
    "year": Facet("", _years, beside=True),
    "target_year": Facet("", _said(_target)),
    "due": Facet("due", _due),
    "township": Facet("", _many("townships")),
    "location_class": Facet("location_class", _one("location_class")),
    "certainty": Facet("certainty", _said(lambda said: (said["certainty"],))),
    "outcome": Facet("outcome", _outcomes),
    "search": Facet("", lambda table, _: (() for _ in range(len(table)))),
}
# What is counted beside the filters: ``unit`` with the issuer where no unit is named, and issuers.
BESIDE = {
    "unit or issuer": Facet("", _units_or_issuers),
    "issuer": Facet("", _said(_issuer)),
}
