"""The order in which a page is read: columns of print one after the other.

A line that runs over two columns, such as a title, is read before what stands below it. Columns
are told from the cells of a table without rules by their print: in columns most lines fill the
width, line by line without gaps.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from plans.formats.print_lines import Line, is_apart, lines_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GAP = 0.8  # of the size: narrower ones part no columns
_STEP = 2.0  # points by which the left edges of a column's lines may differ
_NARROWEST = 8  # signs in a line
_FILL = 0.5  # of the lines of a column, at least
_SHORT_BY = 1.6  # of the size: a line that ends nearer to the edge fills it
_DENSE = 0.6  # of the lines that would have room in a column
_LEFT_LINES, _RIGHT_LINES = 3, 2  # a column may end soon after its start


@dataclass(frozen=True)
class _Piece:
    """A stretch of a line without a gap, or a table."""

    left: float
    right: float
    top: float
    chars: tuple[dict[str, Any], ...] = ()
    table: Line | None = None

    def crosses(self, cut: float) -> bool:
        return self.left < cut < self.right


def in_order(chars: Sequence[dict[str, Any]], tables: Sequence[Line]) -> list[Line]:
    """Return the lines of a page as they are read: without columns, from top to bottom.

    Parameters
    ----------
    chars
        All upright characters outside the tables.
    tables
        The tables as lines.
    """
    pieces = [piece for row in rows_of(chars) for piece in _pieces(row)]
    pieces += [_Piece(each.left, each.left + each.width, each.top, table=each) for each in tables]
    return _ordered(sorted(pieces, key=lambda piece: piece.top))


def _pieces(row: list[dict[str, Any]]) -> Iterator[_Piece]:
    starts = [0, *(n for n, (a, b) in enumerate(pairwise(row), 1) if _is_gap(a, b)), len(row)]
    for start, end in pairwise(starts):
        part = row[start:end]
        if any(char["text"].strip() for char in part):
            top = min(char["top"] for char in part)
            yield _Piece(part[0]["x0"], part[-1]["x1"], top, tuple(part))


def _is_gap(before: dict[str, Any], char: dict[str, Any]) -> bool:
    wide = char["x0"] - before["x1"] > _GAP * min(before["size"], char["size"])
    return bool(wide and is_apart(before, char))


def _ordered(pieces: list[_Piece]) -> list[Line]:
    band = _band(pieces)
    if band is None:
        return _as_printed(pieces)
    first, last, cut = band
    inside = pieces[first:last]
    left = [piece for piece in inside if piece.right <= cut]
    right = [piece for piece in inside if piece.left >= cut]
    parts = (pieces[:first], left, right, pieces[last:])
    return [line for part in parts if part for line in _ordered(part)]


def _as_printed(pieces: Sequence[_Piece]) -> list[Line]:
    lines = lines_of([char for piece in pieces for char in piece.chars])
    lines += [piece.table for piece in pieces if piece.table]
    return sorted(lines, key=lambda line: line.top)


def _band(pieces: Sequence[_Piece]) -> tuple[int, int, float] | None:
    """Return the largest stretch of pieces that stands in columns, and where a gutter ends."""
    found = [
        (first, last, cut)
        for cut in _cuts(pieces)
        for first, last in _stretches(pieces, cut)
        if _are_columns(pieces[first:last], cut)
    ]
    return max(found, key=lambda band: band[1] - band[0], default=None)


def _cuts(pieces: Sequence[_Piece]) -> list[float]:
    """Return where a column may begin: several pieces begin there, right of others."""
    lefts = Counter(round(piece.left / _STEP) for piece in pieces)
    leftmost = min(lefts, default=0)
    return [(at - 1) * _STEP for at, times in lefts.items() if times > 1 and at > leftmost + 1]


def _stretches(pieces: Sequence[_Piece], cut: float) -> Iterator[tuple[int, int]]:
    """Return the longest runs of pieces that leave a cut free."""
    ends = [n for n, piece in enumerate(pieces) if piece.crosses(cut)]
    for before, end in pairwise([-1, *ends, len(pieces)]):
        if end - before > _LEFT_LINES + _RIGHT_LINES:
            yield before + 1, end


def _are_columns(pieces: Sequence[_Piece], cut: float) -> bool:
    """Tell a column left of a cut, and one or more right of it."""
    left = lines_of([c for piece in pieces if piece.right <= cut for c in piece.chars])
    right = [piece for piece in pieces if piece.left >= cut]
    return len(left) >= _LEFT_LINES and _is_column(left) and _are_more(right)


def _are_more(pieces: Sequence[_Piece]) -> bool:
    lines = lines_of([char for piece in pieces for char in piece.chars])
    if len(lines) >= _RIGHT_LINES and _is_column(lines):
        return True
    free = (cut for cut in _cuts(pieces) if not any(piece.crosses(cut) for piece in pieces))
    return any(_are_columns(pieces, cut) for cut in free)


def _is_column(lines: list[Line]) -> bool:
    size = median(line.size for line in lines)
    start, end = min(line.left for line in lines), max(line.left + line.width for line in lines)
    full = [line for line in lines if line.left + line.width + _SHORT_BY * size >= end]
    leading = median(b.top - a.top for a, b in pairwise(lines))
    dense = len(lines) * leading >= _DENSE * (lines[-1].top - lines[0].top + leading)
    return end - start >= _NARROWEST * size and len(full) >= _FILL * len(lines) and dense
