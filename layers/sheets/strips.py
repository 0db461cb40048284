"""Rows of text that are measured and wrapped before they are drawn, and dealt out to columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from layers.font import printable
from layers.sheets.lettering import broken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from layers.sheets.frame import Rect
    from layers.sheets.lettering import Letters

    Floats = NDArray[np.float64]

# A column that is full to a hair is not too full.
_HAIR = 1e-6
# A heading is never the last thing in a column: so many lines of what follows stay with it.
_WITH_HEADING = 2

# Into how many steps the free width of a table is cut.
_SHARES = 60

Line = tuple[str, "Letters"]
Cell = tuple[Line, ...]
# What stands before a strip: the sign of a project, or the mark of something said or known.
MarkKind = Literal["sign", "promised", "reported", "known"]


@dataclass(frozen=True)
class Mark:
    """What stands before a strip.

    Attributes
    ----------
    kind
        ``sign`` for a project's sign; else what a line of a timeline is.
    category, stage
        Codes that give shape and colour.
    number
        The project's number on the map; nought without one.
    """

    kind: MarkKind
    category: str
    stage: str
    number: int = 0


@dataclass(frozen=True)
class Strip:
    """A row of cells, or a heading across all of them.

    Attributes
    ----------
    cells
        The wrapped lines of each cell; a heading has one.
    pitch, air
        Millimetres from line to line, and left free below the last one.
    heading
        Whether it is repeated, as ``again``, where its rows go on in another column.
    """

    cells: tuple[Cell, ...]
    pitch: float
    air: float
    heading: bool = False
    again: Cell = ()
    mark: Mark | None = None
    rule: bool = True

    @property
    def count(self) -> int:
        """How many lines it has."""
        return max((len(cell) for cell in self.cells), default=0)

    @property
    def height(self) -> float:
        """Millimetres from its upper edge to that of the next strip."""
        return self.count * self.pitch + self.air

    def cut(self, lines: int) -> tuple[Strip, Strip]:
        """Return the strip's first lines, and what is left of it."""
        head = replace(self, cells=tuple(cell[:lines] for cell in self.cells), rule=False)
        return head, replace(self, cells=tuple(cell[lines:] for cell in self.cells), mark=None)


@dataclass(frozen=True)
class Block:
    """Strips in a box.

    Attributes
    ----------
    gutter
        Width before the cells, for marks and numbers.
    widths
        Of the cells, each with the gap behind it.
    header
        A strip with the names of the columns; None without.
    timeline
        Whether the marks are tied by a line.
    """

    box: Rect
    strips: tuple[Strip, ...]
    gutter: float
    widths: tuple[float, ...]
    header: Strip | None = None


def set_cell(text: str, letters: Letters, room: float) -> Cell:
    """Return a text wrapped to a room in millimetres; an empty one has no line."""
    shown = printable(text).strip()
    return tuple((line, letters) for line in broken(shown, letters, room)) if shown else ()


def set_paragraphs(texts: Sequence[Line], room: float) -> Cell:
    """Return several texts as one cell; the last line of each but the last ends in a line break."""
    cells = [set_cell(text, letters, room) for text, letters in texts]
    ended = [(*cell[:-1], (f"{cell[-1][0]}\n", cell[-1][1])) for cell in cells[:-1]]
    return tuple(line for cell in (*ended, *cells[-1:]) for line in cell)


def paragraphs_of(cell: Cell) -> list[Line]:
    """Return a cell's texts, their lines put together again, as ``set_paragraphs`` took them."""
    found: list[Line] = []
    goes_on = False
    for text, letters in cell:
        if goes_on:
            found[-1] = (found[-1][0] + text, found[-1][1])
        else:
            found.append((text, letters))
        goes_on = not text.endswith("\n")
    return [(text.strip(), letters) for text, letters in found]


def flowed(strips: Sequence[Strip], room: Callable[[int], float]) -> list[list[Strip]]:
    """Return strips dealt out to columns of the given heights, in their order.

    No column ends with a heading. A column that goes on with the rows of a heading begins with
    its ``again``. A strip higher than a whole column goes on in the next one; nothing is cut off.

    Parameters
    ----------
    room
        The height of a column in millimetres, by its place from nought on.
    """
    columns: list[list[Strip]] = [[]]
    left, fresh, under = room(0), True, None
    waiting = list(reversed(strips))
    while waiting:
        strip = waiting.pop()
        if _needed(strip, waiting) <= left + _HAIR:
            columns[-1].append(strip)
            left, fresh, under = left - strip.height, False, strip if strip.heading else under
            continue
        if fresh:
            # Even alone it is too high: what fits stands here, the rest in the next column.
            head, strip = strip.cut(max(1, int((left + _HAIR) / strip.pitch)))
            columns[-1].append(head)
        if strip.count:
            waiting.append(strip)
            columns.append([])
            left, fresh = room(len(columns) - 1), True
            if under is not None and not strip.heading:
                columns[-1].append(replace(under, cells=(under.again,)))
                left -= columns[-1][0].height
    return [column for column in columns if column]


def _needed(strip: Strip, waiting: Sequence[Strip]) -> float:
    if not (strip.heading and waiting):
        return strip.height - strip.air
    following = waiting[-1]
    return strip.height + min(following.count, _WITH_HEADING) * following.pitch


def fitted_widths(wanted: Floats, least: Floats | float, room: float) -> list[float]:
    """Return widths of a table's columns that fill a room and keep the table low.

    Each column has its ``least``, or less where none of its texts wants that much; what is left
    goes step by step to the column that makes the rows lowest.

    Parameters
    ----------
    wanted
        How wide each text is on one line, a row for each row of the table.
    least
        One for all columns, or one for each.
    """
    widths = np.minimum(wanted.max(axis=0), least)
    left = room - widths.sum()
    if left > 0:
        step = left / _SHARES
        for _ in range(_SHARES):
            heights = [_height(wanted, _grown(widths, at, step)) for at in range(len(widths))]
            best = int(np.argmin(heights))
            if heights[best] >= _height(wanted, widths):
                break  # nothing is wrapped any more
            widths = _grown(widths, best, step)
    filled: list[float] = (widths * (room / widths.sum())).tolist()
    return filled


def _grown(widths: Floats, place: int, by: float) -> Floats:
    more = widths.copy()
    more[place] += by
    return more


def _height(wanted: Floats, widths: Floats) -> float:
    # Lines as a broken number: a step that saves half a line is a step in the right direction.
    return float(np.maximum((wanted / widths).max(axis=1), 1.0).sum())
