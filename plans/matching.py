"""Which judged statement a read one answers to: by document, line and name, one to one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from plans.gold import plain
from plans.model import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plans.gold import Claim

EXACT, CONTAINED, ALIKE = 3, 2, 1
# shares of the longer name's length
_CONTAINED_SHARE = 0.45
_ALIKE_SHARE = 0.75
_ORDER = re.compile(r"[0-9A-Za-z一二三四五六七八九十]+")
_Score = tuple[float, ...]


def likeness(one: str, other: str) -> int:
    """Tell how alike two names are: ``EXACT``, ``CONTAINED``, ``ALIKE``, or 0.

    One name must make up 45 % of the other that contains it, or share 75 % of its signs; and
    numbers in both must be the same: 一期 is not 二期.
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    if short == long:
        return EXACT
    if not short or _numbers_differ(short, long):
        return 0
    if short in long and len(short) >= len(long) * _CONTAINED_SHARE:
        return CONTAINED
    return ALIKE if _shared(short, long) >= len(long) * _ALIKE_SHARE else 0


def _numbers_differ(one: str, other: str) -> bool:
    left, right = (Counter(_ORDER.findall(name)) for name in (one, other))
    return bool(left - right) and bool(right - left)


def _shared(one: str, other: str) -> int:
    return (Counter(one) & Counter(other)).total()


def match(judged: Sequence[Claim], read: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pair judged with read statements, each at most once; the best likeness goes first.

    Two may be paired when the judged line is one of the lines that the read statement quotes.
    Among names equally alike, counted goes with counted, then firm judgements before
    optional ones, then the closer name, the same quote, the same line.

    Returns
    -------
    list of (judged, read)
        In the order of the judgements; empty when nothing is alike.
    """
    ranked = sorted(_candidates(judged, read), key=lambda found: found[0], reverse=True)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, other in ranked:
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return [(judged[one], read[other]) for one, other in sorted(pairs.items())]


def _candidates(
    judged: Sequence[Claim], read: Sequence[Claim]
) -> Iterator[tuple[_Score, int, int]]:
    standing: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(read):
        for line in dict.fromkeys(claim.lines):
            standing[claim.document, line].append(number)
    for one, claim in enumerate(judged):
        for other in standing[claim.document, claim.lines[0]]:
            if level := likeness(claim.name, read[other].name):
                # earlier goes before later, in print as in the tables
                yield (level, *_closeness(claim, read[other]), -one, -other), one, other


def _closeness(judged: Claim, read: Claim) -> _Score:
    names = plain(judged.name), plain(read.name)
    counted = [claim.says["kind"] in COUNTED for claim in (judged, read)]
    return (
        counted[0] == counted[1],
        not judged.optional,
        _shared(*names) / max(map(len, names)),
        plain(judged.quote) == plain(read.quote),
        judged.lines[0] == read.lines[0],
    )
