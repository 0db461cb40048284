"""Add a plan: upload a file, check what was read from it, keep it; or remove one again."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
import plans
import previewing
from pages import access, desk
from pages.checking import forget_all, review, start_anew, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def read(on: desk.Desk, upload: Any) -> None:
    """Read an upload once, with its progress in view."""
    state = st.session_state
    if state.get("add_file") == upload.file_id:
        return
    forget_all("add_entry_", "add_of_")
    state["add_found"], state["add_draft"] = None, None
    if state.get("add_cancelled") == upload.file_id:
        st.info(on.say("add_cancelled"))
        st.button(on.say("add_again"), on_click=cancel, args=("",), key="add_again")
        return
    box = st.empty()
    # a press ends this run, and with it the child process that reads
    box.button(on.say("add_cancel"), on_click=cancel, args=(upload.file_id,), key="add_cancel")
    try:
        with moving(on.say("add_reading")) as progress:
            document = plans.read_document(Path(upload.name), upload.getvalue(), progress)
            plans.shelf.refuse_known(document)
    except ValueError as error:
        tell(on, error)
    else:
        state["add_file"] = upload.file_id
        state["add_draft"] = plans.with_first_look(document)
    box.empty()


def cancel(upload: str) -> None:
    """Keep in mind which upload is not to be read; an empty name lets it be read after all."""
    st.session_state["add_cancelled"] = upload


@contextmanager
def moving(words: str) -> Iterator[plans.Progress]:
    """Show a bar while something long is done, and move it by what is told of it."""
    bar = st.progress(0.0, words)

    def move(done: int, of: int) -> None:
        desk.while_here(done, of)
        share = min(done / of, 1.0) if of else 0.0
        bar.progress(share, f"{words} {done} / {of}" if of else words)

    try:
        yield move
    finally:
        bar.empty()


def entries(on: desk.Desk, draft: plans.Document) -> Mapping[str, Any] | None:
    """Show what is said about the document; return it when the reader has confirmed it."""
    with st.form("add_form"):
        st.caption(on.say("add_about"))
        said = {"title": st.text_input(on.say("add_title"), draft.title, key="add_entry_title")}
        left, middle, right = st.columns([0.4, 0.3, 0.3])
        said["issuer"] = left.text_input(on.say("add_issuer"), draft.issuer, key="add_entry_issuer")
        said["area"] = middle.text_input(
            on.say("add_area"),
            "、".join(draft.areas),
            key="add_entry_area",
            help=on.say("add_area_hint"),
        )
        said["date"] = right.text_input(
            on.say("add_date"), draft.date, key="add_entry_date", help=on.say("add_date_hint")
        )
        said |= period(on, draft)
        asked = st.form_submit_button(on.say("add_find"), type="primary")
    return said if asked else None


def period(on: desk.Desk, draft: plans.Document) -> dict[str, Any]:
    """Show until when the document plans, and how its sentences speak."""
    left, right = st.columns([0.3, 0.7])
    horizon = left.number_input(
        on.say("add_horizon"),
        min_value=1900,
        max_value=2099,
        value=draft.horizon,
        step=1,
        key="add_entry_horizon",
    )
    tenses = list(plans.TENSES)
    tense = right.selectbox(
        on.say("add_tense"),
        tenses,
        index=tenses.index(draft.tense),
        format_func=lambda code: on.say(f"tense_{code}"),
        key="add_entry_tense",
    )
    return {"horizon": horizon, "tense": tense}


def find(on: desk.Desk, draft: plans.Document, said: Mapping[str, Any]) -> None:
    """Read the document as its reader describes it."""
    state = st.session_state
    last, state["add_found"] = state["add_found"], None
    about = {name: value for name, value in said.items() if name != "area"}
    try:
        document = plans.shelf.described(draft, areas=plans.shelf.areas_of(said["area"]), **about)
        with moving(on.say("add_placing")) as progress:
            state["add_found"] = document, previewing.preview(document, progress)
    except ValueError as error:
        tell(on, error)
    if last is None or state["add_found"] is None or last[0] != state["add_found"][0]:
        # what is read otherwise is decided anew
        forget_all("add_of_")
        state["add_choices"] = {}


def remove(name: str) -> None:
    """Remove a kept document, and whatever filter names it."""
    try:
        access.require()
        plans.shelf.remove(name)
    except (ValueError, OSError) as error:
        st.session_state["add_error"] = error
        return
    state = st.session_state
    state["document"] = [one for one in state.get("document", []) if one != name]
    state.pop("open_document", None)
    start_anew("add_removed", name)


def shelf(on: desk.Desk, *, fixed: bool) -> None:
    """List what was added, each with a way to remove it."""
    st.subheader(on.say("add_shelf"))
    whole = plans.shelf.read_whole()
    if not (whole.documents or whole.broken):
        st.caption(on.say("add_shelf_none"))
    if whole.broken:
        st.warning(on.say("add_shelf_broken"))
    for name, error in whole.broken.items():
        st.code(f"{name}: {error.path.name}", language=None, wrap_lines=True)
        if not fixed:
            removal(on, name)
    for document in whole.documents:
        text, button = st.columns([0.8, 0.2], vertical_alignment="center")
        text.text(layers.document_line(document, on.language))
        text.html(layers.effects_link_html(document.id, on.language))
        if refused := plans.shelf.refused_decisions([document]):
            text.warning(on.say("add_refused"))
            for error in refused:
                text.code(layers.detail(error, on.language), language=None, wrap_lines=True)
        if fixed:
            continue
        with button:
            removal(on, document.id)


def removal(on: desk.Desk, name: str) -> None:
    """Offer to remove a document, after one more question."""
    with st.popover(on.say("add_remove"), icon=":material/delete:"):
        st.caption(on.say("add_remove_sure"))
        st.button(on.say("add_remove_now"), key=f"remove_{name}", on_click=remove, args=(name,))


def changes(on: desk.Desk, name: str) -> None:
    """Show how much of a kept document is new, joined or in conflict, with links."""
    if name in on.documents:
        found = layers.effects_of(on.table, name, on.documents, layers.cities(desk.base()))
        st.html(layers.effects_line_html(found, name, on.language))


def add(on: desk.Desk) -> None:
    """Lead from the upload to what was found in it."""
    state = st.session_state
    upload = st.file_uploader(
        on.say("add_file"), key=f"upload_{state.get('add_count', 0)}", help=on.say("add_intro")
    )
    if upload is None:
        return
    # What comes and goes stands in boxes that stay: what is below keeps its place and the keyboard.
    with st.container():
        read(on, upload)
    draft = state.get("add_draft")
    if draft is None:
        return
    for note in draft.notes:
        st.text(on.say(f"note_{note.code}", about=note.about))
    said = entries(on, draft)
    with st.container():
        if said is not None:
            find(on, draft, said)
    if state.get("add_found"):
        review(on, *state["add_found"])


on = desk.take()
st.write(on.say("add_intro"))
with st.container():
    if told := st.session_state.pop("add_message", None):
        st.success(on.say(told[0], id=told[1]))
        changes(on, told[1])
    if failed := st.session_state.pop("add_error", None):
        tell(on, failed)
if not access.may_write():
    st.info(on.say("add_read_only"))
else:
    add(on)
shelf(on, fixed=not access.may_write())
