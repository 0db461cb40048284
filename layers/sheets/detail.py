"""A small map of one thing, for its slide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from layers.outcomes import progress
from layers.sheets.frame import Rect, open_frame
from layers.sheets.furniture import draw_scale
from layers.sheets.ground import draw_ground, draw_rim
from layers.sheets.paper import open_paper
from layers.sheets.scene import set_scene
from layers.sheets.signs import draw_known, draw_sign
from layers.sheets.subject import extent_around, look
from layers.sheets.things import draw_scene
from layers.sheets.writing import to_png
from layers.symbols import base_colour

if TYPE_CHECKING:
    from layers.sheets.layout import Layout
    from layers.sheets.subject import Subject

# Of the picture's height, the sign of a thing that has no place.
_LARGE = 0.3


def detail_picture(subject: Subject, what: tuple[Any, Layout], shape: Rect, dpi: int) -> bytes:
    """Return a PNG of a thing's surroundings in a box's size; of a thing without a place its sign.

    ``what`` is the thing's row, and the layout whose letters are used.
    """
    row, given = what
    paper, bar = open_paper((shape.width, shape.height)), 13 * given.scale
    rect = Rect(0, bar, shape.width, shape.height - bar).shrunk(0.3)
    layout = replace(given, map_box=rect, scale_box=Rect(0, 0, shape.width * 0.6, bar))
    one = replace(subject, shown=subject.shown[subject.shown["id"] == row.id])
    if extent := extent_around(one):
        frame = open_frame(rect, extent)
        draw_ground(paper, frame, subject.base)
        scene = set_scene(look(one, frame), frame, layout, subject.base.towns)
        draw_scene(paper, frame, scene, layout)
        draw_rim(paper, frame)
        draw_scale(paper, frame, layout)
    else:
        paper.box(rect, fc=base_colour("land"), ec=base_colour("neighbour"), lw=0.8)
        draw_sign(paper, (row.category, row.stage), rect.middle, rect.height * _LARGE)
        if known := progress(row.known_stage):
            draw_known(paper, known, rect.middle, rect.height * _LARGE)
    return to_png(paper, dpi)
