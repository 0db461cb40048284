"""What really became of some projects: facts of their own, each with its source.

They stand beside what the plans say and never in its place: no stage is changed by them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import store
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas as gpd

OUTCOMES = store.DATA / "outcomes.csv"
_COLUMNS = (
    *("project", "outcome_zh", "outcome_en"),
    *("date", "date_basis", "source", "licence"),
)
_BASES = ("stated", "inferred")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Outcome:
    """What was published of a project, in our own words.

    Attributes
    ----------
    project
        Its name in the export, or an alias.
    zh, en
        What became of it.
    date
        When, at the precision known: ``2023``, ``2023-08``, ``2023-08-26``.
    date_basis
        ``stated`` by the page, or ``inferred`` from it.
    source
        Address of the page.
    licence
        Of the page; ``not stated`` where it names none.
    row
        Where it stands in the table.
    """

    project: str
    zh: str
    en: str
    date: str
    date_basis: str
    source: str
    licence: str
    row: store.Row = field(compare=False, repr=False)

    def words(self, language: Language) -> str:
        """Return what became of it in the language."""
        return self.zh if language == "zh" else self.en


def read_outcomes(path: Path | None = None) -> tuple[Outcome, ...]:
    """Read the table of known outcomes, that of ``data/`` unless another is named.

    Raises
    ------
    store.BrokenFile
        A column or cell is missing, a date is none, or a source is no address of a web page.
    """
    return tuple(map(_outcome, store.read_table(path or OUTCOMES, _COLUMNS)))


def _outcome(row: store.Row) -> Outcome:
    return Outcome(
        project=row["project"],
        zh=row["outcome_zh"],
        en=row["outcome_en"],
        date=_date(row),
        date_basis=row.one_of("date_basis", _BASES),
        source=_source(row),
        licence=row["licence"],
        row=row,
    )


def _date(row: store.Row) -> str:
    parts = _DATE.fullmatch(row["date"])
    try:
        date(*(int(part or 1) for part in (parts.groups() if parts else "000")))
    except ValueError:
        reason = f"{row['date']!r} is no date like 2023, 2023-08 or 2023-08-26"
        raise row.broken("date", reason) from None
    return row["date"]


def _source(row: store.Row) -> str:
    try:
        address = urlsplit(row["source"])
    except ValueError:
        address = urlsplit("")
    if address.scheme not in {"http", "https"} or "." not in address.netloc:
        raise row.broken("source", f"{row['source']!r} is no address of a web page")
    return row["source"]


def check_outcomes(table: gpd.GeoDataFrame, outcomes: Iterable[Outcome]) -> None:
    """Make sure that each outcome is of exactly one project of the whole table.

    Raises
    ------
    store.BrokenFile
        One matches nothing, or several projects; its row is named.
    """
    for outcome in outcomes:
        if (count := len(_meant(outcome, table))) != 1:
            found = "matches no project" if count == 0 else f"matches {count} projects, not one"
            raise outcome.row.broken("project", f"{outcome.project!r} {found}")


def known_outcomes(
    table: gpd.GeoDataFrame, outcomes: Iterable[Outcome]
) -> dict[str, tuple[Outcome, ...]]:
    """Return the outcomes by a project's id, oldest first; what has none is left out.

    A project is known by its name, or else by an alias; an outcome that could be of several
    projects is of none.
    """
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in sorted(outcomes, key=lambda one: one.date):
        meant = _meant(outcome, table)
        if len(meant) == 1:
            found[meant[0]].append(outcome)
    return {name: tuple(some) for name, some in found.items()}


def _meant(outcome: Outcome, table: gpd.GeoDataFrame) -> list[str]:
    named = list(table.loc[table["name"] == outcome.project, "id"])
    also = zip(table["id"], table["aliases"], strict=True)
    return named or [name for name, aliases in also if outcome.project in aliases]


def outcomes_html(outcomes: Iterable[Outcome], language: Language) -> str:
    """Return known outcomes as HTML with date, basis, source and licence; every text is escaped.

    Empty for none.
    """
    return "".join(_outcome_html(outcome, language) for outcome in outcomes)


def _outcome_html(outcome: Outcome, language: Language) -> str:
    basis = caption(f"outcome_{outcome.date_basis}", language)
    dated = caption("outcome_dated", language, date=outcome.date, basis=basis)
    licence = caption("outcome_licence", language, licence=outcome.licence)
    source = escape(outcome.source)
    return (
        f'<section class="pm-outcome"><p><b>{escape(dated)}</b></p>'
        f"<p>{escape(outcome.words(language))}</p>"
        f'<p class="pm-soft"><a href="{source}" rel="noopener noreferrer">{source}</a></p>'
        f'<p class="pm-soft">{escape(licence)}</p></section>'
    )
