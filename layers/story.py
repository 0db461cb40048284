"""The story of a thing: each statement at its date, its sentence marked in its paragraph."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.history import histories
from layers.paragraph import paragraphs_html
from layers.said import manner_html, source_html
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from layers.history import Mention


def story_html(one: gpd.GeoDataFrame, documents: Mapping[str, Any], language: Language) -> str:
    """Return all that was said of a thing over time, oldest first, as escaped HTML.

    Parameters
    ----------
    one
        The thing's row of the table; empty gives an empty list.
    documents
        By id: objects with ``lines``, ``title``, ``date`` and ``areas``.
    language
        Of the captions; what is printed stays as printed.
    """
    items = "".join(
        _told(mention, documents[mention.said["document"]], language)
        for history in histories(one, documents)
        for mention in history.mentions
    )
    return f'<ol class="pm-story">{items}</ol>'


def _told(mention: Mention, document: Any, language: Language) -> str:
    date = mention.date or caption("compare_undated", language)
    manner = "promised" if mention.promised else "reported"
    return (
        f'<li class="pm-said pm-{manner}"><h4>{escape(date)}</h4>'
        f"{manner_html(mention.said, language)}{paragraphs_html(document.lines, mention.said)}"
        f"{source_html(mention.said, document, language)}</li>"
    )
