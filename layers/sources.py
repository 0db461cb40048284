"""The sources of positions and base map, with their terms, as a table to read."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from layers.credit import credit_in
from layers.lines import licence_label
from layers.words import Language, caption
from store import DATA, read_table, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo import Source
    from layers.base import Base

_COLUMNS = ("title", "publisher", "licence", "attribution")
_LIST = "；"


def source_in(text: str, language: Language) -> str:
    """Return what a source is called, or whom it names, in a language; several by ``；``."""
    known = _words() if language == "zh" else {}
    return _LIST.join(known.get(part, part) for part in text.split(_LIST))


@cache
def _words() -> dict[str, str]:
    """Return the Chinese words for those of ``sources.csv`` that are English; read once."""
    return {row["en"]: row["zh"] for row in read_table(DATA / "source_words.csv", ("en", "zh"))}


def sources_text() -> str:
    """Return the words of ``data/SOURCES.md`` below its title, as Markdown."""
    return read_text(DATA / "SOURCES.md").partition("\n")[2].strip()


def sources_html(base: Base, language: Language) -> str:
    """Return all sources of a base map as an HTML table; every text in it is escaped."""
    head = "".join(
        f"<th>{escape(caption(f'about_source_{name}', language))}</th>" for name in _COLUMNS
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in _cells(source, language)) + "</tr>"
        for source in base.sources
    )
    return f'<table class="pm-sources"><tr>{head}</tr>{rows}</table>'


def _cells(source: Source, language: Language) -> Iterator[str]:
    for name in _COLUMNS:
        text = getattr(source, name)
        if name == "licence":
            yield licence_label(text, language)
        else:
            yield source_in(credit_in(text, language), language)
