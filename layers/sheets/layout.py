"""Where everything stands on a sheet, in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.sheets.frame import Rect
from layers.sheets.lettering import Lettering, Letters, wrapped
from layers.sheets.strips import Strip, flowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheets.frame import Spot
    from layers.sheets.options import SheetOptions

_A4 = 297.0 * 210.0
# Larger paper has larger letters, but not in proportion: it is read from as near.
_GROWTH = 0.7
_SLIDE = 1.12  # a slide is read from farther off
_TITLE_SIZES = (1.0, 0.75, 0.6)
_FEW, _MOST_TITLE, _MOST_SUB, _MOST_FOOT = 2, 3, 3, 4
# Nothing on a slide is smaller, in points: it is read from the last row.
SLIDE_LEAST = 12.0
# What shows slides has letters of its own, and may space Chinese from Latin: so much of a line is
# filled by ours.
_OTHER_FONT = 0.88
# A map of less than this share of the paper's width or height is none.
_LEAST_MAP = 0.42
# Of the height of upright paper, what a register may take, and in which steps that is tried.
_MOST_LIST, _STEPS = 0.3, 12
# Of the usual title, that of a page that goes on with a sheet.
_MODEST = 0.62


@dataclass(frozen=True)
class Words:
    """The texts about the map: they need room before the map gets its own.

    ``modest`` is for a page that goes on with a sheet: its title is smaller.
    """

    title: str
    subtitle: str
    foot: tuple[str, ...]
    modest: bool = False


@dataclass(frozen=True)
class Panel:
    """What a sheet has beside its map: strips, set in columns of a width in millimetres."""

    strips: tuple[Strip, ...] = ()
    width: float = 0.0


@dataclass(frozen=True)
class Layout:
    """Where everything stands.

    Attributes
    ----------
    scale
        How much larger letters and signs are than on A4.
    title, subtitle, foot
        The lines of the words, with the letters they are set in.
    body_box
        All that head and foot leave: of a page without a map.
    register
        The columns of the panel; none without one, or where it has no room.
    least
        Points that no letters are smaller than; nought on paper.
    filled
        How much of a line texts may fill: less where letters of another font may stand there.
    """

    size: Spot
    scale: float
    letters: Lettering
    title: tuple[list[str], Letters]
    subtitle: list[str]
    foot: list[str]
    head_box: Rect
    map_box: Rect
    legend_box: Rect
    inset_box: Rect
    scale_box: Rect
    foot_box: Rect
    qr_box: Rect
    body_box: Rect
    register_box: Rect
    register: tuple[tuple[Strip, ...], ...] = ()
    least: float = 0.0
    filled: float = 1.0


@dataclass(frozen=True)
class _Plan:
    """The measures that all boxes of a layout are made from."""

    width: float
    height: float
    scale: float
    head: float
    foot: float
    grid: float
    is_slide: bool = False

    @property
    def margin(self) -> float:
        return 9 * self.scale

    @property
    def body(self) -> Rect:
        """What head and foot leave."""
        bottom = self.margin + self.foot + 3 * self.scale
        top = self.height - self.margin - self.head - 3 * self.scale
        return Rect(self.margin, bottom, self.width - 2 * self.margin, top - bottom)


def lay_out(options: SheetOptions, words: Words, panel: Panel | None = None) -> Layout:
    """Return the layout of a sheet, with a panel beside its map where all of it has room."""
    width, height = options.size_mm
    scale = _scale(options)
    least = SLIDE_LEAST if options.paper == "wide" else 0.0
    letters = Lettering().scaled(scale).at_least(least)
    filled = _OTHER_FONT if options.format == "pptx" else 1.0
    room = width - 18 * scale
    fits = room * filled
    title = _title(words.title, letters.title.scaled(_MODEST if words.modest else 1), fits)
    subtitle = wrapped(words.subtitle, letters.subtitle, fits, _MOST_SUB) if words.subtitle else []
    qr = 19 * scale if options.address else 0.0
    foot = [
        line
        for text in words.foot
        for line in (wrapped(text, letters.small, fits - qr, _MOST_FOOT) if text else [])
    ]
    head = len(title[0]) * title[1].line * 0.94 + len(subtitle) * letters.subtitle.line
    feet = max(len(foot) * letters.small.line, qr)
    grid = 4.5 * scale if options.grid else 0.0
    plan = _Plan(width, height, scale, head, feet, grid, is_slide=bool(least))
    boxes = (_across if width >= height else _upright)(plan, panel or Panel())
    margin = plan.margin
    return Layout(
        (width, height),
        scale,
        letters,
        title,
        subtitle,
        foot,
        head_box=Rect(margin, height - margin - head, room, head),
        foot_box=Rect(margin, margin, room - qr, feet),
        body_box=plan.body,
        qr_box=Rect(width - margin - qr + scale, margin, qr - scale, qr - scale),
        least=least,
        filled=filled,
        **boxes,  # type: ignore[arg-type]
    )


def _scale(options: SheetOptions) -> float:
    width, height = options.size_mm
    grown: float = math.sqrt(width * height / _A4) ** _GROWTH
    if options.paper == "wide":
        grown *= _SLIDE
    return max(0.55, min(grown, width / 175, height / 140))


def _title(text: str, letters: Letters, room: float) -> tuple[list[str], Letters]:
    for size in _TITLE_SIZES:
        smaller = letters.scaled(size)
        lines = wrapped(text, smaller, room)
        if len(lines) <= _FEW:
            return lines, smaller
    return wrapped(text, smaller, room, _MOST_TITLE), smaller


def _across(plan: _Plan, panel: Panel) -> dict[str, object]:
    body, gap = plan.body, 5 * plan.scale
    side = min(max(54 * plan.scale, 0.17 * plan.width), 0.27 * plan.width)
    side = 0.27 * plan.width if plan.is_slide else side
    count = _columns(panel, body.height)
    taken = count * (panel.width + gap)
    if taken > body.width - side - gap - _LEAST_MAP * plan.width:
        count, taken = 0, 0.0
    columns = flowed(panel.strips, lambda _: body.height) if count else []
    left = body.right - side
    seen = _beside_grid(
        Rect(body.left, body.bottom, left - gap - taken - body.left, body.height), plan
    )
    inset, bar = 33 * plan.scale, 12 * plan.scale
    # On a slide the inset stands beside the scale bar: its letters leave the legend little room.
    legend = body.height - (inset + gap if plan.is_slide else inset + bar + 2 * gap)
    half = side / 2 - gap / 2 if plan.is_slide else side
    return {
        "map_box": seen,
        "register_box": Rect(left - taken, body.bottom, max(taken - gap, 0.0), body.height),
        "legend_box": Rect(left, body.top - legend, side, legend),
        "scale_box": Rect(left, body.bottom, half, bar),
        "inset_box": Rect(
            body.right - half, body.bottom + (0.0 if plan.is_slide else bar + gap), half, inset
        ),
        "register": tuple(map(tuple, columns)),
    }


def _upright(plan: _Plan, panel: Panel) -> dict[str, object]:
    body, gap = plan.body, 5 * plan.scale
    columns, high = _balanced(panel, (body.width, _MOST_LIST * plan.height), gap)
    taken = high + gap if columns else 0.0
    band = min(66 * plan.scale, 0.28 * plan.height)
    right = min(58 * plan.scale, 0.34 * body.width)
    floor = body.bottom + taken
    bar = 12 * plan.scale
    seen = Rect(body.left, floor + band + gap, body.width, body.top - floor - band - gap)
    return {
        "map_box": _beside_grid(seen, plan),
        "register_box": Rect(body.left, body.bottom, body.width, max(taken - gap, 0.0)),
        "legend_box": Rect(body.left, floor, body.width - right - gap, band),
        "scale_box": Rect(body.right - right, floor, right, bar),
        "inset_box": Rect(body.right - right, floor + bar + gap, right, band - bar - gap),
        "register": tuple(map(tuple, columns)),
    }


def _balanced(panel: Panel, room: Spot, gap: float) -> tuple[Sequence[Sequence[Strip]], float]:
    """Return the columns of a panel as low as they go in a room, and their height."""
    wide, most = room
    count = int((wide + gap) / (panel.width + gap)) if panel.strips else 0
    for step in range(1, _STEPS + 1) if count else ():
        high = most * step / _STEPS
        if 0 < _columns(panel, high) <= count:
            return flowed(panel.strips, lambda _, high=high: high), high  # type: ignore[misc]
    return [], 0.0


def _columns(panel: Panel, high: float) -> int:
    """Return how many columns of a height a panel needs, whatever the order of its strips.

    Nought for none, or where a column would be too low for them.
    """
    strips = panel.strips
    again = max((strip.height for strip in strips if strip.heading), default=0.0)
    # So much may be left free at the end of a column, and taken by a repeated heading.
    free = high - max((strip.height for strip in strips), default=0.0) - 2 * again
    total = sum(strip.height for strip in strips)
    if total <= high:
        return 1 if strips else 0
    return math.ceil(total / free) if free > 0 else 0


def _beside_grid(rect: Rect, plan: _Plan) -> Rect:
    # The degrees of the grid stand to the left of the map and below it.
    return Rect(
        rect.left + plan.grid,
        rect.bottom + plan.grid,
        rect.width - plan.grid,
        rect.height - plan.grid,
    )
