"""Correct it: stage, category, strategy, units, name; merge with another project, split one off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
import plans
from pages import access, desk, editor, missed, view
from pages.checking import tell, told
from pages.placing import keep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def pick(on: desk.Desk) -> Any:
    """Show all things, filtered or not, and return the chosen one; None where there is none."""
    rows = {row.id: row for row in on.table.itertuples()}
    # A box of its own after each edit: the browser would keep the name of before.
    saved = st.session_state.get("place_count", 0)
    project = view.now().project
    chosen: str | None = st.selectbox(
        on.say("correct_project"),
        list(rows),
        format_func=lambda key: rows[key].title,
        index=None,
        placeholder=on.say("correct_pick"),
        **view.bound(
            f"correct_project_{saved}" if saved else "correct_project",
            project if project in rows else None,
            lambda picked: view.change(project=picked or "", badge=""),
        ),
    )
    return rows.get(chosen) if chosen else None


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
    others = {one.id: one.title for one in on.table.itertuples() if one.id != row.id}
    return (
        st.selectbox(
            on.say("correct_merge_into"), list(others), format_func=others.__getitem__, index=None
        )
        or ""
    )


def target_year(on: desk.Desk, said: Mapping[str, Any]) -> int | None:
    """Ask for the year until which the statement promises; None for no year."""
    now = said["target_year"] or 0
    return int(st.number_input(on.say("correct_year"), 0, 2099, now)) or None


def quantity(on: desk.Desk, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Ask for the amount that the statement gives; None for no amount."""
    now = said["quantity"] or {"value": 0.0, "unit": "", "text": ""}
    value = st.number_input(on.say("correct_value"), 0.0, value=float(now["value"]))
    unit_of, text = (st.text_input(on.say(f"correct_{key}"), now[key]) for key in ("unit", "text"))
    if not (value or unit_of.strip() or text.strip()):
        return None
    return {"value": value, "unit": unit_of, "text": text}


def kind_of(on: desk.Desk, row: Any) -> str:
    """Ask what kind of thing it is."""
    known = layers.codes("kind")
    return st.selectbox(
        on.say("correct_kind_to"),
        known,
        index=known.index(row.kind),
        format_func=lambda code: layers.label("kind", code, on.language),
    )


def not_project(on: desk.Desk, row: Any) -> None:
    """Say what follows when it is set aside."""
    st.warning(f"{layers.literal(row.title)}: {on.say('correct_not_project')}")


ASK: dict[str, Callable[[desk.Desk, Any], Any]] = {
    "stage": stage,
    "category": category,
    "strategy": strategy,
    "unit": unit,
    "split": split,
    "name": name,
    "merge": merge,
    "target_year": target_year,
    "quantity": quantity,
    "kind": kind_of,
    "not_project": not_project,
}


def correct(on: desk.Desk, row: Any) -> None:
    """Ask what is to be changed, to what and why, and keep it."""
    kind = st.pills(
        on.say("correct_what"),
        (*plans.OF_STATEMENTS, *plans.OF_PROJECTS),
        default="stage",
        format_func=lambda code: layers.label("edit_kind", code, on.language),
        key="correct_kind",
        required=True,
        wrap=True,
    )
    statement = of_statement(on, row) if kind in plans.OF_STATEMENTS else ""
    if kind in plans.OF_STATEMENTS and not statement:
        st.info(on.say("correct_no_statement"))
        return
    about = layers.editable(row)[statement] if statement else row
    known = seen(on, (kind, row.id, statement))
    with st.form(f"correct_form_{kind}_{row.id}_{statement}"):
        to = ASK[kind](on, about)
        count = st.session_state.get("place_count", 0)
        # a box of its own after each edit: the next one has another reason
        reason = st.text_input(on.say("edit_reason"), key=f"edit_reason_{count}")
        who = editor.ask(on)
        asked = st.form_submit_button(on.say("correct_save"), type="primary")
    if not asked:
        return
    editor.remember(who)
    value = {"to": to, **({"statement": statement} if statement else {})}
    if kind == "merge":
        value["name"] = "".join(on.table.loc[on.table["id"] == to, "name"])
    try:
        edit = plans.Edit(kind, row.id, row.name, value, reason, who, after=known)
        keep(on, edit, about.get(kind) if statement else getattr(row, kind, None))
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


def existing(on: desk.Desk) -> None:
    """Show a project with what can be corrected of it."""
    chosen = pick(on)
    if chosen is None:
        return
    left, right = st.columns([0.55, 0.45])
    with left:
        if access.may_write():
            correct(on, chosen)
    with right, st.container(height=640):
        st.html(layers.details_html(chosen, on.documents, on.language))


def aside(on: desk.Desk) -> None:
    """List what persons set aside as no project, with who, when and why."""
    log = plans.edits.read_edits()
    if not (found := layers.set_aside(log)):
        return
    with st.expander(on.say("correct_aside", count=len(found))):
        for edit in found:
            st.html(layers.edit_html(layers.Entry(edit, "in_force"), log, on.language))
        st.page_link("edits.py", label=on.say("page_edits"))


on = desk.take()
st.write(on.say("correct_intro"))
told(on)
if not access.may_write():
    st.info(on.say("edit_read_only"))
if not access.may_write() or not missed.wanted(on):
    existing(on)
else:
    missed.form(on)
aside(on)
