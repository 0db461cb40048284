"""What one plan changes against all earlier ones; a link opens it for a document."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk, view


def pick(on: desk.Desk) -> str:
    """Show the choice of documents and return the chosen one; at first the one added last."""
    names = list(on.documents)
    chosen = on.view.document or names[-1]
    st.selectbox(
        on.say("document_pick"),
        names,
        format_func=lambda key: f"{key} {on.documents[key].title}",
        **view.bound("open_changes", chosen, lambda key: view.change(document=key, line="")),
    )
    return chosen


def show(on: desk.Desk, name: str) -> None:
    """Show what is new, joined, in conflict and left out, each with its quotes."""
    found = layers.effects_of(on.shown, name, on.documents, layers.cities(desk.base()))
    st.caption(on.say("effects_about"))
    st.text(layers.earlier_line(name, on.documents, on.language))
    st.html(layers.effect_chips_html(found, on.language))
    if found:
        st.html(layers.effects_html(found, on.documents, on.language))
    else:
        st.info(on.say("effects_none"))


on = desk.take()
st.html(layers.STATIC / "compare.css")
desk.headline(on)
show(on, pick(on))
