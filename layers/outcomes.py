"""What became of some projects: published facts of their own, each with its source.

They stand beside what the plans say and never in its place: no stage is changed by them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd

import store
from layers.words import codes, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from layers.words import Language

OUTCOMES = store.DATA / "outcomes.csv"
_COLUMNS = (
    *("project", "stage", "outcome_zh", "outcome_en"),
    *("date", "date_basis", "source", "source_kind", "publisher", "licence"),
)
_PART = ("part_zh", "part_en")
_BASES = ("stated", "inferred")
# Only these answer a promise; a part that is finished leaves the rest of it open.
FINISHED = ("operating", "completed")
# How far a thing is known to be, by its known stage; what is not named here is unfinished.
_PROGRESS = {**dict.fromkeys(FINISHED, "finished"), "part_completed": "part_finished"}
# What is kept of an outcome in the table; the other columns of the table are flat.
_KEPT = (
    *("stage", "part_zh", "part_en", "zh", "en"),
    *("date", "date_basis", "source", "source_kind", "publisher", "licence"),
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Outcome:
    """What was published of a project, in our own words.

    Attributes
    ----------
    project
        Its name in the export, or an alias.
    stage
        A code of the list ``known_stage``; ``operating`` and ``completed`` speak of the whole.
    zh, en
        What became of it.
    date
        When, at the precision known: ``2023``, ``2023-08``, ``2023-08-26``.
    date_basis
        ``stated`` by the page, or ``inferred`` from it.
    source
        Address of the page.
    source_kind
        A code of the list ``source_kind``: an official page, a newspaper, a mirror, a forum.
    publisher
        Who stands behind the page; its host where no publisher is named.
    licence
        Of the page; ``not stated`` where it names none.
    part_zh, part_en
        The part it is about, such as a first phase; empty where it is about the whole.
    row
        Where it stands in the table.
    """

    project: str
    stage: str
    zh: str
    en: str
    date: str
    date_basis: str
    source: str
    source_kind: str
    publisher: str
    licence: str
    part_zh: str
    part_en: str
    row: store.Row = field(compare=False, repr=False)

    def record(self) -> dict[str, str]:
        """Return it as the record that the table and the export hold."""
        return {name: getattr(self, name) for name in _KEPT}


def read_outcomes(path: Path | None = None) -> tuple[Outcome, ...]:
    """Read the table of known outcomes, that of ``data/`` unless another is named.

    Raises
    ------
    store.BrokenFile
        A column or cell is missing, a date is none, a source is no address of a web page, a code
        is unknown, part and stage contradict each other, or the words begin with the stage.
    """
    return tuple(map(_outcome, store.read_table(path or OUTCOMES, _COLUMNS, _PART)))


def _outcome(row: store.Row) -> Outcome:
    stage = _stage(row)
    return Outcome(
        project=row["project"],
        stage=stage,
        zh=_words(row, stage, "zh"),
        en=_words(row, stage, "en"),
        date=_date(row),
        date_basis=row.one_of("date_basis", _BASES),
        source=_source(row),
        source_kind=row.one_of("source_kind", codes("source_kind")),
        publisher=row["publisher"],
        licence=row["licence"],
        part_zh=row["part_zh"],
        part_en=row["part_en"],
        row=row,
    )


def _stage(row: store.Row) -> str:
    """Return the stage if it agrees with the part: finished is the whole, part-finished a part."""
    stage = row.one_of("stage", codes("known_stage"))
    named = [bool(row[column]) for column in _PART]
    if named[0] != named[1]:
        raise row.broken("part_en", "a part is named in both languages or in none")
    if (stage == "part_completed" and not named[0]) or (stage in FINISHED and named[0]):
        raise row.broken("part_zh", f"does not agree with the stage {stage}")
    return stage


def _words(row: store.Row, stage: str, language: Language) -> str:
    """Return what became of it; its stage stands before these words wherever they are shown."""
    said, name = row[f"outcome_{language}"], label("known_stage", stage, language)
    if re.match(rf"{re.escape(name)}\s*[:：]", said, re.IGNORECASE):
        raise row.broken(f"outcome_{language}", f"says its stage {name!r} once more")
    return said


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


def progress(known_stage: str | None) -> str:
    """Return how far a thing is known to be, as a code of the list ``outcome``.

    Empty where nothing is known.
    """
    return _PROGRESS.get(known_stage, "unfinished") if known_stage else ""


def with_known(table: gpd.GeoDataFrame, outcomes: Iterable[Outcome]) -> gpd.GeoDataFrame:
    """Return the table with what is known of each row's outcome, as columns of their own.

    ``known_outcomes`` holds all records, oldest first; the flat columns are those of the last.
    Rows of which nothing is known have an empty list and None.
    """
    found = known_outcomes(table, outcomes)
    records = [[one.record() for one in found.get(name, ())] for name in table["id"]]
    return with_columns(table, [known_columns(some) for some in records])


def known_columns(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the columns of the table that tell what is known, from records oldest first."""
    last = records[-1] if records else {}
    flat = ("stage", "date", "source", "source_kind", "publisher")
    return {f"known_{name}": last.get(name) for name in flat} | {"known_outcomes": list(records)}


def with_columns(table: gpd.GeoDataFrame, rows: Sequence[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Return a copy of the table with some columns replaced by those of the given rows."""
    made = table.copy()
    for column in rows[0] if rows else ():
        # as objects: pandas would spread a list over the rows and turn None into NaN
        made[column] = pd.Series([row[column] for row in rows], index=made.index, dtype=object)
    return made
