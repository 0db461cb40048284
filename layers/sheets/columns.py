"""Pages of one project parted into columns: a map, and texts beside or below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.sheets.frame import Rect
from layers.sheets.lettering import Lettering
from layers.sheets.strips import Block, flowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.sheets.layout import Layout
    from layers.sheets.strips import Strip

_GAP, GUTTER, _FIRST = 8.0, 5.0, 23.0  # millimetres on A4
# Of a column's height, what the small map takes: on upright paper, and beside texts.
_MAP_HIGH, _MAP_SHARES = 0.34, (1.0, 0.62)


def columns_of(layout: Layout) -> list[Rect]:
    """Return the boxes of a page's columns: one on upright paper, else two."""
    body = layout.body_box
    if layout.size[0] < layout.size[1]:
        return [body]
    gap = _GAP * layout.scale
    half = (body.width - gap) / 2
    left = Rect(body.left, body.bottom, half, body.height)
    return [left, Rect(left.right + gap, body.bottom, half, body.height)]


def divisions(layout: Layout, *, mapped: bool) -> Iterator[tuple[Rect, list[Rect]]]:
    """Return ways to part the first page: the box of the map, and those of the texts.

    Beside each other the map has all of its column, or leaves text room below it.
    """
    first, *others = columns_of(layout)
    if not mapped:
        yield first, [first, *others]
        return
    for share in _MAP_SHARES if others else (_MAP_HIGH,):
        high = first.height * share
        seen = Rect(first.left, first.top - high, first.width, high)
        room = first.height - high - _GAP * layout.scale
        below = Rect(first.left, first.bottom, first.width, room)
        yield seen, [*([below] if room > 0 else []), *others]


def paged(strips: Sequence[Strip], texts: Sequence[Rect], layout: Layout) -> list[list[Block]]:
    """Return the blocks of each page; ``texts`` are the boxes of the first one."""
    following = columns_of(layout)

    def box(place: int) -> Rect:
        if place < len(texts):
            return texts[place]
        return following[(place - len(texts)) % len(following)]

    flown = flowed(strips, lambda place: box(place).height)
    widths = pair_widths(following[0], layout)
    blocks = [
        Block(box(place), tuple(some), GUTTER * layout.scale, widths)
        for place, some in enumerate(flown)
    ]
    later = [
        blocks[at : at + len(following)] for at in range(len(texts), len(blocks), len(following))
    ]
    return [blocks[: len(texts)], *later]


def pair_widths(box: Rect, layout: Layout) -> tuple[float, float]:
    """Return the widths of a label and of its text in a column."""
    # on A4 the letters of a page are as large as its scale
    first = _FIRST * layout.letters.page.size / Lettering().page.size
    return first, box.width - first - GUTTER * layout.scale
