"""The history of edits to read: what, of what, by whom, when, why, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from shapely.geometry import Point, shape

from geo import area_m2, length_m
from layers.edited_values import values_text
from layers.words import Language, caption, join, label, labels, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import geopandas as gpd

    from plans import Edit, Log

# What they replace is no value, or stands in the line already.
_WITHOUT_OLD = ("undo", "missed", "not_project", "merge", "split")
State = Literal["in_force", "replaced", "conflict", "undone", "undo", "lost", "stopped"]


@dataclass(frozen=True)
class Entry:
    """One line of the history.

    Attributes
    ----------
    state
        ``lost`` where the project that it is about is not in the catalogue any more; ``stopped``
        where its file has a broken line.
    old
        The values that it replaced, where it holds; None where that is not known.
    """

    edit: Edit
    state: State
    old: tuple[str, ...] | None = None


def edit_history(log: Log, table: gpd.GeoDataFrame, lost: Collection[str] = ()) -> list[Entry]:
    """Return all edits, the newest first, each with what became of it.

    ``lost`` are the ids of those that found nothing to change when the table was built.
    """
    known = {name for row in table.itertuples() for name in (row.id, *row.former_ids)}
    disputed = {edit.id for heads in log.conflicts for edit in heads}
    holding = {edit.id for edit in log.in_force}

    def state(edit: Edit) -> State:
        if log.is_stopped(edit):
            return "stopped"
        if edit.id in log.undone:
            return "undone"
        if edit.kind == "undo":
            return "undo"
        if edit.id in lost or (edit.kind == "place" and edit.project not in known):
            return "lost"
        if edit.id in disputed:
            return "conflict"
        return "in_force" if edit.id in holding else "replaced"

    old = {one["edit"]: tuple(one["old"]) for some in table["corrected"] for one in some}
    return [Entry(edit, state(edit), old.get(edit.id)) for edit in reversed(log.edits)]


def author(who: str, imported_by: str, language: Language) -> str:
    """Return who made an edit; of one from a file, whom that names and who took it in."""
    return caption("edit_imported_by", language, who=who, by=imported_by) if imported_by else who


def edit_html(entry: Entry, log: Log, language: Language) -> str:
    """Return one line of the history as HTML; every text in it is escaped."""
    edit = entry.edit
    when = edit.when[:16].replace("T", " ")
    head = f"<b>{escape(edit.name)}</b> {escape(label('edit_kind', edit.kind, language))}"
    state = f'<span class="pm-edit-{entry.state}">{escape(_state(entry.state, language))}</span>'
    # What a stopped file sets may be what stops it: only where it stands is shown.
    shown = _origin_line if entry.state == "stopped" else value_line
    body = escape(noted(shown(edit, log, language), _before(entry, language), language))
    who = author(edit.who, edit.imported_by, language)
    foot = escape(caption("edit_by", language, who=who, when=when, reason=edit.reason))
    return f'<div class="pm-edit">{head} {state}<p>{body}</p><p class="pm-soft">{foot}</p></div>'


def _before(entry: Entry, language: Language) -> str:
    if entry.old is None or entry.edit.kind in _WITHOUT_OLD:
        return ""
    return caption("edit_old", language, old=values_text(entry.edit.kind, entry.old, language))


def _state(state: State, language: Language) -> str:
    return label("edit_state", state, language)


def _origin_line(edit: Edit, _: Log, language: Language) -> str:
    if edit.origin is None:
        return ""
    return caption("broken_at", language, file=edit.origin.path.name, line=edit.origin.line)


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
    taken = log.by_id[edit.value["edit"]]
    return (_origin_line if log.is_stopped(taken) else value_line)(taken, log, language)


def _of(edit: Edit, shown: str, language: Language) -> str:
    """Return of which statement an edit is, by name, document and line, and what it sets."""
    document, line, name = edit.value["statement"].split(":", 2)
    cited = caption("cited_short", language, document=document, line=line)
    return caption("edit_of", language, statement=noted(name, cited, language), value=shown)


def _code(edit: Edit, _: Log, language: Language) -> str:
    shown = label(edit.kind, edit.value["to"], language)
    return _of(edit, shown, language)


def _strategies(edit: Edit, _: Log, language: Language) -> str:
    shown = labels("strategy", edit.value["to"], language)
    return _of(edit, shown, language)


def _texts(edit: Edit, _: Log, language: Language) -> str:
    shown = join(edit.value["to"], language) if edit.kind == "unit" else edit.value["to"]
    return _of(edit, shown, language)


def _year(edit: Edit, _: Log, language: Language) -> str:
    shown = edit.value["to"] or caption("corrected_none", language)
    return _of(edit, shown, language)


def _quantity(edit: Edit, _: Log, language: Language) -> str:
    to = edit.value["to"]
    shown = to["text"] if to else caption("corrected_none", language)
    return _of(edit, shown, language)


def _kind(edit: Edit, _: Log, language: Language) -> str:
    return caption("edit_to", language, value=label("kind", edit.value["to"], language))


def _set_aside(edit: Edit, _: Log, language: Language) -> str:
    return caption("edit_set_aside", language, project=edit.project)


def _missed(edit: Edit, _: Log, language: Language) -> str:
    to = edit.value["to"]
    document, line, name = edit.value["statement"].split(":", 2)
    cited = caption("cited_short", language, document=document, line=line)
    shown = caption(
        "edit_missed_line",
        language,
        words=to["words"],
        name=name,
        stage=label("stage", to["stage"], language),
        category=label("category", to["category"], language),
        kind=label("kind", to["kind"], language),
    )
    return noted(shown, cited, language)


def _project(edit: Edit, _: Log, language: Language) -> str:
    return caption("edit_to", language, value=edit.value.get("name") or edit.value["to"])


_VALUES: dict[str, Callable[[Edit, Log, Language], str]] = {
    "place": _place,
    "stage": _code,
    "category": _code,
    "strategy": _strategies,
    "unit": _texts,
    "split": _texts,
    "name": _project,
    "merge": _project,
    "target_year": _year,
    "quantity": _quantity,
    "kind": _kind,
    "not_project": _set_aside,
    "missed": _missed,
    "undo": _undo,
}


def statement_address(said: Mapping[str, Any]) -> str:
    """Return what an edit calls a statement: document, line and name as read."""
    return f"{said['document']}:{said['line']}:{said['name']}"


def editable(row: Any) -> dict[str, Mapping[str, Any]]:
    """Return the statements of a row that an edit can mean, by what it calls them.

    Two of the same name on one line cannot be told apart and are left out.
    """
    found = [(statement_address(said), said) for said in row.statements]
    times = Counter(address for address, _ in found)
    return {address: said for address, said in found if times[address] == 1}


def set_aside(log: Log) -> list[Edit]:
    """Return the edits that hold and say that something is no project, newest first."""
    return [edit for edit in reversed(log.in_force) if edit.kind == "not_project"]


def unit_choices(table: gpd.GeoDataFrame) -> list[str]:
    """Return all units that the table names, in the order of their first mention."""
    return list(dict.fromkeys(unit for units in table["units"] for unit in units))
