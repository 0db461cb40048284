"""From the one table to flat ones: projects, circles, statements, units, sources, documents.

Nested values become text: lists are joined by ``；``, statements stand in a table of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd

from geo import project_all, surroundings
from layers.export.fields import fields
from layers.files import DECIMALS, LIST_SIGN, TOLD, cited, tidy
from layers.issuers import publisher_name
from layers.words import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from layers.export.content import Content

_LISTS = (
    *("aliases", "strategies", "headings", "lead_units", "units", "unit_basis", "leaders"),
    *("townships", "candidates", "former_ids"),
)
_LABELS = {
    "category_zh": ("category", "category"),
    "stage_zh": ("stage", "stage"),
    "location_class_zh": ("location_class", "location_class"),
    "known_stage_zh": ("known_stage", "known_stage"),
    "due_zh": ("due", "due"),
    "due_stage_zh": ("due_stage", "stage"),
}
_FLAGS = ("promised", "schematic")
# pandas dtypes of what is no text
_TYPES = {
    **dict.fromkeys(_FLAGS, "bool"),
    **dict.fromkeys(("radius_m", "quantity_value"), "float64"),
    **dict.fromkeys(("number", "line", "start", "end", "projects"), "int64"),
    **dict.fromkeys(("target_year", "due_year"), "Int64"),
}
_TEXT = "string[pyarrow]"


def projects(content: Content, crs: int) -> gpd.GeoDataFrame:
    """Return one row per chosen project in the table's order, in EPSG:``crs``, easting first.

    Rows without a position have no geometry.
    """
    table = content.table
    columns = {name: _column(table, name) for name in _names("projects")}
    return gpd.GeoDataFrame(
        _typed(columns, "projects"), geometry=_shapes(table.geometry.to_numpy(), crs), crs=crs
    )


def circles(content: Content, crs: int) -> gpd.GeoDataFrame:
    """Return the area that each placed thing lies in: within its radius of its geometry."""
    placed = content.table[content.table.geometry.notna()]
    radii = placed["radius_m"].to_numpy(dtype=np.float64)
    columns = {
        "project_id": placed["id"],
        **{name: placed[name] for name in _names("circles") if name != "project_id"},
    }
    areas = surroundings(placed.geometry.to_numpy(), radii)
    return gpd.GeoDataFrame(_typed(columns, "circles"), geometry=_shapes(areas, crs), crs=crs)


def statements(content: Content) -> pd.DataFrame:
    """Return one row per statement of the chosen projects, oldest first within each."""
    documents, names = content.documents, _names("statements")
    rows = [
        _statement(said, key, number, documents)
        for key, all_said in zip(content.table["id"], content.table["statements"], strict=True)
        for number, said in enumerate(all_said, 1)
    ]
    return _typed({name: [row[name] for row in rows] for name in names}, "statements")


def units(content: Content) -> pd.DataFrame:
    """Return one row per project, unit and role: lead, part, remark or issuer."""
    found = [
        (unit, role, label("unit_role", role, "zh"), row.id, row.name)
        for row in content.table.itertuples(index=False)
        for unit, role in unit_roles(row)
    ]
    names = _names("units")
    rows = sorted(found)
    return _typed({name: [row[at] for row in rows] for at, name in enumerate(names)}, "units")


def sources(content: Content) -> pd.DataFrame:
    """Return the sources of the chosen projects' positions, with the terms of each."""
    used = [
        title
        for text in content.table["location_source"].dropna()
        for title in text.split(LIST_SIGN)
    ]
    known = [source for source in content.base.sources if source.title in set(used)]
    columns: dict[str, Any] = {
        name: [getattr(source, name) for source in known] for name in _names("sources")[:-1]
    }
    return _typed(columns | {"projects": [used.count(one.title) for one in known]}, "sources")


def documents(content: Content) -> pd.DataFrame:
    """Return the documents that the chosen projects' statements come from."""
    said = {one["document"] for every in content.table["statements"] for one in every}
    known = [document for key, document in content.documents.items() if key in said]
    names = _names("documents")
    columns: dict[str, Any] = {name: [getattr(one, name) for one in known] for name in names}
    columns["publisher"] = list(map(_publisher, columns["publisher"]))
    return _typed(columns, "documents")


def _publisher(publisher: str | None) -> str:
    return publisher_name(publisher, "zh") if publisher else ""


def _names(layer: str) -> list[str]:
    return [one.field for one in fields(layer)]


def _column(table: gpd.GeoDataFrame, name: str) -> Iterable[Any]:
    if name in _LABELS:
        source, codes = _LABELS[name]
        return _labelled(table[source], codes)
    if name in _WRITTEN:
        return _WRITTEN[name](table)
    return map(LIST_SIGN.join, table[name]) if name in _LISTS else table[name]


def _labelled(values: Iterable[str | None], codes: str) -> list[str]:
    known: dict[str | None, str] = {None: ""}
    return [
        known[value] if value in known else known.setdefault(value, label(codes, value or "", "zh"))
        for value in values
    ]


_WRITTEN: dict[str, Callable[[gpd.GeoDataFrame], list[str]]] = {
    "strategies_zh": lambda table: [
        LIST_SIGN.join(_labelled(codes, "strategy")) for codes in table["strategies"]
    ],
    **{
        name: lambda table, name=name: list(map(TOLD[name], table[name]))  # type: ignore[misc]
        for name in ("known_outcomes", "corrected")
    },
    "publisher": lambda table: list(map(_publisher, table["publisher"])),
    "quotes": lambda table: [cited(said) for said in table["statements"]],
    "statements": lambda table: [orjson.dumps(said).decode() for said in table["statements"]],
}


def _typed(columns: Mapping[str, Any], layer: str) -> pd.DataFrame:
    """Make a frame whose types do not depend on what is in it, so that empty ones have them."""
    made = {
        name: pd.Series(list(columns[name]), dtype=_TYPES[name])
        if name in _TYPES
        else pd.Series([value or None for value in columns[name]], dtype=_TEXT)
        for name in _names(layer)
    }
    return pd.DataFrame(made)


def _shapes(shapes: Any, crs: int) -> Any:
    return tidy(project_all(np.asarray(shapes, dtype=object), crs), DECIMALS[crs])


def unit_roles(row: Any) -> set[tuple[str, str]]:
    """Return the units of a row, each with its role: lead, part, remark, issuer or stand-in."""
    said = row.statements
    return {
        *((unit, "lead") for unit in row.lead_units),
        *((unit, "part") for unit in row.units if unit not in row.lead_units),
        *((unit, "remark") for one in said for unit in one["remark_lead_units"]),
        *(
            (one["issuer"], "stand_in" if one["publisher"] else "issuer")
            for one in said
            if one["unit_basis"] == "issuer"
        ),
    }


def _statement(
    said: Mapping[str, Any], key: str, number: int, documents: Mapping[str, Any]
) -> dict[str, Any]:
    quantity = said["quantity"] or {"value": None, "unit": None, "text": None}
    document = documents[said["document"]]
    return {
        **said,
        "project_id": key,
        "number": number,
        "document_title": document.title,
        "date": document.date,
        "stage_zh": label("stage", said["stage"], "zh"),
        "publisher": _publisher(said["publisher"]),
        "more_quotes": cited(said["more_quotes"]),
        "strategies": LIST_SIGN.join(one["code"] for one in said["strategies"]),
        **{
            name: LIST_SIGN.join(said[name])
            for name in ("lead_units", "units", "remark_lead_units")
        },
        **{f"quantity_{name}": value for name, value in quantity.items()},
    }
