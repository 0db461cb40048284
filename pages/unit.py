"""One unit: what it leads and supports, by stage and year, with its own map; made for printing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import atlas, desk, view

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT, LIST_HEIGHT = 380, 700


def pick(on: desk.Desk) -> str | None:
    """Show the choice of units, which is the filter of units, and return the first of them."""
    units = layers.choices(on.table, "unit")
    chosen = next((unit for unit in on.view.chosen.get("unit", ()) if unit in units), None)
    st.selectbox(
        on.say("unit_pick"),
        units,
        index=None,
        placeholder=on.say("unit_pick_hint"),
        **view.bound("unit_pick", chosen, turn),
    )
    return chosen


def turn(unit: str | None) -> None:
    """Open another unit, or none: it is the filter of units."""
    view.put(view.now().choose("unit", [unit] if unit else []))


def show_all(on: desk.Desk) -> None:
    """List all units of the selection; a row opens its unit."""
    units = layers.unit_list(on.shown, on.language)
    if units.empty:
        st.info(on.say("list_empty"))
        return
    st.caption(on.say("unit_none"))
    st.dataframe(
        units,
        height=min(LIST_HEIGHT, 38 + 35 * len(units)),
        selection_mode="single-row",
        **view.picked("units", list(units.index), "", turn),
    )


def supervision(on: desk.Desk, unit: str) -> None:
    """Offer the supervision table of a unit as files, each made only when it is asked for."""
    scope = layers.supervision_scope(on.selection, unit, on.language)
    table = layers.supervised(on.shown, on.documents, unit, scope)
    if not table.matters:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for kind, mime in layers.SUPERVISION_MIME.items():
            st.download_button(
                on.say(f"supervision_{kind}"),
                partial(layers.supervision_file, table, kind, on.language),
                file_name=f"{layers.supervision_stem(table, on.language)}.{kind}",
                mime=mime,
                key=f"supervision_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def show(on: desk.Desk, unit: str, found: Sequence[layers.Duty]) -> None:
    """Show counts, map and lists of one unit."""
    rows = on.shown[on.shown["id"].isin([one.row.id for one in found])]
    st.html(layers.unit_head_html(found, unit, on.selection, on.language))
    supervision(on, unit)
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        chart = layers.duty_chart(found, on.language)
        st.vega_lite_chart(chart.data, chart.spec, key="unit_chart")
    with right:
        ground = layers.web_map(layers.view_of(rows, desk.base()))
        atlas.lead_on(on, rows, ground, f"map_of_{unit}", HEIGHT)
    st.html(layers.duties_html(found, unit, on.documents, on.language))


on = desk.take()
chosen = pick(on)
if chosen is None:
    show_all(on)
else:
    duties = layers.duties(on.shown, chosen)
    if duties:
        show(on, chosen, duties)
    else:
        st.info(on.say("list_empty"))
