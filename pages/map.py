"""The map, beside it all that is known of what was clicked, below it the selected projects."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

import layers
from pages import access, address, ahead, desk, own, picking, view

HEIGHT = 660


@st.fragment
def map_and_details(on: desk.Desk) -> None:
    """Show map, details and list; choosing in one of them redraws no more than these."""
    look = picking.look(on, own.layers_of_session(), own.goal())
    records = ahead.tell(layers.index_records(on.index, on.mask, desk.base(), on.language, look))
    left, right = st.columns([0.7, 0.3])
    with left, st.container(key="map_first"):
        st_folium(
            layers.web_map(desk.extent(), addressed=True),
            feature_group_to_add=layers.drawing_layer(records | ahead.first(on.index.pack)),
            returned_objects=["last_active_drawing"],
            height=HEIGHT,
            use_container_width=True,
            key="map",
        )
    ahead.wait_for_map()
    now = view.now()
    with right, st.container(height=HEIGHT):
        with (
            st.container()
        ):  # always there: what is below keeps its place, and the keyboard with it
            place_button(on, now.project)
        st.html(layers.clicked_html(now.project, on.shown, on.documents, on.language, now.badge))
    picking.beside(on)
    address.write("address_of_map")


def place_button(on: desk.Desk, chosen: str) -> None:
    """Offer to give what was clicked a better place, or to correct what was read of it."""
    if not access.may_write() or not on.shown["id"].eq(chosen).any():
        return
    pages = ("place", "correct")
    st.html(layers.steps_html(chosen, pages, on.language))


on = desk.take()
# The map is sent first, though it stands second: what changes most is seen soonest.
above = st.container(key="above_map")
st.html(layers.skip_link(picking.LIST, on.say("skip_map")))
map_and_details(on)
with above:
    desk.headline(on)
own.offer(on)
