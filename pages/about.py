"""What this is, where its data come from, and under which terms."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk

on = desk.take()
st.subheader(on.say("about_what"))
st.write(on.say("about_what_text"))
st.write(on.say("about_offline"))
st.subheader(on.say("about_documents"))
for document in on.documents.values():
    st.text(layers.document_line(document, on.language))
st.subheader(on.say("about_sources"))
st.text(" · ".join(layers.credit_in(line, on.language) for line in desk.base().attribution))
st.html(layers.sources_html(desk.base(), on.language))
if on.language == "en":  # the file is kept in English; what it lists stands in the table above
    with st.expander(on.say("about_sources_more")):
        st.markdown(layers.sources_text())
st.subheader(on.say("about_software"))
st.write(on.say("about_software_text"))
