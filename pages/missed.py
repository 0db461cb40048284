"""Add a finding that the reading missed: document, line, marked words, and what they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
import plans
from pages import desk, editor, view
from pages.checking import tell
from pages.placing import keep

if TYPE_CHECKING:
    from collections.abc import Callable


def wanted(on: desk.Desk) -> bool:
    """Ask whether something read is corrected or something missed is added."""
    st.segmented_control(
        on.say("correct_mode"),
        ("change", *layers.MODES),
        format_func=lambda code: on.say(f"correct_mode_{code}"),
        required=True,
        **view.bound(
            "correct_mode",
            on.view.mode or "change",
            lambda code: view.change(mode=code if code in layers.MODES else ""),
        ),
    )
    return bool(on.view.mode)


def form(on: desk.Desk) -> None:
    """Ask for the finding and keep it; the chosen line is shown as printed."""
    document, line = place(on)
    with st.form(f"missed_form_{document.id}_{line}"):
        words = st.text_input(on.say("correct_words"))
        name = st.text_input(on.say("correct_name"))
        meant = meaning(on)
        reason = st.text_input(on.say("edit_reason"))
        who = editor.ask(on)
        asked = st.form_submit_button(on.say("correct_add"), type="primary")
    if not asked:
        return
    editor.remember(who)
    try:
        found = marked(document, line, words)
        for field in ("stage", "category"):
            if meant[field] is None:
                raise plans.WrongEdit(field, "must be chosen", "blank")
        value = {
            "statement": f"{document.id}:{line}:{name.strip()}",
            "to": {**found, **meant},
        }
        edit = plans.Edit("missed", f"{document.id}:{line}", name, value, reason, who)
        # The same finding entered once more replaces the first: that is shown on the map.
        heads = plans.edits.read_edits().heads(edit.target)
        keep(on, replace(edit, after=tuple(head.id for head in heads)))
    except (ValueError, OSError) as error:
        tell(on, error)


def place(on: desk.Desk) -> tuple[plans.Document, int]:
    """Ask for document and line, and show the line."""
    chosen = on.view.document or next(iter(on.documents))
    st.selectbox(
        on.say("correct_document"),
        list(on.documents),
        format_func=lambda key: f"[{key}] {on.documents[key].title}",
        **view.bound("missed_document", chosen, lambda key: view.change(document=key, line="")),
    )
    document = on.documents[chosen]
    lines = document.text.split("\n")
    line = int(on.view.line or 1)
    st.number_input(
        on.say("correct_line"),
        1,
        len(lines),
        **view.bound(
            "missed_line",
            line,
            lambda number: view.change(document=chosen, line=str(int(number))),
        ),
    )
    st.code(lines[line - 1], language=None, wrap_lines=True)
    return document, line


def meaning(on: desk.Desk) -> dict[str, Any]:
    """Ask what the words mean: stage, category, kind, promise, year and units."""
    asked = {name: _code(on, name) for name in ("stage", "category")}
    asked["kind"] = _code(on, "kind", 0)
    promised = st.checkbox(on.say("correct_promised"), value=True)
    year = int(st.number_input(on.say("correct_year"), 0, 2099, 0)) or None
    units = st.multiselect(
        on.say("correct_units"), layers.unit_choices(on.table), accept_new_options=True
    )
    return {**asked, "promised": promised, "target_year": year, "units": units}


def _code(on: desk.Desk, name: str, first: int | None = None) -> str | None:
    # What says most of a thing is asked for: whoever overlooks it should not answer unseen.
    shown: Callable[[str], str] = lambda code: layers.label(name, code, on.language)  # noqa: E731
    title = on.say("correct_kind_to" if name == "kind" else f"column_{name}")
    return st.selectbox(
        title,
        layers.codes(name),
        index=first,
        format_func=shown,
        placeholder=on.say("missed_choose"),
    )


def marked(document: plans.Document, line: int, words: str) -> dict[str, Any]:
    """Return the words with their columns.

    Raises
    ------
    plans.WrongEdit
        They do not stand in the line.
    """
    words = words.strip()
    if (found := plans.columns_of(document, line, words)) is None:
        reason = f"{words!r} does not stand in line {line}"
        raise plans.WrongEdit("words", reason, "not_in_line", line=line, words=words)
    return {"start": found[0], "end": found[1], "words": words}
