"""What follows 其中: members of what was counted before, or parts of what was named."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from plans.anatomy import dissect
from plans.model import COUNTED
from plans.named import Thing
from plans.phrases import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.clauses import Frame

_AMONG = "其中"
_MEASURE = re.compile(r"^[总第]|[量率额数比值]$")  # 总工程量
_SHORTEST, _LONGEST = 2, 12  # signs of a member's name


def speaks_of_members(frame: Frame) -> bool:
    """Tell a clause that goes on with some of those counted before."""
    return bool(frame.clause) and frame.clause[0].text == _AMONG


def only_counts(frame: Frame) -> bool:
    """Tell numbers that break down the one before: 36个项目，其中续建15个、新建14个."""
    tokens = [token for item in frame.phrase.items for token in item.tokens]
    ranked = all(token.is_a("quantity", "modifier") and not token.is_a("noun") for token in tokens)
    return speaks_of_members(frame) and ranked


def members(frame: Frame, previous: Thing | None) -> list[Thing]:
    """Name what has no feature noun of its own by what it is among.

    完成改造37个，其中某某宿舍、某某三村9月完工: two of them; 某某公路，其中某县段: its part.
    An empty list where nothing was named before.
    """
    if previous is None or not speaks_of_members(frame):
        return []
    each = (one for item in frame.phrase.items for one in _apart(item))
    found = (_member(item, previous) for item in each)
    return [thing for thing in found if thing]


def _apart(item: Item) -> Iterator[Item]:
    """Split words that no table knows, which stand together as one item."""
    for parts, tokens in groupby(item.tokens, lambda token: token.is_a("separator", "conjunction")):
        if not parts:
            yield Item(tuple(tokens))


def _member(item: Item, previous: Thing) -> Thing | None:
    own = dissect(item)
    if own.noun or own.quantity or not own.proper:
        return None
    if not previous.programme:
        return _part(item, previous)
    if not _SHORTEST <= len(own.body) <= _LONGEST or _MEASURE.search(own.body):
        return None
    kind = "project" if previous.kind in COUNTED else previous.kind
    return Thing(
        own.body,
        item.start,
        item.end,
        previous.category,
        kind,
        own.works or previous.works,
        loose=True,
    )


def _part(item: Item, previous: Thing) -> Thing | None:
    if not item.text.endswith("段"):
        return None
    whole = previous.part_of or previous.name
    name = whole + item.text.removeprefix(whole)
    return Thing(
        name, item.start, item.end, previous.category, "project", part_of=whole, loose=True
    )
