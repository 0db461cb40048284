"""The one table: a row per project, from which map, lists, pictures and files are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.model import Query
from layers.stage import current_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.model import Location
    from plans.model import Project, Quantity, Quote, Statement

# The public contract of the export, in its order.
PROPERTIES = (
    *("id", "name", "aliases", "works", "kind", "category", "part_of"),
    *("stage", "promised", "as_of", "as_of_document"),
    *("strategies", "strategy_basis", "headings"),
    *("lead_units", "units", "unit_basis", "issuer"),
    *("location_class", "radius_m", "location_method", "location_source"),
    *("townships", "unplaced_reason", "statements"),
)
# What the map and its readers need besides.
MORE = ("licence", "location_rule", "schematic", "candidates", "former_ids", "leaders")
COLUMNS = (*PROPERTIES, *MORE)
CRS = "EPSG:4326"


def project_table(
    projects: Iterable[Project],
    locate: Callable[[Query], Location],
    documents: Mapping[str, Any],
) -> gpd.GeoDataFrame:
    """Make the table of all projects.

    Parameters
    ----------
    projects
        Each with at least one statement.
    locate
        Tells where a thing is.
    documents
        By id: objects with ``date`` and ``areas``.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, columns ``COLUMNS`` and ``geometry``; ordered by where the first statement
        stands, so two builds agree. Without projects it is empty with the same columns.
    """
    known = sorted(projects, key=_standing)
    names = {project.id: project.name for project in known}
    found = [locate(_query(project, names, documents)) for project in known]
    rows = [
        _about(project, documents) | whereabouts(location)
        for project, location in zip(known, found, strict=True)
    ]
    return as_table(rows, [location.geometry for location in found])


def as_table(rows: Sequence[Mapping[str, Any]], geometry: Sequence[Any]) -> gpd.GeoDataFrame:
    """Make the table from finished rows: values stay the plain Python values they are.

    ``geometry`` is in EPSG:4326, one per row, None where a thing has no place.
    """
    # As objects: pandas would turn None into NaN and texts into a dtype that cannot hold lists.
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS), dtype=object)
    shapes = gpd.GeoSeries(list(geometry), index=frame.index, crs=CRS)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _standing(project: Project) -> tuple[str, int, int, str]:
    quote = project.statements[0].quote
    return quote.document, quote.line, quote.start, project.id


def _query(project: Project, names: Mapping[str, str], documents: Mapping[str, Any]) -> Query:
    quotes = [quote for said in project.statements for quote in (said.quote, *said.more_quotes)]
    areas = [area for quote in quotes for area in documents[quote.document].areas]
    return Query(
        name=project.name,
        aliases=project.aliases,
        kind=project.kind,
        category=project.category,
        context=_once(quote.text for quote in quotes),
        host=names.get(project.part_of, project.part_of),
        areas=_once(areas),
        fragment=project.fragment,
    )


def _about(project: Project, documents: Mapping[str, Any]) -> dict[str, Any]:
    said = project.statements
    status = current_status(said, documents)
    basis = _strategy_basis(said)
    answerable = [statement.responsibility for statement in said]
    leads = _once(unit for by in answerable for unit in by.lead_units)
    return {
        **{name: getattr(project, name) for name in ("id", "name", "works", "kind", "category")},
        **status._asdict(),
        "aliases": list(project.aliases),
        "part_of": project.part_of or None,
        "strategies": list(basis),
        "strategy_basis": basis,
        "headings": list(_once(statement.heading for statement in said if statement.heading)),
        "lead_units": list(leads),
        "units": list(_once([*leads, *(unit for by in answerable for unit in by.units)])),
        "unit_basis": list(_once(by.unit_basis for by in answerable)),
        "issuer": next(
            statement.issuer
            for statement in reversed(said)
            if statement.quote.document == status.as_of_document
        ),
        "statements": [_statement(statement) for statement in said],
        "former_ids": list(project.former_ids),
        "leaders": list(_once(by.leader for by in answerable if by.leader)),
    }


def whereabouts(location: Location) -> dict[str, Any]:
    """Return what the table says of a location, its geometry left out."""
    return {
        "location_class": location.location_class,
        "radius_m": location.radius_m,
        "location_method": location.method or None,
        "location_source": location.source or None,
        "townships": list(location.townships),
        "unplaced_reason": location.unplaced_reason or None,
        "licence": location.licence or None,
        "location_rule": location.rule or None,
        "schematic": location.schematic,
        "candidates": list(location.candidates),
    }


def _strategy_basis(statements: Iterable[Statement]) -> dict[str, str]:
    # A heading is printed; what is inferred must not hide it.
    basis: dict[str, str] = {}
    for code, how in (pair for said in statements for pair in said.strategies):
        if basis.get(code) != "heading":
            basis[code] = how
    return basis


def _statement(said: Statement) -> dict[str, Any]:
    by = said.responsibility
    return {
        **_quote(said.quote),
        "more_quotes": [_quote(quote) for quote in said.more_quotes],
        "name": said.name,
        "category": said.category,
        "works": said.works,
        "stage": said.stage,
        "promised": said.promised,
        "certainty": said.certainty,
        "target_year": said.target_year,
        "target_year_basis": said.target_year_basis,
        "heading": said.heading,
        "strategies": [{"code": code, "basis": basis} for code, basis in said.strategies],
        "lead_units": list(by.lead_units),
        "units": list(by.units),
        "units_printed": by.units_printed,
        "unit_basis": by.unit_basis,
        "remark_lead_units": list(by.remark_lead_units),
        "issuer": said.issuer,
        "quantity": _quantity(said.quantity),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "document": quote.document,
        "line": quote.line,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
    }


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {"value": quantity.value, "unit": quantity.unit, "text": quantity.text}


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
