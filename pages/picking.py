"""The chosen project: on the map, in the list beside it, or among the suggestions of the search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
from pages import parts, view

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages import desk

# The part of the page that is the list, for links that skip the map.
LIST = "beside"
_SUGGEST = '<div class="planmap-suggest"><ul id="planmap-suggest" role="listbox"></ul></div>'
_LIST = '<nav></nav><div class="rows"><table><thead></thead><tbody></tbody></table></div>'
# The last click on the map that was heeded, how often the map was sent to the chosen project, the
# project it knows of (another one may be opened on another page), and how the list stands.
_CLICK, _JUMPS, _SEEN = "map_click", "jumps", "map_project"
_SORT, _PAGE = "beside_sort", "beside_page"
# For which search the rows hit only by a quote were unfolded or folded.
_QUOTED = "beside_quoted"


def pick(project: str, *, jump: bool) -> None:
    """Choose a project; ``jump`` moves the map to it."""
    view.change(project=project, badge="")
    st.session_state[_SEEN] = project
    if jump:
        _jump()


def _jump() -> None:
    st.session_state[_JUMPS] = st.session_state.get(_JUMPS, 0) + 1


def look(
    on: desk.Desk, own: Sequence[layers.Overlay], goal: layers.Goal | None = None
) -> layers.Look:
    """Return how the map shows the selection: what is chosen, where it goes, what lies over it."""
    _heed_click(on)
    state, project = st.session_state, view.now().project
    if project and project != state.get(_SEEN):
        # A link that names a project and no place opens at the project; so does the way back from
        # a page on which another one was opened. What is unfolded in the list of a badge is where
        # the user already looks.
        is_elsewhere = not view.now().badge if _SEEN in state else "at" not in st.query_params
        if is_elsewhere:
            _jump()
    state[_SEEN] = project
    return layers.Look(project, state.get(_JUMPS, 0), on.online, own, goal, badge=view.now().badge)


def _heed_click(on: desk.Desk) -> None:
    drawing = (st.session_state.get("map") or {}).get("last_active_drawing")
    said = (drawing or {}).get("properties")
    if said == st.session_state.get(_CLICK):
        return
    st.session_state[_CLICK] = said
    if said and "row" in said:
        pick(str(on.table["id"].iloc[said["row"]]), jump=False)
        for name in (_PAGE, _QUOTED):
            st.session_state.pop(name, None)
    elif said:  # a township's badge is looked at, not chosen
        view.change(project="", badge=str(said["id"]).removeprefix(layers.BADGE))


def suggestions(index: layers.Index, language: layers.Language) -> None:
    """Show what a searcher may mean below the search box, while typing."""
    prefix = (st.get_option("server.baseUrlPath") or "").strip("/")
    address = "/".join(["", *filter(None, [prefix]), "assets", "suggest"])
    label = layers.caption("suggest", language)
    parts.component("suggest", _SUGGEST, apart=False)(
        key="suggest",
        data={"address": address, "language": language, "label": label},
        on_picked_change=partial(_suggested, index),
    )


def _suggested(index: layers.Index) -> None:
    state = st.session_state
    taken = layers.taken(state["suggest"].picked, index)
    if taken.offer:
        view.put(taken.offer.on(view.now()))
    elif taken.thing:
        pick(taken.thing, jump=True)
    state.pop(_PAGE, None)


def beside(on: desk.Desk) -> None:
    """Show the selected projects as a list: what is picked in it is chosen on the map."""
    state = st.session_state
    sort, chosen = str(state.get(_SORT) or ""), view.now().project
    in_order = layers.ordered(on.index, on.mask, sort)
    rows, named = layers.named_first(on.index, in_order, on.selection)
    fold = _fold(on, rows, named)
    page = state.get(_PAGE, layers.page_of(rows, on.index.row_of.get(chosen)))
    said = {name: on.say(f"list_{name}") for name in ("before", "after")}
    parts.component("list", _LIST)(
        key=LIST,
        data={
            **layers.listed(on.index, rows, page, on.language, fold),
            **said,
            "title": on.say("list_beside"),
            "sort": sort,
            "sorting": {
                name: on.say("list_sort", column=on.say(f"column_{name}")) for name in layers.SORTS
            },
            "chosen": chosen,
        },
        on_picked_change=_listed,
        on_unfolded_change=_unfolded,
        on_sort_change=_sorted,
        on_page_change=_turned,
        on_quoted_change=partial(_folded, on.selection.search),
    )


def _fold(on: desk.Desk, rows: NDArray[np.intp], named: int) -> layers.Fold:
    """Return how the list is parted: folded, unless the chosen project is in the folded part."""
    words, chosen = on.selection.search, view.now().project
    asked = st.session_state.get(_QUOTED, {}).get(words)
    hidden = on.index.row_of.get(chosen, -1) in rows[named:]
    return layers.Fold(named, words, hidden if asked is None else asked)


def _folded(words: tuple[str, ...]) -> None:
    st.session_state[_QUOTED] = {words: bool(_told("quoted"))}
    st.session_state.pop(_PAGE, None)


def _told(name: str) -> Any:
    return getattr(st.session_state[LIST], name)


def _listed() -> None:
    pick(str(_told("picked")), jump=True)


def _unfolded() -> None:
    """Choose what was unfolded in the list of the open badge, or none; the list stays open."""
    view.change(project=str(_told("unfolded") or ""))
    st.session_state.pop(_PAGE, None)


def _sorted() -> None:
    st.session_state[_SORT] = str(_told("sort"))
    st.session_state[_PAGE] = 0


def _turned() -> None:
    st.session_state[_PAGE] = int(_told("page"))
