"""Pages without a large map: their texts stand in boxes, set as strips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from layers.font import printable
from layers.lists import list_counts
from layers.sheets.facts import About
from layers.sheets.groups import groups_of
from layers.sheets.hits import by_hit, hit_line
from layers.sheets.layout import Words, lay_out
from layers.sheets.register import GUTTER, table
from layers.sheets.setting import are_few, beside, set_up
from layers.sheets.strips import Block, flowed
from layers.sheets.subject import made_line, settled, subtitle_of, title_of
from layers.words import caption, join, noted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.sheets.frame import Rect
    from layers.sheets.layout import Layout
    from layers.sheets.options import SheetOptions
    from layers.sheets.subject import Subject


@dataclass(frozen=True)
class TextPage:
    """A page before it is drawn.

    Attributes
    ----------
    blocks
        Its texts.
    picture
        A row of the table and the box of its small map; None without.
    is_register
        Whether it is part of the list of all that a sheet counts.
    """

    subject: Subject
    options: SheetOptions
    layout: Layout
    words: Words
    blocks: tuple[Block, ...]
    picture: tuple[Any, Rect] | None = None
    is_register: bool = False


def has_no_position(subject: Subject) -> bool:
    """Return whether things are chosen and none of them has a position to be drawn at."""
    return len(subject.shown) > 0 and bool(subject.shown.geometry.isna().all())


def register_pages(
    subject: Subject, numbers: Mapping[str, int], options: SheetOptions, *, alone: bool = False
) -> list[TextPage]:
    """Return the pages of a register, at least one; none where nothing is chosen.

    Parameters
    ----------
    numbers
        As in ``groups_of``.
    alone
        Whether no map stands before them: then the first page has the sheet's title and counts.
    """
    if subject.shown.empty:
        return []
    subject = settled(subject)
    about = About(subject.documents, options.language)
    groups = groups_of(subject, numbers, options.language)
    next_words = _words(subject, options)
    first_words = _first_words(subject, options) if alone else next_words
    first, following = lay_out(options, first_words), lay_out(options, next_words)
    made = table(groups, numbers, about, (following.body_box.width, following))
    high = made.header.height
    columns = flowed(
        made.strips, lambda page: (following if page else first).body_box.height - high
    )
    gutter = GUTTER * following.scale
    pages = []
    for place, strips in enumerate(columns):
        layout, words = (following, next_words) if place else (first, first_words)
        block = Block(layout.body_box, tuple(strips), gutter, made.widths, made.header)
        pages.append(TextPage(subject, options, layout, words, (block,), is_register=True))
    return pages


def _words(subject: Subject, options: SheetOptions) -> Words:
    title = caption("sheet_list_title", options.language, title=title_of(subject, options))
    subtitle = subtitle_of(subject, options)
    note = caption("sheet_horizon_about", options.language)
    foot = tuple(map(printable, (note, made_line(None, options))))
    return Words(printable(title), printable(subtitle), foot, modest=True)


def _first_words(subject: Subject, options: SheetOptions) -> Words:
    words = _words(subject, options)
    counts = [
        noted(caption(f"list_{name}", options.language), f"{count}", options.language)
        for name, count in list_counts(subject.shown).items()
        if count
    ]
    joined = join(counts, options.language, "describe_pair")
    said = caption("sheet_list_counts", options.language, count=len(subject.shown), counts=joined)
    said += hit_line(subject, options.language)
    title = printable(title_of(subject, options))
    return replace(words, title=title, foot=(said, *words.foot), modest=False)


def is_one_page(subject: Subject, options: SheetOptions) -> bool:
    """Return whether a sheet, no atlas, has just one page, without drawing it.

    Raises
    ------
    BadSheet
        The extent is not known.
    """
    subject = by_hit(subject, options)
    if subject.shown.empty:
        return True
    layout = lay_out(options, _words(subject, options))
    if has_no_position(subject):
        # A row is no lower than a line: of more things there is no need to measure all.
        rows = layout.size[1] / layout.letters.tiny.line
        few = len(subject.shown) <= rows
        return few and len(register_pages(subject, {}, options, alone=True)) == 1
    if not are_few(subject, layout):
        return False
    return beside(set_up(settled(subject), options)) is not None
