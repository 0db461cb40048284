"""The first minutes: what this is, three questions to try, and how to read what is shown."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk

on = desk.take()
st.subheader(on.say("about_what"))
st.write(on.say("about_what_text"))
st.html(layers.guide_html(on.table, on.documents, on.language))
st.page_link("about.py", label=on.say("guide_sources"), icon=":material/info:")
