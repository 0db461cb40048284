"""Place it: what has no place or only a coarse one, and the tools to give it a better one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit_folium import st_folium

import geo
import layers
from pages import access, desk, view
from pages.checking import tell, told
from pages.placing import form

if TYPE_CHECKING:
    import geopandas as gpd

HEIGHT = 300
MAP_HEIGHT = 560


def pick_class(on: desk.Desk) -> tuple[str, ...]:
    """Show the switch between the classes that wait, and return the chosen ones."""
    counts = layers.coarse_counts(on.shown)
    names = {"": on.say("place_all", count=sum(counts.values()))}
    for code, count in counts.items():
        names[code] = f"{layers.label('location_class', code, on.language)} {count}"
    chosen: str = st.segmented_control(
        on.say("column_position"),
        list(names),
        default="",
        format_func=names.__getitem__,
        key="place_class",
        label_visibility="collapsed",
        required=True,
    )
    return (chosen,) if chosen else layers.COARSE


def pick(on: desk.Desk) -> gpd.GeoDataFrame:
    """Show the work list and return the chosen thing, whether it was picked here or elsewhere."""
    chosen = pick_class(on)
    st.caption(layers.waiting_line(on.shown, on.language))
    rows = layers.waiting(on.shown, chosen)
    wanted = view.now().project
    if rows.empty:
        st.info(on.say("place_none"))
    else:
        key = f"place_list_{st.session_state.get('place_count', 0)}"
        st.dataframe(
            layers.waiting_list(rows, on.language),
            height=min(HEIGHT, 38 + 35 * len(rows)),
            hide_index=True,
            selection_mode="single-row",
            **view.picked(key, list(rows["id"]), wanted, want),
        )
    return on.table[on.table["id"] == wanted]


def want(project: str) -> None:
    """Take another thing to be placed, or none."""
    view.change(project=project, badge="")


@st.fragment
def place(on: desk.Desk, thing: Any) -> None:
    """Show the map with its tools, and beside it what is to be said of the place."""
    st.subheader(layers.literal(thing.title))
    st.caption(on.say("place_hint"))
    left, right = st.columns([0.66, 0.34])
    chosen = on.table[on.table["id"] == thing.id]
    found = geo.proposals((thing.name, *thing.aliases))
    centre, zoom = layers.place_view(thing, desk.base(), desk.extent())
    with left:
        answer = st_folium(
            layers.place_map(desk.extent(), on.language),
            feature_group_to_add=layers.place_layer(
                chosen, [asdict(one) for one in found], on.language, online=on.online
            ),
            returned_objects=["all_drawings"],
            height=MAP_HEIGHT,
            use_container_width=True,
            center=centre,
            zoom=zoom,
            key=f"place_map_{thing.id}",
        )
    with right:
        form(on, thing, layers.drawn_shape(answer), found)
    with st.expander(on.say("statements"), expanded=True):
        st.html(layers.details_html(thing, on.documents, on.language))


on = desk.take()
st.write(on.say("place_intro"))
told(on)
if not access.may_write():
    st.info(on.say("edit_read_only"))
picked = pick(on)
for row in picked.itertuples():
    if not access.may_write():
        st.html(layers.details_html(row, on.documents, on.language))
        continue
    try:
        place(on, row)
    except ValueError as error:
        tell(on, error)
if picked.empty:
    st.caption(on.say("place_pick"))
