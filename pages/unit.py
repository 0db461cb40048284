"""One unit: what it leads and supports, by stage and year, with its own map; made for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import atlas, desk

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 380


def pick(on: desk.Desk) -> str | None:
    """Show the choice of units, which is the filter of units, and return the first of them."""
    units = layers.choices(on.table, "unit")
    wanted = st.session_state.get("unit") or []
    st.session_state["unit_pick"] = wanted[0] if wanted else None
    chosen: str | None = st.selectbox(
        on.say("unit_pick"),
        units,
        index=None,
        key="unit_pick",
        placeholder=on.say("unit_pick_hint"),
        on_change=turn,
    )
    return chosen


def turn() -> None:
    """Filter by the chosen unit, in any role, so that address and page agree."""
    chosen = st.session_state["unit_pick"]
    st.session_state["unit"] = [chosen] if chosen else []


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
