"""Time of a sheet with 300 projects in a fresh process, imports apart: ``python -m bench.sheets``.

Beside it, in turn, what GeoPandas alone needs for the same points on the same paper.
"""

from __future__ import annotations

import io
import json
import statistics
import time
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import layers
import planmap

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT, DPI, RUNS = 300, 300, 5


def subject() -> layers.Subject:
    """Return 300 projects, thrown about the seats of the townships the same way each time."""
    made, base = planmap.load(), layers.base_map()
    rng = np.random.default_rng(1)
    seats = np.array([(town.lon, town.lat) for town in base.towns])
    spots = seats[rng.integers(0, len(seats), COUNT)] + rng.normal(0, 0.02, (COUNT, 2))
    projects = made.table[made.table["kind"] != "programme"]
    rows = projects.iloc[np.arange(COUNT) % len(projects)].reset_index(drop=True)
    rows = rows.set_geometry(gpd.GeoSeries(shapely.points(spots), crs=rows.crs))
    rows["id"] = [f"bench-{number}" for number in range(COUNT)]
    rows["location_class"], rows["radius_m"] = "locality", 500.0
    return layers.Subject(rows, rows, base, made.documents, layers.Selection())


def bare(one: layers.Subject) -> bytes:
    """Draw the land and the points as GeoPandas does, and nothing else."""
    figure = Figure(figsize=(297 / 25.4, 210 / 25.4))
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    one.base.land.to_crs(4549).plot(ax=axes)
    one.shown.to_crs(4549).plot(ax=axes)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI)
    return out.getvalue()


def seconds(draw: Callable[[], bytes]) -> float:
    """Return how long a drawing takes."""
    started = time.perf_counter()
    assert draw()
    return time.perf_counter() - started


def measure() -> dict[str, float]:
    """Return the seconds of the first sheet, and the medians of the next ones and of the peer."""
    one, ours, peer = subject(), [], []
    options = layers.SheetOptions(dpi=DPI, date="2026-11-30")
    first = seconds(lambda: layers.make_sheet(one, options))
    for _ in range(RUNS):
        peer.append(seconds(lambda: bare(one)))
        ours.append(seconds(lambda: layers.make_sheet(one, options)))
    return {"first": first, "sheet": statistics.median(ours), "bare": statistics.median(peer)}


if __name__ == "__main__":
    print(json.dumps(measure()))
