"""What a person corrected: the field, the old value and the new one, by whom and when."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The list that the codes of a field stand in; other fields hold texts.
_CODES = {"stage": "stage", "category": "category", "strategy": "strategy"}


def corrected_text(record: Mapping[str, Any], language: Language) -> str:
    """Return one correction as one line: field, old value, new value, who, when and why."""
    return caption(
        "corrected_line",
        language,
        field=label("edit_kind", record["field"], language),
        old=_shown(record["field"], record["old"], language),
        new=_shown(record["field"], record["new"], language),
        who=record["who"],
        when=record["when"][:10],
        reason=record["reason"],
    )


def _shown(field: str, values: Iterable[str], language: Language) -> str:
    named = [_named(field, value, language) for value in values]
    return join(named, language) or caption("corrected_none", language)


def _named(field: str, value: str, language: Language) -> str:
    known = codes(_CODES[field]) if field in _CODES else ()
    return label(_CODES[field], value, language) if value in known else value


def corrected_mark(row: Any, language: Language) -> str:
    """Return that a person corrected something of a row, and what; empty where nobody did."""
    fields = dict.fromkeys(one["field"] for one in row.corrected)
    named = join([label("edit_kind", field, language) for field in fields], language)
    return caption("corrected_mark", language, fields=named) if fields else ""


def corrected_html(row: Any, language: Language) -> str:
    """Return all corrections of a row as escaped HTML; empty where there is none."""
    items = "".join(f"<li>{escape(corrected_text(one, language))}</li>" for one in row.corrected)
    title = escape(caption("corrected_title", language))
    return f'<div class="pm-corrected"><b>{title}</b><ul>{items}</ul></div>' if items else ""
