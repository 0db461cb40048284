"""The smaller maps beside charts and stories: any rows of the table, on a map of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

import layers
from pages import desk

if TYPE_CHECKING:
    import folium
    import geopandas as gpd


def draw(
    on: desk.Desk, rows: gpd.GeoDataFrame, ground: folium.Map, key: str, height: int
) -> str | None:
    """Show rows on a map and return the id of what was clicked on it; None before a click."""
    answer = st_folium(
        ground,
        feature_group_to_add=layers.selection_layer(
            rows, desk.base(), on.language, online=on.online
        ),
        returned_objects=["last_active_drawing"],
        height=height,
        use_container_width=True,
        key=key,
    )
    said = ((answer or {}).get("last_active_drawing") or {}).get("properties", {})
    return str(said["id"]) if "id" in said else None


def lead_on(
    on: desk.Desk, rows: gpd.GeoDataFrame, ground: folium.Map, key: str, height: int
) -> None:
    """Show rows on a map; below it what was clicked is linked to its page."""
    clicked = draw(on, rows, ground, key, height)
    for name in rows.loc[rows["id"] == clicked, "name"]:
        st.html(layers.project_link(str(clicked), on.say("atlas_open", name=name)))
