"""The signs of the table of symbols, drawn with matplotlib instead of a browser.

Places are in pixels from the lower left of the figure, upon which everything is drawn directly.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from layers.symbols import base_colour, ink_on, sign, stage_colour

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Pixels = tuple[float, float]

_CODES = {
    "moveTo": [Path.MOVETO],
    "lineTo": [Path.LINETO],
    "curveTo": [Path.CURVE4] * 3,
    "closePath": [Path.CLOSEPOLY],
}
_SWATCH = "M-14 -9 L14 -9 L14 9 L-14 9 Z"
_DOT = "M-5 0 A5 5 0 1 1 5 0 A5 5 0 1 1 -5 0 Z"
_RING = "M-14 0 A14 14 0 1 1 14 0 A14 14 0 1 1 -14 0 Z"
_DASHES = "M-14 -2 L-7 -2 L-7 2 L-14 2 Z M-3 -2 L3 -2 L3 2 L-3 2 Z M7 -2 L14 -2 L14 2 L7 2 Z"
_STALK = "M-1 0 L1 0 L1 14 L-1 14 Z"
_SCALE = 0.75


@cache
def outline(svg: str) -> Path:
    """Return an SVG path as a matplotlib path, y still downwards."""
    pen = RecordingPen()
    parse_path(svg, pen)
    points: list[Pixels] = []
    codes: list[Any] = []
    for command, given in pen.value:
        points += given or [(0.0, 0.0)]
        codes += _CODES[command]
    return Path(points, codes)


def draw_sign(figure: Figure, look: tuple[str, str], at: Pixels, scale: float) -> None:
    """Draw a sign; ``look`` is category and stage, ``scale`` pixels per unit of the table."""
    drawn, fill = sign(look[0]), stage_colour(look[1])
    _draw(figure, drawn.body, at, scale, fc=fill, ec=base_colour("ink"), lw=0.7)
    _draw(figure, drawn.glyph, at, scale, fc=ink_on(fill), ec="none")


def draw_foot(figure: Figure, foot: Pixels, head: Pixels) -> None:
    """Draw the line from a place to the sign that stands for it."""
    path = Path([foot, head])
    ink = base_colour("ink")
    figure.add_artist(PathPatch(path, ec=ink, lw=0.8, transform=None, zorder=7))
    _draw(figure, _DOT, foot, 0.35, fc=ink, ec="none")


def draw_swatch(figure: Figure, stage: str, at: Pixels) -> None:
    """Draw a stage's colour."""
    _draw(figure, _SWATCH, at, _SCALE, fc=stage_colour(stage), ec=base_colour("ink"), lw=0.5)


def draw_certainty(figure: Figure, code: str, at: Pixels) -> None:
    """Draw the legend's sign for site, locality, schematic or township."""
    badge, ink = base_colour("badge"), base_colour("ink")
    if code == "site":
        _draw(figure, _STALK, at, _SCALE, fc=ink, ec="none")
    if code == "locality":
        _draw(figure, _RING, at, _SCALE, fc=badge, ec=ink, lw=0.5, alpha=0.25)
    if code == "township":
        _draw(figure, _RING, at, 0.5, fc=base_colour("paper"), ec=badge, lw=1.4)
        return
    _draw(figure, _DASHES if code == "schematic" else _DOT, at, _SCALE, fc=badge, ec="none")


def _draw(figure: Figure, svg: str, at: Pixels, scale: float, **look: Any) -> None:
    placed = Affine2D().scale(scale, -scale).translate(*at)
    figure.add_artist(PathPatch(outline(svg), transform=placed, zorder=8, **look))
