"""Time of ``planmap build`` in one fresh process, imports apart: ``python -m bench.building``."""

from __future__ import annotations

import importlib
import json
import pkgutil
import time

FRONT = ("planmap", "building")
ROOMS = ("plans", "geo", "layers")


def import_all() -> None:
    """Import the command line and every module of the rooms, with all that they import."""
    for name in FRONT:
        importlib.import_module(name)
    for room in map(importlib.import_module, ROOMS):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)


def measure() -> dict[str, float]:
    """Return the seconds that the imports took, and those of the build after them."""
    started = time.perf_counter()
    import_all()
    imported = time.perf_counter()
    importlib.import_module("planmap").main(["build"], standalone_mode=False)
    built = time.perf_counter()
    return {"imports": imported - started, "build": built - imported}


if __name__ == "__main__":
    print(json.dumps(measure()))
