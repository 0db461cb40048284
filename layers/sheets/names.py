"""The names of things beside their signs: placed so that none covers anything, or not at all."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import textalloc
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from layers.font import printable
from layers.sheets.frame import Rect
from layers.sheets.lettering import POINT, Lettering, shortened, width
from layers.sheets.paper import INCH, font
from layers.sheets.scene import FULL
from layers.symbols import base_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.sheets.frame import Frame, Spot
    from layers.sheets.layout import Layout
    from layers.sheets.lettering import Letters
    from layers.sheets.paper import Paper
    from layers.sheets.scene import Scene, Sign

# More names than this on A4 read worse than numbers with a list.
_MOST = 60
_LONGEST, _FARTHEST, _AIR = 42.0, 20.0, 0.7  # millimetres
_CANDIDATES = 250
_BELOW = 0.2  # the part of a line that is below its baseline


@dataclass(frozen=True)
class Name:
    """A name on the map: its box, and where the line from its sign meets it."""

    sign: Sign
    text: str
    box: Rect
    line: tuple[Spot, Spot] | None


def place_names(scene: Scene, frame: Frame, layout: Layout) -> list[Name]:
    """Return the names of a scene's signs that find a place; no two boxes overlap.

    A name that finds none is left out, and with very many signs all are.
    """
    if not scene.signs or not scene.size or len(scene.signs) > _MOST * layout.scale**2:
        return []
    letters, rect = layout.letters.label, frame.rect
    texts = [_text(sign, letters) for sign in scene.signs]
    axes = _scratch(rect)
    shift = np.array([rect.left, rect.bottom])
    heads = np.array([sign.head for sign in scene.signs]) - shift
    blocks = _blocks(scene, shift)
    sizes = (blocks[:, 2] / POINT) ** 2
    how: dict[str, Any] = {
        "x": heads[:, 0],
        "y": heads[:, 1],
        "text_list": texts,
        "scatter_plot": axes.scatter(blocks[:, 0], blocks[:, 1], s=sizes, marker="s"),
        "textsize": letters.size,
        "fontproperties": font(letters),
        **_lines(scene, shift),
        **_spacing(scene, layout, rect),
    }
    with contextlib.redirect_stdout(io.StringIO()):  # it prints when nothing fits
        spots, lines, _, _ = textalloc.allocate(axes, **how, ha="left", va="bottom")
    return [
        _name(scene.signs[number], text, (spot, lines[number]), (shift, letters))
        for number, (text, spot) in enumerate(zip(texts, spots, strict=True))
        if spot is not None
    ]


def draw_names(paper: Paper, names: list[Name], layout: Layout) -> None:
    """Draw the names, and thin lines from those that stand off."""
    letters = layout.letters.label
    for name in names:
        if name.line:
            ink = base_colour("ink")
            paper.line(shapely.LineString(name.line), color=ink, lw=0.4, alpha=0.6, zorder=5.5)
        base = name.box.bottom + letters.size * POINT * _BELOW
        paper.write_clear((name.box.left, base), name.text, letters, zorder=8)


def draw_numbers(paper: Paper, scene: Scene, layout: Layout) -> None:
    """Draw the numbers of a scene's signs on their lower right corners."""
    letters = layout.letters.number.scaled(min(1.0, scene.size / (FULL * layout.letters.grown)))
    for sign in scene.signs:
        if sign.number:
            text = str(sign.number)
            wide, high = width(text, letters) + 0.7, letters.height + 0.5
            left = sign.head[0] + scene.size * 0.5 - wide * 0.55
            bottom = sign.head[1] - scene.size * 0.5 - high * 0.25
            look = {"fc": base_colour("ink"), "ec": base_colour("paper"), "lw": 0.3, "zorder": 6.5}
            paper.box(Rect(left, bottom, wide, high), **look)
            at = left + wide / 2, bottom + 0.32
            white = {"color": base_colour("paper"), "ha": "center", "zorder": 6.6}
            paper.write(at, text, letters, **white)


def _scratch(rect: Rect) -> Axes:
    """Return axes in millimetres for trying places, as large as the map."""
    figure = Figure(figsize=(rect.width / INCH, rect.height / INCH), dpi=72)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, rect.width), ylim=(0, rect.height))
    axes.set_axis_off()
    axes.set_autoscale_on(b=False)
    return axes


def _text(sign: Sign, letters: Letters) -> str:
    room = _LONGEST * letters.size / Lettering().label.size
    return shortened(printable(sign.row.title), letters, room)


def _blocks(scene: Scene, shift: Any) -> Any:
    # What names must not cover, as squares: middle and side.
    side = scene.size * 1.1
    squares = [(*sign.head, side) for sign in scene.signs]
    squares += [(*sign.foot, 1.2) for sign in scene.signs]
    for plate in scene.plates:
        part = plate.box.height
        for left in np.arange(plate.box.left, plate.box.right, part * 0.7):
            middle = min(left + part / 2, plate.box.right - part / 2)
            squares.append((middle, plate.box.middle[1], part))
    return np.array(squares) - np.array([*shift, 0.0])


def _lines(scene: Scene, shift: Any) -> dict[str, list[Any]]:
    drawn = [
        np.array(part.coords) - shift
        for sign in scene.signs
        if sign.row.geometry.geom_type.endswith("LineString")
        for part in shapely.get_parts(sign.shape)
        if not part.is_empty
    ]
    drawn += [np.array([sign.foot, sign.head]) - shift for sign in scene.signs]
    return {"x_lines": [line[:, 0] for line in drawn], "y_lines": [line[:, 1] for line in drawn]}


def _spacing(scene: Scene, layout: Layout, rect: Rect) -> dict[str, Any]:
    # Shares of the map's width, as textalloc has them.
    return {
        "margin": _AIR * layout.scale / rect.width,
        "min_distance": (scene.size / 2 + _AIR) / rect.width,
        "max_distance": _FARTHEST * layout.scale / rect.width,
        "nbr_candidates": _CANDIDATES,
        "draw_all": False,
        "draw_lines": True,
        "avoid_label_lines_overlap": True,
        "avoid_crossing_label_lines": True,
        "auto_ha": False,
        "xlims": (0, rect.width),
        "ylims": (0, rect.height),
    }


def _name(sign: Sign, text: str, found: tuple[Any, Any], how: tuple[Any, Letters]) -> Name:
    (spot, line), (shift, letters) = found, how
    left, bottom = float(spot[0] + shift[0]), float(spot[1] + shift[1])
    box = Rect(left, bottom, width(text, letters), letters.size * POINT * 1.15)
    if line is None:
        return Name(sign, text, box, None)
    (x0, x1), (y0, y1) = line[0], line[1]
    ends = (
        (float(x0 + shift[0]), float(y0 + shift[1])),
        (
            float(x1 + shift[0]),
            float(y1 + shift[1]),
        ),
    )
    return Name(sign, text, box, ends)
