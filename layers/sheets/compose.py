"""A sheet put together: from what is asked for to a paper that only needs to be written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from layers.sheets.blocks import draw_block
from layers.sheets.frame import Rect
from layers.sheets.furniture import draw_grid, draw_inset, draw_qr, draw_scale
from layers.sheets.ground import draw_ground, draw_rim
from layers.sheets.layout import lay_out
from layers.sheets.legend import draw_legend_on, legend_groups
from layers.sheets.lettering import width, wrapped
from layers.sheets.link import view_link
from layers.sheets.names import draw_names, draw_numbers, place_names
from layers.sheets.paper import open_paper
from layers.sheets.register import GUTTER, cards_width, names_width
from layers.sheets.scene import numbered, set_scene
from layers.sheets.setting import Draft, beside, cards_panel, names_panel, set_up
from layers.sheets.strips import Block
from layers.sheets.subject import count_line, settled
from layers.sheets.things import draw_scene
from layers.symbols import base_colour
from layers.words import caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheets.layout import Layout
    from layers.sheets.options import SheetOptions
    from layers.sheets.paper import Paper
    from layers.sheets.scene import Scene
    from layers.sheets.subject import Subject


class Place(NamedTuple):
    """Where a page stands in its file: its number, of how many, and how many list its things."""

    page: int = 1
    of: int = 1
    more: int = 0


def draft(subject: Subject, options: SheetOptions) -> Draft:
    """Return a sheet with everything in its place.

    With ``labels="auto"`` the things have their names where all names fit, else numbers. The
    register stands beside the map where all of it has room there; where it has none, a numbered
    map has its names beside it.

    Raises
    ------
    BadSheet
        The extent is not known.
    """
    bare = set_up(settled(subject), options)
    full = beside(bare)
    with_names = _named(full or bare)
    if with_names:
        return with_names
    made = full or set_up(bare.subject, options, names_panel(bare))
    scene = _scene(made, with_numbers=True)
    return _listed(
        replace(made, scene=numbered(scene, made.subject.quoted) if scene.size else scene)
    )


def _named(made: Draft) -> Draft | None:
    """Return the sheet with names on its map, or with nothing where that is asked for.

    None where the things shall have numbers.
    """
    made = replace(made, scene=_scene(made, with_numbers=False))
    count, labels = len(made.scene.signs), made.options.labels
    if labels == "none" or not (made.scene.size and count):
        return _listed(made)
    if labels == "numbers":
        return None
    found = place_names(made.scene, made.frame, made.layout)
    if labels == "names" or len(found) == count:
        return _listed(replace(made, names=tuple(found)))
    return None


def _scene(made: Draft, *, with_numbers: bool) -> Scene:
    towns = made.subject.base.towns
    return set_scene(made.seen, made.frame, made.layout, towns, with_numbers=with_numbers)


def _listed(made: Draft) -> Draft:
    """Return the sheet with its panel in the order and with the numbers of its map."""
    if not made.layout.register:
        return made
    panel = cards_panel(made) if made.whole else names_panel(made)
    return replace(made, layout=lay_out(made.options, made.words, panel))


def draw(draft: Draft, place: Place = Place(), *, titled: bool = True) -> Paper:  # noqa: B008 - a tuple
    """Return the drawn sheet; without title and register where a slide writes these itself.

    Raises
    ------
    MissingGlyph
        A text needs a character that the font lacks.
    """
    layout, options, frame = draft.layout, draft.options, draft.frame
    paper = open_paper(layout.size)
    draw_ground(paper, frame, draft.subject.base)
    if options.grid:
        draw_grid(paper, frame, layout.letters)
    draw_scene(paper, frame, draft.scene, layout)
    draw_names(paper, list(draft.names), layout)
    draw_numbers(paper, draft.scene, layout)
    draw_rim(paper, frame)
    groups = legend_groups(draft.subject, draft.seen, options, dots=not draft.scene.size)
    draw_legend_on(paper, groups, layout)
    draw_scale(paper, frame, layout)
    if options.inset:
        draw_inset(paper, frame, draft.subject.base, layout)
    if titled:
        for block in panel_blocks(draft):
            draw_block(paper, block)
        draw_head(paper, layout)
        draw_page_number(paper, layout, place)
    _draw_foot(paper, draft, place)
    if options.address:
        shown = draft.subject
        link = view_link(options.address, shown.selection, shown.as_of)
        draw_qr(paper, link, layout.qr_box)
    if empty := empty_line(draft):
        _draw_warning(paper, empty, layout)
    return paper


def empty_line(draft: Draft) -> str:
    """Return in words that the frame shows nothing of what is chosen; empty where it shows some."""
    seen, language = draft.seen, draft.options.language
    if len(seen.things) or seen.badges:
        return ""
    key = "sheet_empty_frame" if len(draft.subject.shown) else "sheet_empty_selection"
    return caption(key, language, count=len(draft.subject.shown))


def _draw_warning(paper: Paper, text: str, layout: Layout) -> None:
    """Write a warning across the middle of the map."""
    letters, box = replace(layout.letters.body, bold=True), layout.map_box
    lines = wrapped(text, letters, box.width * 0.8, 6)
    wide, high = max(width(line, letters) for line in lines), len(lines) * letters.line
    (x, y), air = box.middle, letters.line * 0.6
    ground = Rect(x - wide / 2 - air, y - high / 2 - air, wide + 2 * air, high + 2 * air)
    look = {"fc": base_colour("paper"), "ec": base_colour("ink"), "lw": 0.8, "zorder": 9}
    paper.box(ground, **look)
    top = y + high / 2
    for number, line in enumerate(lines):
        at = x, top - number * letters.line - letters.height * 1.15
        paper.write(at, line, letters, ha="center")


def panel_blocks(draft: Draft) -> list[Block]:
    """Return what stands beside the map, column by column."""
    layout = draft.layout
    gutter, gap, box = GUTTER * layout.scale, 5 * layout.scale, layout.register_box
    wide = (cards_width if draft.whole else names_width)(layout.scale)
    return [
        Block(
            Rect(box.left + place * (wide + gap), box.bottom, wide, box.height),
            strips,
            gutter,
            (wide - gutter,),
        )
        for place, strips in enumerate(layout.register)
    ]


def draw_head(paper: Paper, layout: Layout) -> None:
    """Draw title and subtitle."""
    lines, letters = layout.title
    at = layout.head_box.top
    for line in lines:
        paper.write((layout.head_box.left, at - letters.height), line, letters)
        at -= letters.line * 0.94
    for line in layout.subtitle:
        low = at - layout.letters.subtitle.height
        paper.write((layout.head_box.left, low), line, layout.letters.subtitle)
        at -= layout.letters.subtitle.line


def draw_page_number(paper: Paper, layout: Layout, place: Place) -> None:
    """Draw which page this is in the lower margin, where there is more than one."""
    if place.of > 1:
        text = caption("sheet_page", "zh", page=place.page, pages=place.of)
        at = layout.size[0] - layout.head_box.left, 3.6 * layout.scale
        paper.write(at, text, layout.letters.small, ha="right")


def _unnamed(draft: Draft) -> str:
    """Return how many signs have neither name nor number; empty where none was to have one."""
    signs = draft.scene.signs
    left = len(signs) - len(draft.names) - sum(sign.number > 0 for sign in signs)
    if not left or draft.options.labels == "none":
        return ""
    return caption("sheet_count_unnamed", draft.options.language, count=left)


def _where_listed(draft: Draft, place: Place) -> str:
    """Return where all that is chosen is listed, in words; empty where nothing is chosen."""
    language, count = draft.options.language, len(draft.subject.shown)
    if draft.whole:
        return caption("sheet_listed_here", language, count=count)
    if not place.more:
        return ""
    key = "sheet_listed_page" if place.more == 1 else "sheet_listed_pages"
    pages = {"first": place.page + 1, "last": place.page + place.more}
    return caption(key, language, count=count, **pages)


def _draw_foot(paper: Paper, draft: Draft, place: Place) -> None:
    counts = count_line(draft.subject, draft.seen, draft.options)
    first = counts + _unnamed(draft) + _where_listed(draft, place)
    draw_foot(paper, draft.layout, (first, *draft.words.foot[1:]))


def draw_foot(paper: Paper, layout: Layout, texts: Sequence[str]) -> None:
    """Draw the lines at the foot; the first in full ink, as it says what is shown."""
    small, box = layout.letters.small, layout.foot_box
    at = box.top
    for number, text in enumerate(texts):
        look = {"color": base_colour("ink")} if number == 0 else {}
        for line in wrapped(text, small, box.width, 4) if text else []:
            paper.write((box.left, at - small.height), line, small, **look)
            at -= small.line
