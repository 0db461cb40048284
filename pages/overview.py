"""The whole at once: three charts whose pieces filter the map, at any date of the plans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import atlas, desk, view

if TYPE_CHECKING:
    from collections.abc import Mapping

HEIGHT = 520


def as_of(on: desk.Desk) -> None:
    """Show the slider over the dates of the plans; at its end the plans are as they are today."""
    dates = layers.plan_dates(on.documents)
    if len(dates) <= 1:
        return
    st.select_slider(
        on.say("overview_as_of"),
        dates,
        help=on.say("overview_as_of_about"),
        **view.bound(
            "asof_date",
            on.as_of or dates[-1],
            lambda date: view.change(as_of="" if date == dates[-1] else date),
        ),
    )


def press(chart: str, key: str) -> None:
    """Filter by what was clicked in a chart; a click on what is filtered by already drops it."""
    now = view.now()
    wanted = layers.meant(chart, layers.picked(st.session_state[key]))
    dropped = all(now.chosen.get(name, ()) == (value,) for name, value in wanted.items())
    for name, value in wanted.items():
        now = now.choose(name, () if dropped else (value,))
    view.put(now)
    if "unit" in wanted:
        view.change(role="any" if dropped else "lead")


def chosen(on: desk.Desk) -> dict[str, str]:
    """Return the filters that are set to a single value."""
    names = {name for some in layers.VIEWS.values() for name in (some.down, some.across)}
    values = {name: on.view.chosen.get(name, ()) for name in names}
    return {name: some[0] for name, some in values.items() if len(some) == 1}


def chart(on: desk.Desk, name: str, now: Mapping[str, str]) -> None:
    """Show one view as a chart to click and, folded, as a table to read.

    It counts what the other filters leave, so that there is always something to go on to.
    """
    counts = layers.view_counts(desk.select(on, layers.around(on.selection, name)), name)
    st.subheader(on.say(f"overview_{name}"))
    if not counts:
        st.caption(on.say("list_empty"))
        return
    drawn = layers.view_chart(counts, name, now, on.language)
    # A new key for each state of the filters: then the same piece can be clicked again.
    key = f"chart_{name}_{'_'.join(f'{one}={now[one]}' for one in sorted(now))}"
    st.vega_lite_chart(
        drawn.data,
        drawn.spec,
        key=key,
        on_select=partial(press, name, key),
        selection_mode="pick",
    )
    with st.expander(on.say("overview_as_table")):
        st.html(layers.frame_html(layers.view_frame(counts, name, on.language)))


on = desk.take()
as_of(on)
desk.headline(on)
st.caption(on.say("overview_about"))
now = chosen(on)
left, right = st.columns([0.5, 0.5], gap="medium")
with left:
    atlas.lead_on(on, on.shown, layers.web_map(desk.extent()), "overview_map", HEIGHT)
    chart(on, "strategy", now)
with right:
    chart(on, "unit", now)
    chart(on, "township", now)
