"""The whole at once: three charts whose pieces filter the map, at any date of the plans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import atlas, desk, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

HEIGHT = 520


def as_of(on: desk.Desk) -> desk.Desk:
    """Show the slider over the dates of the plans and return the desk as of then."""
    dates = layers.plan_dates(on.documents)
    if len(dates) <= 1:
        return on
    st.session_state["asof_date"] = opened.chosen("asof", dates) or dates[-1]
    date = st.select_slider(
        on.say("overview_as_of"),
        dates,
        key="asof_date",
        help=on.say("overview_as_of_about"),
        on_change=lambda: opened.choose("asof", st.session_state["asof_date"]),
    )
    return desk.at(on, date)


def press(view: str, key: str) -> None:
    """Filter by what was clicked in a chart; a click on what is filtered by already drops it."""
    state = st.session_state
    wanted = layers.meant(view, layers.picked(state[key]))
    dropped = all(list(state.get(name) or ()) == [value] for name, value in wanted.items())
    for name, value in wanted.items():
        state[name] = [] if dropped else [value]
    if "unit" in wanted:
        state["role"] = "any" if dropped else "lead"


def chosen() -> dict[str, str]:
    """Return the filters that are set to a single value."""
    state = st.session_state
    names = {name for view in layers.VIEWS.values() for name in (view.down, view.across)}
    values = {name: list(state.get(name) or ()) for name in names}
    return {name: some[0] for name, some in values.items() if len(some) == 1}


def chart(on: desk.Desk, view: str, now: Mapping[str, str]) -> None:
    """Show one view as a chart to click and, folded, as a table to read.

    It counts what the other filters leave, so that there is always something to go on to.
    """
    counts = layers.view_counts(desk.select(on.table, layers.around(on.selection, view)), view)
    st.subheader(on.say(f"overview_{view}"))
    if not counts:
        st.caption(on.say("list_empty"))
        return
    drawn = layers.view_chart(counts, view, now, on.language)
    # A new key for each state of the filters: then the same piece can be clicked again.
    key = f"chart_{view}_{'_'.join(f'{name}={now[name]}' for name in sorted(now))}"
    st.vega_lite_chart(
        drawn.data,
        drawn.spec,
        key=key,
        on_select=partial(press, view, key),
        selection_mode="pick",
    )
    with st.expander(on.say("overview_as_table")):
        st.html(layers.frame_html(layers.view_frame(counts, view, on.language)))


on = desk.take()
then = as_of(on)
desk.headline(then)
st.caption(on.say("overview_about"))
now = chosen()
left, right = st.columns([0.5, 0.5], gap="medium")
with left:
    atlas.lead_on(on, then.shown, layers.web_map(desk.view()), "overview_map", HEIGHT)
    chart(then, "strategy", now)
with right:
    chart(then, "unit", now)
    chart(then, "township", now)
