"""Finding by words: names, aliases, printed names, quotes, and names by their pinyin."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import store
from layers.lines_of_text import Texts
from layers.spelling import Spelling
from layers.titles import unbracketed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

_LOOKALIKES = store.DATA / "lookalikes.csv"
_LATIN = re.compile(r"[a-z0-9']+", re.ASCII)
# Parts of a row's text are kept apart, so that no word is found across two of them.
_APART = "\n"
_NEVER = 9


class Suggestion(NamedTuple):
    """A thing that a searcher may mean: its row, its name and title, and what it was found by."""

    row: int
    name: str
    title: str
    found_by: str

    @property
    def other(self) -> str:
        """The other name that it was found by; empty where it is the name or the title."""
        own = {self.name, self.title, unbracketed(self.title)}
        return "" if self.found_by in own else self.found_by


class Words:
    """The words of a table's rows, made ready when first looked for."""

    def __init__(self, table: gpd.GeoDataFrame) -> None:
        self._table = table

    def mask(self, wanted: Sequence[str]) -> NDArray[np.bool_]:
        """Return for each row whether one of the wanted texts stands in its names or quotes.

        Blanks in a text do not count; but a row is also found where each of the text's words
        stands somewhere in it.
        """
        return self._found(wanted, self._all_texts)

    def named(self, wanted: Sequence[str]) -> NDArray[np.bool_]:
        """Return for each row whether one of the wanted texts stands in its names, likewise."""
        return self._found(wanted, self._name_texts)

    def _found(self, wanted: Sequence[str], texts: Texts) -> NDArray[np.bool_]:
        found = np.zeros(len(self._table), dtype=bool)
        for text in wanted:
            found |= self._one(plain(text), texts)
            words = [plain(word) for word in text.split()]
            if len(words) > 1 and min(map(len, words)) > 1:
                found |= np.all([self._one(word, texts) for word in words], axis=0)
        return found

    def _one(self, word: str, texts: Texts) -> NDArray[np.bool_]:
        found = texts.hold(word)
        if _LATIN.fullmatch(word):
            found[self._rows[self._spelling.spells(word)]] = True
        return found

    def suggestions(self, word: str, most: int) -> list[Suggestion]:
        """Return things whose name begins with a word, holds it or sounds like it, best first."""
        ranks = self._ranks(plain(word))
        found = np.flatnonzero(ranks < _NEVER)
        best: dict[int, Suggestion] = {}
        for at in found[np.lexsort((found, self._lengths[found], ranks[found]))]:
            row = int(self._rows[at])
            name, title = (str(self._table[column].iat[row]) for column in ("name", "title"))
            best.setdefault(row, Suggestion(row, name, title, self._names[at]))
            if len(best) == most:
                break
        return list(best.values())

    def _ranks(self, wanted: str) -> NDArray[np.int64]:
        """Return for each name how well it fits, 0 best; ``_NEVER`` where it does not."""
        ranks = np.full(len(self._names), _NEVER)
        if wanted and _LATIN.fullmatch(wanted):
            ranks[self._spelling.spells(wanted)] = 3
            ranks[self._spelling.spells(wanted, begins=True)] = 2
        if wanted:
            ranks[self._each_name.hold(wanted)] = 1
            ranks[self._each_name.begin(wanted)] = 0
        return ranks

    @cached_property
    def _named(self) -> tuple[list[str], NDArray[np.intp]]:
        """All names, one after another, and the row of each."""
        columns = (self._table[name] for name in ("name", "title", "aliases", "statements"))
        names = [
            dict.fromkeys(
                [name, unbracketed(title), title, *aliases, *(one["name"] for one in said)]
            )
            for name, title, aliases, said in zip(*columns, strict=True)
        ]
        rows = np.repeat(np.arange(len(names)), [len(some) for some in names])
        return [name for some in names for name in some], rows

    @property
    def _names(self) -> list[str]:
        return self._named[0]

    @property
    def _rows(self) -> NDArray[np.intp]:
        return self._named[1]

    @cached_property
    def _lengths(self) -> NDArray[np.intp]:
        return np.array([len(name) for name in self._names], dtype=np.intp)

    @cached_property
    def plain_names(self) -> list[str]:
        """All names as they are compared."""
        return [plain(name) for name in self._names]

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._names)

    @cached_property
    def _each_name(self) -> Texts:
        return Texts(self.plain_names)

    @cached_property
    def _name_texts(self) -> Texts:
        return Texts([_APART.join(names) for names in self._names_of_rows()])

    @cached_property
    def _all_texts(self) -> Texts:
        quoted = [map(plain, _quotes(said)) for said in self._table["statements"]]
        both = zip(quoted, self._names_of_rows(), strict=True)
        return Texts([_APART.join([*quotes, *names]) for quotes, names in both])

    def _names_of_rows(self) -> list[list[str]]:
        names: list[list[str]] = [[] for _ in range(len(self._table))]
        for row, name in zip(self._rows.tolist(), self.plain_names, strict=True):
            names[row].append(name)
        return names


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
