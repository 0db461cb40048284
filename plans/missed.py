"""Findings that the reading missed and a person adds: statements with a quote like any other."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plans.amendments import MISSED
from plans.corrections import reassigned
from plans.statements import added_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plans.corrections import Correction
    from plans.documents import Document
    from plans.model import Statement
    from plans.passages import Passage


def missed_statements(
    document: Document,
    parts: Iterable[Passage],
    known: Sequence[Statement],
    edits: Iterable[Correction],
) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Return what persons add to a document, and the ids of the edits that are lost.

    An edit is lost where its words do not stand in the line at its columns, or where a finding
    of that name is there already.
    """
    made: list[Statement] = []
    lost: list[str] = []
    passages = list(parts)
    for edit in edits:
        if edit.what != MISSED or edit.address[0] != document.id:
            continue
        said = _statement(document, passages, edit)
        if said is None or any(_is_same(said, one) for one in (*known, *made)):
            lost.append(edit.row["id"])
        else:
            made.append(said)
    return tuple(made), tuple(lost)


def _is_same(said: Statement, other: Statement) -> bool:
    places = {(quote.document, quote.line) for quote in (other.quote, *other.more_quotes)}
    return other.name == said.name and (said.quote.document, said.quote.line) in places


def _statement(document: Document, parts: Iterable[Passage], edit: Correction) -> Statement | None:
    _, line, name = edit.address
    to = json.loads(edit.target)
    lines = document.text.split("\n")
    if not 1 <= line <= len(lines) or lines[line - 1][to["start"] : to["end"]] != to["words"]:
        return None
    meant = (name, to["kind"], to["category"], to["stage"])
    said = added_statement(document, parts, (line, to["words"]), meant, to["start"])
    return said and _as_told(said, line, to)


def _as_told(said: Statement, line: int, to: Mapping[str, Any]) -> Statement | None:
    if said.quote.line != line:
        return None
    answer = reassigned(said, to["units"]).responsibility if to["units"] else said.responsibility
    year = to["target_year"]
    return replace(
        said,
        promised=to["promised"],
        target_year=year,
        target_year_basis=None if year is None else "corrected",
        responsibility=answer,
    )


def columns_of(document: Document, line: int, words: str) -> tuple[int, int] | None:
    """Return where words first stand in a line, end exclusive; None where they do not."""
    lines = document.text.split("\n")
    start = lines[line - 1].find(words) if words and 1 <= line <= len(lines) else -1
    return None if start < 0 else (start, start + len(words))
