"""The things of a scene, drawn: circles, bands, lines, areas, signs, badges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.colors import to_rgba

from geo import band, circle
from layers.outcomes import progress
from layers.sheets.frame import Rect
from layers.sheets.lettering import width
from layers.sheets.signs import draw_foot, draw_known, draw_sign
from layers.symbols import base_colour, stage_colour

if TYPE_CHECKING:
    from layers.sheets.frame import Frame
    from layers.sheets.layout import Layout
    from layers.sheets.paper import Paper
    from layers.sheets.scene import Plate, Scene, Sign

_DASHES = (0, (2.2, 1.5))
_DOT = 1.5  # width of the dots that stand for too many signs, millimetres on A4
_ROUND = 0.5


def draw_scene(paper: Paper, frame: Frame, scene: Scene, layout: Layout) -> None:
    """Draw all things of a scene, and the township badges."""
    if not scene.size:
        _draw_dots(paper, frame, scene, layout)
    else:
        _draw_reaches(paper, frame, scene)
    for sign in scene.signs if scene.size else ():
        _draw_shape(paper, frame, sign, layout.scale)
        if np.hypot(*np.subtract(sign.head, sign.foot)) > scene.size * _ROUND:
            draw_foot(paper, sign.foot, sign.head)
        kind = sign.row.category, sign.row.stage
        draw_sign(paper, kind, sign.head, scene.size, gid=f"project:{sign.row.id}")
        if known := progress(sign.row.known_stage):
            draw_known(paper, known, sign.head, scene.size)
    for plate in scene.plates:
        draw_plate(paper, plate, layout)


def _draw_reaches(paper: Paper, frame: Frame, scene: Scene) -> None:
    # How far from the drawn place a thing may be. Things of one village share one circle.
    shared: dict[tuple[Any, ...], list[Sign]] = {}
    for sign in scene.signs:
        if sign.row.location_class == "locality" and sign.row.radius_m:
            shared.setdefault((sign.row.geometry.wkb, sign.row.radius_m), []).append(sign)
    for signs in shared.values():
        stages = {sign.row.stage for sign in signs}
        colour = stage_colour(stages.pop()) if len(stages) == 1 else base_colour("badge")
        _draw_reach(paper, frame, signs[0].row, colour)


def _draw_reach(paper: Paper, frame: Frame, row: Any, colour: str) -> None:
    if row.geometry.geom_type == "Point":
        reach = frame.place(circle(row.geometry, row.radius_m))
        edge: dict[str, Any] = {"ec": base_colour("ink"), "lw": 0.35, "ls": (0, (4, 2))}
        paper.fill(reach, frame.rect, fc=to_rgba(colour, 0.13), zorder=1.2, **edge)
    elif row.geometry.geom_type.endswith("LineString"):
        reach = frame.place(band(row.geometry, row.radius_m))
        paper.fill(reach, frame.rect, fc=colour, ec="none", alpha=0.12, zorder=1.1)


def _draw_shape(paper: Paper, frame: Frame, sign: Sign, scale: float) -> None:
    fill, ink = stage_colour(sign.row.stage), base_colour("ink")
    if sign.row.geometry.geom_type.endswith("LineString"):
        dashes = {"linestyle": _DASHES, "capstyle": "butt"} if sign.row.schematic else {}
        paper.line(sign.shape, frame.rect, color=ink, lw=3.2 * scale, zorder=1.9)
        paper.line(sign.shape, frame.rect, color="white", lw=2.5 * scale, zorder=1.95)
        paper.line(sign.shape, frame.rect, color=fill, lw=2.5 * scale, zorder=2, **dashes)
    elif not shapely.is_empty(sign.shape) and sign.shape.geom_type.endswith("Polygon"):
        paper.fill(sign.shape, frame.rect, fc=fill, ec="none", alpha=0.3, zorder=1.3)
        paper.fill(sign.shape, frame.rect, fc="none", ec=fill, lw=1.2 * scale, zorder=1.7)


def _draw_dots(paper: Paper, frame: Frame, scene: Scene, layout: Layout) -> None:
    spots = np.array([sign.foot for sign in scene.signs]).reshape(-1, 2)
    fills = [stage_colour(sign.row.stage) for sign in scene.signs]
    paper.dots(spots, fills, _DOT * layout.scale)
    for sign in scene.signs:
        if sign.row.geometry.geom_type.endswith("LineString"):
            look: dict[str, Any] = {
                "color": stage_colour(sign.row.stage),
                "lw": 1.2 * layout.scale,
                "zorder": 2,
            }
            paper.line(sign.shape, frame.rect, **look)


def draw_plate(paper: Paper, plate: Plate, layout: Layout) -> None:
    """Draw a township's name, and below it how many things are known by the township only."""
    town, number = layout.letters.town, layout.letters.number
    middle = plate.box.middle[0]
    base = plate.box.top - 0.3 * layout.scale - town.line * 0.78
    left = middle - width(plate.town.name, town) / 2
    paper.write_clear((left, base), plate.town.name, town, zorder=7)
    if not plate.things:
        return
    count = str(len(plate.things))
    wide = max(width(count, number) + number.line * 0.6, number.line * 1.1)
    low = plate.box.bottom + 0.2 * layout.scale
    look: dict[str, Any] = {
        "fc": base_colour("paper"),
        "ec": base_colour("badge"),
        "lw": 0.9,
        "zorder": 7,
    }
    box = Rect(middle - wide / 2, low, wide, number.line * 1.05)
    rounded = shapely.box(*(box.shrunk(_ROUND)[:2]), box.right - _ROUND, box.top - _ROUND)
    paper.fill(rounded.buffer(_ROUND), gid=f"township:{plate.town.name}", **look)
    at = middle, low + (box.height - number.height) / 2
    paper.write(at, count, number, ha="center", zorder=7.5)
