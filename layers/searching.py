"""Finding by words: names, aliases, printed names, quotes, and names by their pinyin."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pypinyin

import store

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

_LOOKALIKES = store.DATA / "lookalikes.csv"
_LATIN = re.compile(r"[a-z0-9']+", re.ASCII)
# Parts of a row's text are kept apart, so that no word is found across two of them.
_APART = "\n"


class Suggestion(NamedTuple):
    """A thing that a searcher may mean: its row, and by which name it was found."""

    row: int
    name: str
    found_by: str


class Words:
    """The words of a table's rows, made ready when first looked for."""

    def __init__(self, table: gpd.GeoDataFrame) -> None:
        self._table = table

    def mask(self, wanted: Sequence[str]) -> NDArray[np.bool_]:
        """Tell of each row whether one of the wanted words stands in it."""
        found = np.zeros(len(self._table), dtype=bool)
        for word in map(plain, wanted):
            found |= np.array([word in text for text in self._texts], dtype=bool)
            if _LATIN.fullmatch(word):
                hits = {name for name in self._names_once if sounds(word, name) is not None}
                found |= np.array([not hits.isdisjoint(names) for names in self._names], dtype=bool)
        return found

    def suggestions(self, word: str, most: int) -> list[Suggestion]:
        """Return things whose name begins with a word, holds it or sounds like it, best first."""
        wanted = plain(word)
        if not wanted:
            return []
        ranked = {name: rank for name in self._names_once if (rank := _rank(wanted, name)) < _NEVER}
        found: list[tuple[tuple[int, int, int], Suggestion]] = []
        for row, names in enumerate(self._names if ranked else ()):
            hits = [name for name in names if name in ranked]
            if hits:
                best = min(hits, key=ranked.__getitem__)
                order = (ranked[best], len(best), row)
                found.append((order, Suggestion(row, names[0], best)))
        return [one for _, one in sorted(found)[:most]]

    @cached_property
    def _names(self) -> list[tuple[str, ...]]:
        rows = zip(*(self._table[name] for name in ("name", "aliases", "statements")), strict=True)
        return [
            tuple(dict.fromkeys([name, *aliases, *(one["name"] for one in said)]))
            for name, aliases, said in rows
        ]

    @cached_property
    def _names_once(self) -> dict[str, None]:
        return dict.fromkeys(name for names in self._names for name in names)

    @cached_property
    def _texts(self) -> list[str]:
        rows = zip(self._names, self._table["statements"], strict=True)
        return [_APART.join(map(plain, [*names, *_quotes(said)])) for names, said in rows]


def _quotes(statements: Iterable[dict[str, Any]]) -> Iterable[str]:
    return (quote["quote"] for said in statements for quote in (said, *said["more_quotes"]))


def plain(text: str) -> str:
    """Return a text as it is compared: without blanks, width, case and look-alike signs.

    Blanks inside printed names are the scanner's, as are the look-alikes; width and case are
    the typist's.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_lookalikes())
    return "".join(folded.split())


@cache
def _lookalikes() -> dict[int, str]:
    rows = store.read_table(_LOOKALIKES, ["signs", "reason"])
    return {ord(sign): row["signs"][0] for row in rows for sign in row["signs"][1:]}


_NEVER = 9


def _rank(wanted: str, name: str) -> int:
    text = plain(name)
    if wanted in text:
        return 0 if text.startswith(wanted) else 1
    at = sounds(wanted, name) if _LATIN.fullmatch(wanted) else None
    return _NEVER if at is None else 2 + (at > 0)


def sounds(typed: str, name: str) -> int | None:
    """Tell from which sign on a name is spelt by typed pinyin; None where it is not.

    Each sign may be typed in full or by its initial, the last one in part; a sign of several
    readings by any of them (乐清 is found by ``yueqing``, ``leqing`` and ``lq``).
    """
    letters = typed.replace("'", "")
    readings = _readings(name)
    return next((at for at in range(len(readings)) if _spells(letters, readings, at)), None)


def _spells(letters: str, readings: tuple[tuple[str, ...], ...], at: int) -> bool:
    if not letters:
        return True
    if at == len(readings):
        return False
    return any(
        reading.startswith(letters)
        or (letters.startswith(reading) and _spells(letters[len(reading) :], readings, at + 1))
        or (letters[0] == reading[0] and _spells(letters[1:], readings, at + 1))
        for reading in readings[at]
    )


@cache
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    signs = unicodedata.normalize("NFKC", name).casefold()
    return tuple(_reading(sign) for sign in signs if sign.isalnum())


@cache
def _reading(sign: str) -> tuple[str, ...]:
    found = pypinyin.pinyin(sign, style=pypinyin.Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(reading.replace("ü", "v") for reading in found[0]))
