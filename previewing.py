"""What a plan from outside names and where it is, found in a child process with bounds.

Reading a file is cheap beside finding what its text names: a text made for it keeps a computer
busy for hours. So this too is done apart; the pages of others do not wait for it, and it ends when
the visitor goes or the time is over.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import building
import layers
import plans
from isolation import Bounds, Stopped, read_apart, serve
from store import BrokenFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

_PROGRAM = "previewing"
# Seconds of computing for one line of the text, and for grouping and placing all that was found.
_BOUNDS = Bounds(silent_seconds=10)
# The notes are of the file, not of the text.
_SENT = [field.name for field in fields(plans.Document) if field.name not in {"notes", "merged"}]
_TUPLES = ("plan_period", "areas")
# Names of each kind, so that every table is read before a visitor's text comes in.
_SAMPLE = "青溪镇2026年计划\n\n一、开工建设望月大道、石桥公园（牵头单位：市交通运输局）。\n"


def preview(document: plans.Document, progress: plans.Progress | None = None) -> gpd.GeoDataFrame:
    """Return what a document names that is not in the catalogue; nothing is kept.

    Parameters
    ----------
    document
        As its reader has described it.
    progress
        Called several times a second with the passages done, and how many there are; (0, 0)
        before that is known. What it raises ends the finding and goes on to the caller.

    Returns
    -------
    GeoDataFrame
        As ``building.Built.table``, EPSG:4326, with what is known and due today.

    Raises
    ------
    store.BrokenFile
        Finding takes more time or memory than is safe.
    """
    request = {name: getattr(document, name) for name in _SENT if name != "text"}
    request["merged"] = sorted(document.merged)
    path = Path(document.id)
    content = document.text.encode()
    try:
        said = read_apart(_PROGRAM, request, content, progress=progress, bounds=_BOUNDS)
    except Stopped as stopped:
        raise plans.stopped_as_broken(path, stopped) from None
    try:
        table = layers.read_geojson(said["projects"].encode(), path)
    except (KeyError, TypeError, AttributeError, BrokenFile):
        raise plans.stopped_as_broken(path, Stopped("answer")) from None
    return building.Built(table, [], {document.id: document}).known_today().table


def answer(
    request: Mapping[str, Any], content: bytes, progress: plans.Progress | None = None
) -> dict[str, Any]:
    """Find in the child what a text names; what comes back is the table as a file of it."""
    about = {name: request[name] for name in _SENT if name in request}
    about |= {name: tuple(about[name]) for name in _TUPLES}
    merged = frozenset((line, cell) for line, cell in request["merged"])
    document = plans.Document(**about, text=content.decode(), merged=merged)
    made = building.make([document], corrected=False, partial=True, progress=progress)
    return {"projects": layers.to_geojson(made.table).decode()}


def prepare() -> None:
    """Read all tables that finding and placing need."""
    document = plans.Document("sample", _SAMPLE, areas=("柳市镇",))
    record = {name: getattr(document, name) for name in _SENT if name != "text"}
    answer(json.loads(json.dumps({**record, "merged": []})), _SAMPLE.encode())


if __name__ == "__main__":
    serve(answer, prepare)
