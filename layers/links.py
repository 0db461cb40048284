"""Addresses of the app's own pages, for links inside what is shown.

Relative, so that they hold behind a path prefix; every value is quoted.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from layers.words import caption

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.words import Language


def address(page: str, **values: object) -> str:
    """Return the address of a page with its parameters."""
    return f"{page}?{urlencode(values)}" if values else page


def project_link(project: str, words: str) -> str:
    """Return an HTML link to the page of a project; ``words`` are escaped."""
    return link(address("project", project=project), words)


def thing_link(project: str, words: str) -> str:
    """Return an HTML link that opens a thing beside the map; elsewhere it opens the thing's page.

    ``words`` are escaped.
    """
    target = escape(address("project", project=project))
    known = f'class="pm-opens" data-id="{escape(project)}"'
    return f'<a {known} href="{target}" target="_self">{escape(words)}</a>'


def steps_html(project: str, pages: Iterable[str], language: Language) -> str:
    """Return links that look like buttons, to pages on which something is done with a thing."""
    links = "".join(
        f'<a class="pm-step" href="{escape(address(page, project=project))}" target="_self">'
        f"{escape(caption(f'page_{page}', language))}</a>"
        for page in pages
    )
    return f'<p class="pm-steps">{links}</p>'


def line_link(quote: Mapping[str, Any], words: str) -> str:
    """Return an HTML link to a quote's document at its line; ``words`` are escaped."""
    return link(address("documents", open=quote["document"], line=quote["line"]), words)


def unit_link(unit: str) -> str:
    """Return an HTML link to the page of a unit, under its name."""
    return link(address("unit", unit=unit), unit)


def skip_link(target: str, words: str) -> str:
    """Return an HTML link over what is long to a part of the same page; words are escaped.

    ``target`` is the key that the page gives the part.
    """
    return f'<a class="pm-skip" href="#{escape(target)}">{escape(words)}</a>'


def link(target: str, words: str, *, anew: bool = False) -> str:
    """Return an HTML link; both its parts are escaped.

    A link opens its page with the filters of the view it stands in; ``anew``: without them.
    """
    look = ' class="pm-anew"' if anew else ""
    # _self: without it the page would open links in a new tab
    return f'<a{look} href="{escape(target)}" target="_self">{escape(words)}</a>'
