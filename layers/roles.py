"""In which role a unit answers for a thing: it leads, leads by a remark, or takes part."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.links import line_link, unit_link
from layers.words import Language, caption, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROLES = ("lead", "remark", "support")


def role_in(said: Mapping[str, Any], unit: str) -> str | None:
    """Return the role of a unit in one statement; None where it has none."""
    if unit in said["lead_units"]:
        return "lead"
    if unit in said["remark_lead_units"]:
        return "remark"
    return "support" if unit in said["units"] else None


def units_in(statements: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return all units that the statements name in any role, those that lead first."""
    known = list(statements)
    names = ("lead_units", "remark_lead_units", "units")
    return tuple(dict.fromkeys(unit for name in names for said in known for unit in said[name]))


def roles_html(
    statements: Iterable[Mapping[str, Any]], documents: Mapping[str, Any], language: Language
) -> str:
    """Return who answers for a thing in which role, with the lines that say so.

    As an escaped HTML table; where no unit is named, as a sentence that says so.
    """
    known = list(statements)
    units = units_in(known)
    if not units:
        return f"<p>{escape(caption('roles_none', language))}</p>"
    head = "".join(
        f"<th>{escape(caption(key, language))}</th>"
        for key in ("roles_unit", *(f"role_is_{role}" for role in ROLES))
    )
    rows = "".join(_row(unit, known, documents, language) for unit in units)
    return f'<table class="pm-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(
    unit: str, known: list[Mapping[str, Any]], documents: Mapping[str, Any], language: Language
) -> str:
    cells = "".join(
        "<td>"
        + join(
            [_cited(said, documents, language) for said in known if role_in(said, unit) == role],
            language,
        )
        + "</td>"
        for role in ROLES
    )
    return f'<tr><th scope="row">{unit_link(unit)}</th>{cells}</tr>'


def _cited(said: Mapping[str, Any], documents: Mapping[str, Any], language: Language) -> str:
    date, line = documents[said["document"]].date, said["line"]
    return line_link(said, caption("cited", language, date=date, line=line))
