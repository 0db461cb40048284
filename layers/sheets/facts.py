"""What a register says of a project, each as one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from layers.history import is_later
from layers.lines import stage_line
from layers.outcomes import known_outcomes, read_outcomes
from layers.words import Language, caption, join, label, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from layers.outcomes import Outcome
    from layers.sheets.subject import Subject


@dataclass(frozen=True)
class About:
    """What the facts of projects are read from, beside their rows.

    Attributes
    ----------
    documents
        By id: objects with ``title``, ``issuer`` and ``date``.
    outcomes
        What became of projects, by id, oldest first.
    """

    documents: Mapping[str, Any]
    outcomes: Mapping[str, tuple[Outcome, ...]]
    language: Language

    @classmethod
    def of(cls, subject: Subject, language: Language) -> About:
        """Return what is known beside a subject's rows; as of a date, nothing later than it."""
        outcomes = known_outcomes(subject.table, read_outcomes())
        if subject.as_of:
            outcomes = {
                name: tuple(one for one in some if not is_later(one.date, subject.as_of))
                for name, some in outcomes.items()
            }
        return cls(subject.documents, outcomes, language)

    def known(self, row: Any) -> tuple[Outcome, ...]:
        """Return the known outcomes of a row, oldest first."""
        return self.outcomes.get(row.id, ())


def status(row: Any, about: About) -> str:
    """Return what the plans say of its stage, and when."""
    return stage_line(row, about.language)


def known(row: Any, about: About) -> str:
    """Return what is known to have become of it, with date and source; empty for nothing."""
    return join(
        [outcome_line(one, about.language) for one in about.known(row)],
        about.language,
        "describe_pair",
    )


def outcome_line(one: Outcome, language: Language) -> str:
    """Return an outcome with its date, the date's basis where it is inferred, and who says so."""
    basis = caption("outcome_inferred", language) if one.date_basis == "inferred" else ""
    date = caption("noted", language, text=one.date, note=basis) if basis else one.date
    return caption(
        "sheet_known",
        language,
        words=one.words(language).rstrip("。."),
        date=date,
        source=host(one),
    )


def host(one: Outcome) -> str:
    """Return the host of an outcome's page."""
    return urlsplit(one.source).netloc


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
    """Return what a document's id stands for."""
    document = about.documents[name]
    key = "sheet_document_entry" if document.issuer else "sheet_document"
    return caption(
        key,
        about.language,
        document=name,
        title=document.title,
        date=document.date or caption("compare_undated", about.language),
        issuer=document.issuer,
    )


def named_documents(rows: Iterable[Any], about: About) -> list[str]:
    """Return the ids of the documents that name any of these rows, in their own order."""
    named = {said["document"] for row in rows for said in row.statements}
    return [name for name in about.documents if name in named]


def _numbers(some: Iterable[int], language: Language) -> str:
    return join([f"{line}" for line in sorted(set(some))], language)
