"""The ground of a map: land and sea as far as known, borders, main roads and rails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from layers.symbols import base_colour

if TYPE_CHECKING:
    from layers.base import Base
    from layers.sheets.frame import Frame
    from layers.sheets.paper import Paper

_DASHES = (0, (6, 3))
_SCHEMATIC = (0, (3, 2))
# Degrees: a parallel is no straight line on the paper.
_STEP = 0.1
# Points; motorways are cased, so that they read as roads.
_WAYS: dict[str, tuple[float, Any]] = {
    "motorway": (2.2, "-"),
    "national": (1.5, "-"),
    "rail": (1.2, (0, (5, 3))),
}


def draw_ground(paper: Paper, frame: Frame, base: Base, *, strong: float = 1.0) -> None:
    """Draw the base map into a frame; ``strong`` scales its lines."""
    _draw_sea(paper, frame, base)
    edge = base_colour("neighbour")
    for shape in base.land.geometry:
        look = {"fc": base_colour("land"), "ec": edge, "lw": 0.5 * strong}
        paper.fill(frame.place(shape), frame.rect, zorder=0.2, **look)
    _draw_borders(paper, frame, base, strong)
    for one in base.details.itertuples():
        shape = one.geometry.boundary if one.kind == "townships" else one.geometry
        colour = base_colour(one.kind)
        paper.line(frame.place(shape), frame.rect, color=colour, lw=0.6 * strong, zorder=0.6)
    for way in base.ways.itertuples():
        wide, dashes = _WAYS[way.kind]
        look = {
            "color": base_colour(way.kind),
            "linestyle": _SCHEMATIC if way.schematic else dashes,
        }
        if look["linestyle"] != "-":
            look["capstyle"] = "butt"
        paper.line(frame.place(way.geometry), frame.rect, lw=wide * strong, zorder=0.8, **look)


def draw_rim(paper: Paper, frame: Frame) -> None:
    """Draw the line about a map."""
    paper.box(frame.rect, fc="none", ec=base_colour("county"), lw=0.8, zorder=9.5)


def is_covered(frame: Frame, base: Base) -> bool:
    """Return whether the base map covers all that a frame shows."""
    return base.covered is None or bool(shapely.box(*base.covered).covers(frame.area))


def _draw_sea(paper: Paper, frame: Frame, base: Base) -> None:
    if is_covered(frame, base):
        paper.box(frame.rect, fc=base_colour("sea"), ec="none", zorder=0.1)
        return
    paper.box(frame.rect, fc=base_colour("no_data"), ec="none", zorder=0.05)
    known = shapely.segmentize(shapely.box(*base.covered or ()), _STEP)
    paper.fill(frame.place(known), frame.rect, fc=base_colour("sea"), ec="none", zorder=0.1)


def _draw_borders(paper: Paper, frame: Frame, base: Base, strong: float) -> None:
    for county in base.counties.itertuples():
        edge = base_colour("county" if county.own else "neighbour")
        wide = (1.1 if county.own else 0.6) * strong
        outline = frame.place(county.geometry.boundary)
        look = {"color": edge, "lw": wide, "linestyle": _DASHES, "capstyle": "butt"}
        paper.line(outline, frame.rect, zorder=0.5, **look)
