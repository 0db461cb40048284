"""The words in a thing's name that tell how to place it: parts of a whole, and things nowhere."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from store import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Scope = Literal["not_spatial", "city"]
Part = Literal["phase", "works", "same"]
Code = TypeVar("Code", bound=str)
DROPPED = str.maketrans("", "", "“”\"'‘’「」《》〈〉·•")


@lru_cache(maxsize=4096)  # each step of resolving asks for the same few
def plain(name: str) -> str:
    """Return a name for comparing: full and half width alike, no blanks, no quotation marks."""
    return "".join(unicodedata.normalize("NFKC", name).translate(DROPPED).split())


@dataclass(frozen=True)
class Words:
    """The word tables.

    Attributes
    ----------
    parts
        Endings that name a phase or a kind of work of a whole, or say nothing more (工程),
        longest first.
    scopes
        Endings that mean no place at all, or the whole city, longest first.
    kinds
        Which kind of place goes with which category of a project.
    """

    parts: tuple[tuple[str, Part], ...]
    scopes: tuple[tuple[str, Scope], ...]
    kinds: frozenset[tuple[str, str]] = frozenset()

    def wholes(self, name: str) -> Iterator[tuple[str, bool]]:
        """Yield what remains of a name as its endings are taken off, one after another.

        With each remainder comes whether the name is only a part of it, or works upon it.
        """
        rest, is_part = name, False
        while rest.endswith(self._part_words):
            ending, part = next(item for item in self.parts if rest.endswith(item[0]))
            rest, is_part = rest.removesuffix(ending), is_part or part != "same"
            if not rest:
                return
            yield rest, is_part

    def scope(self, name: str) -> Scope | None:
        """Return what the ending of a name says about its place; None when nothing."""
        if not name.endswith(self._scope_words):
            return None
        return next(scope for word, scope in self.scopes if name.endswith(word))

    @cached_property
    def _part_words(self) -> tuple[str, ...]:
        return tuple(word for word, _ in self.parts)

    @cached_property
    def _scope_words(self) -> tuple[str, ...]:
        return tuple(word for word, _ in self.scopes)


def load_words(parts: Path, scopes: Path, kinds: Path) -> Words:
    """Read the word tables.

    Raises
    ------
    store.BrokenFile
        A cell is missing, or holds a code that the table does not know.
    """
    return Words(
        _endings(parts, "part", get_args(Part)),
        _endings(scopes, "scope", get_args(Scope)),
        frozenset(
            (row["kind"], category)
            for row in read_table(kinds, ("kind", "categories"))
            for category in row.list("categories")
        ),
    )


def _endings(path: Path, column: str, codes: tuple[Code, ...]) -> tuple[tuple[str, Code], ...]:
    found: dict[str, Code] = {}
    for row in read_table(path, ("word", column), ("note",)):
        code = row.one_of(column, codes)
        found[plain(row["word"])] = next(known for known in codes if known == code)
    return tuple(sorted(found.items(), key=lambda item: len(item[0]), reverse=True))
