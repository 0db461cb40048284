"""The sheet: what it shall be on the left, what it will be on the right, then the download."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

import layers
from pages import desk, files, view

# The base address under which others reach the app; only with it a sheet carries a QR code.
ADDRESS = "PLANMAP_ADDRESS"
FRAME = "view"
VIEW_HEIGHT = 300


# The options that the widgets were last drawn from or set to.
_DRAWN = "sheet_drawn"


def first(on: desk.Desk) -> None:
    """Set the widgets as the view says, unless it has its options from them.

    A widget that another format left out has lost its value: it gets that of the view.
    """
    state = st.session_state
    try:
        options = layers.options_from_query(on.view.sheet)
        layers.extent_of(desk.subject(on), options)
    except layers.BadSheet as error:
        st.warning(error.said(on.language))
        options = layers.SheetOptions()
    widgets = layers.options_to_widgets(options)
    kept = {name for name in widgets if state.get(name) is not None}
    same = state.get(_DRAWN) == on.view.sheet
    # set anew in any case: a box whose words change with the language would keep the old ones
    state.update({one: state[one] if same and one in kept else widgets[one] for one in widgets})


def as_of(on: desk.Desk) -> None:
    """Show the dates of the plans; the last one is how they are today."""
    dates = layers.plan_dates(on.documents)[:-1]
    if not dates:
        return
    st.selectbox(
        on.say("overview_as_of"),
        ["", *dates],
        format_func=lambda one: one or on.say("sheet_as_of_now"),
        help=on.say("overview_as_of_about"),
        **view.bound("asof_sheet", on.as_of, lambda date: view.change(as_of=date)),
    )


def pick(on: desk.Desk, name: str) -> Any:
    """Show the switch for an option that has a few values."""
    return st.segmented_control(
        on.say(f"sheet_{name}"),
        layers.SHEET_CHOICES[name],
        format_func=lambda code: on.say(f"sheet_{name}_{code}"),
        key=f"sheet_{name}",
        required=True,
        wrap=True,
    )


def choose(on: desk.Desk) -> dict[str, Any]:
    """Show all options and return what is chosen."""
    chosen = {name: pick(on, name) for name in ("format", "paper")}
    if chosen["paper"] == "free":
        sides = st.columns(2)
        for column, name in zip(sides, ("width_mm", "height_mm"), strict=True):
            chosen[name] = column.number_input(on.say(f"sheet_{name}"), key=f"sheet_{name}")
    elif chosen["paper"] != "wide":
        chosen["upright"] = st.toggle(on.say("sheet_upright"), key="sheet_upright")
    if chosen["format"] in {"png", "pptx"}:
        chosen["dpi"] = pick(on, "dpi")
    chosen["extent"] = extent(on)
    for name in ("title", "subtitle"):
        chosen[name] = st.text_input(
            on.say(f"sheet_{name}"),
            key=f"sheet_{name}",
            max_chars=layers.SHEET_LONGEST[name],
            placeholder=on.say(f"sheet_{name}_hint"),
        )
    chosen["labels"] = pick(on, "labels")
    for name in ("grid", "inset"):
        chosen[name] = st.toggle(on.say(f"sheet_{name}"), key=f"sheet_{name}")
    if layers.has_quoted(desk.subject(on)):
        chosen["quoted"] = st.toggle(on.say("sheet_quoted_too"), key="sheet_quoted")
    return chosen | many(on, chosen["format"])


def many(on: desk.Desk, form: str) -> dict[str, Any]:
    """Show what only files of many pages have: an atlas, and slides of projects."""
    if form not in layers.ATLAS_FORMATS:
        return {}
    chosen = {"atlas": pick(on, "atlas")}
    if form == "pptx":
        chosen["slides"] = st.toggle(on.say("sheet_slides"), key="sheet_slides")
    return chosen


def extent(on: desk.Desk) -> str:
    """Show which part of the map is drawn, and return it as the options have it."""
    towns = [town.name for town in desk.base().towns]
    now = st.session_state.get("sheet_extent")
    framed = [now] if now and "," in now else []
    chosen: str = st.selectbox(
        on.say("sheet_extent"),
        ["selection", "city", FRAME, *framed, *towns],
        format_func=lambda code: (
            on.say(f"sheet_extent_{code}") if code in {"selection", "city", FRAME} else code
        ),
        key="sheet_extent",
    )
    return frame(on) if chosen == FRAME else chosen


def frame(on: desk.Desk) -> str:
    """Show a map to frame the part with, and return its edges."""
    st.caption(on.say("sheet_view_hint"))
    answer = st_folium(
        layers.web_map(desk.extent()),
        feature_group_to_add=layers.selection_layer(on.shown, desk.base(), on.language),
        returned_objects=["bounds"],
        height=VIEW_HEIGHT,
        use_container_width=True,
        key="sheet_view",
    )
    return layers.extent_of_view((answer or {}).get("bounds"))


def asked(on: desk.Desk) -> layers.SheetOptions:
    """Show the options and return them checked."""
    today = datetime.now(UTC).astimezone().date().isoformat()
    about: dict[str, Any] = {
        "date": today,
        "address": os.environ.get(ADDRESS, ""),
        "language": on.language,
    }
    return layers.SheetOptions(**choose(on), **about)


@st.cache_data(max_entries=32, show_spinner=False)
def previewed(_on: desk.Desk, options: layers.SheetOptions, *made_of: object) -> bytes:  # noqa: ARG001 - part of the key
    """Return the preview, drawn once for the same options and what it is ``made_of``."""
    drawn: bytes = layers.preview(desk.subject(_on), options)
    return drawn


def show(on: desk.Desk, options: layers.SheetOptions) -> None:
    """Show the preview and the download, and before both if the map would be empty."""
    if warning := layers.warning_of(desk.subject(on), options):
        st.warning(warning)
    with st.container(border=True), st.spinner(on.say("sheet_drawing")):
        # The table is another one after each build.
        made_of = on.selection, tuple(on.shown["id"]), id(desk.built().table), on.as_of
        said = on.say("sheet_preview", selection=files.described(on, on.language))
        st.image(previewed(on, options, *made_of), width="stretch", alt=said)
    if options.atlas:
        download_atlas(on, options)
    else:
        form = options.format
        if form not in layers.ATLAS_FORMATS and not layers.is_one_page(desk.subject(on), options):
            form = "zip"
        download(on, options, lambda: desk.picture_of(on, options), form)


def download(on: desk.Desk, options: layers.SheetOptions, content: Any, form: str) -> None:
    """Offer a sheet as a file; ``form`` is its ending."""
    written = on.say(f"sheet_format_{options.format}")
    st.download_button(
        on.say("sheet_download_zip" if form == "zip" else "sheet_download", format=written),
        content,
        file_name=f"{desk.file_stem(on, layers.by_hit(desk.subject(on), options).shown)}.{form}",
        mime=layers.SHEET_MIME[form],
        key="sheet_download",
        icon=":material/download:",
        on_click="ignore",
        type="primary",
    )


def download_atlas(on: desk.Desk, options: layers.SheetOptions) -> None:
    """Make an atlas when asked to, with its progress, and offer it."""
    st.caption(on.say("sheet_atlas_first"))
    if st.button(on.say("sheet_make_atlas"), icon=":material/auto_stories:", key="sheet_make"):
        bar = st.progress(0.0)

        def told(done: int, of: int) -> None:
            bar.progress(done / of, on.say("sheet_progress", done=done, of=of))

        content = layers.make_sheet(desk.subject(on), options, told)
        bar.empty()
        download(on, options, content, options.format)


def share(on: desk.Desk, options: layers.SheetOptions) -> None:
    """Let the view hold the options, and show how they are kept and shared."""
    chosen = layers.options_to_query(options)
    st.session_state[_DRAWN] = chosen
    view.change(sheet=chosen)
    link = layers.sheet_link(on.selection, options, on.as_of)
    with st.popover(on.say("sheet_share"), icon=":material/link:"):
        st.write(on.say("sheet_share_text"))
        st.code(link, language=None, wrap_lines=True)


on = desk.take()
first(on)
left, right = st.columns([0.3, 0.7], gap="large")
try:
    with left:
        as_of(on)
        options = asked(on)
        share(on, options)
    with right:
        show(on, options)
except layers.BadSheet as error:
    right.warning(error.said(on.language))
except layers.MissingGlyph as error:
    right.warning(on.say("sheet_no_glyph", what=str(error)))
