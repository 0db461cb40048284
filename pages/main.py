"""The frame around all pages: language, navigation, filters."""

from __future__ import annotations

import streamlit as st

import layers
from pages import address, desk, facets, parts, sharing

PAGES = {
    "map": ":material/map:",
    "list": ":material/list:",
    "overview": ":material/dashboard:",
    "unit": ":material/groups:",
    "project": ":material/timeline:",
    "sheet": ":material/print:",
    "compare": ":material/compare_arrows:",
    "changes": ":material/difference:",
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

address.read_view()
with st.sidebar:
    language = facets.language_switch()
page = st.navigation(
    [
        st.Page(f"{name}.py", title=layers.caption(f"page_{name}", language), icon=icon)
        for name, icon in PAGES.items()
    ],
    position="top",
)
with st.sidebar:
    sharing.copy_link(page.url_path, language)
    parts.keyboard()
try:
    data = desk.built()
    desk.base()
    index = desk.index()
except ValueError as error:  # a broken file: its message names file, line and field
    st.error(layers.caption("data_broken", language))
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()
address.read(index)
facets.forget_strangers(index)
selection = facets.chosen()
mask = index.mask(selection)
desk.put(
    desk.Desk(
        table=data.table,
        shown=index.rows(mask),
        mask=mask,
        documents=data.documents,
        selection=selection,
        language=language,
        index=index,
        online=layers.base_maps().get(st.session_state.get("online") or ""),
    )
)
try:
    # First what is looked at, then the filters around it: the map need not wait for their counts.
    page.run()
finally:
    with st.sidebar:
        st.page_link(
            "guide.py", label=layers.caption("guide_first", language), icon=":material/waving_hand:"
        )
        facets.facets(index, selection, data.documents, language)
        facets.online_switch(language)
    address.write()
