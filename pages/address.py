"""The address in the browser follows the view; the browser itself keeps where the map stands."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages import desk, parts, view


def _root() -> str:
    """Return the path that the app lives under; empty at the root of its host."""
    return str(st.get_option("server.baseUrlPath") or "")


def write(key: str) -> None:
    """Write the view into the browser's address.

    A change by the user makes one entry of the browser's history. A page that redraws only a part
    of itself (a fragment) writes with a ``key`` of its own there. The page is named so that the
    browser writes again where only the page has changed, whose address Streamlit leaves bare.
    """
    parts.component("address", '<i class="planmap-view"></i>', apart=False)(
        key=key,
        data={
            "session": view.session(),
            "turn": view.turn(),
            "page": desk.take().page,
            "root": "/".join(["", *filter(None, _root().split("/"))]),
            "query": urlencode(view.now().query(), doseq=True),
            "replace": view.replaces(),
            "run": view.count_run(),
        },
    )
