"""The address is the view: filters are written into it as codes, and read from it once.

Codes, not captions: a link made in one language opens in the other. What an address names and
the data do not have is left out. Where the map stands (``at``) the map itself writes into the
address, without asking the server; here it is only let through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import facets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SEVERAL = (*facets.PILLS, "unit", *facets.MANY, *facets.MORE)
# What a page opens is that page's to read and write: see pages/opened.py.
_OPENED = ("open", "line", "asof", "left", "right")
# What a link from one page to another takes along, unless it names one of the same group itself;
# how the app is looked at goes along with every link.
LOOK = (("lang",), ("base",))
VIEW = (
    *((name,) for name in _SEVERAL if name != "unit"),
    ("unit", "role", "issuer"),
    *(("search",), ("project",), ("at",)),
    *LOOK,
)
_READ, _VIEW_READ = "address_was_read", "view_was_read"
# Long enough for any name; a longer search is not one.
_LONGEST = 100


def read_view() -> None:
    """Set language, base map and place as the address says, when the app is first opened."""
    if _first_time(_VIEW_READ):
        _set("language", _allowed("lang", layers.LANGUAGES))
        _set("online", _allowed("base", layers.base_maps()))
        _set("at", layers.clean_place(st.query_params.get("at", "")))


def read(index: layers.Index) -> None:
    """Set the filters and the chosen project as the address says, when the app is first opened."""
    if not _first_time(_READ):
        return
    for name in _SEVERAL:
        allowed = facets.options(index, name)
        named = dict.fromkeys(st.query_params.get_all(name))
        _set(name, [value for value in named if value in allowed])
    _set("search", st.query_params.get("search", "").strip()[:_LONGEST])
    _set("issuer", "issuer" in st.query_params)
    _set("role", _allowed("role", ("lead",)))
    _set("project", _allowed("project", index.row_of))


def write() -> None:
    """Say in the address what is chosen; what is not chosen is not named."""
    state = st.session_state
    wanted = {name: list(state.get(name) or ()) for name in _SEVERAL}
    for name in ("search", "project", "at"):
        wanted[name] = [state[name]] if state.get(name) else []
    wanted["role"] = ["lead"] if state.get("role") == "lead" else []
    wanted["issuer"] = ["1"] if state.get("issuer") else []
    wanted["base"] = [state["online"]] if state.get("online") else []
    language = state.get("language")
    wanted |= {name: st.query_params.get_all(name) for name in _OPENED}
    wanted["lang"] = [language] if language and language != facets.first_language() else []
    _replace({name: values for name, values in wanted.items() if values})


def _replace(wanted: Mapping[str, Iterable[str]]) -> None:
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    # What a sheet shall be is the business of its own page.
    kept = {name: now[name] for name in now if name.startswith(layers.SHEET_PREFIX)}
    wanted = {**kept, **wanted}
    if now != wanted:
        st.query_params.from_dict({name: list(values) for name, values in wanted.items()})


def _allowed(name: str, values: Iterable[str]) -> str:
    value = st.query_params.get(name, "")
    return value if value in values else ""


def _first_time(what: str) -> bool:
    before = st.session_state.get(what)
    st.session_state[what] = True
    return not before


def _set(name: str, value: object) -> None:
    if value:
        st.session_state[name] = value
