"""One project: its story over time, who answers for it, where it is, and what lies near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
from pages import atlas, desk, view

if TYPE_CHECKING:
    import geopandas as gpd

HEIGHT, LIST_HEIGHT = 380, 700


def pick(on: desk.Desk) -> gpd.GeoDataFrame:
    """Show the choice of projects and return the row of the chosen one; empty for none."""
    names = dict(zip(on.table["id"], on.table["title"], strict=True))
    st.selectbox(
        on.say("project_pick"),
        list(names),
        index=None,
        format_func=lambda project: names[project],
        placeholder=on.say("project_pick_hint"),
        **view.bound("project_pick", on.view.project or None, choose),
    )
    return on.table[on.table["id"] == on.view.project]


def choose(project: str | None) -> None:
    """Open another project, or none."""
    view.change(project=project or "", badge="")


def show_all(on: desk.Desk) -> None:
    """List the selected projects; a row opens its project."""
    counted = layers.counted_rows(on.shown, on.language)
    st.caption(on.say("project_none", counted=counted))
    if on.shown.empty:
        return
    st.dataframe(
        layers.listing(on.shown, on.language),
        height=min(LIST_HEIGHT, 38 + 35 * len(on.shown)),
        hide_index=True,
        selection_mode="single-row",
        **view.picked("projects", list(on.shown["id"]), on.view.project, choose),
    )


def place(on: desk.Desk, one: gpd.GeoDataFrame, near: list[Any]) -> None:
    """Show the map of a placed project with what lies near; a click opens that one's page."""
    rows = on.table[on.table["id"].isin([*one["id"], *(each.row.id for each in near)])]
    ground = layers.web_map(layers.view_of(one, desk.base()))
    clicked = atlas.draw(on, rows, ground, f"map_of_{one['id'].iloc[0]}", HEIGHT)
    if clicked in set(rows["id"]) - set(one["id"]):
        choose(clicked)
        st.rerun()


def story(on: desk.Desk, one: gpd.GeoDataFrame) -> None:
    """Show the stages over time, and each statement in its paragraph."""
    st.subheader(on.say("project_stages"))
    chart = layers.stage_history(one, on.documents, on.language)
    st.vega_lite_chart(chart.data, chart.spec, key="stage_chart")
    st.caption(on.say("project_stages_about"))
    st.subheader(on.say("project_story"))
    st.html(layers.story_html(one, on.documents, on.language))


def around(on: desk.Desk, one: gpd.GeoDataFrame) -> None:
    """Show where a project is, what lies near it and what it belongs to."""
    near = list(layers.nearest(on.table, one["id"].iloc[0]))
    st.subheader(on.say("project_place"))
    if one.geometry.notna().all():
        place(on, one, near)
    for row in one.itertuples():
        st.html(layers.facts_html(row, on.language))
    if near:
        st.subheader(on.say("project_near"))
        st.html(layers.neighbours_html(near, on.language))
    if related := layers.family(on.table, one["id"].iloc[0]):
        st.subheader(on.say("project_family"))
        st.html(layers.family_html(related, on.language))


def show(on: desk.Desk, one: gpd.GeoDataFrame) -> None:
    """Show all of one project."""
    for row in one.itertuples():
        st.html(f'<div class="pm-thing">{layers.whole_head_html(row, on.language)}</div>')
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        story(on, one)
    with right:
        around(on, one)
        st.subheader(on.say("project_units"))
        st.html(layers.roles_html(one["statements"].iloc[0], on.documents, on.language))
        if told := one["known_outcomes"].iloc[0]:
            st.subheader(on.say("project_outcome"))
            st.html(layers.outcomes_html(told, on.language))


on = desk.take()
chosen = pick(on)
if chosen.empty:
    show_all(on)
else:
    show(on, chosen)
