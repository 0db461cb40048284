"""The address of the view, to be sent to others."""

from __future__ import annotations

import os

import layers
from pages import parts

# hidden until its script has given it its words: a nameless button says nothing
_HTML = '<div><button type="button" hidden></button><output aria-live="polite"></output></div>'


def copy_link(page: str, language: layers.Language) -> None:
    """Show a button that copies the address of what is seen, as others can reach it.

    ``page`` is the page's part of the address. PLANMAP_BASE_URL is where others reach the app;
    without it the address is the one this visitor came by.
    """
    parts.component("link", _HTML)(
        key="copy_link",
        data={
            "base": os.environ.get("PLANMAP_BASE_URL", "").rstrip("/"),
            "page": page,
            "language": language,
            "label": layers.caption("copy_link", language),
            "copied": layers.caption("copied", language),
        },
    )
