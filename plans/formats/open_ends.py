"""Rules that close a table where a page cuts a row and prints no line below or above the rest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOUCHES = 3.0  # points
_FEWEST = 3  # upright rules that end together: two columns

Edge = dict[str, Any]


def closing_rules(edges: Sequence[Edge]) -> list[Edge]:
    """Return level rules through the ends that several upright rules share where none is printed.

    Parameters
    ----------
    edges
        All rules of a page as pdfplumber returns them.
    """
    level = [edge for edge in edges if edge["orientation"] == "h"]
    ends: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge["orientation"] == "v" and any(_meet(edge, each) for each in level):
            ends[round(edge["top"])].append(edge)
            ends[round(edge["bottom"])].append(edge)
    return [
        _rule(at, upright)
        for at, upright in ends.items()
        if len({round(edge["x0"]) for edge in upright}) >= _FEWEST
        and not any(_closes(each, at, upright) for each in level)
    ]


def _meet(upright: Edge, level: Edge) -> bool:
    across = level["x0"] - _TOUCHES <= upright["x0"] <= level["x1"] + _TOUCHES
    along = upright["top"] - _TOUCHES <= level["top"] <= upright["bottom"] + _TOUCHES
    return bool(across and along)


def _closes(level: Edge, at: int, upright: Sequence[Edge]) -> bool:
    near = abs(level["top"] - at) <= _TOUCHES
    return near and any(_meet(edge, level) for edge in upright)


def _rule(at: int, upright: Sequence[Edge]) -> Edge:
    left, right = min(edge["x0"] for edge in upright), max(edge["x0"] for edge in upright)
    tops = [y for edge in upright for y in (edge["top"], edge["bottom"]) if round(y) == at]
    one = dict.fromkeys(("top", "bottom"), max(tops))
    return {"object_type": "line", "x0": left, "x1": right, "width": right - left, **one}
