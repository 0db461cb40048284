"""What a register says of a project, each as one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.corrected import corrected_mark
from layers.issuers import issued_by
from layers.lines import stage_line
from layers.outcomes_shown import due_line, stage_of
from layers.words import Language, caption, join, label, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


@dataclass(frozen=True)
class About:
    """What the facts of projects are read from, beside their rows.

    Attributes
    ----------
    documents
        By id: objects with ``title``, ``issuer`` and ``date``.
    """

    documents: Mapping[str, Any]
    language: Language


def status(row: Any, about: About) -> str:
    """Return what the plans say of its stage, and when; whether that is corrected or overdue."""
    due = due_line(row, about.language)
    parts = [stage_line(row, about.language), corrected_mark(row, about.language), due]
    return join([part for part in parts if part], about.language, "describe_pair")


def known(row: Any, about: About) -> str:
    """Return what is known to have become of it, with date and source; empty for nothing."""
    said = [outcome_line(one, about.language) for one in row.known_outcomes]
    return join(said, about.language, "describe_pair")


def outcome_line(one: Mapping[str, Any], language: Language) -> str:
    """Return a known outcome: its stage, its words, its date, and who says so."""
    date = one["date"]
    if one["date_basis"] == "inferred":
        date = noted(date, caption("outcome_inferred", language), language)
    return caption(
        "sheet_known",
        language,
        stage=stage_of(one, language),
        words=one[language].rstrip("。."),
        date=date,
        publisher=one["publisher"],
        kind=label("source_kind", one["source_kind"], language),
    )


def units(row: Any, about: About) -> str:
    """Return who leads and who takes part, every unit by name; empty where none is named."""
    others = [unit for unit in row.units if unit not in row.lead_units]
    parts = []
    if row.lead_units:
        leading = join(row.lead_units, about.language)
        parts.append(caption("led_by", about.language, units=leading))
    if others:
        parts.append(caption("units_are", about.language, units=join(others, about.language)))
    return join(parts, about.language, "describe_pair")


def due(row: Any, about: About) -> str:
    """Return for which years it is promised, those that are only the plan's horizon in brackets."""
    return _due(row, about, lambda year: caption("sheet_horizon", about.language, year=year))


def due_in_words(row: Any, about: About) -> str:
    """Return for which years it is promised, and of which that they are only the plan's horizon."""
    basis = label("target_year_basis", "horizon", about.language)
    return _due(row, about, lambda year: noted(f"{year}", basis, about.language))


def _due(row: Any, about: About, loosely: Callable[[int], str]) -> str:
    promised = [one for one in row.statements if one["promised"] and one["target_year"]]
    firm = {one["target_year"] for one in promised if one["target_year_basis"] != "horizon"}
    loose = {one["target_year"] for one in promised} - firm
    words = {year: f"{year}" for year in firm} | {year: loosely(year) for year in loose}
    return join([words[year] for year in sorted(words)], about.language)


def townships(row: Any, about: About) -> str:
    """Return in which townships it lies, as far as known."""
    return join(row.townships, about.language)


def lines(row: Any, about: About) -> str:
    """Return by document the lines on which it is named."""
    found: dict[str, list[int]] = {}
    for said in row.statements:
        found.setdefault(said["document"], []).append(said["line"])
    parts = [
        caption("sheet_lines", about.language, document=name, lines=_numbers(some, about.language))
        for name, some in found.items()
    ]
    return join(parts, about.language, "describe_pair")


def document_entry(name: str, about: About) -> str:
    """Return what a document's id stands for: title, who issued or published it, date."""
    document = about.documents[name]
    by = issued_by(document.issuer, document.publisher, about.language)
    return caption(
        "sheet_document_entry" if by else "sheet_document",
        about.language,
        document=name,
        title=document.title,
        date=document.date or caption("compare_undated", about.language),
        issuer=by,
    )


def named_documents(rows: Iterable[Any], about: About) -> list[str]:
    """Return the ids of the documents that name any of these rows, in their own order."""
    named = {said["document"] for row in rows for said in row.statements}
    return [name for name in about.documents if name in named]


def _numbers(some: Iterable[int], language: Language) -> str:
    return join([f"{line}" for line in sorted(set(some))], language)
