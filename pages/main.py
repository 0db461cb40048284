"""The frame around all pages: language, navigation, filters."""

from __future__ import annotations

import logging
import secrets
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

import layers
from pages import access, address, desk, facets, parts, sharing, view

_LOG = logging.getLogger(__name__)


class Page(NamedTuple):
    """One page of the app: whether it is drawn from the selection, and as of the date looked at."""

    name: str
    icon: str
    selects: bool = False
    dated: bool = False


MENU = {
    "look": (
        Page("map", ":material/map:", selects=True, dated=True),
        Page("list", ":material/list:", selects=True, dated=True),
        Page("documents", ":material/description:", selects=True),
        Page("guide", ":material/help:"),
    ),
    "analyse": (
        Page("overview", ":material/dashboard:", selects=True, dated=True),
        Page("unit", ":material/groups:", selects=True, dated=True),
        Page("project", ":material/timeline:", selects=True),
        Page("compare", ":material/compare_arrows:", selects=True),
        Page("changes", ":material/difference:", selects=True),
    ),
    "print": (Page("sheet", ":material/print:", selects=True, dated=True),),
    "maintain": (
        Page("add", ":material/note_add:"),
        Page("place", ":material/add_location_alt:", selects=True),
        Page("correct", ":material/edit_note:"),
        Page("edits", ":material/history:"),
        Page("about", ":material/info:"),
    ),
}
PAGES = {page.name: page for group in MENU.values() for page in group}


def menu(language: layers.Language) -> tuple[Page, st.Page]:
    """Show the menu and return the page that is open, as this table and as Streamlit know it."""
    opened = st.navigation(
        {
            layers.caption(f"menu_{group}", language): [
                st.Page(
                    f"{page.name}.py",
                    title=layers.caption(f"page_{page.name}", language),
                    icon=page.icon,
                )
                for page in pages
            ]
            for group, pages in MENU.items()
        },
        position="top",
        expanded=True,
    )
    return PAGES[opened.url_path or "map"], opened


def beside(page: Page, path: str, on: desk.Desk) -> None:
    """Show what stands beside a page once it is drawn: the filters, where it follows them."""
    sharing.copy_link(path, on.language)
    parts.keyboard()
    parts.wording(on.language)
    who_may_write(path, on.language)
    if page.selects:
        st.page_link("guide.py", label=on.say("guide_first"), icon=":material/waving_hand:")
        facets.facets(on.index, on.documents, on.language)
    facets.online_switch(on.language)


def run(opened: st.Page, language: layers.Language) -> None:
    """Run a page; whoever looks is told that it failed, the log is told why."""
    try:
        opened.run()
    except Exception:  # noqa: BLE001 - whatever a page does
        number = secrets.token_hex(3)
        _LOG.exception("page %s failed (%s)", opened.url_path or "map", number)
        st.error(layers.caption("page_failed", language, number=number))


def who_may_write(path: str, language: layers.Language) -> None:
    """Say who may change anything, unless this is a desk that nobody else reaches."""
    mode = access.mode()
    if mode is access.Mode.PASSWORD:
        link = urlencode({"lang": language, "back": path})
        key = "access_signed_in" if access.may_write() else "access_password"
        words = "sign_out" if access.may_write() else "sign_in_edit"
        st.html(
            f'<p class="planmap-access">{escape(layers.caption(key, language))} '
            f'<a href="./sign-in?{escape(link)}" target="_self">'
            f"{escape(layers.caption(words, language))}</a></p>"
        )
    elif access.reached_by_others():
        st.caption(
            layers.caption(
                "access_others" if mode is access.Mode.OPEN else "access_closed", language
            )
        )
    elif mode is access.Mode.READ_ONLY:
        st.caption(layers.caption("edit_read_only", language))


st.set_page_config(
    page_title=layers.caption("app_title", facets.first_language()),
    page_icon=str(layers.STATIC / "icon.svg"),
    layout="wide",
)
st.html(layers.STATIC / "page.css")
view.begin()
language = facets.language()
page, opened = menu(language)
with st.sidebar:
    facets.language_switch()
try:
    data = desk.built()
    desk.base()
    index = desk.index()
except (ValueError, OSError) as error:  # a broken file: its message names file, line and field
    st.error(layers.caption("data_broken", language))
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()
# A box that stays: what is below keeps its place in the page, and the map is not loaded anew.
with st.container():
    if old := desk.stale():
        told = layers.caption(
            "data_stale", language, time=f"{old.read.astimezone():%Y-%m-%d %H:%M}"
        )
        st.warning(f"{told} {layers.problem(old.error, language)}")
view.settle(index, data.documents)
on = desk.lay_out(data, language, view.now(), page=page.name, dated=page.dated)
desk.put(on)
with st.container():  # always there: the map behind it keeps its place
    facets.dropped(language)
try:
    # First what is looked at, then the filters around it: the map need not wait for their counts.
    run(opened, language)
finally:
    with st.sidebar:
        beside(page, opened.url_path, on)
        address.write("address")
