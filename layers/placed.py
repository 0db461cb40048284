"""How much of what the plans name has a place, how sure that is, and what speaks for it."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any, get_args

from geo import line_lengths, placed_twice, seat_ranks
from geo.model import LocationClass
from layers.nouns import of_noun
from store import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import geopandas as gpd

    from geo import Gazetteer, Townships

    Figure = Mapping[str, float | str | None]

CLASSES: tuple[str, ...] = get_args(LocationClass)
PLACED = ("site", "locality")
AT_LEAST, BELOW = "at least township", "below"


def place_figures(
    table: gpd.GeoDataFrame, gazetteer: Gazetteer, folder: Path = DATA
) -> dict[str, dict[str, Figure]]:
    """Return what can be measured of the places, as tables: title, then column, then line.

    Raises
    ------
    store.BrokenFile
        The table of second positions breaks its contract.
    """
    return {
        "projects by location class": class_shares(table),
        "radius of the placed, m": {"median": {"all": median_radius(table)}},
        "projects whose name or sentence names a township or village": {
            "projects": {
                name: len(projects)
                for name, projects in named_townships(table, gazetteer.townships).items()
            }
        },
        "length of lines, km": _lengths(gazetteer),
        "named twice by independent sources, m apart": _twice(folder, gazetteer),
        "placed points by the rank of their township's seat among all seats": {
            "points": {
                str(rank): number
                for rank, number in sorted(Counter(seat_ranks(gazetteer).values()).items())
            }
        },
    }


def class_shares(table: gpd.GeoDataFrame) -> dict[str, Figure]:
    """Return number and share of the projects of each location class."""
    counts = Counter(row["location_class"] for row in _projects(table))
    total = max(counts.total(), 1)
    return {
        "projects": {name: counts[name] for name in CLASSES},
        "share": {name: counts[name] / total for name in CLASSES},
    }


def median_radius(table: gpd.GeoDataFrame) -> float | None:
    """Return the median radius of the projects that are placed, in metres; None without any."""
    radii = [row["radius_m"] for row in _projects(table) if row["location_class"] in PLACED]
    return float(median(radii)) if radii else None


def named_townships(
    table: gpd.GeoDataFrame, townships: Townships
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the projects whose name or sentence names a township or a village of the list.

    Things in no one place (``not_spatial``) are left out.

    Returns
    -------
    dict
        By ``at least township`` and ``below``: names of projects, each with its townships.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {AT_LEAST: {}, BELOW: {}}
    for row in _projects(table):
        towns = _named(row, townships)
        if towns and row["unplaced_reason"] != "not_spatial":
            known = row["location_class"] in (*PLACED, "township")
            found[AT_LEAST if known else BELOW][row["name"]] = towns
    return found


def _named(row: dict[str, Any], townships: Townships) -> tuple[str, ...]:
    name = row["name"]
    village = townships.of_village(name, ())
    said: Iterable[tuple[str, ...]] = (
        townships.in_clause(name, statement["quote"]) for statement in row["statements"]
    )
    return townships.sort(
        [
            *townships.in_name(name, town_plan=False),
            *([village] if village else []),
            *(town for towns in said for town in towns),
        ]
    )


def _projects(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = of_noun(table, "project").to_dict("records")
    return rows


def _lengths(gazetteer: Gazetteer) -> dict[str, Figure]:
    lines = line_lengths(gazetteer)
    columns = ("ours", "published", "ratio", "course")
    return {
        column: {line[0]: line[number] for line in lines}
        for number, column in enumerate(columns, 1)
    }


def _twice(folder: Path, gazetteer: Gazetteer) -> dict[str, Figure]:
    found = placed_twice(folder / "second_positions.csv", gazetteer)
    kept = [twice.metres for twice in found if not twice.rejected]
    apart: dict[str, float | str | None] = {
        f"{twice.name} ({twice.theirs}{', rejected' if twice.rejected else ''})": round(
            twice.metres
        )
        for twice in found
    }
    return {"apart": apart | {"median of those kept": round(median(kept)) if kept else None}}
