"""A small map of one thing, for its page or slide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from layers.sheets.frame import Rect, open_frame
from layers.sheets.furniture import draw_scale
from layers.sheets.ground import draw_ground, draw_rim
from layers.sheets.paper import open_paper
from layers.sheets.scene import set_scene
from layers.sheets.subject import alone, extent_around, look
from layers.sheets.things import draw_scene
from layers.sheets.writing import to_png

if TYPE_CHECKING:
    from layers.sheets.layout import Layout
    from layers.sheets.paper import Paper
    from layers.sheets.subject import Subject

# Millimetres on A4 for the scale bar below the map.
_BAR = 13.0


def draw_detail(paper: Paper, subject: Subject, row: Any, room: tuple[Rect, Layout]) -> None:
    """Draw a thing's surroundings into a box, with a scale bar below.

    A thing without surroundings draws nothing. ``room`` is the box, and the layout whose letters
    are used.
    """
    (box, given), one = room, alone(subject, row)
    extent, bar = extent_around(one), _BAR * given.scale
    if extent is None:
        return
    rect = Rect(box.left, box.bottom + bar, box.width, box.height - bar).shrunk(0.3)
    scale = Rect(box.left, box.bottom, box.width * 0.6, bar)
    layout = replace(given, map_box=rect, scale_box=scale)
    frame = open_frame(rect, extent)
    draw_ground(paper, frame, subject.base)
    draw_scene(paper, frame, set_scene(look(one, frame), frame, layout, subject.base.towns), layout)
    draw_rim(paper, frame)
    draw_scale(paper, frame, layout)


def detail_picture(subject: Subject, row: Any, room: tuple[Rect, Layout], dpi: int) -> bytes:
    """Return what ``draw_detail`` draws as a PNG in the size of the box."""
    box, layout = room
    paper = open_paper((box.width, box.height))
    draw_detail(paper, subject, row, (Rect(0, 0, box.width, box.height), layout))
    return to_png(paper, dpi)
