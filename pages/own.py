"""A user's own layers for the session: dropped beside the map, drawn on it, kept nowhere else."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk
from pages.checking import tell

_KEPT, _BROKEN = "own_layers", "own_broken"
_DROPPED, _SEEN = "own_dropped", "own_seen"


def layers_of_session() -> list[layers.Overlay]:
    """Return the user's own layers, in the order in which they came."""
    return list(st.session_state.get(_KEPT, {}).values())


def offer(on: desk.Desk) -> None:
    """Show the box to drop files on, and below it the layers that are there, each to remove."""
    kept = st.session_state.setdefault(_KEPT, {})
    with st.expander(on.say("own_title"), expanded=bool(kept), icon=":material/layers:"):
        st.file_uploader(
            on.say("own_drop"),
            accept_multiple_files=True,
            key=_DROPPED,
            help=on.say("own_help"),
            on_change=take,
        )
        for name, error in st.session_state.get(_BROKEN, {}).values():
            st.text(name)
            tell(on, error)
        for key, layer in kept.items():
            text, button = st.columns([0.8, 0.2], vertical_alignment="center")
            text.text(on.say("own_layer", name=layer.name, count=len(layer.frame)))
            button.button(on.say("own_remove"), key=f"own_off_{key}", on_click=remove, args=(key,))


def take() -> None:
    """Read what was just dropped, before the map is drawn; keep what is wrong with a file."""
    state = st.session_state
    kept, broken = state.setdefault(_KEPT, {}), {}
    for file in state[_DROPPED]:
        if file.file_id in state.setdefault(_SEEN, set()):
            continue
        try:
            kept[file.file_id] = layers.read_overlay(file.name, file.getvalue(), desk.while_here)
            state[_SEEN].add(file.file_id)
        except ValueError as error:
            broken[file.file_id] = (file.name, error)
    state[_BROKEN] = broken


def remove(key: str) -> None:
    """Take a layer off the map."""
    st.session_state[_KEPT].pop(key, None)
