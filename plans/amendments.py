"""Edits of what was read: turned into corrections, and applied after all others.

They go the way of the reviewed corrections, with one difference. The rules of reading grow and
documents come and go: an edit that finds no statement or project any more, or several, is left
out and named as lost, so that it never keeps the catalogue from being built.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from plans.corrections import Correction, correct_statements
from plans.projects import in_time, joined
from plans.values import CHECKS
from store import BrokenFile, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plans.documents import Document
    from plans.ledger import Edit, Log
    from plans.model import Kind, Project, Statement

# Names come last, for the others find a statement by its name.
OF_STATEMENTS = ("stage", "category", "strategy", "unit", "target_year", "quantity", "split")
# What is set aside goes last: it takes along all that was merged into it.
OF_PROJECTS = ("merge", "name", "kind", "not_project")
MISSED = "missed"
# What was missed comes first, so that the other edits find it.
# document:line:name
_PARTS = 3
AMENDED = (MISSED, *OF_STATEMENTS, *OF_PROJECTS)


def amendments(log: Log) -> tuple[Correction, ...]:
    """Return the edits that hold and concern what was read, in the order in which they apply.

    Raises
    ------
    BrokenFile
        A value cannot be; file, line and field are named.
    """
    found = [edit for edit in log.in_force if edit.kind in AMENDED]
    ordered = sorted(found, key=lambda edit: AMENDED.index(edit.kind))
    return tuple(amendment(edit) for edit in ordered)


def amendment(edit: Edit) -> Correction:
    """Return the correction that an edit stands for.

    A merge says the other project's id, and beside it its name for readers.

    Raises
    ------
    BrokenFile
        Its value cannot be; of an edit that is in no file yet: WrongEdit.
    """
    addressed = edit.kind in (MISSED, *OF_STATEMENTS)
    beside = {"merge": "name"}.get(edit.kind, "statement" if addressed else "to")
    unknown = edit.value.keys() - {"to", beside}
    for name in sorted(unknown):
        raise edit.broken(
            "value", f"{name!r} belongs to no edit of kind {edit.kind}", "unknown_field"
        )
    target = CHECKS[edit.kind](edit, edit.value.get("to"))
    source = _address(edit) if addressed else edit.project
    path, line = (edit.origin.path, edit.origin.line) if edit.origin else (Path("edits"), 0)
    what = "name" if edit.kind == "split" else edit.kind
    return Correction(what, source, target, edit.reason, Row(path, line, {"id": edit.id}))


def _address(edit: Edit) -> str:
    said = edit.value.get("statement")
    parts = said.split(":", 2) if isinstance(said, str) else []
    if len(parts) != _PARTS or not parts[1].isdecimal():
        raise edit.broken("value", f"statement {said!r} is not document:line:name", "no_target")
    return str(said)


def amend_statements(
    statements: Iterable[Statement], corrections: Iterable[Correction], documents: set[str]
) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Apply edits of statements; return the statements, and the ids of the edits that are lost."""
    amended, lost = tuple(statements), []
    for correction in corrections:
        named = correction.what != MISSED and ":" in correction.source
        if not named or correction.address[0] not in documents:
            continue
        try:
            amended = correct_statements(amended, [correction], documents)
        except BrokenFile:
            lost.append(correction.row["id"])
    return amended, tuple(lost)


def astray(corrections: Iterable[Correction], documents: set[str]) -> tuple[str, ...]:
    """Return the ids of the edits whose document is not in the catalogue any more."""
    of_statements = [c for c in corrections if ":" in c.source]
    return tuple(c.row["id"] for c in of_statements if c.address[0] not in documents)


def amend_projects(
    projects: Sequence[Project],
    corrections: Iterable[Correction],
    documents: Mapping[str, Document],
) -> tuple[tuple[Project, ...], tuple[str, ...]]:
    """Apply the edits of projects; return the projects, and the ids of the edits that are lost."""
    amended, lost = tuple(projects), []
    for correction in corrections:
        if ":" in correction.source:
            continue
        made = _CHANGES[correction.what](amended, correction, documents)
        lost += [correction.row["id"]] if made is None else []
        amended = amended if made is None else made
    return amended, tuple(lost)


def _of_id(projects: Iterable[Project], name: str) -> Project | None:
    return next((p for p in projects if name in (p.id, *p.former_ids)), None)


def _merged(
    projects: tuple[Project, ...], correction: Correction, documents: Mapping[str, Document]
) -> tuple[Project, ...] | None:
    source, target = (_of_id(projects, name) for name in (correction.source, correction.target))
    if source is None or target is None or source is target:
        return None
    whole = in_time(joined(target, source), documents)
    kept = [whole if p is target else p for p in projects if p is not source]
    moved = {source.id: target.id}
    return tuple(replace(p, part_of=moved.get(p.part_of, p.part_of)) for p in kept)


def _renamed(
    projects: tuple[Project, ...], correction: Correction, _: Mapping[str, Document]
) -> tuple[Project, ...] | None:
    if (known := _of_id(projects, correction.source)) is None:
        return None
    names = dict.fromkeys((known.name, *known.aliases))
    others = tuple(name for name in names if name != correction.target)
    fresh = replace(known, name=correction.target, aliases=others, fragment=False)
    return tuple(fresh if p is known else p for p in projects)


def _of_kind(
    projects: tuple[Project, ...], correction: Correction, _: Mapping[str, Document]
) -> tuple[Project, ...] | None:
    if (known := _of_id(projects, correction.source)) is None:
        return None
    fresh = replace(known, kind=cast("Kind", correction.target))
    return tuple(fresh if p is known else p for p in projects)


def _without(
    projects: tuple[Project, ...], correction: Correction, _: Mapping[str, Document]
) -> tuple[Project, ...] | None:
    """Leave out a project by its own id: a former id would take away what it was merged into."""
    kept = [p for p in projects if p.id != correction.source]
    if len(kept) == len(projects):
        return None
    return tuple(replace(p, part_of="") if p.part_of == correction.source else p for p in kept)


_CHANGES = {"merge": _merged, "name": _renamed, "kind": _of_kind, "not_project": _without}
