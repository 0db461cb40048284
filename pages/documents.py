"""The documents as printed, with what was read from them marked."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk

on = desk.take()
chosen = st.selectbox(
    on.say("document_pick"),
    list(on.documents),
    format_func=lambda key: f"{key} {on.documents[key].title}",
    key="open_document",
)
document = on.documents[chosen]
st.html(layers.document_head_html(on.shown, document, on.language))
with st.container(height=620):
    st.html(layers.marked_html(on.shown, document.id, document.lines, on.language))
