"""One unit: what it leads and supports, by stage and year, with its own map; made for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import atlas, desk, view

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 380


def pick(on: desk.Desk) -> str | None:
    """Show the choice of units, which is the filter of units, and return the first of them."""
    units = layers.choices(on.table, "unit")
    chosen = next((unit for unit in on.view.chosen.get("unit", ()) if unit in units), None)
    st.selectbox(
        on.say("unit_pick"),
        units,
        index=None,
        placeholder=on.say("unit_pick_hint"),
        **view.bound(
            "unit_pick",
            chosen,
            lambda unit: view.put(view.now().choose("unit", [unit] if unit else [])),
        ),
    )
    return chosen


def show(on: desk.Desk, unit: str, found: Sequence[layers.Duty]) -> None:
    """Show counts, map and lists of one unit."""
    rows = on.shown[on.shown["id"].isin([one.row.id for one in found])]
    st.html(layers.unit_head_html(found, unit, on.selection, on.language))
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
    st.info(on.say("unit_none"))
else:
    duties = layers.duties(on.shown, chosen)
    if duties:
        show(on, chosen, duties)
    else:
        st.info(on.say("list_empty"))
