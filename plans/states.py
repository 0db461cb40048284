"""States of projects as a column of a table prints them: a word alone, or a box that is ticked."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from plans.codes import codes
from plans.lexicon import GRAMMAR
from store import read_table

if TYPE_CHECKING:
    from plans.model import Stage

_TICKED, _BLANK = "☑☒✔✓√■●", "□☐○◯"
_BOXES = re.compile(rf"[{_TICKED}{_BLANK}]")
_MANNERS = ("promise", "report")


class State(NamedTuple):
    """What a cell says of the row's project: its stage, and whether that is still a promise."""

    stage: Stage
    promised: bool


def read_state(cell: str) -> State | None:
    """Return the state that a cell prints; None where it prints another word, none, or several."""
    known = [_states()[word] for word in _chosen(cell) if word in _states()]
    return known[0] if len(set(known)) == 1 else None


def _chosen(cell: str) -> list[str]:
    """Return the words of a cell that hold: those beside a ticked box where there are boxes."""
    signs = _BOXES.findall(cell)
    words = [re.sub(r"[\s，,、；;。]", "", part) for part in _BOXES.split(cell)]
    if not signs:
        return words
    # A box stands before its word, or behind it where the cell begins with a word.
    beside = words[1:] if not words[0] else words[:-1]
    return [word for sign, word in zip(signs, beside, strict=True) if sign in _TICKED]


@cache
def _states() -> dict[str, State]:
    rows = read_table(GRAMMAR / "states.csv", ("printed", "stage", "manner"))
    return {
        row["printed"]: State(
            cast("Stage", row.one_of("stage", codes("stage"))),
            row.one_of("manner", _MANNERS) == "promise",
        )
        for row in rows
    }
