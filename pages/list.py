"""The same projects to read: on the map, by township, city-wide, not on the map, counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
from pages import desk, view

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

HEIGHT = 480


def pick(on: desk.Desk) -> str:
    """Show the switch between the lists and return the chosen one."""
    counts = layers.list_counts(on.shown) | {"indicator": len(rows_of(on, "indicator"))}
    first = layers.LISTS[0]
    st.segmented_control(
        on.say("page_list"),
        layers.LISTS,
        format_func=lambda name: f"{on.say(f'list_{name}')} {counts[name]}",
        label_visibility="collapsed",
        required=True,
        wrap=True,
        **view.bound(
            "list",
            on.view.listing or first,
            lambda name: view.change(listing="" if name == first else name),
        ),
    )
    return on.view.listing or first


def rows_of(on: desk.Desk, name: str) -> gpd.GeoDataFrame:
    """Return the rows of a list; indicators are listed here though nothing else shows them."""
    if name != "indicator":
        return layers.one_list(on.shown, name)
    meant = replace(on.selection, thing=(name,))
    return on.index.rows(on.index.mask(meant))


def show(on: desk.Desk, name: str) -> None:
    """Show one list, and all that is known of the row picked in it."""
    rows = rows_of(on, name)
    if rows.empty:
        st.info(on.say("list_empty"))
        return
    named, quoted = layers.parted(on.index, rows, on.selection)
    picked = [*table(on, named, f"list_{name}")]
    if not quoted.empty:
        title = layers.Fold(len(named), on.selection.search).title(len(rows), on.language)
        with st.expander(layers.literal(title), expanded=named.empty):
            picked += table(on, quoted, f"list_{name}_quoted")
    for row in picked:
        st.html(layers.details_html(row, on.documents, on.language))
    if not picked:
        st.caption(on.say("list_pick"))


def table(on: desk.Desk, rows: gpd.GeoDataFrame, key: str) -> Iterable[Any]:
    """Show rows as a table in which the chosen project is picked; return its row."""
    if rows.empty:
        return ()
    st.dataframe(
        layers.listing(rows, on.language),
        height=min(HEIGHT, 38 + 35 * len(rows)),
        hide_index=True,
        selection_mode="single-row",
        **view.picked(key, list(rows["id"]), on.view.project, choose),
    )
    found: Iterable[Any] = rows[rows["id"] == on.view.project].itertuples()
    return found


def choose(project: str) -> None:
    """Choose another project, or none."""
    view.change(project=project, badge="")


on = desk.take()
desk.headline(on)
show(on, pick(on))
