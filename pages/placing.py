"""What is said of a place given by hand: where from, how sure, by whom and why; and keeping it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

import building
import geo
import layers
import plans
from pages import access, desk, editor, view
from pages.checking import tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RADIUS = 100


def form(
    on: desk.Desk, thing: Any, drawn: Mapping[str, Any] | None, found: Sequence[geo.Proposal]
) -> None:
    """Ask for what belongs to a place, and keep it when asked to."""
    known = known_edits(on, thing)
    if drawn is None:
        st.info(on.say("place_draw"))
    else:
        st.success(on.say(f"place_drawn_{drawn['type'].lower()}"))
    taken = proposed(on, thing, found)
    with st.form(f"place_form_{thing.id}"):
        typed = st.text_input(on.say("place_typed"), help=on.say("place_typed_help"))
        radius = st.number_input(
            on.say("place_radius"), 1, 2000, RADIUS, help=on.say("place_radius_help")
        )
        towns = st.multiselect(
            on.say("column_townships"),
            [town.name for town in desk.base().towns],
            default=[name for name in thing.townships if name in seats()],
            placeholder=on.say("filter_hint_none"),
            help=on.say("place_townships_help"),
        )
        source = st.text_input(
            on.say("place_source"), help=on.say("place_source_help"), disabled=taken is not None
        )
        reason = st.text_input(on.say("edit_reason"), on.say("place_reason"))
        who = editor.ask(on)
        warned = st.container()
        asked = st.form_submit_button(on.say("place_save"), type="primary", icon=":material/save:")
    try:
        value: dict[str, Any] = {"source": source, "townships": towns}
        if taken is not None:
            value |= {**geo.taken_over(taken, service_of(taken)), "radius_m": radius}
        elif shape := geo.read_position(typed) if typed.strip() else drawn:
            value |= {"geometry": shape, "radius_m": radius}
        with warned:
            sure = agreed(on, thing, value)
        if not asked:
            return
        editor.remember(who)
        if not sure:
            return
        layers.check_placed(value, thing.townships)
        shared = taken is not None and service_of(taken).share_alike
        edit = plans.Edit("place", thing.id, thing.name, value, reason, who, after=known)
        keep(on, replace(edit, share_alike=shared))
    except (ValueError, OSError) as error:
        tell(on, error)


def agreed(on: desk.Desk, thing: Any, value: Mapping[str, Any]) -> bool:
    """Return whether a place may be saved: one far from its townships only when that is confirmed.

    What is confirmed is this place for these townships; another one is asked for anew.
    """
    drawn, towns = value.get("geometry"), value["townships"] or thing.townships
    far = layers.far_from(drawn, towns, desk.base())
    if far is None:
        return True
    st.warning(far.words(on.language), icon=":material/wrong_location:")
    return st.checkbox(on.say("place_far_sure"), key=f"place_far_{thing.id}_{drawn}_{towns}")


def service_of(proposal: geo.Proposal) -> geo.Service:
    """Return the service that made a proposal."""
    return geo.services()[proposal.service]


def proposed(on: desk.Desk, thing: Any, found: Sequence[geo.Proposal]) -> geo.Proposal | None:
    """Show what services propose, and return the one that is to be taken over."""
    if not found:
        return None
    names = [
        on.say(
            "place_proposal",
            number=number,
            name=layers.literal(one.name),
            address=layers.literal(one.address),
            service=service_of(one).names[on.language],
            day=one.asked,
        )
        for number, one in enumerate(found, 1)
    ]
    chosen = st.radio(
        on.say("place_proposals"),
        range(len(found) + 1),
        format_func=lambda n: names[n - 1] if n else on.say("place_no_proposal"),
        key=f"place_proposal_{thing.id}",
    )
    return found[chosen - 1] if chosen else None


def seats() -> set[str]:
    """Return the names of the townships that can be chosen."""
    return {town.name for town in desk.base().towns}


def known_edits(on: desk.Desk, thing: Any) -> tuple[str, ...]:
    """Return the edits of this thing's place that its editor has seen, and tell of a conflict.

    They are noted when the thing is picked: what others save meanwhile is not replaced unseen.
    """
    seen = st.session_state.setdefault("place_seen", {})
    if thing.id not in seen:
        log = plans.edits.read_edits()
        seen[thing.id] = tuple(edit.id for edit in log.heads(("place", thing.id, "")))
    if len(seen[thing.id]) > 1:
        st.warning(on.say("edit_conflict_here"))
    return tuple(seen[thing.id])


def keep(on: desk.Desk, edit: plans.Edit, now: object = None) -> None:
    """Keep an edit, and draw everything anew with it; ``now`` is what the thing has before."""
    access.require()
    with st.spinner(on.say("edit_saving")):
        made = building.keep(edit, now)
    state = st.session_state
    editor.remember(made.who)
    state["edit_message"] = on.say("edit_saved", name=layers.literal(made.name))
    if made.kind == "place":
        view.change(project="")
    start_anew()
    st.rerun(scope="app")


def start_anew() -> None:
    """Let the next run read the catalogue anew, with nothing picked."""
    desk.forget()
    state = st.session_state
    state["place_count"] = state.get("place_count", 0) + 1
    state.pop("place_seen", None)
