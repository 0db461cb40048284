"""The filters beside the page: each value with how much it would show, as the others are set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

import layers
from pages import picking

if TYPE_CHECKING:
    from collections.abc import Mapping

_Value = TypeVar("_Value")
# Few values, all in view; many values, to search in; and those that fold away.
PILLS = ("strategy", "status")
MANY = ("category", "document")
MORE = ("year", "target_year", "due", "township", "location_class", "certainty", "outcome")
_LISTS = ("township", *MANY)
FILTERS = ("search", *PILLS, "unit", "role", "issuer", *MANY, *MORE)
# What stands in the session where nothing is chosen.
_NONE: dict[str, Any] = {"search": "", "role": "any", "issuer": False}


def first_language() -> layers.Language:
    """Return the browser's language if the app speaks it, else English."""
    return "zh" if (st.context.locale or "zh").lower().startswith("zh") else "en"


def language_switch() -> layers.Language:
    """Show the switch between the languages; at first it stands on the browser's."""
    first = first_language()
    language = st.segmented_control(
        layers.caption("language", first),
        layers.LANGUAGES,
        default=_default("language", first),
        format_func=lambda code: layers.caption(f"language_{code}", first),
        key="language",
        label_visibility="collapsed",
        required=True,
    )
    return language or first


def chosen() -> layers.Selection:
    """Return what is chosen, wherever it was chosen."""
    state = st.session_state
    words, lead = (state.get("search") or "").strip(), state.get("role") == "lead"
    units = tuple(state.get("unit") or ())
    return layers.Selection(
        search=(words,) if words else (),
        unit=() if lead else units,
        lead=units if lead else (),
        include_issuer=bool(state.get("issuer")) and not lead,
        **{name: tuple(state.get(name) or ()) for name in (*PILLS, *MANY, *MORE)},
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
        key="online",
        help=layers.caption("online_base_help", language),
    )


def facets(
    index: layers.Index,
    selection: layers.Selection,
    documents: Mapping[str, Any],
    language: layers.Language,
) -> None:
    """Show all filters, with counts as the selection leaves them."""
    st.text_input(
        layers.caption("filter_search", language),
        key="search",
        placeholder=layers.caption("filter_search_hint", language),
    )
    picking.suggestions(index, language)
    role = "lead" if st.session_state.get("role") == "lead" else "unit"
    counts = index.counts(selection, (*PILLS, role, *MANY))

    def show(name: str) -> None:
        listed(name, index, counts[name], documents, language)

    for name in PILLS:
        show(name)
    unit_filter(index, counts[role], language)
    for name in MANY:
        show(name)
    more_filters(index, selection, documents, language)
    st.button(
        layers.caption("filter_clear", language),
        on_click=clear,
        key="clear_all",
        icon=":material/close:",
    )


def more_filters(
    index: layers.Index,
    selection: layers.Selection,
    documents: Mapping[str, Any],
    language: layers.Language,
) -> None:
    """Show the filters that fold away; while none of them is seen or set, none is counted."""
    more = st.expander(
        layers.caption("filter_more", language),
        expanded=_any(MORE),
        key="more_filters",
        on_change="rerun",
    )
    if not more.open and not _any(MORE):
        return
    counts = index.counts(selection, MORE)
    with more:
        for name in MORE:
            listed(name, index, counts[name], documents, language)


def listed(
    name: str,
    index: layers.Index,
    counts: Mapping[str, int],
    documents: Mapping[str, Any],
    language: layers.Language,
) -> None:
    """Show one filter: pills, or a list to search in where there are many values."""

    def shown(value: str) -> str:
        text = layers.value_label(name, value, language)
        title = f"{value} {documents[value].title}" if name == "document" else text
        return layers.caption("filter_count", language, value=title, count=counts.get(value, 0))

    title, values = layers.caption(f"filter_{name}", language), options(index, name)
    if name in _LISTS:
        hint = layers.caption("filter_hint", language)
        st.multiselect(title, values, format_func=shown, key=name, placeholder=hint)
    elif values:
        st.pills(title, values, selection_mode="multi", format_func=shown, key=name)


def unit_filter(index: layers.Index, counts: Mapping[str, int], language: layers.Language) -> None:
    """Show the filter of units: which, in which role, and whether issuers stand in."""
    lead = st.session_state.get("role") == "lead"
    st.multiselect(
        layers.caption("filter_unit", language),
        options(index, "unit"),
        format_func=lambda unit: layers.caption(
            "filter_count", language, value=unit, count=counts.get(unit, 0)
        ),
        key="unit",
        placeholder=layers.caption("filter_hint", language),
    )
    st.segmented_control(
        layers.caption("filter_role", language),
        ("any", "lead"),
        default=_default("role", "any"),
        format_func=lambda code: layers.caption(f"role_{code}", language),
        key="role",
        label_visibility="collapsed",
        required=True,
    )
    st.checkbox(layers.caption("filter_issuer", language), key="issuer", disabled=lead)


def chips(selection: layers.Selection, language: layers.Language) -> None:
    """Show each set filter in words, to be cleared by a click."""
    if not selection.filters:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for name, values in selection.filters.items():
            st.button(
                layers.literal(layers.short(name, values, language)),
                key=f"chip_{name}",
                icon=":material/close:",
                help=layers.caption("filter_clear_one", language),
                on_click=clear_one,
                args=(name,),
            )


def clear_one(name: str) -> None:
    """Empty one filter of the selection."""
    for key in ("unit", "role", "issuer") if name in {"unit", "lead"} else (name,):
        st.session_state[key] = _NONE.get(key, [])


def clear() -> None:
    """Empty all filters."""
    for name in FILTERS:
        st.session_state[name] = _NONE.get(name, [])


def options(index: layers.Index, name: str) -> list[str]:
    """Return what can be chosen in a filter."""
    if name != "unit":
        return index.choices(name)
    # Issuers can be chosen too: they count as soon as they may stand in.
    return list(dict.fromkeys([*index.choices("unit"), *index.choices("issuer")]))


def forget_strangers(index: layers.Index) -> None:
    """Drop chosen values that the data no longer have: a document may have gone meanwhile."""
    for name in ("unit", *PILLS, *MANY, *MORE):
        kept = st.session_state.get(name)
        allowed = options(index, name) if kept else []
        if kept and not set(kept) <= set(allowed):
            st.session_state[name] = [value for value in kept if value in allowed]


def _default(key: str, value: _Value) -> _Value | None:
    # Streamlit warns where a widget has both a default and a state.
    return None if key in st.session_state else value


def _any(names: tuple[str, ...]) -> bool:
    return any(st.session_state.get(name) for name in names)
