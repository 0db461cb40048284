"""More files of what is shown: any format and coordinate system, made only on the click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

import layers
from pages import desk, gis

if TYPE_CHECKING:
    from pages.desk import Desk

ICONS = {"files_more": ":material/folder_zip:", "gis_title": ":material/share_location:"}


@st.fragment
def offer(on: Desk) -> None:
    """Show two buttons: for the choice of formats, and for the use in other programs.

    What they open is made when they are opened: it would slow every change of a filter.
    """
    opened = {"files_more": choose, "gis_title": gis.tell}
    with st.container(horizontal=True, gap="xsmall"):
        for title, show in opened.items():
            box = st.popover(
                on.say(title), icon=ICONS[title], width="stretch", key=title, on_change="rerun"
            )
            if box.open:
                with box:
                    show(on)


@st.fragment
def choose(on: Desk) -> None:
    """Show the choice of format and system, and the download; a choice redraws no more."""
    known = layers.formats()
    code = st.selectbox(
        on.say("files_format"),
        list(known),
        format_func=lambda each: layers.label("format", each, on.language),
        key="files_format",
    )
    crs = st.selectbox(
        on.say("files_crs"),
        known[code].crs,
        format_func=lambda each: on.say(f"crs_{each}"),
        key=f"files_crs_{code}",
        disabled=len(known[code].crs) == 1,
    )
    st.download_button(
        on.say("files_download", counted=layers.counted_rows(on.shown, on.language)),
        partial(made, on, code, crs),
        file_name=f"{desk.file_stem(on)}.{known[code].suffix}",
        mime=known[code].mime,
        key="files_download",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def described(on: Desk, language: layers.Language) -> str:
    """Return in words what is shown, with the date as of which it is."""
    words = layers.describe(on.selection, language)
    if not on.as_of:
        return words
    return layers.caption("describe_as_of", language, selection=words, date=on.as_of)


def made(on: Desk, code: str, crs: int) -> bytes:
    """Return the shown rows as a file."""
    about = (described(on, "zh"), described(on, "en"))
    content = layers.Content(on.shown, on.documents, desk.base(), about, desk.file_stem(on))
    file: layers.File = layers.to_file(content, code, crs)
    return file.content
