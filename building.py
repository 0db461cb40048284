"""From data and seeds to the built table: the one place where the rooms meet.

The command line and the pages take the table from here. What is built is written to ``built/``
together with a fingerprint of all it was made from, so a later start reads it back instead of
building again.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plans
from geo import Gazetteer, locate
from layers import project_table, read_geojson, to_geojson
from store import DATA, ROOT, SEEDS, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from plans.archive import Plans

BUILT = ROOT / "built"
_PROJECTS, _TASKS, _MADE_FROM = "projects.geojson", "tasks.json", "made_from.txt"
_INPUTS = (
    (SEEDS, "*"),
    (DATA, "**/*.csv"),
    (DATA, "**/*.geojson"),
    (ROOT / "plans", "**/*.py"),
    (ROOT / "geo", "*.py"),
    (ROOT / "layers", "*.py"),
)


@dataclass(frozen=True)
class Built:
    """What was made from the documents.

    Attributes
    ----------
    table
        One row per project, EPSG:4326.
    tasks
        The rows of all responsibility tables, in the form of the export.
    documents
        By id, in the order of the catalogue.
    """

    table: gpd.GeoDataFrame
    tasks: list[dict[str, Any]]
    documents: Mapping[str, plans.Document]


def make(
    documents: Iterable[plans.Document], *, corrected: bool = True, partial: bool = False
) -> Built:
    """Read documents and place what they name; ``partial`` as in ``plans.read_plans``.

    Raises
    ------
    store.BrokenFile
        A table of ``data/`` breaks its contract, or a correction does not match.
    """
    corrections = plans.read_corrections() if corrected else ()
    read = plans.read_plans(documents, corrections, partial=partial)
    table = project_table(
        read.projects, functools.partial(locate, gazetteer=Gazetteer.load()), read.documents
    )
    return Built(table, task_records(read), read.documents)


def task_records(read: Plans) -> list[dict[str, Any]]:
    """Return the rows of the responsibility tables as plain records."""
    return [_task(task) for task in read.tasks]


def _task(task: plans.Task) -> dict[str, Any]:
    by = task.responsibility
    return {
        "document": task.document,
        "annex": task.annex,
        "section": task.section,
        "group": task.group,
        "number": task.number,
        "line": task.line,
        "text": task.text,
        "leader": by.leader,
        "lead_units": list(by.lead_units),
        "units": list(by.units),
        "unit_basis": by.unit_basis,
        "remark": by.remark,
        "remark_lead_units": list(by.remark_lead_units),
    }


def build(target: Path = BUILT) -> Built:
    """Build the catalogue and write it; either all files are written or none.

    Raises
    ------
    store.BrokenFile
        As in ``make``; or a seed is missing, changed or not UTF-8.
    """
    made = make(plans.read_catalogue())
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        (fresh / _PROJECTS).write_bytes(to_geojson(made.table))
        (fresh / _TASKS).write_bytes(as_json(made.tasks))
        (fresh / _MADE_FROM).write_text(fingerprint(), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        fresh.replace(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return made


def load(target: Path = BUILT) -> Built:
    """Return the built catalogue: read back if nothing it was made from has changed, else built.

    Raises
    ------
    store.BrokenFile
        As in ``build``.
    """
    made_from = target / _MADE_FROM
    if made_from.is_file() and made_from.read_text(encoding="utf-8") == fingerprint():
        path = target / _PROJECTS
        documents = {document.id: document for document in plans.read_catalogue()}
        tasks = json.loads(read_bytes(target / _TASKS))
        return Built(read_geojson(read_bytes(path), path), tasks, documents)
    if os.access(target.parent, os.W_OK):
        return build(target)
    return make(plans.read_catalogue())


def fingerprint() -> str:
    """Return a digest of all data, seeds and code that the built table is made from."""
    digest = hashlib.sha256()
    for folder, pattern in _INPUTS:
        for path in sorted(folder.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def extract(path: Path) -> Built:
    """Read a single plan text; one of the catalogue is known by its bytes.

    Raises
    ------
    store.BrokenFile
        The file is missing, empty or not UTF-8.
    """
    document = plans.read_document(path)
    known = next((d for d in plans.read_catalogue() if d.text == document.text), None)
    return make([known or document], corrected=known is not None, partial=True)


def as_json(records: list[dict[str, Any]]) -> bytes:
    """Return records as UTF-8 JSON, one to a line."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()
