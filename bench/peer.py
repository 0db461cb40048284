"""The peer of the map: ``GeoDataFrame.explore()`` shown in Streamlit, as its manuals show it.

``BENCH_FEATURES`` names the GeoJSON, ``BENCH_SCRIPTS`` where scripts come from instead of the CDNs;
a filter by stage beside the map, as ours has it.
"""

from __future__ import annotations

import os
import re
import sys
from types import ModuleType

import geopandas as gpd
import streamlit as st
from streamlit.components.v1 import html

# explore() asks for it even where nothing is classified, and then uses none of it.
unused = ModuleType("mapclassify")
unused.classify = None  # type: ignore[attr-defined]
sys.modules.setdefault("mapclassify", unused)


@st.cache_resource
def features() -> gpd.GeoDataFrame:
    """Return the features, read once per server, with the columns that a reader wants to see."""
    table = gpd.read_file(os.environ["BENCH_FEATURES"], columns=["id", "name", "stage", "category"])
    return table[["id", "name", "stage", "category", "geometry"]]


table = features()
stages = sorted(table["stage"].unique())
chosen = st.sidebar.pills("Status", stages, selection_mode="multi")
shown = table[table["stage"].isin(chosen)] if chosen else table
drawn = shown.explore(column="stage", tooltip=["name", "stage"], tiles=None, legend=False)
page = re.sub(
    r'"https://[^"]*/([^/"]+)"', rf'"{os.environ["BENCH_SCRIPTS"]}/\1"', drawn.get_root().render()
)
html(page, height=660)
