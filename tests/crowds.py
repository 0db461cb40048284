"""Many things on the toy town's map, thrown about the same way each time."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from layers.selection import Selection
from layers.sheets.subject import Subject
from tests import toys


def table(count: int) -> gpd.GeoDataFrame:
    """Return so many copies of the toy town's park, each with a place and a name of its own."""
    rng = np.random.default_rng(count)
    park = toys.table().iloc[[0] * count].reset_index(drop=True)
    spots = np.column_stack([rng.normal(120.3, 0.05, count), rng.normal(27.5, 0.04, count)])
    made = park.set_geometry(gpd.GeoSeries(shapely.points(spots), crs=park.crs))
    made["id"] = [f"crowd-{number}" for number in range(count)]
    made["name"] = made["title"] = [f"青溪公园{number}期" for number in range(count)]
    return made


def subject(count: int) -> Subject:
    """Return a sheet's subject of so many things."""
    things = table(count)
    return Subject(things, things, toys.base(), toys.PAPERS, Selection())
