"""The whole way through this room: documents in, tasks, statements and projects out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plans.amendments import MISSED, amend_projects, amend_statements, astray
from plans.corrections import Correction, additions, correct_statements, correct_tasks
from plans.former import former_values
from plans.missed import missed_statements
from plans.passages import passages
from plans.projects import group_statements
from plans.statements import added_statement, find_statements
from plans.tasks import find_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plans.documents import Document
    from plans.formats import Progress
    from plans.model import Project, Statement, Task


@dataclass(frozen=True)
class Plans:
    """All that was read, each step's result kept.

    ``lost`` are the ids of the edits that find nothing, or more than one thing, to change;
    ``former`` are the values that the others replaced, by the id of the edit.
    """

    documents: Mapping[str, Document]
    tasks: tuple[Task, ...]
    statements: tuple[Statement, ...]
    projects: tuple[Project, ...]
    lost: tuple[str, ...] = ()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_plans(
    documents: Iterable[Document],
    corrections: Sequence[Correction] = (),
    *,
    edits: Sequence[Correction] = (),
    partial: bool = False,
    progress: Progress | None = None,
) -> Plans:
    """Read documents: tasks, statements, then projects over all of them.

    Parameters
    ----------
    edits
        As ``amendments``: applied after the corrections; what finds nothing is lost, not an error.
    partial
        Not the whole catalogue is read: merges of projects that are not there are left out.
    progress
        Called before each passage of a document with those done, and how many there are.

    Raises
    ------
    BrokenFile
        A correction does not match exactly what it names.
    """
    by_id = {document.id: document for document in documents}
    nowhere: list[str] = []
    tasks: list[Task] = []
    statements: list[Statement] = []
    for document in by_id.values():
        rows = correct_tasks(find_tasks(document), corrections, {document.id})
        tasks += rows
        read = _statements(document, rows, corrections, progress)
        own = [edit for edit in edits if edit.what == MISSED and edit.address[0] == document.id]
        parts = passages(document, rows) if own else ()
        added, unfound = missed_statements(document, parts, read, own)
        statements += [*read, *added]
        nowhere += unfound
    found, missed = amend_statements(statements, edits, set(by_id))
    grouped = group_statements(found, by_id, corrections, partial=partial)
    projects, gone = amend_projects(grouped, edits, by_id)
    lost = (*astray(edits, set(by_id)), *nowhere, *missed, *gone)
    former = former_values(statements, grouped, edits)
    return Plans(by_id, tuple(tasks), found, projects, lost, former)


def _statements(
    document: Document,
    rows: tuple[Task, ...],
    corrections: Sequence[Correction],
    progress: Progress | None,
) -> tuple[Statement, ...]:
    parts = passages(document, rows)
    found = list(find_statements(document, parts, progress))
    for correction, line, words, meant in additions(corrections, document.id):
        found.append(added_statement(document, parts, (line, words), meant) or _fail(correction))
    return correct_statements(found, corrections, {document.id})


def _fail(correction: Correction) -> Statement:
    raise correction.fails(0)
