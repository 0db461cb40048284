"""The sources of positions and base map, with their terms, as a table to read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from layers.words import Language, caption

if TYPE_CHECKING:
    from layers.base import Base

_COLUMNS = ("title", "publisher", "licence", "attribution")


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
