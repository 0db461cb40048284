"""The supervision table as a PDF: A4 across, as many pages as it needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from layers.font import printable
from layers.sheets.blocks import draw_block
from layers.sheets.compose import Place, draw_foot, draw_head, draw_page_number
from layers.sheets.layout import Words, lay_out
from layers.sheets.lettering import Letters
from layers.sheets.options import SheetOptions
from layers.sheets.paper import open_paper
from layers.sheets.strips import Block, Mark, Strip, flowed, set_cell, set_paragraphs
from layers.sheets.writing import to_pdf
from layers.supervision_words import SHARES, cells, counts, heads, notes, title
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.sheets.layout import Layout
    from layers.sheets.paper import Paper
    from layers.supervision import Matter, Supervision

_INK, _NAME = Letters(7.2), Letters(7.4, bold=True)
_GUTTER, _GAP, _AIR = 10.0, 3.0, 1.6  # millimetres


def supervised_pdf(table: Supervision, language: Language) -> bytes:
    """Return the table as a PDF whose every page has title, names of columns and number.

    Raises
    ------
    MissingGlyph
        The font has none for a character, nor the sign that stands for those it lacks.
    """
    layout = _layout(table, language)
    widths = _widths(layout)
    rooms = [each - _GAP for each in widths]
    header = _header(rooms, language)
    box = layout.body_box
    high = box.height - header.height
    pages = flowed(list(_strips(table, rooms, (box.width, layout), language)), lambda _: high)
    # nothing to list: a page that says so
    blocks = [Block(box, tuple(some), _GUTTER, tuple(widths), header) for some in pages or [[]]]
    papers = (_page(layout, each, Place(at, len(blocks))) for at, each in enumerate(blocks, 1))
    return to_pdf(papers, title(table, language))


def _layout(table: Supervision, language: Language) -> Layout:
    options = SheetOptions(format="pdf", language=language)
    foot = tuple(map(printable, (*notes(table, language), caption("app_title", language))))
    words = Words(
        printable(title(table, language)), printable(counts(table, language)), foot, modest=True
    )
    return lay_out(options, words)


def _widths(layout: Layout) -> list[float]:
    shares = SHARES[1:]  # the number stands before the cells, with the sign
    room = layout.body_box.width - _GUTTER
    return [room * share / sum(shares) for share in shares]


def _header(rooms: Sequence[float], language: Language) -> Strip:
    letters = replace(_INK, bold=True)
    pairs = zip(heads(language)[1:], rooms, strict=True)
    return Strip(tuple(set_cell(text, letters, room) for text, room in pairs), _INK.line, _AIR)


def _strips(
    table: Supervision, rooms: Sequence[float], how: tuple[float, Layout], language: Language
) -> Iterator[Strip]:
    wide, layout = how
    group = ""
    for one in table.matters:
        if one.noun != group:
            group = one.noun
            letters, text = layout.letters.heading, caption(f"supervision_{group}s", language)
            cell = set_cell(text, letters, wide)
            pitch = letters.line * 1.2
            yield Strip((cell,), pitch, 0.8, heading=True, again=cell)
        yield _strip(one, cells(one, table, language)[1:], rooms)


def _strip(one: Matter, texts: Sequence[str], rooms: Sequence[float]) -> Strip:
    letters = [_NAME, *[_INK] * (len(texts) - 1)]
    found = tuple(
        set_paragraphs([(part, each) for part in text.split("\n") if part.strip()], room)
        for text, each, room in zip(texts, letters, rooms, strict=True)
    )
    mark = Mark("sign", one.row.category, one.row.stage, one.number)
    return Strip(found, _INK.line, _AIR, mark=mark)


def _page(layout: Layout, block: Block, place: Place) -> Paper:
    paper = open_paper(layout.size)
    draw_head(paper, layout)
    draw_page_number(paper, layout, place)
    draw_block(paper, block)
    draw_foot(paper, layout, layout.foot)
    return paper
