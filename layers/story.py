"""The story of a thing: each statement at its date, its sentence marked in its paragraph."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.history import histories
from layers.outcomes_shown import outcomes_html
from layers.paragraph import paragraphs_html
from layers.said import manner_html, source_html
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from layers.history import History, Mention


def story_html(one: gpd.GeoDataFrame, documents: Mapping[str, Any], language: Language) -> str:
    """Return all that was said of a thing over time, oldest first, as escaped HTML.

    What is known beside the plans stands at its date among them, told apart by its title.

    Parameters
    ----------
    one
        The thing's row of the table; empty gives an empty list.
    documents
        By id: objects with ``lines``, ``title``, ``date`` and ``areas``.
    language
        Of the captions; what is printed stays as printed.
    """
    items = [
        item
        for history in histories(one, documents)
        for item in _items(history, documents, language)
    ]
    told = "".join(html for _, html in sorted(items, key=lambda item: item[0]))
    return f'<ol class="pm-story">{told}</ol>'


def _items(
    history: History, documents: Mapping[str, Any], language: Language
) -> list[tuple[str, str]]:
    """Return what the plans say and what is known beside them, each with its date."""
    said = [
        (mention.date, _told(mention, documents[mention.said["document"]], language))
        for mention in history.mentions
    ]
    return said + [(record["date"], _known(record, language)) for record in history.outcomes]


def _known(record: Mapping[str, Any], language: Language) -> str:
    title = f"{record['date']} · {caption('story_known', language)}"
    told = outcomes_html([record], language)
    return f'<li class="pm-said pm-known-then"><h4>{escape(title)}</h4>{told}</li>'


def _told(mention: Mention, document: Any, language: Language) -> str:
    date = mention.date or caption("compare_undated", language)
    manner = "promised" if mention.promised else "reported"
    return (
        f'<li class="pm-said pm-{manner}"><h4>{escape(date)}</h4>'
        f"{manner_html(mention.said, language, mention.corrected)}"
        f"{paragraphs_html(document.lines, mention.said)}"
        f"{source_html(mention.said, document, language)}</li>"
    )
