"""Correct it: stage, category, strategy, units, name; merge with another project, split one off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
import plans
from pages import desk
from pages.checking import tell, told
from pages.placing import keep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def pick(on: desk.Desk) -> Any:
    """Show the projects of the selection, and return the chosen one; None where there is none."""
    sent = st.session_state.pop("correct_wanted", "")
    rows = {row.id: row for row in on.shown.itertuples()}
    if sent in rows:
        st.session_state["correct_project"] = sent
    chosen = st.selectbox(
        on.say("correct_project"),
        list(rows),
        format_func=lambda key: rows[key].name,
        index=None,
        key="correct_project",
        placeholder=on.say("correct_pick"),
    )
    return rows.get(chosen)


def codes(on: desk.Desk, name: str, now: str) -> str:
    """Show the codes of a list, the one that holds now first, and return the chosen one."""
    known = layers.codes(name)
    return st.selectbox(
        on.say(f"column_{name}"),
        known,
        index=known.index(now),
        format_func=lambda code: layers.label(name, code, on.language),
    )


def stage(on: desk.Desk, said: Mapping[str, Any]) -> str:
    """Ask for the stage that the statement gives."""
    return codes(on, "stage", said["stage"])


def category(on: desk.Desk, said: Mapping[str, Any]) -> str:
    """Ask for the category of what the statement is about."""
    return codes(on, "category", said["category"])


def strategy(on: desk.Desk, said: Mapping[str, Any]) -> list[str]:
    """Ask for the strategies that the statement serves."""
    return st.multiselect(
        on.say("column_strategies"),
        layers.codes("strategy"),
        default=[one["code"] for one in said["strategies"]],
        format_func=lambda code: layers.label("strategy", code, on.language),
    )


def unit(on: desk.Desk, said: Mapping[str, Any]) -> list[str]:
    """Ask who leads and who takes part."""
    known = layers.unit_choices(on.table)
    asked = {"lead_units": said["lead_units"], "units": said["units"]}
    leads, all_units = (
        st.multiselect(on.say(f"column_{name}"), known, default=now, accept_new_options=True)
        for name, now in asked.items()
    )
    return [*(f"{one}*" for one in leads), *(one for one in all_units if one not in leads)]


def split(on: desk.Desk, said: Mapping[str, Any]) -> str:
    """Ask for the name under which the statement shall stand apart."""
    return str(st.text_input(on.say("correct_split_name"), said["name"]))


def name(on: desk.Desk, row: Any) -> str:
    """Ask for the true name of the project."""
    return str(st.text_input(on.say("column_name"), row.name))


def merge(on: desk.Desk, row: Any) -> str:
    """Ask for the project that this one is part of the same thing with; return its id."""
    others = {one.id: one.name for one in on.table.itertuples() if one.id != row.id}
    return (
        st.selectbox(
            on.say("correct_merge_into"), list(others), format_func=others.__getitem__, index=None
        )
        or ""
    )


ASK: dict[str, Callable[[desk.Desk, Any], Any]] = {
    "stage": stage,
    "category": category,
    "strategy": strategy,
    "unit": unit,
    "split": split,
    "name": name,
    "merge": merge,
}


def correct(on: desk.Desk, row: Any) -> None:
    """Ask what is to be changed, to what and why, and keep it."""
    kind = st.segmented_control(
        on.say("correct_what"),
        plans.AMENDED,
        default="stage",
        format_func=lambda code: layers.label("edit_kind", code, on.language),
        key="correct_kind",
        required=True,
    )
    statement = of_statement(on, row) if kind in plans.OF_STATEMENTS else ""
    if kind in plans.OF_STATEMENTS and not statement:
        st.info(on.say("correct_no_statement"))
        return
    about = layers.editable(row)[statement] if statement else row
    known = seen(on, (kind, row.id, statement))
    with st.form(f"correct_form_{kind}_{row.id}_{statement}"):
        to = ASK[kind](on, about)
        reason = st.text_input(on.say("edit_reason"))
        who = st.text_input(on.say("edit_who"), st.session_state.get("edit_name", ""))
        asked = st.form_submit_button(on.say("correct_save"), type="primary")
    if not asked:
        return
    value = {"to": to, **({"statement": statement} if statement else {})}
    if kind == "merge":
        value["name"] = "".join(on.table.loc[on.table["id"] == to, "name"])
    try:
        keep(on, plans.Edit(kind, row.id, row.name, value, reason, who, after=known))
    except (ValueError, OSError) as error:
        tell(on, error)


def of_statement(on: desk.Desk, row: Any) -> str:
    """Ask which statement is meant, and return what an edit calls it; empty where none can be."""
    found = layers.editable(row)
    if not found:
        return ""
    chosen: str = st.radio(
        on.say("correct_statement"),
        list(found),
        format_func=lambda key: layers.literal(
            f"[{found[key]['document']}:{found[key]['line']}] {found[key]['quote']}"
        ),
        key=f"correct_statement_{row.id}",
    )
    return chosen


def seen(on: desk.Desk, target: tuple[str, str, str]) -> tuple[str, ...]:
    """Return the edits that the editor has seen, noted when the form is first shown."""
    noted = st.session_state.setdefault("place_seen", {})
    if target not in noted:
        heads = plans.edits.read_edits().heads(target)
        noted[target] = tuple(edit.id for edit in heads)
    if len(noted[target]) > 1:
        st.warning(on.say("edit_conflict_here"))
    return tuple(noted[target])


on = desk.take()
st.write(on.say("correct_intro"))
told(on)
if plans.shelf.is_read_only():
    st.info(on.say("edit_read_only"))
chosen = pick(on)
if chosen is not None:
    left, right = st.columns([0.55, 0.45])
    with left:
        if not plans.shelf.is_read_only():
            correct(on, chosen)
    with right, st.container(height=640):
        st.html(layers.details_html(chosen, on.documents, on.language))
