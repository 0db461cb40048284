"""Shift many points between datums, in one process: ``python -m bench.shifting``.

The peer is prcoords, which shifts one point at a time; it is asked for fewer and counted up.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import prcoords

from geo import datum

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS, PEER_POINTS, RUNS = 1_000_000, 5_000, 5
SHIFTS = (
    *("wgs84_to_gcj02", "gcj02_to_wgs84", "gcj02_to_bd09", "bd09_to_gcj02"),
    *("wgs84_to_bd09", "bd09_to_wgs84"),
)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's seconds for a piece of work, the least of some runs."""
    taken = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def measure() -> dict[str, Any]:
    """Return the seconds of each shift for a million points, and of the peer's inverse."""
    chance = np.random.default_rng(1)
    lon, lat = chance.uniform(73.6, 135.0, POINTS), chance.uniform(18.0, 53.5, POINTS)
    taken = {}
    for name in SHIFTS:
        shift = getattr(datum, name)
        taken[name] = seconds(lambda shift=shift: shift(lon, lat))  # type: ignore[misc]
    pairs = [prcoords.Coords(*pair) for pair in zip(lat, lon, strict=True)][:PEER_POINTS]
    one = seconds(lambda: [prcoords.gcj_wgs_bored(pair) for pair in pairs]) / PEER_POINTS
    return {"ours": taken, "peer": one * POINTS}


if __name__ == "__main__":
    print(json.dumps(measure()))
