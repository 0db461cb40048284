"""A document as printed, with the words of its statements marked."""

from __future__ import annotations

from html import escape
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from layers.issuers import issued_by
from layers.links import address, link, project_link
from layers.symbols import stage_colour
from layers.words import Language, caption, label, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd


def document_head_html(table: gpd.GeoDataFrame, document: Any, language: Language) -> str:
    """Return a document's title, issuer or newspaper, date and number of statements it holds.

    As HTML with every text escaped.
    """
    statements = chain.from_iterable(table["statements"])
    about = {
        "issuer": issued_by(document.issuer, document.publisher, language),
        "date": document.date,
        "count": sum(said["document"] == document.id for said in statements),
    }
    line = escape(caption("document_about", language, **about))
    hint = escape(caption("document_hint", language))
    changes = link(address("changes", open=document.id), caption("effects_open", language))
    return (
        f'<h3>{escape(document.title)}</h3><p class="pm-sentence">{line}<br>{hint}<br>{changes}</p>'
    )


class Span(NamedTuple):
    """A marked stretch of one line: code points, end exclusive; of which project, saying what."""

    start: int
    end: int
    name: str
    stage: str
    project: str = ""


# Opacity of a marked word's ground, as two hexadecimal digits: what is printed stays readable.
_VEIL = "38"


def marked_html(
    table: gpd.GeoDataFrame,
    document: str,
    lines: Sequence[str],
    language: Language,
    *,
    target: int | None = None,
    linked: bool = False,
    adds: bool = False,
) -> str:
    """Return a document's lines as HTML with all its statements marked; every text is escaped.

    Parameters
    ----------
    table
        The projects whose statements are marked.
    document
        Its id.
    lines
        As printed; line numbers count from 1.
    language
        Of the words that appear on hovering and on reaching them by keyboard.
    target
        The line that a link leads to; None for none.
    linked
        Whether what appears leads on to the projects' pages; else it only names them.
    adds
        Whether each line has a link to the page where a finding that was missed in it is added.
    """
    spans = spans_by_line(table, document)

    rows = "".join(
        f'<li value="{number}"{_TARGET if number == target else ""}>'
        f"{_line(text, spans.get(number, []), language, linked=linked)}"
        f"{_add(document, number, language) if adds else ''}</li>"
        for number, text in enumerate(lines, 1)
        if text.strip()
    )
    return f'<ol class="pm-document">{rows}</ol>'


def _add(document: str, line: int, language: Language) -> str:
    """Return the link to where a finding of a line is added; the keyboard passes over them."""
    target = escape(address("correct", mode="missed", open=document, line=line))
    words = escape(caption("document_missed", language))
    return (
        f'<a class="pm-add" tabindex="-1" href="{target}" target="_self" title="{words}"'
        f' aria-label="{words}">＋</a>'
    )


_TARGET = ' class="pm-target" aria-current="location"'


def spans_by_line(table: gpd.GeoDataFrame, document: str) -> dict[int, list[Span]]:
    """Return the marked stretches of a document by line number; lines without any are left out."""
    found: dict[int, list[Span]] = {}
    for (project, name), said, quote in _quotes(table):
        if quote["document"] == document:
            span = Span(quote["start"], quote["end"], name, said["stage"], project)
            found.setdefault(quote["line"], []).append(span)
    return found


def _quotes(
    table: gpd.GeoDataFrame,
) -> Iterable[tuple[tuple[str, str], dict[str, Any], dict[str, Any]]]:
    for project, name, statements in zip(
        table["id"], table["name"], table["statements"], strict=True
    ):
        for said in statements:
            for quote in (said, *said["more_quotes"]):
                yield (project, name), said, quote


def _line(text: str, spans: Sequence[Span], language: Language, *, linked: bool) -> str:
    # One clause can carry several statements: cut at every edge, and mark each piece once.
    edges = sorted({0, len(text), *(edge for span in spans for edge in span[:2])})
    pieces = (
        (text[a:b], [s for s in spans if s.start <= a and b <= s.end]) for a, b in pairwise(edges)
    )
    show = _linked if linked else _named
    return "".join(show(words, over, language) if over else escape(words) for words, over in pieces)


def _named(words: str, over: Sequence[Span], language: Language) -> str:
    said = "\n".join(dict.fromkeys(_words(span, language) for span in over))
    return _mark(words, over, f' title="{escape(said)}"')


def _linked(words: str, over: Sequence[Span], language: Language) -> str:
    said = "".join(
        dict.fromkeys(project_link(span.project, _words(span, language)) for span in over)
    )
    return f'<span class="pm-found">{_mark(words, over)}<span class="pm-pop">{said}</span></span>'


def _words(span: Span, language: Language) -> str:
    return noted(span.name, label("stage", span.stage, language), language)


def _mark(words: str, over: Sequence[Span], more: str = "") -> str:
    fill = stage_colour(over[0].stage)
    style = f"background:{fill}{_VEIL};border-bottom:2px solid {fill}"
    return f'<mark style="{style}"{more}>{escape(words)}</mark>'
