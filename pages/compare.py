"""Plan against plan: side by side, promised again, vanished, said differently, not reported."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import streamlit as st

import layers
from pages import desk, side, view

SIDE, COUNTS = "side", "counts"


def pick(on: desk.Desk) -> str:
    """Show the switch between the lists and return the chosen one."""
    st.segmented_control(
        on.say("page_compare"),
        layers.TABS,
        format_func=lambda name: on.say(f"compare_{name}"),
        label_visibility="collapsed",
        required=True,
        wrap=True,
        **view.bound(
            "compare",
            on.view.tab or SIDE,
            lambda name: view.change(tab="" if name == SIDE else name),
        ),
    )
    return on.view.tab or SIDE


def due_by(on: desk.Desk, name: str) -> date:
    """Ask by which day promises must be due where the list depends on it; else today."""
    today = datetime.now(UTC).astimezone().date()
    if name != "due":
        return today
    by = date.fromisoformat(on.view.by) if on.view.by else today
    st.date_input(
        on.say("compare_due_by"),
        width=200,
        **view.bound(
            "due_by",
            by,
            lambda day: view.change(by="" if day in (None, today) else day.isoformat()),
        ),
    )
    return by


def show(on: desk.Desk, name: str) -> None:
    """Show one list with the words of the plans, and the known outcomes apart from them."""
    grounds = layers.Grounds(on.documents, layers.cities(desk.base()))
    found = layers.cases(name, on.shown, grounds, due_by(on, name))
    st.caption(on.say(f"compare_{name}_about"))
    counts = Counter(layers.noun_of(case.history.kind) for case in found)
    st.text(on.say("compare_found", counted=layers.with_nouns(counts, on.language)))
    if found:
        if name == "due":
            st.html(layers.split_html(found, on.language))
        st.html(layers.cases_html(found, grounds, on.language))


def show_counts(on: desk.Desk) -> None:
    """Show how much each document names, and how much of it has a place."""
    st.caption(on.say("compare_counts_about"))
    frame = layers.counts_frame(on.shown, on.documents, on.language)
    names = {"_index": st.column_config.Column(width="medium")}
    st.dataframe(frame, key="count_sheet", height=38 + 35 * len(frame), column_config=names)


on = desk.take()
st.html(layers.STATIC / "compare.css")
desk.headline(on)
wanted = pick(on)
if wanted == SIDE:
    side.side_by_side(on)
elif wanted == COUNTS:
    show_counts(on)
else:
    show(on, wanted)
