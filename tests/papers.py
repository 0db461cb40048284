"""The catalogue, read once, and small documents with invented places."""

from __future__ import annotations

from functools import cache
from typing import Any

import plans
from plans.passages import passages
from plans.statements import find_statements


@cache
def catalogue() -> tuple[plans.Document, ...]:
    """The five documents of the catalogue."""
    return plans.read_catalogue()


@cache
def archive() -> plans.Plans:
    """All that is read from the catalogue, corrections applied."""
    return plans.read_plans(catalogue(), plans.read_corrections())


def paper(text: str, **about: Any) -> plans.Document:
    """Make a document of its text; it promises unless told otherwise."""
    return plans.Document(id="900", text=text, **about)


def statements(text: str, **about: Any) -> tuple[plans.Statement, ...]:
    """The statements of a text."""
    document = paper(text, **about)
    return find_statements(document, passages(document))


def said(text: str, **about: Any) -> list[tuple[str, str, str]]:
    """The statements of a text as name, works and stage."""
    return [(s.name, s.works, s.stage) for s in statements(text, **about)]
