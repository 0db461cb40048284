"""Strips drawn on paper: their lines, what stands before them, and the rules between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from layers.font import without_gaps
from layers.sheets.lettering import Letters
from layers.sheets.signs import draw_moment, draw_sign
from layers.symbols import base_colour

if TYPE_CHECKING:
    from layers.sheets.paper import Paper
    from layers.sheets.strips import Block, Mark, Strip

# Of a line's height, what is above its baseline; of the gutter, where the number ends.
_BASE = 0.74
_HAIR = 0.3  # points


def draw_block(paper: Paper, block: Block) -> None:
    """Draw strips into their box, from its upper edge down.

    Raises
    ------
    MissingGlyph
        The font has none for a character, nor the sign that stands for those it lacks.
    """
    top = block.box.top
    if block.header:
        _draw_cells(paper, block.header, top, block)
        top -= block.header.height
        _rule(paper, block, top + block.header.air * 0.55, 0.7)
    _draw_time(paper, block, top)
    for place, strip in enumerate(block.strips):
        _draw_cells(paper, strip, top, block)
        if strip.mark:
            _draw_mark(paper, strip.mark, (block.box.left, top), (block.gutter, strip.pitch))
        top -= strip.height
        if place + 1 < len(block.strips) and strip.rule and not strip.heading:
            _rule(paper, block, top + strip.air * 0.55, _HAIR)


def _draw_cells(paper: Paper, strip: Strip, top: float, block: Block) -> None:
    left = block.box.left if strip.heading else block.box.left + block.gutter
    for number, cell in enumerate(strip.cells):
        for line, (text, letters) in enumerate(cell):
            at = left, top - (line + _BASE) * strip.pitch
            if text.strip():
                paper.write(at, without_gaps(text.rstrip()), letters)
        left += block.widths[number] if number < len(block.widths) else 0.0


def _draw_mark(
    paper: Paper, mark: Mark, at: tuple[float, float], room: tuple[float, float]
) -> None:
    (left, top), (gutter, pitch) = at, room
    middle = top - pitch * 0.5
    if mark.kind != "sign":
        draw_moment(paper, mark.kind, mark.stage, (left + pitch * 0.5, middle), pitch * 0.62)
        return
    draw_sign(paper, (mark.category, mark.stage), (left + pitch * 0.5, middle), pitch * 0.86)
    if mark.number:
        number = Letters(pitch / 1.42 / 25.4 * 72, bold=True)
        at = left + gutter * 0.88, top - _BASE * pitch
        paper.write(at, f"{mark.number}", number, ha="right")


def _draw_time(paper: Paper, block: Block, top: float) -> None:
    """Draw the line that ties the marks of a timeline."""
    runs: list[list[float]] = [[]]
    for strip in block.strips:
        if strip.mark and strip.mark.kind != "sign":
            runs[-1].append(top - strip.pitch * 0.5)
        elif runs[-1]:
            runs.append([])
        top -= strip.height
    for run in runs:
        if len(run) > 1:
            x = block.box.left + block.strips[0].pitch * 0.5
            line = shapely.LineString([(x, run[0]), (x, run[-1])])
            paper.line(line, color=base_colour("county"), lw=0.7, zorder=5)


def _rule(paper: Paper, block: Block, at: float, wide: float) -> None:
    colour = base_colour("county" if wide > _HAIR else "neighbour")
    look: dict[str, Any] = {"color": colour, "lw": wide, "zorder": 4}
    paper.line(shapely.LineString([(block.box.left, at), (block.box.right, at)]), **look)
