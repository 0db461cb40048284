"""The HTML of descriptions and balloons as plain text: what a reader sees, line by line."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as web

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKED = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
_UNSEEN = {"script", "style", "head", "title", "noscript", "template"}
_LINES = {
    *("p", "div", "br", "hr", "li", "ul", "ol", "tr", "table", "dl", "dt", "dd", "blockquote"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "pre", "center"),
}
_CELLS = {"td", "th"}


def plain(text: str) -> str:
    """Return marked-up text as its visible words; text without mark-up comes back as it is.

    Paragraphs, rows and breaks begin a new line, cells of a row are parted by a blank, and a
    link's address follows its words where it says more than they do.
    """
    if not _MARKED.search(text):
        return text.strip()
    try:
        root = web.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return html.unescape(text).strip()
    lines = "".join(_words(root)).split("\n")
    kept = (" ".join(line.split()) for line in lines)
    return "\n".join(filter(None, kept))


def _words(element: web.HtmlElement) -> Iterator[str]:
    kind = element.tag if isinstance(element.tag, str) else ""
    if kind and kind not in _UNSEEN:
        parting = "\n" if kind in _LINES else " " if kind in _CELLS else ""
        yield parting
        yield _blank(element.text)
        for child in element:
            yield from _words(child)
        if kind == "a":
            yield _address(element)
        yield parting
    yield _blank(element.tail)


def _blank(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _address(element: web.HtmlElement) -> str:
    address = element.get("href", "")
    told = address in element.text_content()
    return f" ({address})" if address.startswith(("http://", "https://")) and not told else ""
