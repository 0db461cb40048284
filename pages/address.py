"""The address is the view: filters are written into it as codes, and read from it once.

Codes, not captions: a link made in one language opens in the other. What an address names and
the data do not have is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

_SEVERAL = ("strategy", "status", "unit", "category", "document")
# What a page opens is that page's to read and write: see pages/opened.py.
_OPENED = ("project", "open", "line", "asof", "left", "right")
_READ = "address_was_read"
# Long enough for any name; a longer search is not one.
_LONGEST = 100


def read(table: gpd.GeoDataFrame) -> None:
    """Set the filters as the address says, when the page is first opened."""
    if st.session_state.get(_READ):
        return
    st.session_state[_READ] = True
    for name in _SEVERAL:
        allowed = set(layers.choices(table, name))
        _set(name, [value for value in st.query_params.get_all(name) if value in allowed])
    _set("search", st.query_params.get("search", "")[:_LONGEST])
    _set("issuer", "issuer" in st.query_params)
    if st.query_params.get("role") == "lead":
        st.session_state["role"] = "lead"


def write() -> None:
    """Say in the address what the filters are set to; a filter that is not set is not named."""
    state = st.session_state
    wanted = {name: list(state.get(name) or ()) for name in _SEVERAL}
    wanted["search"] = [state["search"]] if state.get("search") else []
    wanted["role"] = ["lead"] if state.get("role") == "lead" else []
    wanted["issuer"] = ["1"] if state.get("issuer") else []
    wanted |= {name: st.query_params.get_all(name) for name in _OPENED}
    _replace({name: values for name, values in wanted.items() if values})


def _replace(wanted: Mapping[str, Iterable[str]]) -> None:
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    # What a sheet shall be is the business of its own page.
    kept = {name: now[name] for name in now if name.startswith(layers.SHEET_PREFIX)}
    wanted = {**kept, **wanted}
    if now != wanted:
        st.query_params.from_dict({name: list(values) for name, values in wanted.items()})


def _set(name: str, value: object) -> None:
    if value:
        st.session_state[name] = value
