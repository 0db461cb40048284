"""The history of edits to read: what, of what, by whom, when, why, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from shapely.geometry import Point, shape

from geo import area_m2, length_m
from layers.words import Language, caption, join, label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from plans import Edit, Log

State = Literal["in_force", "replaced", "conflict", "undone", "undo", "lost"]


@dataclass(frozen=True)
class Entry:
    """One line of the history.

    Attributes
    ----------
    state
        ``lost`` where the project that it is about is not in the catalogue any more.
    """

    edit: Edit
    state: State


def history(log: Log, table: gpd.GeoDataFrame) -> list[Entry]:
    """Return all edits, the newest first, each with what became of it."""
    known = {name for row in table.itertuples() for name in (row.id, *row.former_ids)}
    disputed = {edit.id for heads in log.conflicts for edit in heads}
    holding = {edit.id for edit in log.in_force}

    def state(edit: Edit) -> State:
        if edit.id in log.undone:
            return "undone"
        if edit.kind == "undo":
            return "undo"
        if edit.project not in known:
            return "lost"
        if edit.id in disputed:
            return "conflict"
        return "in_force" if edit.id in holding else "replaced"

    return [Entry(edit, state(edit)) for edit in reversed(log.edits)]


def edit_html(entry: Entry, log: Log, language: Language) -> str:
    """Return one line of the history as HTML; every text in it is escaped."""
    edit = entry.edit
    when = edit.when[:16].replace("T", " ")
    head = f"<b>{escape(edit.name)}</b> {escape(label('edit_kind', edit.kind, language))}"
    state = f'<span class="pm-edit-{entry.state}">{escape(_state(entry.state, language))}</span>'
    body = escape(value_line(edit, log, language))
    foot = escape(caption("edit_by", language, who=edit.who, when=when, reason=edit.reason))
    return f'<div class="pm-edit">{head} {state}<p>{body}</p><p class="pm-soft">{foot}</p></div>'


def _state(state: State, language: Language) -> str:
    return label("edit_state", state, language)


def value_line(edit: Edit, log: Log, language: Language) -> str:
    """Return what an edit sets, in one line."""
    return _VALUES[edit.kind](edit, log, language)


def _place(edit: Edit, _: Log, language: Language) -> str:
    value = edit.value
    parts = [_shape_line(value, language)] if value.get("geometry") else []
    parts += [join(value["townships"], language)] if value.get("townships") else []
    return " · ".join([*parts, caption("edit_source", language, source=value["source"])])


def _shape_line(value: Mapping[str, Any], language: Language) -> str:
    made = shape(value["geometry"])
    radius = caption("radius", language, metres=f"{value['radius_m']:,.0f}")
    if isinstance(made, Point):
        return f"{made.x:.5f}, {made.y:.5f} · {radius}"
    if made.geom_type.endswith("LineString"):
        return f"{caption('measure_km', language, km=f'{length_m(made) / 1000:.2f}')} · {radius}"
    return f"{caption('measure_ha', language, ha=f'{area_m2(made) / 10_000:.1f}')} · {radius}"


def _undo(edit: Edit, log: Log, language: Language) -> str:
    return value_line(log.by_id[edit.value["edit"]], log, language)


_VALUES: dict[str, Callable[[Edit, Log, Language], str]] = {"place": _place, "undo": _undo}
