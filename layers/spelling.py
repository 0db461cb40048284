"""Names by their pinyin: all names at once, so that a search can follow the typing."""

from __future__ import annotations

import unicodedata
from functools import cache
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
        """Tell of each name whether the typed letters spell some signs of it that follow on.

        ``begins``: only from its first sign on.
        """
        letters = typed.replace("'", "")
        if not letters or len(letters) > _LONGEST:
            return np.full(len(self._signs), not letters)
        steps, done = self._steps(letters), np.int64(1) << len(letters)
        state = np.ones(len(self._signs), dtype=np.int64)
        found = np.zeros(len(self._signs), dtype=bool)
        for column in self._signs.T:
            state = _next(state, steps[:, column])
            found |= (state & done) > 0
            state |= not begins
        return found

    def _steps(self, letters: str) -> NDArray[np.int64]:
        """Return for each place in the letters and each sign the places it leads to.

        The last sign stands for the end of a short name: it leads nowhere.
        """
        found = [[_leads(letters, at, sign) for sign in self._known] for at in range(len(letters))]
        return np.array([[*row, 0] for row in found], dtype=np.int64)


def _next(state: NDArray[np.int64], steps: NDArray[np.int64]) -> NDArray[np.int64]:
    reached = np.zeros_like(state)
    for at, leads in enumerate(steps):
        reached |= np.where(state >> at & 1, leads, 0)
    return reached


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
