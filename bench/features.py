"""Generated features: a built catalogue of any size, made of what the real one holds.

``python -m bench.features 10000 folder`` writes it where ``PLANMAP_BUILT`` can point to.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely import Point

import building
import versions
from layers import base_map
from layers.table import as_table

if TYPE_CHECKING:
    import geopandas as gpd

_SEED = 20


def generated(number: int) -> gpd.GeoDataFrame:
    """Return a table of so many features, all with a place, each made after a real project."""
    real = building.load().table
    chance = random.Random(_SEED)
    # indicators are shown only to who asks for them
    rows = real[real["kind"] != "indicator"].drop(columns="geometry").to_dict("records")
    west, south, east, north = base_map().counties.query("own").total_bounds
    places = [
        Point(chance.uniform(west, east), chance.uniform(south, north)) for _ in range(number)
    ]
    return as_table([_after(chance.choice(rows), at) for at in range(number)], places)


def _after(row: dict[str, Any], number: int) -> dict[str, Any]:
    name = f"{row['name']}{number}"
    said = {**row["statements"][0], "name": name}
    return row | {
        "id": f"g{number:06d}",
        "name": name,
        "title": name,
        "aliases": [],
        "statements": [said],
        "location_class": ("site", "locality")[number % 2],
        "radius_m": (500.0, 1000.0, 2000.0)[number % 3],
        "location_method": "gazetteer",
        "location_source": "generated",
        "unplaced_reason": None,
        "schematic": False,
    }


def write(number: int, folder: Path) -> None:
    """Write a generated catalogue as ``planmap build`` writes the real one."""
    made = building.Built(generated(number), [], {})
    with versions.alone(folder):
        versions.publish(folder, versions.version(), building.files_of(made))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
