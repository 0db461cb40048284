"""A statement as a plain record of the table, and what several of them say together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.stage import Claim, latest_status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from plans.model import Quantity, Quote, Statement

# Where the print of a sentence breaks off and goes on elsewhere.
_GOES_ON = "…"


def record(said: Statement) -> dict[str, Any]:
    """Return a statement as the record that the table and the export hold."""
    by = said.responsibility
    return {
        **_quote(said.quote),
        "more_quotes": [_quote(quote) for quote in said.more_quotes],
        "name": said.name,
        "category": said.category,
        "works": said.works,
        "stage": said.stage,
        "promised": said.promised,
        "certainty": said.certainty,
        "target_year": said.target_year,
        "target_year_basis": said.target_year_basis,
        "heading": said.heading,
        "strategies": [{"code": code, "basis": basis} for code, basis in said.strategies],
        "lead_units": list(by.lead_units),
        "units": list(by.units),
        "units_printed": by.units_printed,
        "unit_basis": by.unit_basis,
        "leader": by.leader or "",
        "remark_lead_units": list(by.remark_lead_units),
        "issuer": said.issuer,
        "publisher": said.publisher,
        "quantity": _quantity(said.quantity),
    }


def cite(said: Mapping[str, Any]) -> str:
    """Return where a record's quote begins: document, line and column."""
    return f"{said['document']}:{said['line']}:{said['start']}"


def summed(
    said: Sequence[Mapping[str, Any]], goals: Collection[str], documents: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the records of one thing say together, as columns of the table.

    Parameters
    ----------
    said
        Oldest first, at least one.
    goals
        Where its goal sentences stand, as ``cite`` says it.
    documents
        By id: objects with ``date``.
    """
    works = [one["works"] for one in said if one["works"]]
    claims = [
        Claim(one["stage"], one["promised"], cite(one) in goals, one["document"], one["line"])
        for one in said
    ]
    status = latest_status(claims, documents)
    basis = _strategy_basis(said)
    leads = _once(unit for one in said for unit in one["lead_units"])
    latest = [one for one in said if one["document"] == status.as_of_document]
    return {
        **status._asdict(),
        "works": works[-1] if works else "",
        "leaders": _once(one["leader"] for one in said if one["leader"]),
        "strategies": list(basis),
        "strategy_basis": basis,
        "headings": _once(one["heading"] for one in said if one["heading"]),
        "lead_units": leads,
        "units": _once([*leads, *(unit for one in said for unit in one["units"])]),
        "unit_basis": _once(one["unit_basis"] for one in said),
        "issuer": latest[-1]["issuer"],
        "publisher": latest[-1]["publisher"] or None,
        "statements": list(said),
    }


def _strategy_basis(said: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    # A heading is printed; what is inferred must not hide it.
    basis: dict[str, str] = {}
    for strategy in (strategy for one in said for strategy in one["strategies"]):
        if basis.get(strategy["code"]) != "heading":
            basis[strategy["code"]] = strategy["basis"]
    return basis


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "document": quote.document,
        "line": quote.line,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
    }


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {"value": quantity.value, "unit": quantity.unit, "text": quantity.text}


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def quotes_of(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all printed parts of a statement's record, as they are read.

    The record begins with the part that carries name and verb. Parts of one line stand here in the
    order of the line; lines keep their order, which may not be that of their numbers.
    """
    parts = [said, *said["more_quotes"]]
    lines = list(dict.fromkeys(part["line"] for part in parts))
    return sorted(parts, key=lambda part: (lines.index(part["line"]), part["start"]))


def quote_texts(said: Mapping[str, Any]) -> list[str]:
    """Return the printed parts of a statement's record as texts, as they are read.

    A sentence that print cuts into several has ``…`` where a part goes on in the next.
    """
    texts = [str(part["quote"]) for part in quotes_of(said)]
    last = len(texts) - 1
    return [
        f"{_GOES_ON if at else ''}{text}{_GOES_ON if at < last else ''}"
        for at, text in enumerate(texts)
    ]
