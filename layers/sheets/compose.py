"""A sheet put together: from what is asked for to a paper that only needs to be written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layers.font import printable
from layers.sheets.frame import Frame, Rect, open_frame
from layers.sheets.furniture import draw_grid, draw_inset, draw_qr, draw_scale
from layers.sheets.ground import draw_ground, draw_rim
from layers.sheets.layout import Words, lay_out
from layers.sheets.legend import draw_legend_on, legend_groups
from layers.sheets.lettering import wrapped
from layers.sheets.link import view_link
from layers.sheets.names import draw_names, draw_numbers, place_names
from layers.sheets.paper import open_paper
from layers.sheets.register import draw_register
from layers.sheets.scene import numbered, set_scene
from layers.sheets.subject import (
    count_line,
    document_line,
    extent_of,
    look,
    made_line,
    settled,
    source_line,
    subtitle_of,
    title_of,
)
from layers.sheets.things import draw_scene
from layers.symbols import base_colour
from layers.words import caption

if TYPE_CHECKING:
    from layers.sheets.layout import Layout
    from layers.sheets.names import Name
    from layers.sheets.options import SheetOptions
    from layers.sheets.paper import Paper
    from layers.sheets.scene import Scene
    from layers.sheets.subject import Seen, Subject

# A list that has no room on the sheet stands on a page of its own, or in the notes.
_HAS_MORE_PAGES = ("pdf", "pptx")


@dataclass(frozen=True)
class Draft:
    """A sheet before it is drawn: everything has its place."""

    subject: Subject
    options: SheetOptions
    layout: Layout
    frame: Frame
    seen: Seen
    scene: Scene
    words: Words
    names: tuple[Name, ...] = ()


def draft(subject: Subject, options: SheetOptions) -> Draft:
    """Return a sheet with everything in its place.

    With ``labels="auto"`` the things have their names where all names fit, else numbers with a
    list; a picture that has no room for the list has neither, and says so.

    Raises
    ------
    BadSheet
        The extent is not known.
    """
    subject = settled(subject)
    plain = _drafted(subject, options, listed=0)
    count = len(plain.scene.signs)
    if options.labels == "none" or not (plain.scene.size and count):
        return plain
    if options.labels != "numbers":
        names = place_names(plain.scene, plain.frame, plain.layout)
        if options.labels == "names" or len(names) == count:
            return replace(plain, names=tuple(names))
    if options.format in _HAS_MORE_PAGES or _has_room(plain):
        numbers = _drafted(subject, options, listed=count)
        return replace(numbers, scene=numbered(numbers.scene))
    return plain


def _has_room(plain: Draft) -> bool:
    """Tell whether a sheet has room for the list of its things."""
    layout = lay_out(plain.options, plain.words, len(plain.scene.signs))
    return layout.register_rows > 0


def _drafted(subject: Subject, options: SheetOptions, listed: int) -> Draft:
    extent = extent_of(subject, options)
    words = Words(
        printable(title_of(subject, options)), printable(subtitle_of(subject, options)), ("—",) * 4
    )
    layout = lay_out(options, words, listed)
    frame = open_frame(layout.map_box, extent)
    foot = _foot(subject, options, (frame, look(subject, frame)))
    words = replace(words, foot=foot)
    layout = lay_out(options, words, listed)
    frame = open_frame(layout.map_box, extent)
    seen = look(subject, frame)
    towns = subject.base.towns
    scene = set_scene(seen, frame, layout, towns, with_numbers=bool(listed))
    return Draft(subject, options, layout, frame, seen, scene, words)


def _foot(subject: Subject, options: SheetOptions, drawn: tuple[Frame, Seen]) -> tuple[str, ...]:
    frame, seen = drawn
    lines = (
        count_line(subject, seen, options),
        document_line(subject, options),
        source_line(subject, options),
        made_line(frame, options),
    )
    return tuple(printable(line) for line in lines)


def draw(draft: Draft, *, titled: bool = True) -> Paper:
    """Return the drawn sheet; without its title where a slide writes that itself.

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
    if layout.register_rows:
        draw_register(paper, draft.scene, layout, options)
    draw_scale(paper, frame, layout)
    if options.inset:
        draw_inset(paper, frame, draft.subject.base, layout)
    _draw_words(paper, draft, titled=titled)
    if options.address:
        shown = draft.subject
        link = view_link(options.address, shown.selection, shown.as_of)
        draw_qr(paper, link, layout.qr_box)
    return paper


def _draw_words(paper: Paper, draft: Draft, *, titled: bool) -> None:
    layout = draft.layout
    if titled:
        lines, letters = layout.title
        at = layout.head_box.top
        for line in lines:
            paper.write((layout.head_box.left, at - letters.height), line, letters)
            at -= letters.line * 0.94
        for line in layout.subtitle:
            low = at - layout.letters.subtitle.height
            paper.write((layout.head_box.left, low), line, layout.letters.subtitle)
            at -= layout.letters.subtitle.line
    _draw_foot(paper, draft, layout.foot_box)


def _unnamed(draft: Draft) -> str:
    """Return how many signs have neither name nor number; empty where none was to have one."""
    signs = draft.scene.signs
    left = len(signs) - len(draft.names) - sum(sign.number > 0 for sign in signs)
    if not left or draft.options.labels == "none":
        return ""
    return caption("sheet_count_unnamed", draft.options.language, count=left)


def _draw_foot(paper: Paper, draft: Draft, box: Rect) -> None:
    small, at = draft.layout.letters.small, box.top
    counts, *others = _foot(draft.subject, draft.options, (draft.frame, draft.seen))
    for number, text in enumerate([counts + _unnamed(draft), *others]):
        # What is drawn and what is not comes first, in full ink.
        look = {"color": base_colour("ink")} if number == 0 else {}
        for line in wrapped(text, small, box.width, 4) if text else []:
            paper.write((box.left, at - small.height), line, small, **look)
            at -= small.line
