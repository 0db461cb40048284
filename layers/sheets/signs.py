"""The signs of the table of symbols, drawn on paper instead of in a browser."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from matplotlib.path import Path

from layers.symbols import base_colour, ink_on, known_mark, sign, stage_colour

if TYPE_CHECKING:
    from layers.sheets.frame import Spot
    from layers.sheets.paper import Paper

# The table's signs are about so many units wide.
UNITS = 24.0
_CODES = {
    "moveTo": [Path.MOVETO],
    "lineTo": [Path.LINETO],
    "curveTo": [Path.CURVE4] * 3,
    "closePath": [Path.CLOSEPOLY],
}
_MARK = (9.0, 9.0)  # the middle of the disc that tells what is known, right and up
_SWATCH = "M-14 -9 L14 -9 L14 9 L-14 9 Z"
_DOT = "M-5 0 A5 5 0 1 1 5 0 A5 5 0 1 1 -5 0 Z"
_RING = "M-12 0 A12 12 0 1 1 12 0 A12 12 0 1 1 -12 0 Z"
_DASHES = "M-14 -2 L-7 -2 L-7 2 L-14 2 Z M-3 -2 L3 -2 L3 2 L-3 2 Z M7 -2 L14 -2 L14 2 L7 2 Z"
_BAR = "M-14 -2 L14 -2 L14 2 L-14 2 Z"
_DIAMOND = "M0 -14 L14 0 L0 14 L-14 0 Z"
_TRIANGLE = "M0 -12 L13 11 L-13 11 Z"
_STALK = "M-1 0 L1 0 L1 14 L-1 14 Z"


@cache
def outline(svg: str) -> Path:
    """Return an SVG path as a matplotlib path, y still downwards."""
    pen = RecordingPen()
    parse_path(svg, pen)
    points: list[Spot] = []
    codes: list[Any] = []
    for command, given in pen.value:
        points += given or [(0.0, 0.0)]
        codes += _CODES[command]
    return Path(points, codes)


def draw_sign(paper: Paper, look: tuple[str, str], at: Spot, size: float, gid: str = "") -> None:
    """Draw a sign; ``look`` is category and stage, ``size`` its width in millimetres.

    ``gid`` is the id that the sign has in SVG.
    """
    drawn, fill = sign(look[0]), stage_colour(look[1])
    edge = {"fc": fill, "ec": base_colour("ink"), "lw": size * 0.13}
    _draw(paper, drawn.body, at, size, gid=gid or None, **edge)
    _draw(paper, drawn.glyph, at, size, fc=ink_on(fill), ec="none")


def draw_known(paper: Paper, progress: str, at: Spot, size: float) -> None:
    """Draw the mark of what is known onto the corner of a sign of this place and size."""
    mark = known_mark(progress)
    _draw(paper, mark.disc, at, size, fc=mark.ground, ec=base_colour("ink"), lw=size * 0.11)
    _draw(paper, mark.glyph, at, size, fc=mark.ink, ec="none")


def draw_known_alone(paper: Paper, progress: str, at: Spot, size: float) -> None:
    """Draw the mark of what is known by itself, its middle at the place."""
    # in the table the disc stands up and to the right of a sign's middle
    left, up = np.array(_MARK) * size / UNITS
    draw_known(paper, progress, (at[0] - left, at[1] - up), size)


def draw_foot(paper: Paper, foot: Spot, head: Spot) -> None:
    """Draw the line from a place to the sign that stands for it."""
    ink = base_colour("ink")
    paper.path(Path([foot, head]), fc="none", ec=ink, lw=0.6, zorder=4)
    _draw(paper, _DOT, foot, 2.2, fc=ink, ec=base_colour("paper"), lw=0.4, zorder=4.1)


def draw_swatch(paper: Paper, stage: str, at: Spot, size: float) -> None:
    """Draw a stage's colour."""
    _draw(paper, _SWATCH, at, size, fc=stage_colour(stage), ec=base_colour("ink"), lw=0.4)


def draw_certainty(paper: Paper, code: str, at: Spot, size: float) -> None:
    """Draw the legend's sign for site, locality, line, schematic or township."""
    badge, ink = base_colour("badge"), base_colour("ink")
    if code == "township":
        _draw(paper, _RING, at, size * 0.8, fc=base_colour("paper"), ec=badge, lw=1.1)
        return
    if code == "site":
        _draw(paper, _STALK, at, size, fc=ink, ec="none")
    if code == "locality":
        _draw(paper, _RING, at, size, fc=badge, ec=ink, lw=0.4, alpha=0.25)
    if code == "line":
        _draw(paper, _SWATCH, at, size, fc=badge, ec="none", alpha=0.2)
    mark = {"schematic": _DASHES, "line": _BAR}.get(code, _DOT)
    _draw(paper, mark, at, size, fc=badge, ec="none")


def draw_moment(paper: Paper, kind: str, stage: str, at: Spot, size: float) -> None:
    """Draw the mark of a moment: a circle reports, a diamond promises, a triangle is known."""
    mark = {"promised": _DIAMOND, "reported": _RING}.get(kind, _TRIANGLE)
    fill = base_colour("ink") if kind == "known" else stage_colour(stage)
    _draw(paper, mark, at, size, fc=fill, ec=base_colour("ink"), lw=0.5)


def _draw(paper: Paper, svg: str, at: Spot, size: float, **look: Any) -> None:
    drawn = outline(svg)
    scale = size / UNITS
    path = Path(drawn.vertices * np.array([scale, -scale]) + np.array(at), drawn.codes)
    paper.path(path, **({"zorder": 6} | look))
