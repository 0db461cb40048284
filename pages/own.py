"""A user's own layers for the session: dropped beside the map, drawn on it, kept nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages.checking import tell

if TYPE_CHECKING:
    from pages import desk

_KEPT = "own_layers"


def layers_of_session() -> list[layers.Overlay]:
    """Return the user's own layers, in the order in which they came."""
    return list(st.session_state.get(_KEPT, {}).values())


def offer(on: desk.Desk) -> None:
    """Show the box to drop files on, and below it the layers that are there, each to remove."""
    kept = st.session_state.setdefault(_KEPT, {})
    with st.expander(on.say("own_title"), expanded=bool(kept), icon=":material/layers:"):
        files = st.file_uploader(
            on.say("own_drop"),
            accept_multiple_files=True,
            key=f"own_up_{st.session_state.get('own_count', 0)}",
            help=on.say("own_help"),
        )
        fresh = [file for file in files if file.file_id not in st.session_state.get("own_seen", ())]
        if [one for one in fresh if read(on, one.file_id, one.name, one.getvalue())]:
            st.rerun()
        for key, layer in kept.items():
            text, button = st.columns([0.8, 0.2], vertical_alignment="center")
            text.text(on.say("own_layer", name=layer.name, count=len(layer.frame)))
            button.button(on.say("own_remove"), key=f"own_off_{key}", on_click=remove, args=(key,))


def read(on: desk.Desk, key: str, name: str, content: bytes) -> bool:
    """Read an upload, and tell what is wrong with it where it cannot be shown."""
    try:
        st.session_state[_KEPT][key] = layers.read_overlay(name, content)
    except ValueError as error:
        st.text(name)
        tell(on, error)
        return False
    st.session_state["own_seen"] = {*st.session_state.get("own_seen", ()), key}
    return True


def remove(key: str) -> None:
    """Take a layer off the map."""
    st.session_state[_KEPT].pop(key, None)
