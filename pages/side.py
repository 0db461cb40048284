"""Two documents or years side by side: two maps that move together, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import atlas, desk, view

if TYPE_CHECKING:
    from collections.abc import Mapping

HEIGHT = 420
CHANGES = "changes"


def pick(on: desk.Desk, side: str, some: Mapping[str, tuple[str, ...]], first: str) -> str:
    """Show the choice of what stands on a side and return it."""
    chosen = str(getattr(on.view, side)) or first
    st.selectbox(
        on.say(f"side_{side}"),
        list(some),
        format_func=lambda name: layers.side_label(name, some[name], on.documents, on.language),
        **view.bound(
            f"pick_{side}",
            chosen,
            lambda name: view.change(**{side: "" if name == first else name}),
        ),
    )
    return chosen


def side_by_side(on: desk.Desk) -> None:
    """Show both sides and what was added, dropped, advanced or set back between them."""
    some = layers.side_choices(on.documents)
    tables = {}
    ends = {"left": next(iter(some)), "right": list(some)[-1]}
    st.caption(on.say("compare_side_about"))
    st.html(layers.skip_link(CHANGES, on.say("skip_map")))
    for column, (side, first) in zip(st.columns(2, gap="medium"), ends.items(), strict=True):
        with column:
            names = some[pick(on, side, some, first)]
            tables[side] = layers.said_by(on.shown, on.documents, names)
            ground = layers.twin_map(desk.extent())
            atlas.lead_on(on, tables[side], ground, f"side_map_{side}", HEIGHT)
    found = layers.pairs(tables["left"], tables["right"])
    with st.container(key=CHANGES):
        if not found:
            st.info(on.say("list_empty"))
            return
        st.html(layers.change_chips_html(found, on.language))
        st.html(layers.pairs_html(found, on.language))
