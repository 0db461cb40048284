"""Where the drawing program and the looks lie, and under which address pages find them."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"
# Seen from the frame the map stands in, two levels below the app: also right behind a path prefix.
ASSETS = "../../assets"
# What draws the map, in the order in which one part builds on the other.
PROGRAMS = (
    *("planmap", "ahead", "dark", "standing", "legend", "credit", "touch", "badges", "paper"),
    *("keys", "tiles", "sure", "own"),
    *("cross", "measure", "things", "dots"),
)
