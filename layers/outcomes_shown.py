"""What is known beside the plans, in words and as escaped HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.lines import licence_label
from layers.words import Language, caption, label, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def known_line(row: Any, language: Language) -> str:
    """Return what is known of a row beside the plans, its date and kind of source; or empty."""
    if not row.known_stage:
        return ""
    stage = stage_of(row.known_outcomes[-1], language)
    kind = label("source_kind", row.known_source_kind, language)
    return caption("known_line", language, stage=stage, date=row.known_date, kind=kind)


def stage_of(record: Mapping[str, Any], language: Language) -> str:
    """Return the known stage of one record, with the part it is about."""
    stage = label("known_stage", record["stage"], language)
    part = record[f"part_{language}"]
    return noted(stage, part, language) if part else stage


def known_text(record: Mapping[str, Any]) -> str:
    """Return one record in Chinese with its address, for a flat cell of a file."""
    stage, kind = stage_of(record, "zh"), label("source_kind", record["source_kind"], "zh")
    said = f"[{record['date']}] {stage}：{record['zh']}"
    return noted(said, f"{record['publisher']}，{kind}，{record['source']}", "zh")


def due_line(row: Any, language: Language) -> str:
    """Return that a promise is overdue and what later documents say of it; or empty."""
    if not row.due:
        return ""
    return caption(
        "due_line",
        language,
        year=row.due_year,
        due=label("due", row.due, language),
        stage=label("stage", row.due_stage, language),
    )


def outcomes_html(outcomes: Iterable[Mapping[str, Any]], language: Language) -> str:
    """Return known outcomes as HTML with date, basis, source and licence; every text is escaped.

    Empty for none.
    """
    return "".join(_outcome_html(outcome, language) for outcome in outcomes)


def _outcome_html(one: Mapping[str, Any], language: Language) -> str:
    basis = caption(f"outcome_{one['date_basis']}", language)
    dated = caption("outcome_dated", language, date=one["date"], basis=basis)
    kind = label("source_kind", one["source_kind"], language)
    by = caption("outcome_source", language, publisher=one["publisher"], kind=kind)
    licence = caption("outcome_licence", language, licence=licence_label(one["licence"], language))
    source = escape(one["source"])
    return (
        f'<section class="pm-outcome"><p><b>{escape(stage_of(one, language))}</b>'
        f" · {escape(dated)}</p>"
        f"<p>{escape(one[language])}</p>"
        f'<p class="pm-soft">{escape(by)}<br>'
        f'<a href="{source}" rel="noopener noreferrer">{source}</a></p>'
        f'<p class="pm-soft">{escape(licence)}</p></section>'
    )
