"""What a link opens: a project, or a document at a line. The address says it, and keeps it.

On the way through the menu an address loses its parameters; what was opened last comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Collection


def asked(name: str, allowed: Collection[str]) -> str | None:
    """Return what the address opens under a name; what the data do not have is left out of it."""
    wanted = st.query_params.get(name)
    if wanted is not None and wanted not in allowed:
        del st.query_params[name]
        return None
    return wanted


def chosen(name: str, allowed: Collection[str]) -> str | None:
    """Return what the address opens under a name, or else what was opened last; None for neither.

    What was opened last is written into the address again.
    """
    if (wanted := asked(name, allowed)) is not None:
        st.session_state[name] = wanted
    now = st.session_state.get(name)
    if now is None or now not in allowed:
        return None
    if wanted != now:
        st.query_params[name] = str(now)
    return str(now)


def choose(name: str, value: str | None) -> None:
    """Open something else: the page, the address and what is remembered follow."""
    st.session_state[name] = value
    if value is not None:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
