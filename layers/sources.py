"""The sources of positions and base map, with their terms, as a table to read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from layers.credit import credit_in
from layers.lines import licence_label
from layers.words import Language, caption
from store import DATA, read_text

if TYPE_CHECKING:
    from geo import Source
    from layers.base import Base

_COLUMNS = ("title", "publisher", "licence", "attribution")


def sources_text() -> str:
    """Return the words of ``data/SOURCES.md`` below its title, as Markdown."""
    return read_text(DATA / "SOURCES.md").partition("\n")[2].strip()


def sources_html(base: Base, language: Language) -> str:
    """Return all sources of a base map as an HTML table; every text in it is escaped."""
    head = "".join(
        f"<th>{escape(caption(f'about_source_{name}', language))}</th>" for name in _COLUMNS
    )
    rows = "".join(f"<tr>{_row(source, language)}</tr>" for source in base.sources)
    return f'<table class="pm-sources"><tr>{head}</tr>{rows}</table>'


def _row(source: Source, language: Language) -> str:
    return "".join(f"<td>{escape(text)}</td>" for text in source_cells(source, language))


def source_cells(source: Source, language: Language) -> list[str]:
    """Return title, publisher, licence and attribution of a source in a language."""
    return [
        licence_label(getattr(source, name), language)
        if name == "licence"
        else credit_in(getattr(source, name), language)
        for name in _COLUMNS
    ]
