"""From data, seeds and added documents to the built table: the one place where the rooms meet.

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
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import plans
from geo import (
    Gazetteer,
    ServiceTrouble,
    WrongPlace,
    ask_all,
    bounds_of,
    locate,
    place_by_hand,
    services,
)
from layers import (
    base_map,
    check_outcomes,
    cities,
    project_table,
    read_geojson,
    read_outcomes,
    to_geojson,
    waiting,
    with_corrections,
    with_due,
    with_known,
    with_places,
)
from store import DATA, ROOT, SEEDS, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import geopandas as gpd

    from geo import Answer
    from plans.archive import Plans

BUILT = ROOT / "built"
# Visitors who add documents at the same time wait for each other's build.
_ONE_AT_A_TIME = RLock()
_PROJECTS, _TASKS, _MADE_FROM = "projects.geojson", "tasks.json", "made_from.txt"
_LOST = "lost_edits.json"
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
    lost
        Ids of the edits that find nothing, or more than one thing, to change.
    former
        What the other edits replaced, by their ids; it is not kept, the table tells it.
    """

    table: gpd.GeoDataFrame
    tasks: list[dict[str, Any]]
    documents: Mapping[str, plans.Document]
    lost: tuple[str, ...] = ()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def known_on(self, day: date) -> Built:
        """Return it with what is known beside the plans, and what is due by the end of a day.

        Raises
        ------
        store.BrokenFile
            A table of ``data/`` breaks its contract.
        """
        told = with_known(self.table, read_outcomes())
        return replace(self, table=with_due(told, self.documents, day, cities(base_map())))


def make(
    documents: Iterable[plans.Document],
    *,
    corrected: bool = True,
    partial: bool = False,
    decisions: Sequence[plans.Correction] = (),
    edits: Sequence[plans.Correction] = (),
    progress: plans.Progress | None = None,
) -> Built:
    """Read documents and place what they name; ``partial`` as in ``plans.read_plans``.

    ``decisions`` are corrections on top of those of ``data/``, which ``corrected`` switches;
    ``edits`` are applied after both.
    ``progress`` as in ``plans.read_plans``.

    Raises
    ------
    store.BrokenFile
        A table of ``data/`` breaks its contract, or a correction or an outcome does not match.
    """
    corrections = plans.read_corrections() if corrected else ()
    told = (*corrections, *decisions)
    read = plans.read_plans(documents, told, edits=edits, partial=partial, progress=progress)
    table = project_table(
        read.projects, functools.partial(locate, gazetteer=Gazetteer.load()), read.documents
    )
    if not (partial or edits):
        check_outcomes(table, read_outcomes())
    return Built(table, task_records(read), read.documents, read.lost, read.former)


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


def catalogue() -> tuple[plans.Document, ...]:
    """Return the documents of the seeds, then those that users added."""
    return (*plans.read_catalogue(), *plans.shelf.read_added())


def make_all() -> Built:
    """Read the whole catalogue, added documents with what their readers decided.

    Raises
    ------
    store.BrokenFile
        As in ``make``; or a document is missing, changed or not UTF-8.
    """
    added = plans.shelf.read_added()
    decisions = plans.shelf.read_decisions(added)
    # an added document may name a thing so that a merge of the seeds has two sides to choose from
    log = plans.edits.read_edits()
    amended = plans.amendments(log)
    made = make(catalogue(), decisions=decisions, edits=amended, partial=bool(added))
    holding = [edit for edit in log.in_force if edit.id not in made.lost]
    marked = with_corrections(made.table, holding, made.former)
    return replace(made, table=edited(marked, log))


def edited(table: gpd.GeoDataFrame, log: plans.Log) -> gpd.GeoDataFrame:
    """Return the table with the edited places that hold put into it, last of all.

    Raises
    ------
    store.BrokenFile
        A record of an edits file cannot be: file, line and field are named.
    """
    check(log)
    gazetteer = Gazetteer.load()
    places = {
        edit.project: place_by_hand(edit.value, gazetteer)
        for edit in log.in_force
        if edit.kind == "place"
    }
    return with_places(table, places) if places else table


def check(edits: Iterable[plans.Edit]) -> None:
    """Make sure that what edits set can be, those too that do not hold.

    Raises
    ------
    store.BrokenFile
        A record of a file cannot be; it names file, line and field.
    plans.WrongEdit
        The same of an edit that is in no file yet.
    """
    gazetteer = Gazetteer.load()
    for edit in edits:
        if edit.kind in plans.AMENDED:
            plans.amendment(edit)
        if edit.kind != "place":
            continue
        try:
            place_by_hand(edit.value, gazetteer)
        except WrongPlace as error:
            cause = error.cause
            raise edit.broken(error.entry, error.reason, cause.code, **cause.values) from None


def edit(*edits: plans.Edit) -> int:
    """Keep edits and build the catalogue anew with them; return how many were new.

    Raises
    ------
    plans.shelf.ReadOnly
        Nobody may change anything here.
    plans.WrongEdit
        One of them cannot be; none is kept.
    store.BrokenFile
        As in ``build``; or they do not fit to those that are there; none is kept.
    OSError
        The folder of edits cannot be written.
    """
    if plans.shelf.is_read_only():
        raise plans.shelf.ReadOnly("this site is read-only")
    check(edits)
    fresh = plans.edits.write(edits)
    try:
        _refuse_lost(fresh, load())
    except Exception:
        plans.edits.take_back(fresh)
        raise
    return len(fresh)


