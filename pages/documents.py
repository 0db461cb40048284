"""The documents as printed, with what was read from them marked; a link opens one at a line."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk, opened


def pick(on: desk.Desk) -> str:
    """Show the choice of documents and return the chosen one; at first what the address opens."""
    asked = opened.chosen("open", on.documents)
    if asked is not None:
        st.session_state["open_document"] = asked
    chosen: str = st.selectbox(
        on.say("document_pick"),
        list(on.documents),
        format_func=lambda key: f"{key} {on.documents[key].title}",
        key="open_document",
        on_change=turn,
    )
    return chosen


def turn() -> None:
    """Open another document, at no line."""
    st.query_params.pop("line", None)
    opened.choose("open", st.session_state["open_document"])


def show(on: desk.Desk, name: str) -> None:
    """Show the print with its marks, and move to the line that the address names."""
    document = on.documents[name]
    line = opened.asked("line", [str(number + 1) for number in range(len(document.lines))])
    st.html(layers.document_head_html(on.shown, document, on.language))
    with st.container(height=620):
        st.html(
            layers.marked_html(
                on.shown,
                name,
                document.lines,
                on.language,
                target=int(line) if line else None,
                linked=True,
            )
        )
    if line:
        # a script of our own, without a word of any document
        st.html(layers.STATIC / "to_line.html", unsafe_allow_javascript=True)


on = desk.take()
show(on, pick(on))
