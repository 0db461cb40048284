"""The chosen project: on the map, in the list beside it, or among the suggestions of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
from pages import parts, view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages import desk

# The part of the page that is the list, for links that skip the map.
LIST = "beside"
_SUGGEST = '<div class="planmap-suggest"><ul id="planmap-suggest" role="listbox"></ul></div>'
_LIST = '<nav></nav><div class="rows"><table><thead></thead><tbody></tbody></table></div>'
# The last click on the map that was heeded, how often the map was sent to the chosen project, the
# project it knows of (another one may be opened on another page), and how the list stands.
_CLICK, _JUMPS, _SEEN = "map_click", "jumps", "map_project"
_SORT, _PAGE = "beside_sort", "beside_page"


def pick(project: str, *, jump: bool) -> None:
    """Choose a project; ``jump`` moves the map to it."""
    state = st.session_state
    view.change(project=project, badge="")
    state[_SEEN] = project
    if jump:
        state[_JUMPS] = state.get(_JUMPS, 0) + 1


def look(on: desk.Desk, own: Sequence[layers.Overlay]) -> layers.Look:
    """Return how the map shows the selection: what is chosen, where it goes, what lies over it."""
    _heed_click(on)
    state, project = st.session_state, view.now().project
    if project and project != state.get(_SEEN):
        # A link that names a project and no place opens at the project; so does the way back from
        # a page on which another one was opened.
        pick(project, jump=_SEEN in state or "at" not in st.query_params)
    state[_SEEN] = project
    return layers.Look(project, state.get(_JUMPS, 0), on.online, own)


def _heed_click(on: desk.Desk) -> None:
    drawing = (st.session_state.get("map") or {}).get("last_active_drawing")
    said = (drawing or {}).get("properties")
    if said == st.session_state.get(_CLICK):
        return
    st.session_state[_CLICK] = said
    if said and "row" in said:
        pick(str(on.table["id"].iloc[said["row"]]), jump=False)
        st.session_state.pop(_PAGE, None)
    elif said:  # a township's badge is looked at, not chosen
        view.change(project="", badge=str(said["id"]).removeprefix(layers.BADGE))


def suggestions(language: layers.Language) -> None:
    """Show what a searcher may mean below the search box, while typing."""
    prefix = (st.get_option("server.baseUrlPath") or "").strip("/")
    address = "/".join(["", *filter(None, [prefix]), "assets", "suggest"])
    label = layers.caption("suggest", language)
    parts.component("suggest", _SUGGEST, apart=False)(
        key="suggest",
        data={"address": address, "language": language, "label": label},
        on_picked_change=_suggested,
    )


def _suggested() -> None:
    pick(str(st.session_state["suggest"].picked), jump=True)
    st.session_state.pop(_PAGE, None)


def beside(on: desk.Desk) -> None:
    """Show the selected projects as a list: what is picked in it is chosen on the map."""
    state = st.session_state
    sort, chosen = str(state.get(_SORT) or ""), view.now().project
    rows = layers.ordered(on.index, on.mask, sort)
    page = state.get(_PAGE, layers.page_of(rows, on.index.row_of.get(chosen)))
    said = {name: on.say(f"list_{name}") for name in ("before", "after")}
    parts.component("list", _LIST)(
        key=LIST,
        data={
            **layers.listed(on.index, rows, page, on.language),
            **said,
            "title": on.say("list_beside"),
            "sort": sort,
            "sorting": {
                name: on.say("list_sort", column=on.say(f"column_{name}")) for name in layers.SORTS
            },
            "chosen": chosen,
        },
        on_picked_change=_listed,
        on_sort_change=_sorted,
        on_page_change=_turned,
    )


def _told(name: str) -> Any:
    return getattr(st.session_state[LIST], name)


def _listed() -> None:
    pick(str(_told("picked")), jump=True)


def _sorted() -> None:
    st.session_state[_SORT] = str(_told("sort"))
    st.session_state[_PAGE] = 0


def _turned() -> None:
    st.session_state[_PAGE] = int(_told("page"))
