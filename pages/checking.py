"""What was found in an upload: the print, each finding to decide on, and the keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

import building
import layers
from pages import access, desk

if TYPE_CHECKING:
    import plans

PER_PAGE = 10
WIDTHS = [0.08, 0.24, 0.17, 0.17, 0.34]


def tell(on: desk.Desk, error: Exception) -> None:
    """Show an error of ours: its kind in words, and letter by letter where and why.

    One that tells its cause in both languages has said it all in words.
    """
    st.error(layers.problem(error, on.language))
    if isinstance(error, layers.WrongOverlay):
        return
    if said := layers.detail(error, on.language):
        st.code(said, language=None, wrap_lines=True)


def told(on: desk.Desk) -> None:
    """Show what the last press did, or why it could not.

    It stands in a box that stays: what is below keeps its place, and the keyboard.
    """
    state = st.session_state
    with st.container():
        if message := state.pop("edit_message", None):
            st.success(message)
        if failed := state.pop("edit_error", None):
            tell(on, failed)


def forget_all(*starts: str) -> None:
    """Forget what was entered under keys that begin so."""
    for key in [key for key in st.session_state if str(key).startswith(starts)]:
        del st.session_state[key]


def start_anew(message: str, name: str) -> None:
    """Forget the upload and all about it, and tell on the next run what was done."""
    desk.forget()
    state = st.session_state
    count = state.get("add_count", 0) + 1
    forget_all("add_")
    state["add_count"], state["add_message"] = count, (message, name)


@st.fragment
def review(on: desk.Desk, document: plans.Document, table: Any) -> None:
    """Show the print and each finding to decide on; a decision redraws no more than these."""
    found = layers.found_in(table, document.id, on.language)
    pages = max(-(-len(found) // PER_PAGE), 1)
    st.subheader(on.say("add_print"))
    text = st.container(height=300)
    st.subheader(on.say("add_findings"))
    page = 1
    if pages > 1:
        page = int(st.number_input(on.say("add_page", all=pages), 1, pages, key="add_of_page"))
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    if not found:
        st.warning(on.say("add_none"))
    else:
        heads(on)
    for number, finding in enumerate(shown):
        decide(on, finding, f"{page}_{number}")
    made = layers.decisions(found, st.session_state["add_choices"])
    lines = layers.printed_part(document.lines, shown)
    left = layers.without_rejected(table, made)
    text.html(layers.marked_html(left, document.id, lines, on.language))
    st.text(layers.decided_line(found, made, on.language))
    if st.button(on.say("add_keep"), type="primary", key="add_keep", icon=":material/save:"):
        keep(on, document, made)


def heads(on: desk.Desk) -> None:
    """Say above the findings what can be decided on each."""
    keys = ("add_accept", "column_name", "column_stage", "column_category", "add_words")
    for column, key in zip(st.columns(WIDTHS), keys, strict=True):
        column.caption(on.say(key))


def decide(on: desk.Desk, finding: layers.Finding, place: str) -> None:
    """Show one finding with its words: accept it, correct it, or reject it."""
    choices = st.session_state["add_choices"]
    choice = choices.get(finding.key) or layers.as_found(finding)
    accept, name, stage, category, quote = st.columns(WIDTHS, vertical_alignment="center")
    quote.html(layers.finding_html(finding, on.language))
    keys = {what: f"add_of_{what}_{place}_{finding.key}" for what in layers.Choice.__annotations__}
    for what, key in keys.items():
        st.session_state.setdefault(key, getattr(choice, what))
    fixed = not finding.single
    accepted = accept.checkbox(
        on.say("add_accept"), key=keys["accepted"], disabled=fixed, label_visibility="collapsed"
    )
    off = fixed or not accepted
    choices[finding.key] = layers.Choice(
        accepted=accepted,
        name=name.text_input(
            on.say("column_name"), key=keys["name"], disabled=off, label_visibility="collapsed"
        ),
        stage=picked(on, stage, "stage", keys["stage"], off=off),
        category=picked(on, category, "category", keys["category"], off=off),
    )


def picked(on: desk.Desk, column: Any, codes: str, key: str, *, off: bool) -> str:
    """Show a choice of codes and return the one chosen."""
    chosen: str = column.selectbox(
        on.say(f"column_{codes}"),
        layers.codes(codes),
        format_func=lambda code: layers.label(codes, code, on.language),
        key=key,
        disabled=off,
        label_visibility="collapsed",
    )
    return chosen


def keep(on: desk.Desk, document: plans.Document, made: tuple[plans.shelf.Decision, ...]) -> None:
    """Keep the document, and draw everything anew with it."""
    try:
        access.require()
        with st.spinner(on.say("add_keeping")):
            name = building.add(document, made)
    except (ValueError, OSError) as error:
        tell(on, error)
        return
    start_anew("add_kept", name)
    st.rerun(scope="app")
