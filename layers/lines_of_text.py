"""Many short texts put together, so that a word is looked for in all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_END = "\n"


class Texts:
    """Texts to look for words in.

    Parameters
    ----------
    texts
        A word without a line end is not found across two of them.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = _END.join([*texts, ""])
        lengths = [len(text) + 1 for text in texts]
        self._starts = np.cumsum([0, *lengths], dtype=np.intp)[:-1]

    def hold(self, word: str) -> NDArray[np.bool_]:
        """Return for each text whether a word stands in it."""
        found = np.zeros(len(self._starts), dtype=bool)
        if len(found):
            found[np.searchsorted(self._starts, self._places(word), side="right") - 1] = True
        return found

    def begin(self, word: str) -> NDArray[np.bool_]:
        """Return for each text whether it begins with a word."""
        found = np.zeros(len(self._starts), dtype=bool)
        found[np.isin(self._starts, self._places(_END + word) + 1)] = True
        found[:1] = self._whole.startswith(word)
        return found

    def _places(self, word: str) -> NDArray[np.intp]:
        return np.fromiter(self._each(word), dtype=np.intp)

    def _each(self, word: str) -> Iterator[int]:
        at = self._whole.find(word)
        while at >= 0:
            yield at
            at = self._whole.find(word, at + max(len(word), 1))
