"""Places that people gave by hand, put into the table last, and the list of what waits for one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

import plans
from layers.lines import position_line
from layers.nouns import of_noun
from layers.table import CRS, whereabouts
from layers.words import Language, caption, join, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model import Location

# From what helps most to what helps least: a township or a locality can still be a site.
COARSE = ("none", "township", "locality")


def with_places(table: gpd.GeoDataFrame, places: Mapping[str, Location]) -> gpd.GeoDataFrame:
    """Return the table with the places of some projects changed.

    Parameters
    ----------
    table
        EPSG:4326; it stays as it is.
    places
        By project id; an id that a project had before it was merged counts too. What names no
        project is left alone: the plan that named it may be gone.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, the same rows in the same order. A place that names no township keeps those
        that were known.
    """
    rows = [_moved(row, _place_of(row, places)) for row in table.to_dict("records")]
    shapes = gpd.GeoSeries([row.pop("geometry") for row in rows], index=table.index, crs=CRS)
    frame = pd.DataFrame(rows, index=table.index, columns=list(table.columns[:-1]), dtype=object)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)


def _place_of(row: Mapping[str, Any], places: Mapping[str, Location]) -> Location | None:
    found = (places[name] for name in (row["id"], *row["former_ids"]) if name in places)
    return next(found, None)


def _moved(row: dict[str, Any], place: Location | None) -> dict[str, Any]:
    if place is None:
        return row
    known = whereabouts(place)
    towns = known["townships"] or row["townships"]
    return row | known | {"townships": towns, "geometry": place.geometry}


def waiting(table: gpd.GeoDataFrame, classes: tuple[str, ...] = COARSE) -> gpd.GeoDataFrame:
    """Return the rows that could be placed better, those with most statements first.

    What is no thing in space waits for no place, and neither does what is only counted.
    """
    projects = of_noun(table, "project")
    spatial = projects["unplaced_reason"] != "not_spatial"
    found = projects[spatial & projects["location_class"].isin(classes)]
    order = [(-len(row.statements), row.id) for row in found.itertuples()]
    return found.iloc[sorted(range(len(found)), key=order.__getitem__)]


def waiting_list(table: gpd.GeoDataFrame, language: Language) -> pd.DataFrame:
    """Return rows as a work list to read, columns named in the language, index as in the table."""
    rows = list(table.itertuples())
    columns: dict[str, list[Any]] = {
        "name": [row.title for row in rows],
        "statements": [len(row.statements) for row in rows],
        "position": [position_line(row, language) for row in rows],
        "townships": [join(row.townships, language) for row in rows],
        "category": [label("category", row.category, language) for row in rows],
    }
    named = {caption(f"column_{name}", language): values for name, values in columns.items()}
    return pd.DataFrame(named, index=table.index)


def waiting_line(table: gpd.GeoDataFrame, language: Language) -> str:
    """Return how many projects wait for a place and how many do not, and why not.

    The numbers add up to all projects of the table.
    """
    projects, listed = of_noun(table, "project"), waiting(table)
    rest = projects[~projects["id"].isin(listed["id"])]
    counts = Counter(_not_waiting(row) for row in rest.itertuples())
    parts = [
        caption("place_count", language, name=label(codes_of, code, language), count=count)
        for (codes_of, code), count in sorted(counts.items())
    ]
    if projects.empty:
        return caption("place_none", language)
    return caption(
        "place_counts" if parts else "place_counts_all",
        language,
        all=len(projects),
        waiting=len(listed),
        rest=len(rest),
        parts=join(parts, language),
    )


def _not_waiting(row: Any) -> tuple[str, str]:
    """Return the list of codes and the code that say why a thing waits for no place."""
    if row.location_class == "none":
        return "unplaced_reason", row.unplaced_reason
    return "location_class", row.location_class


def coarse_counts(table: gpd.GeoDataFrame) -> dict[str, int]:
    """Return how many things of each class wait for a better place."""
    return {code: len(waiting(table, (code,))) for code in COARSE}


def check_placed(value: Mapping[str, Any], townships: Sequence[str]) -> None:
    """Make sure that an edit of a place says where: by a geometry or by other townships.

    Raises
    ------
    plans.WrongEdit
        It says neither.
    """
    if "geometry" not in value and set(value["townships"]) == set(townships):
        raise plans.WrongEdit("geometry", "nothing is drawn, typed or chosen", "no_place")
