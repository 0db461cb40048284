"""What a keystroke in the search box costs the server: ``python -m bench.suggesting``.

The texts are typed sign by sign, as a planner would, against the real catalogue and against
generated ones; asked is what the page asks, filters and names together.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import building
from bench import features
from layers import Index, Known, suggested

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

BY = date(2026, 11, 1)
SIZES = (0, 10_000, 100_000)
TYPED = (
    "交通局逾期的路",
    "柳市公园",
    "湿地二期",
    "lbxc",
    "jiaotongju yuqi",
    "overdue roads in liushi",
)


def ready(table: gpd.GeoDataFrame, built: building.Built) -> Index:
    """Return an index of a table, warmed as the server warms it."""
    index = Index(table, Known(built.documents, BY))
    index.warm_up()
    return index


def keystrokes(index: Index) -> list[float]:
    """Return the milliseconds of each answer while the texts are typed."""
    taken = []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            started = time.perf_counter()
            suggested(index, text[:end], "zh")
            taken.append((time.perf_counter() - started) * 1000)
    return taken


def measure(sizes: Iterable[int] = SIZES) -> dict[str, tuple[float, float]]:
    """Return for each number of rows the median and the slowest answer, in milliseconds.

    The size 0 is the real catalogue.
    """
    built = building.load()
    found = {}
    for size in sizes:
        table = features.generated(size) if size else built.table
        taken = keystrokes(ready(table, built))
        found[f"{len(table):,}"] = (statistics.median(taken), max(taken))
    return found


if __name__ == "__main__":
    print(json.dumps(measure(map(int, sys.argv[1:]) if sys.argv[1:] else SIZES)))
