"""The same projects to read: on the map, by township, city-wide, not on the map, programmes."""

from __future__ import annotations

import streamlit as st

import layers
from pages import desk, view

HEIGHT = 480


def pick(on: desk.Desk) -> str:
    """Show the switch between the lists and return the chosen one."""
    counts = {name: len(layers.one_list(on.shown, name)) for name in layers.LISTS}
    first = layers.LISTS[0]
    st.segmented_control(
        on.say("page_list"),
        layers.LISTS,
        format_func=lambda name: f"{on.say(f'list_{name}')} {counts[name]}",
        label_visibility="collapsed",
        required=True,
        **view.bound(
            "list",
            on.view.listing or first,
            lambda name: view.change(listing="" if name == first else name),
        ),
    )
    return on.view.listing or first


def show(on: desk.Desk, name: str) -> None:
    """Show one list, and all that is known of the row picked in it."""
    rows = layers.one_list(on.shown, name)
    if rows.empty:
        st.info(on.say("list_empty"))
        return
    picked = st.dataframe(
        layers.listing(rows, on.language),
        key=f"list_{name}",
        height=min(HEIGHT, 38 + 35 * len(rows)),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
    )
    chosen = rows.iloc[[at for at in picked.selection.rows if at < len(rows)]]
    for row in chosen.itertuples():
        st.html(layers.details_html(row, on.documents, on.language))
    if chosen.empty:
        st.caption(on.say("list_pick"))


on = desk.take()
desk.headline(on)
show(on, pick(on))
