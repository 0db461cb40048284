"""Pages of text drawn on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.sheets.blocks import draw_block
from layers.sheets.compose import Place, draw_foot, draw_head, draw_page_number
from layers.sheets.detail import draw_detail
from layers.sheets.furniture import draw_qr
from layers.sheets.link import view_link
from layers.sheets.paper import open_paper

if TYPE_CHECKING:
    from layers.sheets.listing import TextPage
    from layers.sheets.paper import Paper


def draw_page(page: TextPage, place: Place) -> Paper:
    """Return the drawn page.

    Raises
    ------
    MissingGlyph
        A title needs a character that the font lacks.
    """
    paper, layout, options = open_paper(page.layout.size), page.layout, page.options
    draw_head(paper, layout)
    draw_page_number(paper, layout, place)
    if page.picture:
        row, box = page.picture
        draw_detail(paper, page.subject, row, (box, layout))
    for block in page.blocks:
        draw_block(paper, block)
    draw_foot(paper, layout, page.words.foot)
    if options.address and place.page == 1:
        link = view_link(options.address, page.subject.selection, page.subject.as_of)
        draw_qr(paper, link, layout.qr_box)
    return paper
