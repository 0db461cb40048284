"""The map, beside it all that is known of what was clicked, below it the selected projects."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

import layers
from pages import address, desk, picking

HEIGHT = 660


@st.fragment
def map_and_details(on: desk.Desk) -> None:
    """Show map, details and list; choosing in one of them redraws no more than these."""
    look = picking.look(on)
    left, right = st.columns([0.7, 0.3])
    with left:
        st_folium(
            layers.web_map(desk.view()),
            feature_group_to_add=layers.selection_layer(
                on.index, on.mask, desk.base(), on.language, look
            ),
            returned_objects=["last_active_drawing"],
            height=HEIGHT,
            use_container_width=True,
            key="map",
        )
    picked = st.session_state.get(picking.PICKED) or ""
    with right, st.container(height=HEIGHT):
        st.html(layers.clicked_html(picked, on.shown, on.documents, on.language))
    picking.beside(on)
    address.write()


on = desk.take()
# The map is sent first, though it stands second: what changes most is seen soonest.
above = st.container()
map_and_details(on)
with above:
    desk.headline(on)
