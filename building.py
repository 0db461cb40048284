"""From data, seeds and added documents to the built table: the one place where the rooms meet.

The command line and the pages take the table from here. What is built is written under the version
of all it was made from, so a later start reads it back instead of building again. Whoever adds an
edit or a document builds with it before it is kept: what is refused was never there.
"""

from __future__ import annotations

import functools
import json
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import plans
import versions
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
from store import BrokenFile
from versions import BUILT, built_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import geopandas as gpd

    from geo import Answer, Location
    from plans.archive import Plans

__all__ = ["BUILT", "built_folder"]
_PROJECTS, _TASKS, _LOST = "projects.geojson", "tasks.json", "lost_edits.json"
# A build is done again when somebody added something meanwhile; a busy desk must not keep it so.
_TRIES = 3
_KNOWN_PLACES = 20_000


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

    def known_today(self) -> Built:
        """Return it as ``known_on`` this day."""
        return self.known_on(_today())


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


@dataclass(frozen=True)
class Inputs:
    """What users gave: documents on the shelf, what their readers decided, and edits."""

    added: tuple[plans.Document, ...] = ()
    decisions: tuple[plans.Correction, ...] = ()
    log: plans.Log = field(default_factory=plans.Log)


def inputs() -> Inputs:
    """Read what users gave; what is broken of it is left out, and told where it is listed.

    Raises
    ------
    store.BrokenFile
        A table of ``data/`` breaks its contract.
    """
    added = plans.shelf.read_whole().documents
    return Inputs(added, plans.shelf.read_decisions(added), edit_log())


def catalogue() -> tuple[plans.Document, ...]:
    """Return the documents of the seeds, then those that users added."""
    return (*plans.read_catalogue(), *plans.shelf.read_whole().documents)


def edit_log() -> plans.Log:
    """Return all edits; a file in which one sets what cannot be is stopped."""
    log = plans.edits.read_edits()
    for edit in log:
        if not log.is_stopped(edit):
            try:
                check([edit])
            except BrokenFile as error:
                log = log.without(error)
    return log


def troubles() -> list[BrokenFile]:
    """Return what is wrong with documents and edits that are left out of the table."""
    log = edit_log()
    shelf = plans.shelf.read_whole()
    refused = plans.shelf.refused_decisions(shelf.documents)
    return [*shelf.broken.values(), *refused, *log.stopped.values(), *log.torn]


def make_all(given: Inputs | None = None) -> Built:
    """Read the whole catalogue, added documents with what their readers decided.

    Raises
    ------
    store.BrokenFile
        As in ``make``; or a seed is missing, changed or not UTF-8.
    """
    given = inputs() if given is None else given
    documents = (*plans.read_catalogue(), *given.added)
    amended = plans.amendments(given.log)
    # an added document may name a thing so that a merge of the seeds has two sides to choose from
    partial = bool(given.added)
    made = make(documents, decisions=given.decisions, edits=amended, partial=partial)
    holding = [edit for edit in given.log.in_force if edit.id not in made.lost]
    marked = with_corrections(made.table, holding, made.former)
    return replace(made, table=edited(marked, given.log))


def edited(table: gpd.GeoDataFrame, log: plans.Log) -> gpd.GeoDataFrame:
    """Return the table with the edited places that hold put into it, last of all."""
    places = {edit.project: _place(edit) for edit in log.in_force if edit.kind == "place"}
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
    for edit in edits:
        if edit.kind in plans.AMENDED:
            plans.amendment(edit)
        if edit.kind != "place":
            continue
        try:
            _place(edit)
        except WrongPlace as error:
            cause = error.cause
            raise edit.broken(error.entry, error.reason, cause.code, **cause.values) from None


@functools.lru_cache(maxsize=_KNOWN_PLACES)
def _place(edit: plans.Edit) -> Location:
    """Return the place that an edit sets, cut to the area once and not for each build."""
    return place_by_hand(edit.value, Gazetteer.load())


def edit(*edits: plans.Edit) -> int:
    """Keep finished edits and build the catalogue anew with them; return how many were new.

    Raises
    ------
    PermissionError, plans.WrongEdit, store.BrokenFile, OSError
        As in ``keep``; none of them is kept.
    """
    plans.edits.refuse_future(edits)
    return len(_kept(lambda _: edits, tried=any(edit.kind in plans.AMENDED for edit in edits)))


def keep(draft: plans.Edit, now: object = None) -> plans.Edit:
    """Finish an edit, keep it and build the catalogue anew with it; return it as kept.

    ``now`` as in ``plans.edits.check_news``. When it returns, the edit is on the disk.

    Raises
    ------
    plans.shelf.ReadOnly
        Nobody may change anything here.
    plans.WrongEdit
        It cannot be, changes nothing, or finds nothing to change.
    store.BrokenFile
        The file it belongs into is stopped, or ``data/`` breaks its contract.
    OSError
        The folder of edits cannot be written, or the disk is full.
    """

    def finished(log: plans.Log) -> tuple[plans.Edit, ...]:
        plans.edits.check_news(draft, log, now)
        return (plans.edits.made(draft, log),)

    return _kept(finished, tried=draft.kind in plans.AMENDED)[0]


def _kept(
    finish: Callable[[plans.Log], tuple[plans.Edit, ...]], *, tried: bool
) -> tuple[plans.Edit, ...]:
    """Keep what is finished from the log as it stands when it is written."""
    if plans.shelf.is_read_only():
        raise plans.shelf.ReadOnly("this site is read-only")
    # What is refused at once makes no folder and waits for nobody.
    check(finish(edit_log()))
    if tried:
        with versions.alone(target := built_folder()):
            return _kept_after_trial(finish, target)
    with plans.edits.lock():
        fresh = plans.edits.write(finish(edit_log()))
    # The edits are on the disk: if they cannot be shown now, the pages say so themselves.
    with suppress(ValueError, OSError):
        _load(built_folder())
    return fresh


