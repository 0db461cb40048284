"""Statements become projects: one thing, all that is said of it, oldest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from plans.identity import abbreviated, identifier, key_of
from plans.model import Project

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
) -> tuple[Project, ...]:
    """Group statements of the same thing over all documents.

    Every statement lands in exactly one project. Projects stand in the order in which the
    documents first name them; empty when there are no statements.

    Raises
    ------
    BrokenFile
        A merge names a project that is not there.
    """
    ordered = sorted(statements, key=lambda s: _when(s, documents))
    groups: dict[Key, list[Statement]] = {}
    for statement in ordered:
        key = key_of(statement, documents[statement.quote.document].areas)
        groups.setdefault(key, []).append(statement)
    _join_abbreviations(groups)
    projects = [_project(key, found) for key, found in groups.items()]
    return _linked(_merged(projects, corrections))


def _when(statement: Statement, documents: Mapping[str, Document]) -> tuple[str, str, int, int]:
    quote = statement.quote
    return documents[quote.document].date, quote.document, quote.line, quote.start


def _join_abbreviations(groups: dict[Key, list[Statement]]) -> None:
    for key in list(groups):
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


def _merged(projects: list[Project], corrections: Sequence[Correction]) -> list[Project]:
    for correction in corrections:
        if correction.what != "merge":
            continue
        source = _named(projects, correction.source)
        target = _named(projects, correction.target)
        if source is None and target is None:
            continue  # neither side is in the documents that were read
        if source is None or target is None:
            raise correction.fails(0)
        joined = _join(target, source)
        projects = [joined if p is target else p for p in projects if p is not source]
    return projects


def _named(projects: Sequence[Project], name: str) -> Project | None:
    return next((p for p in projects if p.name == name), None)


def _join(target: Project, source: Project) -> Project:
    statements = sorted((*target.statements, *source.statements), key=lambda s: s.quote)
    return replace(
        target,
        statements=tuple(statements),
        aliases=tuple(dict.fromkeys((*target.aliases, source.name, *source.aliases))),
        former_ids=(*target.former_ids, source.id, *source.former_ids),
    )


def _linked(projects: list[Project]) -> tuple[Project, ...]:
    """Keep a link to the whole only as the whole's id; drop it where the whole is no project."""
    ids = {name: p.id for p in projects for name in (p.name, *p.aliases)}
    return tuple(replace(p, part_of=ids.get(p.part_of, "")) for p in projects)
