"""The name of who edits: asked once, and known on every page of the session from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from pages import desk

_NAME = "edit_name"


def ask(on: desk.Desk, key: str | None = None) -> str:
    """Show the field for the name, filled with what was last entered, and return its content."""
    return str(st.text_input(on.say("edit_who"), st.session_state.get(_NAME, ""), key=key))


def name() -> str:
    """Return the name as it was last entered; empty before that."""
    return str(st.session_state.get(_NAME, ""))


def remember(name: str) -> str:
    """Keep a name for all forms, also where what it was entered with cannot be saved."""
    if name.strip():
        st.session_state[_NAME] = " ".join(name.split())
    return name