def _refuse_lost(fresh: Sequence[plans.Edit], made: Built) -> None:
    for one in fresh if len(fresh) == 1 else ():
        if one.id in made.lost:
            raise plans.WrongEdit(
                "value", "it finds nothing, or more than one thing, to change", "no_target"
            )


def names_to_locate(table: gpd.GeoDataFrame) -> list[str]:
    """Return the names that an online service may be asked for: class township or none.

    What is no thing in space, lies elsewhere or lost its name in print is left out; those for
    which most statements wait come first.
    """
    found = waiting(table, ("none", "township"))
    hopeless = found["unplaced_reason"].isin(["outside_area", "fragment"])
    return list(dict.fromkeys(found[~hopeless]["name"]))


def propose(names: Iterable[str], service: str) -> Iterator[Answer]:
    """Ask a service for names within the area of the plans; see ``geo.ask_all``.

    Raises
    ------
    geo.ServiceTrouble
        As in ``geo.ask_all``; or the packages that ask services are not installed.
    """
    known, area = services()[service], bounds_of(Gazetteer.load())
    known.secret  # noqa: B018 - without a key nothing is asked, and the user is told at once
    if find_spec("geopy") is None:
        raise ServiceTrouble("geopy is not installed: pip install planmap[online]")
    from geo import ask  # noqa: PLC0415 - an optional package

    return ask_all(names, known, lambda name: ask(name, known, area))


def built_folder() -> Path:
    """Return where built files lie: ``built/``, or what PLANMAP_BUILT names."""
    return Path(os.environ.get("PLANMAP_BUILT") or BUILT)


def build(target: Path | None = None) -> Built:
    """Build the catalogue and write it; either all files are written or none.

    ``target`` is ``built_folder()`` unless another folder is named.

    Raises
    ------
    store.BrokenFile
        As in ``make``; or a seed is missing, changed or not UTF-8.
    """
    target = target or built_folder()
    made = make_all()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        (fresh / _PROJECTS).write_bytes(to_geojson(made.table))
        (fresh / _TASKS).write_bytes(as_json(made.tasks))
        (fresh / _LOST).write_bytes(json.dumps(made.lost).encode())
        (fresh / _MADE_FROM).write_text(fingerprint(), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        fresh.replace(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return made


def load(target: Path | None = None, day: date | None = None) -> Built:
    """Return the built catalogue: read back if nothing it was made from has changed, else built.

    ``day`` is the day by which promises must be due to count as due: today unless another is named.

    Raises
    ------
    store.BrokenFile
        As in ``build``.
    """
    with _ONE_AT_A_TIME:
        return _load(target or built_folder()).known_on(day or _today())


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _load(target: Path) -> Built:
    made_from = target / _MADE_FROM
    if made_from.is_file() and made_from.read_text(encoding="utf-8") == fingerprint():
        path = target / _PROJECTS
        documents = {document.id: document for document in catalogue()}
        tasks = json.loads(read_bytes(target / _TASKS))
        lost = tuple(json.loads(read_bytes(target / _LOST)))
        return Built(read_geojson(read_bytes(path), path), tasks, documents, lost)
    if os.access(target.parent, os.W_OK):
        return build(target)
    return make_all()


def fingerprint() -> str:
    """Return a digest of all data, documents and code that the built table is made from."""
    digest = hashlib.sha256()
    users = ((plans.shelf.folder(), "a*/*"), (plans.edits.folder(), "*.jsonl"))
    for folder, pattern in (*_INPUTS, *users):
        for path in sorted(folder.glob(pattern)):
            digest.update(f"{folder.name}/{path.relative_to(folder).as_posix()}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def preview(document: plans.Document, progress: plans.Progress | None = None) -> Built:
    """Read and place what a document names that is not in the catalogue; nothing is kept.

    ``progress`` as in ``plans.read_plans``.

    Raises
    ------
    store.BrokenFile
        A table of ``data/`` breaks its contract.
    """
    made = make([document], corrected=False, partial=True, progress=progress)
    return made.known_on(_today())


def add(document: plans.Document, decisions: Sequence[plans.shelf.Decision] = ()) -> str:
    """Keep a document as part of the catalogue and build it anew; return its id.

    If the catalogue cannot be built with it, it is not kept.

    Raises
    ------
    plans.shelf.AddedAlready
        The catalogue has this text.
    store.BrokenFile
        As in ``build``.
    OSError
        The folder of added documents cannot be written.
    """
    kept = plans.shelf.keep(document, decisions)
    try:
        load()
    except Exception:
        plans.shelf.remove(kept.id)
        raise
    return kept.id


def extract(path: Path) -> Built:
    """Read a single plan text; one of the catalogue is known by its bytes.

    Of any other the issuer, the date and the town it speaks for are taken from its own first
    and last lines, so that a road of another city is not placed here.

    Raises
    ------
    store.BrokenFile
        The file is missing, empty or not UTF-8.
    """
    document = plans.read_document(path)
    known = next((d for d in plans.read_catalogue() if d.text == document.text), None)
    if known is None:
        document = plans.with_first_look(document)
    made = make([known or document], corrected=known is not None, partial=True)
    return made.known_on(_today())


def as_json(records: list[dict[str, Any]]) -> bytes:
    """Return records as UTF-8 JSON, one to a line."""
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()
