"""A user's own layers for the session: dropped beside the map, drawn on it, kept nowhere else."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk
from pages.checking import tell

_KEPT, _BROKEN = "own_layers", "own_broken"
_DROPPED, _SEEN, _GOAL = "own_dropped", "own_seen", "own_goal"


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
            row(on, key, layer)


def row(on: desk.Desk, key: str, layer: layers.Overlay) -> None:
    """Show one layer: what is in it, how far off it lies, and the buttons to see and remove it."""
    text, *buttons = st.columns([0.64, 0.18, 0.18], vertical_alignment="center")
    text.text(layers.overlay_line(layer, desk.extent(), on.language))
    for button, (name, act) in zip(buttons, {"zoom": go_to, "remove": remove}.items(), strict=True):
        button.button(
            on.say(f"own_{name}"),
            key=f"own_{name}_{key}",
            on_click=act,
            args=(key,),
            width="stretch",
        )


def goal() -> layers.Goal | None:
    """Return the layer that the map was last asked to go to; None before the first time."""
    asked: layers.Goal | None = st.session_state.get(_GOAL)
    return asked


def go_to(key: str) -> None:
    """Ask the map to go to a layer."""
    number = (before.number if (before := goal()) else 0) + 1
    st.session_state[_GOAL] = layers.Goal(number, st.session_state[_KEPT][key].box())


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
