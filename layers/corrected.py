"""What a person corrected: the field, the old value and the new one, by whom and when."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.edited_values import values_text
from layers.edits import author, statement_address
from layers.outcomes import with_columns
from layers.words import Language, caption, join, label, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from plans import Edit


def with_corrections(
    table: gpd.GeoDataFrame, edits: Iterable[Edit], former: Mapping[str, Sequence[str]]
) -> gpd.GeoDataFrame:
    """Return the table with the edits that changed each row, as records in ``corrected``.

    Parameters
    ----------
    table
        With all edits applied but those of places: of these the class of before is told.
    edits
        Those that hold and found what they change.
    former
        What each edit replaced, by its id.
    """
    known = list(edits)
    split = {_address(one): one.value["to"] for one in known if one.kind == "split"}
    told = [
        {"corrected": [_record(one, row, former) for one in known if _is_of(one, row, split)]}
        for row in table.itertuples()
    ]
    return with_columns(table, told)


def _address(edit: Edit) -> str:
    return str(edit.value.get("statement", ""))


def _is_of(edit: Edit, row: Any, split: Mapping[str, str]) -> bool:
    if not (address := _address(edit)):
        return edit.project in (row.id, *row.former_ids)
    document, line, name = address.split(":", 2)
    wanted = f"{document}:{line}:{split.get(address, name)}"
    return any(statement_address(said) == wanted for said in row.statements)


def _record(edit: Edit, row: Any, former: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    old = [row.location_class] if edit.kind == "place" else list(former.get(edit.id, ()))
    return {
        "edit": edit.id,
        "field": edit.kind,
        "old": old,
        "new": _new(edit),
        "who": edit.who,
        "imported_by": edit.imported_by,
        "when": edit.when,
        "reason": edit.reason,
        "statement": _address(edit),
    }


def _new(edit: Edit) -> list[str]:
    """Return what an edit sets: codes or texts, of a place the townships or its source."""
    if edit.kind == "place":
        return list(edit.value.get("townships") or [edit.value["source"]])
    if edit.kind == "missed":
        return [edit.value["statement"].split(":", 2)[2]]
    to = edit.value.get("name") or edit.value.get("to")
    if to is None:
        return []
    if edit.kind == "quantity":
        return [str(to["text"])]
    return list(map(str, to)) if isinstance(to, list) else [str(to)]


def corrected_text(record: Mapping[str, Any], language: Language) -> str:
    """Return one correction as one line: field, old value, new value, who, when and why."""
    return caption(
        "corrected_line",
        language,
        field=_field(record, language),
        old=values_text(record["field"], record["old"], language),
        new=values_text(record["field"], record["new"], language),
        who=author(record["who"], record["imported_by"], language),
        when=record["when"][:10],
        reason=record["reason"],
    )


def _field(record: Mapping[str, Any], language: Language) -> str:
    """Return what was corrected, and of a statement where it stands."""
    name = label("edit_kind", record["field"], language)
    if not record["statement"]:
        return name
    document, line, _ = record["statement"].split(":", 2)
    return noted(name, caption("cited_short", language, document=document, line=line), language)


def corrected_mark(row: Any, language: Language) -> str:
    """Return what persons corrected of a row, introduced as that, in one line; or empty."""
    fields = corrected_fields(row, language)
    return caption("corrected_mark", language, fields=fields) if fields else ""


def corrected_fields(row: Any, language: Language) -> str:
    """Return what persons corrected of a row, with the old values, where a label says so already.

    Empty where nothing was corrected.
    """
    return join([_short(one, language) for one in row.corrected], language, "describe_pair")


def _short(record: Mapping[str, Any], language: Language) -> str:
    return caption(
        "corrected_short",
        language,
        field=label("edit_kind", record["field"], language),
        old=values_text(record["field"], record["old"], language),
        who=author(record["who"], record["imported_by"], language),
        when=record["when"][:10],
    )


def corrections_of(
    said: Mapping[str, Any], corrected: Iterable[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    """Return those corrections of a row that changed one of its statements."""
    document, line, name = said["document"], said["line"], said["name"]

    def is_of(record: Mapping[str, Any]) -> bool:
        if not record["statement"]:
            return False
        *place, named = record["statement"].split(":", 2)
        # split off, a statement goes by the name that it was given
        return place == [document, f"{line}"] and name in {named, *record["new"]}

    return tuple(record for record in corrected if is_of(record))


def corrected_here_html(records: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Return what was corrected of one statement as an escaped paragraph; empty for nothing."""
    if not records:
        return ""
    fields = join([_short(one, language) for one in records], language, "describe_pair")
    return (
        f'<p class="pm-corrected">{escape(caption("corrected_mark", language, fields=fields))}</p>'
    )


def corrected_html(row: Any, language: Language) -> str:
    """Return all corrections of a row as escaped HTML; empty where there is none."""
    items = "".join(f"<li>{escape(corrected_text(one, language))}</li>" for one in row.corrected)
    title = escape(caption("corrected_title", language))
    return f'<div class="pm-corrected"><b>{title}</b><ul>{items}</ul></div>' if items else ""
