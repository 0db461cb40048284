"""The one owner of the view: pages read it here, and widgets report to it what the user changed.

The view is kept per session. The browser's address is written from it (``pages/address.py``) and
read into it when a session begins and when the user goes back or forward in the browser's history.
No widget is ever the only memory of a choice: before each run its state is set from the view.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import layers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_VIEW, _TURN, _SESSION = "view", "view_turn", "view_session"
_PENDING, _REPLACES, _RUN = "view_pending", "view_replaces", "view_run"
_DROPPED, _TABLE = "view_dropped", "view_table_"


def now() -> layers.View:
    """Return what the user sees."""
    view: layers.View = st.session_state.get(_VIEW) or layers.View()
    return view


def put(view: layers.View, *, from_address: bool = False) -> None:
    """Let the user see another view; the same one changes nothing.

    ``from_address``: it is the browser's address that says so, not the user.
    """
    if view != now():
        st.session_state[_VIEW] = view
        st.session_state[_TURN] = turn() + 1
        st.session_state[_REPLACES] = from_address


def change(**fields: Any) -> None:
    """Change some fields of the view."""
    put(replace(now(), **fields))


def turn() -> int:
    """Return how often the view has changed in this session."""
    return int(st.session_state.get(_TURN, 0))


def session() -> str:
    """Return a name of this session that no other one has."""
    return str(st.session_state.setdefault(_SESSION, secrets.token_urlsafe(9)))


def replaces() -> bool:
    """Return whether the view came from the address, so that it makes no new entry of history."""
    return bool(st.session_state.get(_REPLACES))


def begin() -> None:
    """Take note of the address where it decides; language and base map are read at once."""
    state = st.session_state
    if _VIEW in state and not _went_through_history():
        return
    state[_PENDING] = {name: st.query_params.get_all(name) for name in st.query_params}
    state[_REPLACES] = True
    state[_VIEW] = layers.read_view(state[_PENDING], None, {})
    state[_TURN] = turn() + 1


def settle(index: layers.Index, documents: Mapping[str, Any]) -> None:
    """Read the rest of a noted address, and drop what the data no longer have."""
    pending = st.session_state.pop(_PENDING, None)
    query = now().query() if pending is None else pending
    put(layers.read_view(query, index, documents), from_address=True)
    if pending is not None:
        st.session_state[_DROPPED] = (_meant(), layers.not_understood(pending, index, documents))


def dropped() -> tuple[tuple[str, str], ...]:
    """Return the parts of the address that were not understood, until the user changes the view."""
    meant, parts = st.session_state.get(_DROPPED, (None, ()))
    return parts if meant == _meant() else ()


def _meant() -> layers.View:
    """Return the view without what is only looked at differently."""
    return replace(now(), language="", base="")


def count_run() -> int:
    """Return the number of this run of a page, or of a part of it, within the session."""
    st.session_state[_RUN] = st.session_state.get(_RUN, 0) + 1
    return int(st.session_state[_RUN])


def bound(key: str, value: object, report: Callable[[Any], None]) -> dict[str, Any]:
    """Return the arguments that draw a widget from the view and report what the user sets.

    Parameters
    ----------
    key
        Of the widget.
    value
        What the view has for it.
    report
        Is called with the widget's new value when the user changed it.
    """
    st.session_state[key] = value
    return {"key": key, "on_change": lambda: report(st.session_state[key])}


def picked(
    key: str, rows: Sequence[str], chosen: str, report: Callable[[str], None]
) -> dict[str, Any]:
    """Return the arguments that draw the mark in a table from the view and report where it is set.

    A table knows its rows by their places, and these are other things as soon as a filter changes.
    The browser reports a press only where it differs from what it last reported: of a mark that
    was set from here it knows nothing, and a press that takes it away would be lost. So a table
    whose mark changes otherwise than by a press on it is made anew, with the mark from the start.

    Parameters
    ----------
    key
        Of the table.
    rows
        What its rows stand for, in their order.
    chosen
        Which of them is picked; none where it is not among them.
    report
        Is called with what the user picked, empty where the mark was taken away.
    """
    state, memory = st.session_state, f"{_TABLE}{key}"
    place = next((at for at, one in enumerate(rows) if one == chosen), None)
    known, marked, number = state.get(memory, (rows, place, 0))
    if marked != place or (known != rows and place is not None):
        number += 1
    state[memory] = rows, place, number
    drawn = f"{key}_{number}"

    def told() -> None:
        at = next((at for at in state[drawn].selection.rows if at < len(rows)), None)
        state[memory] = rows, at, number
        report("" if at is None else rows[at])

    first = {"selection": {"rows": [] if place is None else [place], "columns": [], "cells": []}}
    return {"key": drawn, "on_select": told, "selection_default": first}


def _went_through_history() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
