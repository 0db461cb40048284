"""The documents as printed, with what was read from them marked; a link opens one at a line."""

from __future__ import annotations

import streamlit as st

import layers
from pages import access, desk, view


def pick(on: desk.Desk) -> str:
    """Show the choice of documents and return the chosen one; at first what the address opens."""
    chosen = on.view.document or next(iter(on.documents))
    st.selectbox(
        on.say("document_pick"),
        list(on.documents),
        format_func=lambda key: f"{key} {on.documents[key].title}",
        **view.bound("open_document", chosen, lambda key: view.change(document=key, line="")),
    )
    return chosen


def show(on: desk.Desk, name: str) -> None:
    """Show the print with its marks, and move to the line that the address names."""
    document = on.documents[name]
    line = int(on.view.line or 0)
    st.html(layers.document_head_html(on.shown, document, on.language))
    with st.container(height=620):
        st.html(
            layers.marked_html(
                on.shown,
                name,
                document.lines,
                on.language,
                target=line or None,
                linked=True,
                adds=access.may_write(),
            )
        )
    if line:
        # a script of our own, without a word of any document
        st.html(layers.STATIC / "to_line.html", unsafe_allow_javascript=True)


on = desk.take()
show(on, pick(on))
