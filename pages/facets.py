"""The filters beside the page, and the address that brings them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import geopandas as gpd

FILTERS = ("search", "strategy", "status", "unit", "role", "issuer", "category", "document")


def first_language() -> layers.Language:
    """Return the browser's language if the app speaks it, else English."""
    return "zh" if (st.context.locale or "zh").lower().startswith("zh") else "en"


def language_switch() -> layers.Language:
    """Show the switch between the languages; at first it stands on the browser's."""
    first = first_language()
    chosen: layers.Language = st.segmented_control(
        layers.caption("language", first),
        layers.LANGUAGES,
        default=first,
        format_func=lambda code: layers.caption(f"language_{code}", first),
        key="language",
        label_visibility="collapsed",
        required=True,
    )
    return chosen


def online_switch(language: layers.Language) -> layers.BaseMap | None:
    """Show the choice of base maps of other hosts, and return the chosen one; at first none."""
    maps = layers.base_maps()
    chosen = st.radio(
        layers.caption("online_base", language),
        ["", *maps],
        format_func=lambda code: (
            maps[code].name(language) if code else layers.caption("online_none", language)
        ),
        key="online",
        help=layers.caption("online_base_help", language),
    )
    return maps.get(chosen or "")


def facets(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], language: layers.Language
) -> layers.Selection:
    """Show all filters and return what is chosen in them."""
    words = st.text_input(
        layers.caption("filter_search", language),
        key="search",
        placeholder=layers.caption("filter_search_hint", language),
    )
    strategy = pills("strategy", "strategy", language)
    status = pills("status", "stage", language)
    units, lead, issuer = unit_filter(table, language)
    category = many("category", layers.choices(table, "category"), language)
    document = many("document", list(documents), language, documents)
    st.button(layers.caption("filter_clear", language), on_click=clear, icon=":material/close:")
    return layers.Selection(
        search=(words,) if words else (),
        strategy=strategy,
        status=status,
        unit=() if lead else units,
        lead=units if lead else (),
        category=category,
        document=document,
        include_issuer=issuer,
    )


def pills(name: str, codes: str, language: layers.Language) -> tuple[str, ...]:
    """Show one filter whose few values are all in view."""
    chosen = st.pills(
        layers.caption(f"filter_{name}", language),
        layers.codes(codes),
        selection_mode="multi",
        format_func=lambda code: layers.label(codes, code, language),
        key=name,
    )
    return tuple(chosen)


def unit_filter(
    table: gpd.GeoDataFrame, language: layers.Language
) -> tuple[tuple[str, ...], bool, bool]:
    """Show the filter of units; return the units, whether only as lead, and issuers too."""
    units = many("unit", layers.choices(table, "unit"), language)
    role = st.segmented_control(
        layers.caption("filter_role", language),
        ("any", "lead"),
        default="any",
        format_func=lambda code: layers.caption(f"role_{code}", language),
        key="role",
        label_visibility="collapsed",
        required=True,
    )
    issuer = st.checkbox(
        layers.caption("filter_issuer", language),
        key="issuer",
        disabled=role == "lead",
    )
    return units, role == "lead", issuer and role != "lead"


def many(
    name: str,
    options: list[str],
    language: layers.Language,
    documents: Mapping[str, Any] | None = None,
) -> tuple[str, ...]:
    """Show one filter with many values to search in."""

    def shown(value: str) -> str:
        if documents:
            return f"{value} {documents[value].title}"
        return layers.label(name, value, language) if name == "category" else value

    chosen = st.multiselect(
        layers.caption(f"filter_{name}", language),
        options,
        format_func=shown,
        key=name,
        placeholder=layers.caption("filter_hint", language),
    )
    return tuple(chosen)


def clear() -> None:
    """Empty all filters."""
    for name in FILTERS:
        st.session_state.pop(name, None)
