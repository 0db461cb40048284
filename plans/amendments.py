"""Edits of what was read: turned into corrections, and applied after all others.

They go the way of the reviewed corrections, with one difference. The rules of reading grow and
documents come and go: an edit that finds no statement or project any more, or several, is left
out and named as lost, so that it never keeps the catalogue from being built.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plans.codes import codes
from plans.corrections import Correction, correct_statements
from plans.lexicon import STAGES
from plans.projects import in_time, joined
from store import BrokenFile, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from plans.documents import Document
    from plans.ledger import Edit, Log
    from plans.model import Project, Statement

# Names come last, for the others find a statement by its name.
OF_STATEMENTS = ("stage", "category", "strategy", "unit", "split")
OF_PROJECTS = ("merge", "name")
AMENDED = (*OF_STATEMENTS, *OF_PROJECTS)
_MOST_UNITS, _LONGEST = 40, 100


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
    beside = {"merge": "name"}.get(edit.kind, "statement" if edit.kind in OF_STATEMENTS else "to")
    unknown = edit.value.keys() - {"to", beside}
    for name in sorted(unknown):
        raise edit.broken(
            "value", f"{name!r} belongs to no edit of kind {edit.kind}", "unknown_field"
        )
    target = _TARGETS[edit.kind](edit, edit.value.get("to"))
    source = _address(edit) if edit.kind in OF_STATEMENTS else edit.project
    path, line = (edit.origin.path, edit.origin.line) if edit.origin else (Path("edits"), 0)
    what = "name" if edit.kind == "split" else edit.kind
    return Correction(what, source, target, edit.reason, Row(path, line, {"id": edit.id}))


def _address(edit: Edit) -> str:
    said = edit.value.get("statement")
    if not isinstance(said, str) or len(said.split(":", 2)) < 3 or not said.split(":")[1].isdigit():  # noqa: PLR2004
        raise edit.broken("value", f"statement {said!r} is not document:line:name", "no_target")
    return said


def _code(edit: Edit, to: Any) -> str:
    known = STAGES if edit.kind == "stage" else codes("category")
    if to not in tuple(known):
        raise edit.broken("value", f"{to!r} is no {edit.kind}", "not_allowed", value=to)
    return str(to)


def _strategies(edit: Edit, to: Any) -> str:
    if not isinstance(to, list) or not to or not set(map(str, to)) <= set(codes("strategy")):
        raise edit.broken("value", f"{to!r} is no list of strategies", "none_chosen")
    return "|".join(map(str, to))


def _units(edit: Edit, to: Any) -> str:
    """Check a list of units, those that lead with a star behind them as some plans print it."""
    good = isinstance(to, list) and 0 < len(to) <= _MOST_UNITS
    if not good or not all(isinstance(unit, str) and _is_name(unit.rstrip("*")) for unit in to):
        raise edit.broken("value", f"{to!r} is no list of units", "none_chosen")
    return "|".join(to)


def _name(edit: Edit, to: Any) -> str:
    if not isinstance(to, str) or not _is_name(to):
        raise edit.broken("value", f"{to!r} is no name", "bad_name", value=to)
    return to.strip()


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _LONGEST and "|" not in text and "\n" not in text


_TARGETS: dict[str, Callable[[Edit, Any], str]] = {
    "stage": _code,
    "category": _code,
    "strategy": _strategies,
    "unit": _units,
    "split": _name,
    "name": _name,
    "merge": _name,
}


def amend_statements(
    statements: Iterable[Statement], corrections: Iterable[Correction], documents: set[str]
) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Apply edits of statements; return the statements, and the ids of the edits that are lost."""
    amended, lost = tuple(statements), []
    for correction in corrections:
        if ":" not in correction.source or correction.address[0] not in documents:
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
    """Apply merges and new names; return the projects, and the ids of the edits that are lost."""
    amended, lost = tuple(projects), []
    for correction in corrections:
        if ":" in correction.source:
            continue
        change = _merged if correction.what == "merge" else _renamed
        made = change(amended, correction, documents)
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
