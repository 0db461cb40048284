"""The sources of positions and base map, with their terms, as a table to read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from layers.words import Language, caption
from store import DATA, read_text

if TYPE_CHECKING:
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
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(getattr(source, name))}</td>" for name in _COLUMNS) + "</tr>"
        for source in base.sources
    )
    return f'<table class="pm-sources"><tr>{head}</tr>{rows}</table>'
