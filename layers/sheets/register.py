"""The numbered list: which number on the map is which thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layers.font import printable
from layers.sheets.frame import Rect
from layers.sheets.lettering import shortened
from layers.sheets.paper import open_paper
from layers.symbols import base_colour, stage_colour
from layers.words import caption

if TYPE_CHECKING:
    from layers.sheets.layout import Layout
    from layers.sheets.options import SheetOptions
    from layers.sheets.paper import Paper
    from layers.sheets.scene import Scene, Sign


def draw_register(paper: Paper, scene: Scene, layout: Layout, options: SheetOptions) -> None:
    """Draw the list into its box."""
    listed = _in_order(scene)
    title = caption("sheet_register", options.language, count=len(listed))
    _draw_list(paper, (title, listed), layout.register_box, layout)


def list_pages(scene: Scene, layout: Layout, options: SheetOptions) -> list[Paper]:
    """Return the pages with the list of a sheet that has no room for it; none without numbers."""
    listed = [] if layout.register_rows else _in_order(scene)
    margin, (width, height) = 9 * layout.scale, layout.size
    box = Rect(margin, margin, width - 2 * margin, height - 2 * margin)
    columns = max(1, int(box.width / (44 * layout.scale)))
    rows = int(box.height / layout.letters.tiny.line) - 2
    set_as = replace(layout, register_columns=columns, register_rows=rows)
    title = caption("sheet_register", options.language, count=len(listed))
    pages = []
    for first in range(0, len(listed), columns * rows):
        pages.append(open_paper(layout.size))
        _draw_list(pages[-1], (title, listed[first : first + columns * rows]), box, set_as)
    return pages


def _in_order(scene: Scene) -> list[Sign]:
    return sorted((sign for sign in scene.signs if sign.number), key=lambda sign: sign.number)


def _draw_list(paper: Paper, what: tuple[str, list[Sign]], box: Rect, layout: Layout) -> None:
    (title, listed), letters = what, layout.letters
    heading = letters.heading
    text = shortened(title, heading, box.width)
    paper.write((box.left, box.top - heading.line * 0.7), text, heading)
    for place, sign in enumerate(listed):
        column, row = divmod(place, layout.register_rows)
        wide = box.width / layout.register_columns
        top = box.top - heading.line - row * letters.tiny.line
        _draw_entry(paper, sign, Rect(box.left + column * wide, top, wide, 0), layout)


def _draw_entry(paper: Paper, sign: Sign, cell: Rect, layout: Layout) -> None:
    letters, scale = layout.letters.tiny, layout.scale
    base = cell.top - letters.line * 0.78
    dot = Rect(cell.left, base, 1.7 * scale, letters.height * 0.9)
    edge = {"ec": base_colour("ink"), "lw": 0.3}
    paper.box(dot, fc=stage_colour(sign.row.stage), **edge)
    ink = base_colour("ink")
    paper.write((cell.left + 6.6 * scale, base), str(sign.number), letters, ha="right", color=ink)
    start = cell.left + 7.6 * scale
    text = shortened(printable(sign.row.name), letters, cell.right - start - 1.5 * scale)
    paper.write((start, base), text, letters, color=ink)
