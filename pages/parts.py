"""Small parts of the page with a program of their own: a script and a style sheet beside Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import layers

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def component(name: str, html: str, *, apart: bool = True) -> ComponentRenderer:
    """Return the part whose script and style sheet lie in the folder of assets under its name.

    ``apart`` keeps its looks and ids from those of the page around it.
    """
    script, looks = (
        (layers.STATIC / f"{name}.{kind}").read_text("utf-8") for kind in ("js", "css")
    )
    return st.components.v2.component(
        f"planmap_{name}", html=html, js=script, css=looks, isolate_styles=apart
    )


def keyboard() -> None:
    """Make what the library draws for the mouse only reachable by keyboard, on every page."""
    component("keyboard", '<i class="planmap-keyboard"></i>', apart=False)(key="keyboard")


def wording(language: layers.Language) -> None:
    """Say the library's own words in the page's language."""
    html = '<i class="planmap-wording"></i>'
    data = {"language": language, "words": layers.library_words()}
    component("wording", html, apart=False)(key="wording", data=data)
