"""Statements become projects: one thing, all that is said of it, oldest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from plans.identity import abbreviated, identifier, key_of
from plans.model import Project
from plans.phrases import abbreviated_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plans.corrections import Correction
    from plans.documents import Document
    from plans.identity import Key
    from plans.model import Statement


def group_statements(
    statements: Iterable[Statement],
    documents: Mapping[str, Document],
    corrections: Sequence[Correction] = (),
    *,
    partial: bool = False,
) -> tuple[Project, ...]:
    """Group statements of the same thing over all documents.

    Every statement lands in exactly one project. Projects stand in the order in which the
    documents first name them; empty when there are no statements.

    Parameters
    ----------
    partial
        Not the whole catalogue was read: a merge whose two sides are not both there is left out.

    Raises
    ------
    BrokenFile
        A merge names a project that is not there.
    """
    known = tuple(dict.fromkeys(area for d in documents.values() for area in d.areas))
    ordered = sorted(statements, key=lambda s: _when(s, documents))
    groups: dict[Key, list[Statement]] = {}
    for statement in ordered:
        key = key_of(statement, documents[statement.quote.document].areas, known)
        groups.setdefault(key, []).append(statement)
    _join_abbreviations(groups)
    projects = [_project(key, found) for key, found in groups.items()]
    merged = _merged(projects, corrections, partial=partial)
    return _linked([in_time(project, documents) for project in merged])


def in_time(project: Project, documents: Mapping[str, Document]) -> Project:
    """Return a project with its statements oldest first."""
    ordered = sorted(project.statements, key=lambda s: _when(s, documents))
    return replace(project, statements=tuple(ordered))


def _when(statement: Statement, documents: Mapping[str, Document]) -> tuple[str, str, int, int]:
    quote = statement.quote
    return documents[quote.document].date, quote.document, quote.line, quote.start


def _join_abbreviations(groups: dict[Key, list[Statement]]) -> None:
    short = [key for key in groups if abbreviated_noun(key[1])]
    for key in short:
        whole = abbreviated(key[1], [other for other in groups if other != key])
        if whole:
            groups[whole] = groups[whole] + groups.pop(key)


def _project(key: Key, statements: list[Statement]) -> Project:
    names = Counter(s.name for s in statements)
    name = max(names, key=lambda n: (names[n], -len(n) if "段" in n else len(n)))
    model = next(s for s in statements if s.name == name)
    categories = Counter(s.category for s in statements)
    return Project(
        id=identifier(key),
        name=name,
        kind=model.kind,
        category=categories.most_common(1)[0][0],
        works=next((s.works for s in reversed(statements) if s.works), ""),
        statements=tuple(statements),
        aliases=_aliases(name, statements),
        part_of=next((s.part_of for s in statements if s.part_of and s.part_of != name), ""),
        fragment=all(s.fragment for s in statements),
    )


def _aliases(name: str, statements: Sequence[Statement]) -> tuple[str, ...]:
    spoken = [other for s in statements for other in (s.name, *s.aliases)]
    return tuple(dict.fromkeys(other for other in spoken if other != name))


def _merged(
    projects: list[Project], corrections: Sequence[Correction], *, partial: bool
) -> list[Project]:
    for correction in corrections:
        if correction.what == "merge":
            projects = _merge(projects, correction, partial=partial)
    return projects


def _merge(projects: list[Project], correction: Correction, *, partial: bool) -> list[Project]:
    sources = [p for p in projects if p.name == correction.source]
    targets = [p for p in projects if p.name == correction.target]
    if len(sources) != 1 or len(targets) != 1:
        if partial:
            return projects
        raise correction.fails(min(len(sources), len(targets)))
    whole = joined(targets[0], sources[0])
    kept = [p for p in projects if p is not sources[0]]
    return [whole if p is targets[0] else p for p in kept]


def joined(target: Project, source: Project) -> Project:
    """Return a project with all that another one has; the other's id becomes a former one."""
    return replace(
        target,
        statements=(*target.statements, *source.statements),
        aliases=tuple(dict.fromkeys((*target.aliases, source.name, *source.aliases))),
        former_ids=(*target.former_ids, source.id, *source.former_ids),
    )


def _linked(projects: list[Project]) -> tuple[Project, ...]:
    """Keep a link to the whole only as the whole's id; drop it where the whole is no project."""
    ids = {name: p.id for p in projects for name in (p.name, *p.aliases)}
    return tuple(replace(p, part_of=ids.get(p.part_of, "")) for p in projects)
