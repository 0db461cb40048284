"""Human corrections: one reviewed table, applied last; each changes exactly what it names.

A row's ``from`` is an address, ``document:line:words``; for ``merge`` and ``alias`` it is the
name of a project.

=========== ==================================================== ==============================
what        from                                                 to
=========== ==================================================== ==============================
name        the statement by its name as read                    its true name; blank drops it
stage       the statement by its name                            a stage
category    the statement by its name                            a category
strategy    the statement by its name                            strategies, joined by ``|``
unit        the statement by its name                            units, joined by ``|``, * leads
target_year the statement by its name                            a year; blank removes it
quantity    the statement by its name                            value|unit|text; blank: none
add         the printed words that name a thing no rule finds    name|kind|category|stage
leader      a task row by its printed leader                     the person's true name
merge       a project by its name                                the project it belongs to
=========== ==================================================== ==============================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from plans.codes import codes
from plans.lexicon import STAGES
from plans.model import Quantity
from plans.units import person
from store import DATA, BrokenFile, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from plans.model import Kind, Stage, Statement, Task

CORRECTIONS = DATA / "corrections.csv"
OF_STATEMENTS = ("name", "stage", "category", "strategy", "unit", "target_year", "quantity")
KINDS_OF_CORRECTION = (*OF_STATEMENTS, "add", "leader", "merge")
_PARTS = 4  # name|kind|category|stage
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_QUANTITY = re.compile(r"([\d.]+(?:e[+-]?\d+)?)\|([^|]+)\|([^|]+)", re.ASCII)
_ADDRESS = re.compile(r"^(?P<document>[^:]+):(?P<line>\d+):(?P<words>.+)$")


@dataclass(frozen=True)
class Correction:
    """One row of the table."""

    what: str
    source: str
    target: str
    reason: str
    row: Row

    @property
    def address(self) -> tuple[str, int, str]:
        """Document, line and words that ``from`` names.

        Raises
        ------
        BrokenFile
            It is no address.
        """
        match = _ADDRESS.match(self.source)
        if not match:
            raise self.row.broken("from", f"{self.source!r} is not document:line:words")
        return match["document"], int(match["line"]), match["words"]

    def fails(self, count: int) -> BrokenFile:
        """Make the error for a correction that does not match exactly one thing."""
        found = "matches nothing" if count == 0 else f"matches {count} things, not one"
        return self.row.broken("from", f"{self.what} {self.source!r} {found}")


def read_corrections(path: Path = CORRECTIONS) -> tuple[Correction, ...]:
    """Read the table.

    Raises
    ------
    BrokenFile
        Unknown kind of correction, or a row without reason.
    """
    rows = read_table(path, ("what", "from", "reason"), ("to",))
    return tuple(_correction(row) for row in rows)


def _correction(row: Row) -> Correction:
    what = row.one_of("what", KINDS_OF_CORRECTION)
    return Correction(what, row["from"], row["to"], row["reason"], row)


def correct_tasks(
    tasks: Iterable[Task], corrections: Iterable[Correction], documents: set[str]
) -> tuple[Task, ...]:
    """Repair the leaders of task rows; corrections of documents not read are left alone."""
    corrected = tuple(tasks)
    for correction in _of(corrections, ("leader",), documents):
        document, line, words = correction.address
        hits = [t for t in corrected if (t.document, t.line) == (document, line)]
        hits = [t for t in hits if t.responsibility.leader == person(words)]
        if len(hits) != 1:
            raise correction.fails(len(hits))
        corrected = tuple(
            _with_leader(task, correction) if _continues(task, hits[0]) else task
            for task in corrected
        )
    return corrected


def _continues(task: Task, first: Task) -> bool:
    """Tell the corrected row and the rows below it whose blank cell continues its leader."""
    same = task.responsibility.leader == first.responsibility.leader
    return same and task.group == first.group and task.line >= first.line


def _with_leader(task: Task, correction: Correction) -> Task:
    answer = replace(task.responsibility, leader=correction.target)
    return replace(task, responsibility=answer)


def _of(
    corrections: Iterable[Correction], kinds: Sequence[str], documents: set[str]
) -> list[Correction]:
    chosen = [c for c in corrections if c.what in kinds]
    return [c for c in chosen if c.address[0] in documents]


def correct_statements(
    statements: Iterable[Statement],
    corrections: Iterable[Correction],
    documents: set[str],
) -> tuple[Statement, ...]:
    """Apply names, stages, categories and additions, in the table's order.

    Raises
    ------
    BrokenFile
        A correction matches no statement, or more than one.
    """
    corrected = tuple(statements)
    for correction in _of(corrections, OF_STATEMENTS, documents):
        document, line, words = correction.address
        hits = [s for s in corrected if _is_at(s, document, line) and s.name == words]
        if len(hits) != 1:
            raise correction.fails(len(hits))
        made = _CHANGES[correction.what](hits[0], correction)
        corrected = tuple(
            kept for s in corrected if (kept := made if s is hits[0] else s) is not None
        )
    return corrected


def _is_at(statement: Statement, document: str, line: int) -> bool:
    quotes = (statement.quote, *statement.more_quotes)
    return any((q.document, q.line) == (document, line) for q in quotes)


def _rename(statement: Statement, correction: Correction) -> Statement | None:
    if not correction.target:
        return None
    return replace(statement, name=correction.target, fragment=False)


def _restage(statement: Statement, correction: Correction) -> Statement:
    if correction.target not in STAGES:
        raise correction.row.broken("to", f"{correction.target!r} is no stage")
    return replace(statement, stage=cast("Stage", correction.target))


def _recategorise(statement: Statement, correction: Correction) -> Statement:
    if correction.target not in codes("category"):
        raise correction.row.broken("to", f"{correction.target!r} is no category")
    return replace(statement, category=correction.target)


def _restrategise(statement: Statement, correction: Correction) -> Statement:
    wanted = tuple(dict.fromkeys(correction.target.split("|")))
    for code in wanted:
        if code not in codes("strategy"):
            raise correction.row.broken("to", f"{code!r} is no strategy")
    return replace(statement, strategies=tuple((code, "corrected") for code in wanted))


def _reassign(statement: Statement, correction: Correction) -> Statement:
    """Give other units; those with a star lead, as in the plans that mark them so."""
    return reassigned(statement, correction.target.split("|"))


def reassigned(statement: Statement, units: Iterable[str]) -> Statement:
    """Return a statement with other units; those with a star behind them lead."""
    named = [unit.strip() for unit in units if unit.strip("* ")]
    leads = tuple(dict.fromkeys(unit.rstrip("*") for unit in named if unit.endswith("*")))
    others = (unit for unit in named if not unit.endswith("*"))
    answer = replace(
        statement.responsibility,
        units=tuple(dict.fromkeys([*leads, *others])),
        lead_units=leads,
        unit_basis="corrected" if named else "issuer",
    )
    return replace(statement, responsibility=answer)


def _redate(statement: Statement, correction: Correction) -> Statement:
    if not correction.target:
        return replace(statement, target_year=None, target_year_basis=None)
    if not _YEAR.fullmatch(correction.target):
        raise correction.row.broken("to", f"{correction.target!r} is no year")
    return replace(statement, target_year=int(correction.target), target_year_basis="corrected")


def _remeasure(statement: Statement, correction: Correction) -> Statement:
    if not correction.target:
        return replace(statement, quantity=None)
    match = _QUANTITY.fullmatch(correction.target)
    if not match:
        raise correction.row.broken("to", f"{correction.target!r} is not value|unit|text")
    value, unit, text = match.groups()
    return replace(statement, quantity=Quantity(float(value), unit, text))


_CHANGES: dict[str, Callable[[Statement, Correction], Statement | None]] = {
    "name": _rename,
    "stage": _restage,
    "category": _recategorise,
    "strategy": _restrategise,
    "unit": _reassign,
    "target_year": _redate,
    "quantity": _remeasure,
}


def additions(
    corrections: Iterable[Correction], document: str
) -> list[tuple[Correction, int, str, tuple[str, Kind, str, Stage]]]:
    """Return what a person adds to a document: line, printed words, and what they mean."""
    found = []
    for correction in _of(corrections, ("add",), {document}):
        _, line, words = correction.address
        parts = correction.target.split("|")
        if len(parts) != _PARTS or parts[2] not in codes("category") or parts[3] not in STAGES:
            raise correction.row.broken(
                "to", f"{correction.target!r} is not name|kind|category|stage"
            )
        name, kind, category, stage = parts
        found.append(
            (correction, line, words, (name, cast("Kind", kind), category, cast("Stage", stage)))
        )
    return found