def _kept_after_trial(
    finish: Callable[[plans.Log], tuple[plans.Edit, ...]], target: Path
) -> tuple[plans.Edit, ...]:
    """Build with edits, and keep them if what they change was not changed meanwhile.

    Others may add places while the trial is built, for it takes seconds; the last trial shuts
    them out.
    """
    for turn in range(_TRIES):
        with ExitStack() as held:
            if turn == _TRIES - 1:
                held.enter_context(plans.edits.lock())
            before = inputs()
            edits = finish(before.log)
            trial = _trial(before, edits)
            held.enter_context(plans.edits.lock())
            now = edit_log()
            if plans.amendments(now) != plans.amendments(before.log):
                continue
            finish(now)  # it may be refused by what came meanwhile
            fresh = plans.edits.write(edits)
            if trial:
                _publish_if_current(target, *trial)
            return fresh
    raise AssertionError  # the last trial shuts everybody else out


def _trial(given: Inputs, edits: Sequence[plans.Edit]) -> tuple[Inputs, Built] | None:
    """Build with edits that are not kept yet; None where all of them are there already."""
    log, fresh = plans.edits.joined(given.log, edits)
    if not fresh:
        return None
    given = replace(given, log=log)
    made = make_all(given)
    _refuse_lost(fresh, made)
    return given, made


def _refuse_lost(fresh: Sequence[plans.Edit], made: Built) -> None:
    for one in fresh if len(fresh) == 1 else ():
        if one.id in made.lost:
            raise plans.WrongEdit(
                "value", "it finds nothing, or more than one thing, to change", "no_target"
            )


def _publish_if_current(target: Path, given: Inputs, made: Built) -> None:
    """Write what was built from these inputs, if they are still all there is."""
    with suppress(ValueError, OSError):
        now, version = versions.steadily(inputs)
        if now == given:
            _publish(target, version, made)


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


def build(target: Path | None = None) -> Built:
    """Build the catalogue and write it; either all files are written or none.

    ``target`` is ``built_folder()`` unless another folder is named. What is added meanwhile is
    built in too.

    Raises
    ------
    store.BrokenFile
        As in ``make``; or a seed is missing, changed or not UTF-8.
    versions.Outdated
        Program or data have changed since this process started.
    OSError
        The folder cannot be written, the disk is full, or somebody else builds without end.
    """
    target = target or built_folder()
    with versions.alone(target):
        return _build(target)


def _build(target: Path) -> Built:
    for _ in range(_TRIES):
        given, version = versions.steadily(inputs)
        made = make_all(given)
        _publish(target, version, made)
        if versions.version() == version:
            break
    return made


def _publish(target: Path, version: str, made: Built) -> None:
    versions.publish(target, version, files_of(made))


def files_of(made: Built) -> dict[str, bytes]:
    """Return the files of a version by their names."""
    return {
        _PROJECTS: to_geojson(made.table),
        _TASKS: as_json(made.tasks),
        _LOST: json.dumps(made.lost).encode(),
    }


def load(target: Path | None = None, day: date | None = None) -> Built:
    """Return the built catalogue: read back if nothing it was made from has changed, else built.

    It holds at least all that was kept before the call. ``day`` is the day by which promises must
    be due to count as due: today unless another is named.

    Raises
    ------
    store.BrokenFile
        As in ``build``.
    versions.Outdated
        As in ``build``.
    disk.Busy
        Somebody else builds without end.
    """
    return _load(target or built_folder()).known_on(day or _today())


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _load(target: Path) -> Built:
    if made := _read_back(target):
        return made
    with versions.alone(target):
        # Perhaps somebody else has built it while we waited.
        return _read_back(target) or _built(target)


def _read_back(target: Path) -> Built | None:
    version = versions.version()
    files = versions.read(target, version)
    if files is None or files.keys() != {_PROJECTS, _TASKS, _LOST}:
        return None
    documents = {document.id: document for document in catalogue()}
    if versions.version() != version:
        return None
    table = read_geojson(files[_PROJECTS], target / version / _PROJECTS)
    lost = tuple(json.loads(files[_LOST]))
    return Built(table, json.loads(files[_TASKS]), documents, lost)


def _built(target: Path) -> Built:
    """Build, and write it if that can be; who only looks needs no room on the disk."""
    given, version = versions.steadily(inputs)
    made = make_all(given)
    with suppress(OSError):
        _publish(target, version, made)
    return made


def add(document: plans.Document, decisions: Sequence[plans.shelf.Decision] = ()) -> str:
    """Keep a document as part of the catalogue and build it anew; return its id.

    It is built with before it is kept: what cannot be built was never on the shelf.

    Raises
    ------
    plans.shelf.AddedAlready
        The catalogue has this text.
    store.BrokenFile
        As in ``build``.
    OSError
        The folder of added documents cannot be written, or the disk is full.
    """
    plans.shelf.refuse_known(document)
    target = built_folder()
    with versions.alone(target), plans.shelf.staged(document, decisions) as staged:
        given = inputs()
        told = (*given.decisions, *staged.decisions)
        given = replace(given, added=(*given.added, staged.document), decisions=told)
        made = make_all(given)
        staged.keep()
        _publish_if_current(target, given, made)
    return staged.document.id


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
