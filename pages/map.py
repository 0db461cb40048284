"""The map, and beside it all that is known of what was clicked."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

import layers
from pages import desk

HEIGHT = 660


@st.fragment
def map_and_details(on: desk.Desk) -> None:
    """Show the map and the details; a click redraws no more than these."""
    left, right = st.columns([0.7, 0.3])
    state = st.session_state
    look = layers.Look(state.get("project") or "", state.get("jumps", 0), on.online)
    with left:
        answer = st_folium(
            layers.web_map(desk.view()),
            feature_group_to_add=layers.selection_layer(
                on.index, on.mask, desk.base(), on.language, look
            ),
            returned_objects=["last_active_drawing"],
            height=HEIGHT,
            use_container_width=True,
            key="map",
        )
    with right, st.container(height=HEIGHT):
        st.html(layers.clicked_html(clicked(on, answer), on.shown, on.documents, on.language))


def clicked(on: desk.Desk, answer: dict[str, Any] | None) -> str:
    """Return the id of what was clicked last; empty before the first click."""
    drawing = (answer or {}).get("last_active_drawing")
    if not drawing:
        return st.session_state.get("project") or ""
    said = drawing["properties"]
    return str(said["id"]) if "id" in said else str(on.table["id"].iloc[said["row"]])


on = desk.take()
desk.headline(on)
map_and_details(on)
