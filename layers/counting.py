"""The count sheet: how much the documents name, and how much of it has a place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

from geo.model import LocationClass, UnplacedReason
from layers.nouns import is_project, noun_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

CLASSES: tuple[str, ...] = get_args(LocationClass)
REASONS: tuple[str, ...] = get_args(UnplacedReason)
# The columns of the sheet; "none" is said by its reasons.
COUNTS = (
    *("statements", "projects", "first_named", "placed", "site", "locality"),
    *("township", "city", "unplaced", *REASONS, "programmes", "indicators"),
)


def count_sheet(table: gpd.GeoDataFrame, documents: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Count what each document names, and all of them together.

    Parameters
    ----------
    table
        Any rows of the one table.
    documents
        Ids that get a row even if they name nothing.

    Returns
    -------
    list of dict
        One record per document, in the order of their ids, then one with ``document`` None for
        all; each has the keys ``COUNTS``. A thing counts once in every document that names it,
        so things of the documents add up to more than the total; statements (of projects,
        programmes and indicators) do add up, and so does ``first_named``: the projects that no
        document of lower id names.
        projects = placed + township + city + unplaced, where placed = site + locality and
        unplaced is the sum of its reasons; programmes and indicators come beside them.
    """
    rows = [_counted(row) for row in table.to_dict("records")]
    known = sorted({*documents, *(document for row in rows for document in row["said_in"])})
    sheet = [{"document": name, **_record(_within(rows, name))} for name in known]
    return [*sheet, {"document": None, **_record(rows)}]


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    said_in = Counter(said["document"] for said in row["statements"])
    return row | {"said_in": said_in, "first": True, "said": said_in.total()}


def _within(rows: Iterable[dict[str, Any]], document: str) -> list[dict[str, Any]]:
    return [
        row | {"first": document == min(row["said_in"]), "said": row["said_in"][document]}
        for row in rows
        if document in row["said_in"]
    ]


def _record(rows: list[dict[str, Any]]) -> dict[str, int]:
    projects = [row for row in rows if is_project(row["kind"])]
    nouns = Counter(noun_of(row["kind"]) for row in rows)
    classes = Counter(row["location_class"] for row in projects)
    reasons = Counter(row["unplaced_reason"] for row in projects)
    counts = {
        "statements": sum(row["said"] for row in rows),
        "projects": len(projects),
        "first_named": sum(row["first"] for row in projects),
        "placed": classes["site"] + classes["locality"],
        "unplaced": classes["none"],
        "programmes": nouns["programme"],
        "indicators": nouns["indicator"],
    }
    counts |= {name: classes[name] for name in CLASSES} | {name: reasons[name] for name in REASONS}
    return {name: counts[name] for name in COUNTS}
