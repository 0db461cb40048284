"""The map, and beside it all that is known of what was clicked."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

import layers
import plans
from pages import desk, own

HEIGHT = 660


@st.fragment
def map_and_details(on: desk.Desk) -> None:
    """Show the map and the details; a click redraws no more than these."""
    left, right = st.columns([0.7, 0.3])
    with left:
        answer = st_folium(
            layers.web_map(desk.view()),
            feature_group_to_add=layers.selection_layer(
                on.shown, desk.base(), on.language, online=on.online, own=own.layers_of_session()
            ),
            returned_objects=["last_active_drawing"],
            height=HEIGHT,
            use_container_width=True,
            key="map",
        )
    with right, st.container(height=HEIGHT):
        place_button(on, clicked(answer))
        st.html(layers.clicked_html(clicked(answer), on.shown, on.documents, on.language))


def place_button(on: desk.Desk, chosen: str) -> None:
    """Offer to give what was clicked a better place, or to correct what was read of it."""
    if plans.shelf.is_read_only() or not on.shown["id"].eq(chosen).any():
        return
    pages = {"place": ":material/add_location_alt:", "correct": ":material/edit_note:"}
    for column, (page, icon) in zip(st.columns(2), pages.items(), strict=True):
        if column.button(on.say(f"page_{page}"), icon=icon, key=f"to_{page}", width="stretch"):
            st.session_state[f"{page}_wanted"] = chosen
            st.switch_page(f"{page}.py")


def clicked(answer: dict[str, Any] | None) -> str:
    """Return the id of what was clicked last; empty before the first click."""
    drawing = (answer or {}).get("last_active_drawing")
    return str(drawing["properties"].get("id", "")) if drawing else ""


on = desk.take()
desk.headline(on)
map_and_details(on)
own.offer(on)
