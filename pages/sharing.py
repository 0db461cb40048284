"""The address of the view, to be sent to others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import layers
from pages import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

# hidden until its script has given it its words: a nameless button says nothing
_HTML = '<div><button type="button" hidden></button><output aria-live="polite"></output></div>'


def copy_link(page: str, language: layers.Language, pages: Iterable[str]) -> None:
    """Show a button that copies the address of what is seen, as others can reach it.

    The same part sees to it that links inside the pages take the view along, and that those to the
    app's own ``pages`` stay in the session.

    ``page`` is the page's part of the address. PLANMAP_BASE_URL is where others reach the app;
    without it the address is the one this visitor came by.
    """
    parts.component("link", _HTML)(
        key="copy_link",
        data={
            "base": os.environ.get("PLANMAP_BASE_URL", "").rstrip("/"),
            "page": page,
            "language": language,
            "view": layers.CARRIED,
            "look": layers.LOOK,
            "pages": list(pages),
            "label": layers.caption("copy_link", language),
            "copied": layers.caption("copied", language),
        },
    )
