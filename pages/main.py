"""The frame around all pages: language, navigation, filters."""

from __future__ import annotations

import streamlit as st

import layers
from pages import address, desk, facets

PAGES = {
    "map": ":material/map:",
    "list": ":material/list:",
    "overview": ":material/dashboard:",
    "unit": ":material/groups:",
    "project": ":material/timeline:",
    "sheet": ":material/print:",
    "compare": ":material/compare_arrows:",
    "documents": ":material/description:",
    "add": ":material/note_add:",
    "place": ":material/add_location_alt:",
    "correct": ":material/edit_note:",
    "edits": ":material/history:",
    "about": ":material/info:",
    "guide": ":material/help:",
}

st.set_page_config(
    page_title=layers.caption("app_title", facets.first_language()),
    page_icon=str(layers.STATIC / "icon.svg"),
    layout="wide",
)
st.html(layers.STATIC / "page.css")

with st.sidebar:
    language = facets.language_switch()
page = st.navigation(
    [
        st.Page(f"{name}.py", title=layers.caption(f"page_{name}", language), icon=icon)
        for name, icon in PAGES.items()
    ],
    position="top",
)
try:
    data = desk.built()
    desk.base()
except ValueError as error:  # a broken file: its message names file, line and field
    st.error(layers.caption("data_broken", language))
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()
address.read(data.table)
with st.sidebar:
    st.page_link(
        "guide.py", label=layers.caption("guide_first", language), icon=":material/waving_hand:"
    )
    selection = facets.facets(data.table, data.documents, language)
    online = facets.online_switch(language)
address.write()
desk.put(
    desk.Desk(
        table=data.table,
        shown=layers.select(data.table, selection),
        documents=data.documents,
        selection=selection,
        language=language,
        online=online,
    )
)
page.run()
