"""Who says so: the sources of positions and layers, with their terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

REQUIRED = (
    "key",
    "title",
    "publisher",
    "address",
    "licence",
    "licence_basis",
    "attribution",
    "share_alike",
)


@dataclass(frozen=True)
class Source:
    """One source: what it is called, under which terms it is used, and the words to show for it.

    Attributes
    ----------
    licence
        Its name, or ``not stated`` for single published facts.
    date
        At the precision known; empty if the source names none.
    share_alike
        True when derived data must stay under the same licence, in files of their own.
    """

    key: str
    title: str
    publisher: str
    address: str
    licence: str
    attribution: str
    date: str
    share_alike: bool


def load_sources(path: Path) -> dict[str, Source]:
    """Read the table of sources, by key.

    Raises
    ------
    store.BrokenFile
        A cell is missing, a key comes twice, or ``share_alike`` is neither yes nor no.
    """
    sources: dict[str, Source] = {}
    for row in read_table(path, REQUIRED, ("date",)):
        if row["key"] in sources:
            raise row.broken("key", f"{row['key']!r} comes twice")
        sources[row["key"]] = Source(
            key=row["key"],
            title=row["title"],
            publisher=row["publisher"],
            address=row["address"],
            licence=row["licence"],
            attribution=row["attribution"],
            date=row["date"],
            share_alike=row.one_of("share_alike", ("yes", "no")) == "yes",
        )
    return sources


def joined(values: Iterable[str]) -> str:
    """Join the different values in their order by a full-width semicolon."""
    return "；".join(dict.fromkeys(value for value in values if value))


def titles(keys: Iterable[str], sources: Mapping[str, Source]) -> str:
    """Return the titles of some sources as one text."""
    return joined(sources[key].title for key in keys)


def licences(keys: Iterable[str], sources: Mapping[str, Source]) -> str:
    """Return the different licences of some sources as one text."""
    return joined(sources[key].licence for key in keys)
