"""Filters, language and base map beside the page: drawn from the view and reported to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
from pages import parts, picking, view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEY = "facets"
# The number of the last step that was taken, and whether the user opened what folds away.
_DONE, _UNFOLDED = "facets_done", "facets_unfolded"


def first_language() -> layers.Language:
    """Return the browser's language if the app speaks it, else English."""
    return "zh" if (st.context.locale or "zh").lower().startswith("zh") else "en"


def language() -> layers.Language:
    """Return the language of captions: the chosen one, or the browser's."""
    chosen = view.now().language
    return next((code for code in layers.LANGUAGES if code == chosen), first_language())


def language_switch() -> None:
    """Show the switch between the languages."""
    first = first_language()
    st.segmented_control(
        layers.caption("language", language()),
        layers.LANGUAGES,
        format_func=lambda code: layers.caption(f"language_{code}", first),
        label_visibility="collapsed",
        required=True,
        **view.bound(
            "language",
            language(),
            lambda code: view.change(language="" if code == first else code),
        ),
    )


def online_switch(language: layers.Language) -> None:
    """Show the choice of base maps of other hosts; at first none."""
    maps = layers.base_maps()
    st.radio(
        layers.caption("online_base", language),
        ["", *maps],
        format_func=lambda code: (
            maps[code].name(language) if code else layers.caption("online_none", language)
        ),
        help=layers.caption("online_base_help", language),
        **view.bound("online", view.now().base, lambda code: view.change(base=code)),
    )


def facets(index: layers.Index, documents: Mapping[str, Any], language: layers.Language) -> None:
    """Show the search box and all filters, with counts as the selection leaves them."""
    st.text_input(
        layers.caption("filter_search", language),
        placeholder=layers.caption("filter_search_hint", language),
        **view.bound("search", view.now().search, lambda text: view.change(search=text.strip())),
    )
    picking.suggestions(index, language)
    st.caption(layers.things_counted(view.now().selection.things, language))
    unfolded = st.session_state.get(_UNFOLDED)
    parts.component("facets", '<div class="planmap-facets"></div>', apart=False)(
        key=_KEY,
        data={
            **layers.facet_panel(index, view.now(), documents, language, unfolded=unfolded),
            "session": view.session(),
            "done": st.session_state.get(_DONE, 0),
        },
        on_steps_change=_take_steps,
    )


def _take_steps() -> None:
    """Take the steps that the panel reports and that were not taken before."""
    reported = st.session_state[_KEY].steps or {}
    if reported.get("session") != view.session():
        return
    for step in reported.get("steps", ()):
        if step.get("number", 0) > st.session_state.get(_DONE, 0):
            st.session_state[_DONE] = step["number"]
            _take(step)


def _take(step: Mapping[str, Any]) -> None:
    now = view.now()
    if step.get("name") in layers.CHOICES:
        view.put(now.toggle(step["name"], str(step.get("value")), on=bool(step.get("on"))))
    elif step.get("role") in layers.ROLES:
        view.change(role=step["role"])
    elif "issuer" in step:
        view.change(issuer=bool(step["issuer"]))
    elif "unfold" in step:
        st.session_state[_UNFOLDED] = bool(step["unfold"])
    elif "clear" in step:
        view.put(now.cleared())


def dropped(language: layers.Language) -> None:
    """Show which parts of the address were not understood; all others count as they stand."""
    if parts := view.dropped():
        st.warning(layers.literal(layers.dropped_line(parts, language)), icon=":material/link_off:")


def chips(selection: layers.Selection, as_of: str, language: layers.Language) -> None:
    """Show each set filter in words, to be cleared by a click."""
    with st.container(horizontal=True, gap="xsmall"):
        for name, values in selection.filters.items():
            chip(name, values, language)
        if as_of:
            chip("as_of", (as_of,), language)


def chip(name: str, values: Sequence[str], language: layers.Language) -> None:
    """Show one set filter in words, to be cleared by a click."""
    st.button(
        layers.literal(layers.short(name, tuple(values), language)),
        key=f"chip_{name}",
        icon=":material/close:",
        help=layers.caption("filter_clear_one", language),
        on_click=lambda: view.put(view.now().without(name)),
    )
