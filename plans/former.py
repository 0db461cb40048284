"""What a value was before a person's edit: looked up in what was read without the edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from plans.corrections import Correction
    from plans.model import Project, Statement

_OF_STATEMENT: dict[str, Callable[[Statement], tuple[str, ...]]] = {
    "stage": lambda said: (said.stage,),
    "category": lambda said: (said.category,),
    "strategy": lambda said: tuple(code for code, _ in said.strategies),
    "unit": lambda said: tuple(
        f"{unit}*" if unit in said.responsibility.lead_units else unit
        for unit in said.responsibility.units
    ),
    "target_year": lambda said: (str(said.target_year),) if said.target_year else (),
    "quantity": lambda said: (said.quantity.text,) if said.quantity else (),
    "name": lambda said: (said.name,),
}


def former_values(
    statements: Sequence[Statement], projects: Sequence[Project], edits: Iterable[Correction]
) -> Mapping[str, tuple[str, ...]]:
    """Return what each edit replaces, by the edit's id; an edit that finds nothing is left out.

    Parameters
    ----------
    statements, projects
        As they were read before any of these edits.
    edits
        As ``amendments`` returns them; of a project its old kind or name is returned.
    """
    found = ((one.row["id"], _former(one, statements, projects)) for one in edits)
    return {name: values for name, values in found if values is not None}


def _former(
    edit: Correction, statements: Sequence[Statement], projects: Sequence[Project]
) -> tuple[str, ...] | None:
    if ":" not in edit.source:
        of_kind = edit.what == "kind"
        known = (one for one in projects if edit.source in (one.id, *one.former_ids))
        return next(((one.kind if of_kind else one.name,) for one in known), None)
    document, line, name = edit.address
    hits = [one for one in statements if one.name == name and _is_at(one, document, line)]
    shown = _OF_STATEMENT.get(edit.what)
    return shown(hits[0]) if shown and len(hits) == 1 else None


def _is_at(said: Statement, document: str, line: int) -> bool:
    quotes = (said.quote, *said.more_quotes)
    return any((quote.document, quote.line) == (document, line) for quote in quotes)
