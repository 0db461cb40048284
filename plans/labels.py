"""Labels: 某某项目： and behind it the steps of its works, which are no things of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plans.endings import MERE

if TYPE_CHECKING:
    from plans.clauses import Frame

_GROUP = 2  # signs
_COLONS = ("：", ":")


def as_label(frame: Frame, *, whole: bool, end: str) -> Frame | None:
    """Return a clause's list as a label where it is one project's name before a colon, else None.

    ``whole`` tells that the clause is a name and no more.
    """
    phrase = frame.phrase
    if end not in _COLONS or not whole or len(phrase.items) > 1 or phrase.tail:
        return None
    item = phrase.items[0]
    if len(item.tokens) < 2 or not item.text.endswith(MERE):  # noqa: PLR2004 - a kind and 项目
        return None
    return replace(frame, phrase=replace(phrase, sized=True))


def is_component(frame: Frame) -> bool:
    """Tell a list that begins with a kind of thing, neither named nor counted: 锅炉房已完工."""
    tokens = frame.phrase.items[0].tokens
    counted = any(t.is_a("quantity") for item in frame.phrase.items for t in item.tokens)
    return not counted and not any(token.is_a("raw", "quoted", "phase") for token in tokens)


def of_phase(frame: Frame) -> bool:
    """Tell a list that begins with a phase, which has a stage of its own."""
    return frame.phrase.items[0].tokens[0].is_a("phase")


def names_group(frame: Frame, *, end: str) -> bool:
    """Tell a kind before a colon under which things are listed: 机场：某某机场改扩建."""
    phrase = frame.phrase
    short = len(phrase.items) == 1 and len(phrase.items[0].text) <= _GROUP
    return end in _COLONS and short and is_component(frame)
