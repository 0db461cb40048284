"""A statement's sentence in the paragraph it is printed in, marked."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# What parts the cells of a printed table's row in the text as received.
_CELL = "\t"


def paragraph(lines: Sequence[str], number: int) -> range:
    """Return the numbers of the lines that are printed as one paragraph with this one.

    The lines about it up to the next blank one; the row of a table stands alone. Numbers count
    from 1.
    """
    first = last = number
    while _goes_on(lines, first - 1) and _goes_on(lines, first):
        first -= 1
    while _goes_on(lines, last + 1) and _goes_on(lines, last):
        last += 1
    return range(first, last + 1)


def _goes_on(lines: Sequence[str], number: int) -> bool:
    inside = 1 <= number <= len(lines)
    return inside and bool(lines[number - 1].strip()) and _CELL not in lines[number - 1]


def paragraphs_html(lines: Sequence[str], said: Mapping[str, Any]) -> str:
    """Return the paragraphs that hold a statement's quotes, the quotes marked, as escaped HTML.

    Within them the thing's name is set off where it stands in one piece.

    Parameters
    ----------
    lines
        Of the document, as printed.
    said
        A statement as the table holds it; its quotes are all of this document.
    """
    quotes = [said, *said["more_quotes"]]
    parts = dict.fromkeys(paragraph(lines, quote["line"]) for quote in quotes)
    return "".join(
        f"<blockquote>{_part(lines, part, quotes, said['name'])}</blockquote>" for part in parts
    )


def _part(lines: Sequence[str], part: range, quotes: Sequence[Mapping[str, Any]], name: str) -> str:
    printed = (
        _marked(lines[number - 1], [quote for quote in quotes if quote["line"] == number], name)
        for number in part
    )
    return "<br>".join(printed)


def _marked(text: str, quotes: Iterable[Mapping[str, Any]], name: str) -> str:
    pieces, done = [], 0
    for quote in sorted(quotes, key=lambda one: int(one["start"])):
        start, end = max(quote["start"], done), max(quote["end"], done)
        pieces += [escape(text[done:start]), f"<mark>{_named(text[start:end], name)}</mark>"]
        done = end
    return "".join([*pieces, escape(text[done:])])


def _named(words: str, name: str) -> str:
    # Blanks inside a printed name are the scanner's.
    found = re.search(r"\s*".join(map(re.escape, name)), words) if name else None
    if found is None:
        return escape(words)
    start, end = found.span()
    return f"{escape(words[:start])}<b>{escape(words[start:end])}</b>{escape(words[end:])}"
