"""The one table: a row per project, from which map, lists, pictures and files are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.model import Query
from layers.outcomes import known_columns
from layers.statements import cite, record, summed
from layers.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.model import Location
    from plans.model import Project

# The public contract of the export, in its order.
PROPERTIES = (
    *("id", "name", "aliases", "works", "kind", "category", "part_of"),
    *("stage", "promised", "as_of", "as_of_document"),
    *("known_stage", "known_date", "known_source", "known_source_kind", "known_publisher"),
    *("due", "due_stage", "due_year", "due_by"),
    *("strategies", "strategy_basis", "headings"),
    *("lead_units", "units", "unit_basis", "issuer", "publisher"),
    *("location_class", "radius_m", "location_method", "location_source"),
    *("townships", "unplaced_reason", "statements", "known_outcomes", "corrected"),
)
# What the map and its readers need besides.
MORE = (
    *("licence", "location_rule", "schematic", "candidates", "former_ids", "leaders", "goals"),
    "title",
)
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
        stands, so two builds agree. Without projects it is empty with the same columns. What
        became of a project, what is due on a day and what a person corrected stand in columns
        that are blank here: ``with_known``, ``with_due`` and ``with_corrections`` fill them.
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
    said = [record(statement) for statement in project.statements]
    goals = [cite(one) for one, own in zip(said, project.statements, strict=True) if own.goal]
    return {
        **{name: getattr(project, name) for name in ("id", "name", "works", "kind", "category")},
        **summed(said, goals, documents),
        "aliases": list(project.aliases),
        "part_of": project.part_of or None,
        "former_ids": list(project.former_ids),
        "goals": goals,
        **known_columns(()),
        **dict.fromkeys(("due", "due_stage", "due_year", "due_by")),
        "corrected": [],
        "title": title_of(project.name, said),
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


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
