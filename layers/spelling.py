"""Names by their pinyin: all names at once, so that a search can follow the typing."""

from __future__ import annotations

import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import pypinyin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# A state is a set of places in what was typed, one bit to each: a longer word is no name.
_LONGEST = 60


class Spelling:
    """Names as rows of signs, each sign with all its readings.

    Each sign may be typed in full or by its initial, the last one in part; a sign of several
    readings by any of them (乐清 is found by ``yueqing``, ``leqing`` and ``lq``).
    """

    def __init__(self, names: Sequence[str]) -> None:
        rows = [_signs(name) for name in names]
        self._known = list(dict.fromkeys(sign for row in rows for sign in row))
        numbers = {sign: number for number, sign in enumerate(self._known)}
        self._signs = np.full((len(rows), max(map(len, rows), default=0)), len(self._known))
        for at, row in enumerate(rows):
            self._signs[at, : len(row)] = [numbers[sign] for sign in row]

    def spells(self, typed: str, *, begins: bool = False) -> NDArray[np.bool_]:
        """Return of each name whether the typed letters spell some signs of it that follow on.

        ``begins``: only from its first sign on.
        """
        letters = typed.replace("'", "")
        if not letters or len(letters) > _LONGEST:
            return np.full(len(self._signs), not letters)
        steps, done = self._steps(letters), np.int64(1) << len(letters)
        reached = np.zeros(len(self._signs), dtype=np.int64)
        found = np.zeros(len(self._signs), dtype=bool)
        for number, column in enumerate(self._signs.T):
            if begins and number and not reached.any():
                break
            begun = steps[0][column] if number == 0 or not begins else np.zeros_like(reached)
            reached = _next(reached, begun, steps, column)
            found |= (reached & done) > 0
            reached &= ~done
        return found

    def _steps(self, letters: str) -> NDArray[np.int64]:
        """Return for each place in the letters and each sign the places it leads to.

        The last sign stands for the end of a short name: it leads nowhere.
        """
        steps = np.zeros((len(letters), len(self._known) + 1), dtype=np.int64)
        for at, letter in enumerate(letters):
            for number in self._by_letter.get(letter, ()):
                steps[at, number] = _leads(letters, at, self._known[number])
        return steps

    @cached_property
    def _by_letter(self) -> dict[str, list[int]]:
        """The signs that have a reading which begins with a letter."""
        found: dict[str, list[int]] = {}
        for number, sign in enumerate(self._known):
            for letter in dict.fromkeys(reading[0] for reading in _readings(sign)):
                found.setdefault(letter, []).append(number)
        return found


def _next(
    reached: NDArray[np.int64],
    begun: NDArray[np.int64],
    steps: NDArray[np.int64],
    signs: NDArray[np.intp],
) -> NDArray[np.int64]:
    """Return the places reached with one more sign: from those reached before, or begun with it.

    Few names are half spelt at any time: only these are looked at again.
    """
    half = np.flatnonzero(reached)
    places, column = reached[half], signs[half]
    for at in range(1, len(steps)):
        here = (places >> at & 1) > 0
        if here.any():
            begun[half[here]] |= steps[at][column[here]]
    return begun


def _leads(letters: str, at: int, sign: str) -> int:
    rest, places = letters[at:], 0
    for reading in _readings(sign):
        if reading.startswith(rest):
            places |= 1 << len(letters)
        if rest.startswith(reading):
            places |= 1 << (at + len(reading))
        if rest[0] == reading[0]:
            places |= 1 << (at + 1)
    return places


def _signs(name: str) -> list[str]:
    return [sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum()]


@cache
def _readings(sign: str) -> tuple[str, ...]:
    found = pypinyin.pinyin(sign, style=pypinyin.Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(reading.replace("ü", "v") for reading in found[0] if reading))
