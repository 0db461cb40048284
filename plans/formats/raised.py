"""Small characters set above or below a line, put into the line that they belong to.

``m²`` is often printed as an ``m`` and a small 2 with a baseline of its own, and a footnote's mark
is a small number behind a word.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LONGEST = 6  # characters of a mark; more are a line in small print
_SMALL = 0.85  # of the size of the character that carries the mark
_LIKE = 0.9  # sizes of print in one mark differ by less
_LEVEL = 0.05  # of the size: baselines that differ by less are the same
_FARTHEST = 0.75  # of the size of the carrier, between both baselines
_NEAR = 0.6  # of the size of the mark: how far it may stand from its carrier
_ABOVE, _BELOW = 0.5, 0.4  # of the size of the carrier: how far a mark may stick out
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", "[]()（）〔〕［］")

Char = dict[str, Any]


@dataclass(frozen=True)
class _Run:
    """Characters of one size side by side on one baseline."""

    chars: tuple[Char, ...]

    @property
    def size(self) -> float:
        return float(self.chars[0]["size"])

    @property
    def baseline(self) -> float:
        return baseline(self.chars[0])


def baseline(char: Char) -> float:
    """Return how far a character's baseline lies below the page's top, in points."""
    if "carried_on" in char:
        return float(char["carried_on"])
    below = char["y1"] - char["matrix"][5]  # from the upper edge down to the baseline
    return float(char["top"] + below)


def on_their_lines(chars: Sequence[Char]) -> list[Char]:
    """Return all characters, with raised and lowered ones on the baseline of their line.

    A raised number behind a Latin letter is a part of a unit and stays a plain digit (m2); behind
    any other character it becomes a small digit (10⁴, and a footnote's mark).
    """
    ends = sorted(chars, key=_end)
    starts = sorted(chars, key=_start)
    settled: list[Char] = []
    for run in _runs(chars):
        carrier = _carrier(run, ends, starts) if len(run.chars) <= _LONGEST else None
        settled += map(_Carried(carrier), run.chars) if carrier else run.chars
    return settled


def _runs(chars: Iterable[Char]) -> Iterator[_Run]:
    run: list[Char] = []
    for char in sorted(chars, key=lambda char: (round(baseline(char)), char["x0"])):
        if run and not _goes_on(run[-1], char):
            yield _Run(tuple(run))
            run = []
        run.append(char)
    if run:
        yield _Run(tuple(run))


def _goes_on(before: Char, char: Char) -> bool:
    small, large = sorted((before["size"], char["size"]))
    level = abs(baseline(before) - baseline(char)) <= 2 * _LEVEL * large
    near = -large < char["x0"] - before["x1"] <= _NEAR * small
    return bool(level and near and small >= _LIKE * large)


def _start(char: Char) -> float:
    return float(char["x0"])


def _end(char: Char) -> float:
    return float(char["x1"])


def _carrier(run: _Run, ends: list[Char], starts: list[Char]) -> Char | None:
    """Return the larger character that a run is raised or lowered against: the one before it.

    At the start of a line it is the one behind it.
    """
    room = _NEAR * run.size
    first, last = run.chars[0]["x0"], run.chars[-1]["x1"]
    before = ends[bisect_left(ends, first - room, key=_end) :]
    before = before[: bisect_right(before, first + room, key=_end)]
    behind = starts[bisect_left(starts, last - room, key=_start) :]
    behind = behind[: bisect_right(behind, last + room, key=_start)]
    return next((char for char in (*before, *behind) if _carries(char, run)), None)


def _carries(char: Char, run: _Run) -> bool:
    size, shift = char["size"], abs(baseline(char) - run.baseline)
    top, bottom = run.chars[0]["top"], run.chars[0]["bottom"]
    within = char["top"] - _ABOVE * size <= top and bottom <= char["bottom"] + _BELOW * size
    raised = _LEVEL * size < shift <= _FARTHEST * size
    return bool(run.size <= _SMALL * size and raised and within and char["text"].strip())


@dataclass(frozen=True)
class _Carried:
    """What a carrier makes of a character of its mark."""

    carrier: Char

    def __call__(self, char: Char) -> Char:
        line = baseline(self.carrier)
        raised = baseline(char) < line
        unit = self.carrier["text"].isascii() and self.carrier["text"].isalpha()
        text = char["text"].translate(_DIGITS) if raised and not unit else char["text"]
        return char | {"carried_on": line, "text": text}
