"""The history of edits: who changed what, when and why; undo, export and import, conflicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

import building
import layers
import plans
from pages import access, desk, editor
from pages.checking import tell, told
from pages.placing import start_anew

PER_PAGE = 20


def undo(on: desk.Desk, edit: plans.Edit) -> None:
    """Take an edit back, or bring back what an undo took."""
    state = st.session_state
    who = editor.remember(state.get("edit_who", ""))
    try:
        taken = plans.edits.undo(edit, reason=on.say("edit_undone"), who=who)
        access.require()
        building.keep(taken)
        start_anew()
        state["edit_message"] = on.say("edit_undone_of", name=layers.literal(edit.name))
    except (ValueError, OSError) as error:
        state["edit_error"] = error


def choose(on: desk.Desk, edit: plans.Edit, log: plans.Log) -> None:
    """Settle a conflict: the chosen edit is made once more, and replaces all that are in it."""
    state = st.session_state
    who = editor.remember(state.get("edit_who", ""))
    try:
        again = plans.edits.again(edit, log, reason=on.say("edit_chosen", who=edit.who), who=who)
        access.require()
        building.keep(again)
        start_anew()
        state["edit_message"] = on.say("edit_settled", name=layers.literal(edit.name))
    except (ValueError, OSError) as error:
        state["edit_error"] = error


def conflicts(on: desk.Desk, log: plans.Log, entries: dict[str, layers.Entry]) -> None:
    """Show what people changed without knowing of each other, each to choose."""
    if not log.conflicts:
        return
    st.subheader(on.say("edit_conflicts", count=len(log.conflicts)))
    st.caption(on.say("edit_conflicts_about"))
    for heads in log.conflicts:
        with st.container(border=True):
            for edit in heads:
                line(on, entries[edit.id], log, ("edit_choose", choose, (on, edit, log)))


def line(on: desk.Desk, entry: layers.Entry, log: plans.Log, action: tuple[str, Any, Any]) -> None:
    """Show one edit with what can be done with it."""
    text, button = st.columns([0.82, 0.18], vertical_alignment="center")
    text.html(layers.edit_html(entry, log, on.language))
    key, do, values = action
    if access.may_write():
        button.button(on.say(key), key=f"{key}_{entry.edit.id}", on_click=do, args=values)


def broken(on: desk.Desk, log: plans.Log) -> None:
    """Show which files are stopped and which lines were set aside, with file, line and reason."""
    for key, errors in (("edit_stopped", log.stopped.values()), ("edit_torn", log.torn)):
        if errors:
            st.warning(on.say(key))
            for error in errors:
                st.code(layers.detail(error, on.language), language=None, wrap_lines=True)
    if aside := plans.edits.set_aside():
        names = " · ".join(path.name for path in aside)
        st.caption(layers.literal(on.say("edit_set_aside_in", names=names)))


def past(on: desk.Desk, log: plans.Log, entries: list[layers.Entry]) -> None:
    """Show all edits, the newest first, each with its undo."""
    st.subheader(on.say("edit_history", count=len(entries)))
    if not entries:
        st.caption(on.say("edit_history_none"))
    pages = max(-(-len(entries) // PER_PAGE), 1)
    page = 1
    if pages > 1:
        page = int(st.number_input(on.say("add_page", all=pages), 1, pages, key="edit_page"))
    for entry in entries[(page - 1) * PER_PAGE : page * PER_PAGE]:
        key = "edit_bring_back" if entry.edit.kind == "undo" else "edit_undo"
        if entry.state in {"undone", "stopped"}:
            text = st.columns([0.82, 0.18])[0]
            text.html(layers.edit_html(entry, log, on.language))
        else:
            line(on, entry, log, (key, undo, (on, entry.edit)))


def exchange(on: desk.Desk, log: plans.Log) -> None:
    """Offer the edits as a file, and take in those of a colleague."""
    left, right = st.columns(2, vertical_alignment="bottom")
    for shared, key in ((False, "edit_export"), (True, "edit_export_shared")):
        some = [e for e in log if e.share_alike is shared and not log.is_stopped(e)]
        stem = layers.edits_stem(len(some), on.index.by.isoformat(), on.language, shared=shared)
        if some or not shared:
            left.download_button(
                on.say(key, count=len(some)),
                plans.edits.as_lines(some),
                file_name=f"{stem}.jsonl",
                mime="application/jsonl",
                key=key,
                icon=":material/download:",
                on_click="ignore",
                disabled=not some,
            )
    if not access.may_write():
        return
    with right:
        if not log.edits:
            editor.remember(editor.ask(on, "edit_who"))
        if not editor.name():
            words = (on.say("edit_import"), on.say("edit_import_who"))
            st.caption(" · ".join(words))
            return
        upload = st.file_uploader(
            on.say("edit_import"),
            type="jsonl",
            key=f"edit_up_{st.session_state.get('place_count', 0)}",
        )
    if upload is not None:
        take_in(on, upload.name, upload.getvalue())


def take_in(on: desk.Desk, name: str, content: bytes) -> None:
    """Keep the edits of a file that are new; all of them, or none where one cannot be."""
    try:
        with st.spinner(on.say("edit_saving")):
            access.require()
            found = plans.read_incoming(content, Path(name), desk.while_here)
            count = building.edit(*plans.edits.imported(found, by=editor.name()))
    except (ValueError, OSError) as error:
        tell(on, error)
        return
    start_anew()
    st.session_state["edit_message"] = on.say("edit_imported", count=count)
    st.rerun()


on = desk.take()
st.write(on.say("edit_intro"))
told(on)
log = building.edit_log()
broken(on, log)
if not access.may_write():
    st.info(on.say("edit_read_only"))
elif log.edits:
    editor.remember(editor.ask(on, "edit_who"))
entries = layers.edit_history(log, on.table, desk.built().lost)
conflicts(on, log, {entry.edit.id: entry for entry in entries})
past(on, log, entries)
st.divider()
exchange(on, log)
