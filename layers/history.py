"""What the documents said of a thing over the years, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.corrected import corrections_of
from layers.outcomes import FINISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd


@dataclass(frozen=True)
class Mention:
    """One statement, with the date of its document.

    Attributes
    ----------
    said
        The statement as the table holds it: quote, document, line, stage, promised, units and all.
    date
        Of the document, at the precision known; empty if unknown.
    areas
        Towns or cities the document speaks for.
    corrected
        What a person corrected of it, as the table's column holds it.
    """

    said: Mapping[str, Any]
    date: str
    areas: tuple[str, ...]
    corrected: tuple[Mapping[str, Any], ...] = ()

    @property
    def year(self) -> str:
        """The year of the document; empty if unknown."""
        return self.date[:4]

    @property
    def promised(self) -> bool:
        """Whether the document plans it; else it reports it."""
        return bool(self.said["promised"])

    @property
    def where(self) -> tuple[str, int]:
        """Document and line."""
        return self.said["document"], self.said["line"]


@dataclass(frozen=True)
class History:
    """A thing with all that was said of it, oldest first, and what is known beside the plans.

    ``outcomes`` are the records of what became of it, oldest first, each with its own source.
    ``townships`` are those it lies in, as far as known.
    """

    id: str
    name: str
    title: str
    aliases: tuple[str, ...]
    kind: str
    category: str
    stage: str
    mentions: tuple[Mention, ...]
    outcomes: tuple[Mapping[str, Any], ...] = ()
    townships: tuple[str, ...] = ()

    @property
    def known_stage(self) -> str | None:
        """What is known of it beside the plans, as the table's column says it."""
        return self.outcomes[-1]["stage"] if self.outcomes else None

    @property
    def finished(self) -> str:
        """Since when the whole of it is known to be finished; empty where that is not known."""
        return next(
            (one["date"] for one in reversed(self.outcomes) if one["stage"] in FINISHED), ""
        )

    @property
    def promises(self) -> tuple[Mention, ...]:
        """What was planned."""
        return tuple(mention for mention in self.mentions if mention.promised)

    @property
    def reports(self) -> tuple[Mention, ...]:
        """What was reported."""
        return tuple(mention for mention in self.mentions if not mention.promised)


def histories(table: gpd.GeoDataFrame, documents: Mapping[str, Any]) -> tuple[History, ...]:
    """Return the history of every row of the table, in its order; empty for an empty table.

    Parameters
    ----------
    table
        Any rows of the one table.
    documents
        By id: objects with ``date`` and ``areas``; all that the rows quote.
    """
    return tuple(
        History(
            id=row.id,
            name=row.name,
            title=row.title,
            aliases=tuple(row.aliases),
            kind=row.kind,
            category=row.category,
            stage=row.stage,
            mentions=_mentions(row, documents),
            outcomes=tuple(row.known_outcomes),
            townships=tuple(row.townships),
        )
        for row in table.itertuples()
    )


def _mentions(row: Any, documents: Mapping[str, Any]) -> tuple[Mention, ...]:
    found = (
        Mention(
            said,
            documents[said["document"]].date,
            tuple(documents[said["document"]].areas),
            corrections_of(said, row.corrected),
        )
        for said in row.statements
    )
    return tuple(sorted(found, key=lambda one: (one.date, *one.where, one.said["start"])))


def years(some: Iterable[History]) -> tuple[str, ...]:
    """Return the years of all documents that these histories quote, each once, oldest first."""
    return tuple(sorted({mention.year for one in some for mention in one.mentions}))


def is_later(one: str, other: str) -> bool:
    """Return whether a date is later than another at the precision both have.

    ``2021-04`` is later than ``2017`` and not later than ``2021``; an unknown date never is.
    """
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]
