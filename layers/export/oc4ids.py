"""The chosen rows as a project package of the Open Contracting for Infrastructure Data Standard.

Version 0.9.5, https://standard.open-contracting.org/infrastructure/0.9.5/: names of fields and
codes are those of its schema.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import orjson
import shapely

from layers.export.frames import unit_roles
from layers.files import DECIMALS, WGS84, cited, tidy
from layers.issuers import issued_by
from layers.lines import position_line
from layers.words import caption, label, standard_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.export.content import Content

_VERSION = "0.9"
# What a unit's role is called there; the issuer speaks for nobody, so it is no party.
_ROLES = {"lead": "publicAuthority", "remark": "publicAuthority", "part": "administrativeEntity"}
_TYPE = "projectPlan"
_FULL_DATE = len("2021-04-27")


def oc4ids(content: Content, crs: int) -> bytes:  # noqa: ARG001 - the standard knows one system
    """Return the chosen rows as an OC4IDS 0.9.5 package.

    Without rows it has no projects, although the standard asks for one.
    """
    shapes = tidy(content.table.geometry.to_numpy(), DECIMALS[WGS84])
    projects = [
        _project(row, shape, content.documents)
        for row, shape in zip(content.table.itertuples(index=False), shapes, strict=True)
    ]
    name = uuid.uuid5(uuid.NAMESPACE_URL, orjson.dumps(projects).decode())
    package = {
        "uri": name.urn,
        "publishedDate": _moment(content.day),
        "version": _VERSION,
        "publisher": {"name": caption("app_title", "zh")},
        "projects": projects,
    }
    return orjson.dumps(package, option=orjson.OPT_INDENT_2)


def _project(row: Any, shape: Any, documents: Mapping[str, Any]) -> dict[str, Any]:
    roles = _roles(row)
    lead = next((unit for unit, named in roles.items() if _ROLES["lead"] in named), row.issuer)
    years = [said["target_year"] for said in row.statements if said["target_year"]]
    sector = standard_code("category", row.category)
    known = {
        "id": row.id,
        "title": row.title,
        "description": cited(row.statements),
        "language": "zh",
        "status": standard_code("stage", row.stage),
        "sector": [sector] if sector else None,
        "period": {"endDate": _moment(f"{max(years)}-12-31")} if years else None,
        "additionalClassifications": _classifications(row),
        "publicAuthority": {"id": lead, "name": lead},
        "parties": _parties(roles, lead),
        "locations": _locations(row, shape),
        "documents": [
            {"id": f"{row.id}-{number}", **_document(said, documents[said["document"]])}
            for number, said in enumerate(row.statements, 1)
        ],
    }
    return {name: value for name, value in known.items() if value}


def _roles(row: Any) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for unit, role in sorted(unit_roles(row)):
        if role in _ROLES and _ROLES[role] not in roles.setdefault(unit, []):
            roles[unit].append(_ROLES[role])
    return roles


def _parties(roles: Mapping[str, list[str]], lead: str) -> list[dict[str, Any]]:
    named = dict(roles) if lead in roles else {lead: [_ROLES["lead"]], **roles}
    return [{"id": unit, "name": unit, "roles": given} for unit, given in named.items()]


def _classifications(row: Any) -> list[dict[str, str]]:
    coded = [("stage", row.stage), ("category", row.category)]
    coded += [("known_stage", row.known_stage)] if row.known_stage else []
    coded += [("due", row.due)] if row.due else []
    coded += [("strategy", code) for code in row.strategies]
    return [
        {
            "scheme": f"planmap-{name}",
            "id": f"{name}.{code}",
            "description": label(name, code, "zh"),
        }
        for name, code in coded
    ]


def _locations(row: Any, shape: Any) -> list[dict[str, Any]]:
    if shape is not None:
        geometry = orjson.loads(shapely.to_geojson(shape))
        about = position_line(row, "zh")
        return [{"id": row.id, "description": about, "geometry": geometry}]
    return [
        {"id": name, "description": name, "address": {"locality": name}} for name in row.townships
    ]


def _document(said: dict[str, Any], document: Any) -> dict[str, Any]:
    made = {
        "documentType": _TYPE,
        "title": document.title,
        "description": cited([said]),
        "language": "zh",
        "author": issued_by(document.issuer, document.publisher, "zh"),
    }
    if len(document.date) == _FULL_DATE:  # a year alone is no moment that the standard can hold
        made["datePublished"] = _moment(document.date)
    return made


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
