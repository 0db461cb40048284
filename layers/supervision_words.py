"""The words of a supervision table, the same in every kind of file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from layers.corrected import corrected_mark
from layers.lines import stage_line
from layers.nouns import with_nouns
from layers.selection import describe
from layers.sheets.facts import About, document_entry, known, named_documents
from layers.statements import quote_texts, quotes_of
from layers.stems import named
from layers.supervision import FINDINGS
from layers.words import Language, caption, join, label, noted

if TYPE_CHECKING:
    from layers.selection import Selection
    from layers.supervision import Matter, Supervision

COLUMNS = ("number", "name", "promise", "due", "plans", "known", "finding", "remarks")
# How wide the columns stand to each other.
SHARES = (4, 17, 38, 12, 17, 22, 16, 18)


def heads(language: Language) -> list[str]:
    """Return the names of the columns."""
    return [caption(f"supervision_{name}", language) for name in COLUMNS]


def cells(one: Matter, table: Supervision, language: Language) -> list[str]:
    """Return the texts of a line, a text for each of ``COLUMNS``; the last is for a pen."""
    about = About(table.documents, language)
    status = [stage_line(one.row, language), corrected_mark(one.row, language)]
    return [
        f"{one.number}",
        noted(one.row.title, caption(f"supervision_role_{one.role}", language), language),
        "\n".join(quotes(one, language)),
        due(one, language),
        join([text for text in status if text], language, "describe_pair"),
        known(one.row, about) or caption("supervision_unknown", language),
        label("finding", one.finding, language),
        "",
    ]


def quotes(one: Matter, language: Language) -> list[str]:
    """Return what was promised or reported, each quote with document and line."""
    return [
        caption(
            "supervision_quote",
            language,
            quote=words,
            document=said["document"],
            line=part["line"],
        )
        for said in one.said
        for words, part in zip(quote_texts(said), quotes_of(said), strict=True)
    ]


def due(one: Matter, language: Language) -> str:
    """Return by when it is promised and how that is known."""
    if one.year is None:
        return caption("unit_no_year", language)
    return noted(f"{one.year}", label("target_year_basis", one.basis, language), language)


def supervision_scope(selection: Selection, unit: str, language: Language) -> str:
    """Return in words what of a unit's matters a selection leaves; empty where it leaves all."""
    rest = replace(selection, unit=(), lead=(), include_issuer=False)
    led = caption("supervision_lead_only", language) if unit in selection.lead else ""
    parts = (led, describe(rest, language) if rest.filters else "")
    return join([part for part in parts if part], language, "describe_pair")


def title(table: Supervision, language: Language) -> str:
    """Return the title: kind of table, unit, what narrows it, day."""
    key = "supervision_title_scope" if table.scope else "supervision_title"
    return caption(key, language, unit=table.unit, day=table.day, scope=table.scope)


def counts(table: Supervision, language: Language) -> str:
    """Return how many there are of each finding, projects and programmes apart."""
    found = Counter((one.finding, one.noun) for one in table.matters)
    parts = [
        noted(
            label("finding", code, language),
            with_nouns({noun: n for (at, noun), n in found.items() if at == code}, language),
            language,
        )
        for code in FINDINGS
        if any(at == code for at, _ in found)
    ]
    total = with_nouns(Counter(one.noun for one in table.matters), language)
    if not table.matters:
        return caption("supervision_empty", language, unit=table.unit)
    return f"{total} · {join(parts, language, 'describe_pair')}"


def notes(table: Supervision, language: Language) -> list[str]:
    """Return what stands below the table: what is left out, the documents."""
    about = About(table.documents, language)
    cited = [
        document_entry(name, about)
        for name in named_documents((one.row for one in table.matters), about)
    ]
    left = caption("supervision_indicators", language, count=table.indicators)
    listed = join(cited, language, "describe_pair")
    found = (
        left if table.indicators else "",
        caption("sheet_document_line", language, titles=listed) if cited else "",
    )
    return [text for text in found if text]


def supervision_stem(table: Supervision, language: Language) -> str:
    """Return the name of the file without its ending; see ``file_stem``."""
    number = with_nouns(Counter(one.noun for one in table.matters), language)
    about = [caption("supervision", language), table.unit, table.scope]
    return named(about, [number, table.day])
