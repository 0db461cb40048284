"""The edits file: what people say beside documents and gazetteer; the build applies it last.

``edits/*.jsonl`` holds one record a line, and records are only ever added. Those under a
share-alike licence stand in a file of their own. Several files are read as one, so a colleague's
file may be laid beside one's own. A file with a broken line is stopped: its edits are listed, but
do not apply, and nothing is added to it. A last line that cannot be read is what a killed writer
leaves; it is set aside before the next one is added.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import disk
from plans.ledger import UNDO, Edit, Log, WrongEdit
from plans.records import LONGEST, NO_RECORD, as_lines, check_bounds, parse, records
from store import ROOT, BrokenFile, Cause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager

__all__ = ["as_lines", "parse"]  # of the lines, for who uses this module whole
_OWN, _SHARED = "edits.jsonl", "edits-share-alike.jsonl"
_TORN = "torn"
# How far a colleague's clock may run ahead.
_AHEAD = dt.timedelta(days=1)


def folder() -> Path:
    """Return where the edits lie: ``edits/``, or what PLANMAP_EDITS names."""
    return Path(os.environ.get("PLANMAP_EDITS") or ROOT / "edits")


def files() -> list[Path]:
    """Return the files that hold edits, in the order of their names."""
    return sorted(folder().glob("*.jsonl"))


def set_aside() -> list[Path]:
    """Return the files that hold last lines that could not be read."""
    return sorted(folder().glob(f"*.{_TORN}-*.txt"))


def lock() -> AbstractContextManager[None]:
    """Keep all others from adding edits; see ``disk.locked``."""
    return disk.locked(folder())


def read_edits() -> Log:
    """Read all edits; without a folder there are none.

    What is broken is told by the log and stops no more than its file.
    """
    log = _read_all()
    if log.torn:
        # Perhaps somebody is writing that line just now: when they are done it is whole.
        with suppress(OSError), lock():
            log = _read_all()
    return log


def _read_all() -> Log:
    by_file: dict[Path, list[Edit]] = {}
    stopped: dict[Path, BrokenFile] = {}
    torn: list[BrokenFile] = []
    for path in files():
        found = _records(path)
        if found and _is_torn(found[-1]):
            torn.append(found.pop())  # type: ignore[arg-type]  # it was asked just now
        broken = [one for one in found if isinstance(one, BrokenFile)]
        if broken:
            stopped[path] = broken[0]
        by_file[path] = [one for one in found if isinstance(one, Edit)]
    return replace(_agreed(by_file, stopped), torn=tuple(torn))


def _records(path: Path) -> list[Edit | BrokenFile]:
    try:
        return list(records(path.read_bytes(), path))
    except OSError as error:
        cause = Cause("unreadable")
        return [BrokenFile(path, error.strerror or "cannot be read", cause=cause)]


def _is_torn(one: Edit | BrokenFile) -> bool:
    return isinstance(one, BrokenFile) and one.cause.code == NO_RECORD


def _agreed(by_file: Mapping[Path, list[Edit]], stopped: dict[Path, BrokenFile]) -> Log:
    """Make the log of all files, stopping one after another those that break it."""
    while True:
        log, broken = _merged(by_file, stopped)
        if broken is None:
            return log
        stopped[broken.path] = broken


def _merged(
    by_file: Mapping[Path, list[Edit]], stopped: dict[Path, BrokenFile]
) -> tuple[Log, BrokenFile | None]:
    """Put the edits of all files together, each once; those that apply are known first."""
    found: dict[str, Edit] = {}
    for path in sorted(by_file, key=lambda path: (path in stopped, path)):
        for edit in by_file[path]:
            if found.setdefault(edit.id, edit) != edit and path not in stopped:
                return Log(), _caught(_twice, edit)
    log = Log(tuple(sorted(found.values(), key=_time)), dict(stopped))
    for edit in log:
        if not log.is_stopped(edit) and (broken := _caught(_check_references, edit, found)):
            return log, broken
    return log, None


def _caught(check: Callable[..., None], *values: object) -> BrokenFile | None:
    try:
        check(*values)
    except BrokenFile as error:
        return error
    return None


def _twice(edit: Edit) -> None:
    raise edit.broken("id", f"{edit.id!r} is another edit too", "twice", value=edit.id)


def _time(edit: Edit) -> tuple[str, str]:
    return edit.when, edit.id


def _check_references(edit: Edit, known: Mapping[str, Edit]) -> None:
    for name in refers_to(edit):
        other = known.get(name)
        if other is None or other.when >= edit.when:
            raise edit.broken(_column(edit), f"{name!r} is no earlier edit", "no_edit", value=name)
        if edit.kind != UNDO and other.target != edit.target:
            raise edit.broken(
                "after", f"{name!r} is an edit of something else", "no_edit", value=name
            )


def refers_to(edit: Edit) -> tuple[str, ...]:
    """Return the ids of the edits that one replaces or takes back."""
    return (str(edit.value.get("edit")),) if edit.kind == UNDO else edit.after


def _column(edit: Edit) -> str:
    return "value" if edit.kind == UNDO else "after"


def made(edit: Edit, log: Log) -> Edit:
    """Return an edit with an id and the time of now, its texts squeezed.

    It is always later than the edits of the log that it refers to, even if their authors' clocks
    were ahead.

    Raises
    ------
    WrongEdit
        A text is blank or too long, or the value is too large.
    """
    texts = {name: " ".join(getattr(edit, name).split()) for name in ("name", "reason", "who")}
    for name, text in texts.items():
        if not text:
            raise WrongEdit(name, f"must have 1 to {LONGEST} signs", "blank")
    fresh = {**texts, "id": secrets.token_hex(6), "when": _time_of(edit, log)}
    finished = replace(edit, **fresh)  # type: ignore[arg-type]  # all of these are texts
    check_bounds(finished)
    return finished


def _time_of(edit: Edit, log: Log) -> str:
    seen = [log.by_id[name].when for name in refers_to(edit) if name in log.by_id]
    late = [dt.datetime.fromisoformat(when) + dt.timedelta(microseconds=1) for when in seen]
    return max([dt.datetime.now(dt.UTC), *late]).isoformat(timespec="microseconds")


def undo(edit: Edit, *, reason: str, who: str) -> Edit:
    """Return the edit that takes another one back; undoing an undo brings it back."""
    return Edit(UNDO, edit.project, edit.name, {"edit": edit.id}, reason, who)


def again(edit: Edit, log: Log, *, reason: str, who: str) -> Edit:
    """Return an edit made once more, so that it replaces all edits of its target."""
    heads = tuple(head.id for head in log.heads(edit.target))
    made_here = replace(edit, imported_by="", imported_when="", origin=None)
    return replace(made_here, id="", when="", reason=reason, who=who, after=heads)


def imported(edits: Iterable[Edit], *, by: str) -> list[Edit]:
    """Return edits of a file marked with who takes them in, and with the time of now.

    What they say of an earlier import is the file's own claim, and is not kept.

    Raises
    ------
    WrongEdit
        The name is blank or too long.
    """
    name = " ".join(by.split())
    if not 0 < len(name) <= LONGEST:
        raise WrongEdit("who", f"must have 1 to {LONGEST} signs", "blank")
    now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    return [replace(edit, imported_by=name, imported_when=now) for edit in edits]


def check_news(edit: Edit, log: Log, now: object = None) -> None:
    """Make sure that an edit changes something: a second press of a button does not.

    Parameters
    ----------
    now
        What the edited thing has before, in the form of ``to``; None where that cannot be compared.

    Raises
    ------
    WrongEdit
        The value stands already, by an edit in force or by the reading; or what is to be taken
        back is so already.
    """
    if edit.kind == UNDO and edit.value["edit"] in log.undone:
        raise WrongEdit("value", "it is taken back already", "unchanged")
    heads = log.heads(edit.target)
    # Who has seen all sides of a conflict settles it, also with the value of one of them.
    settles = len(heads) > 1 and {head.id for head in heads} <= {*edit.after}
    same = not settles and any(head.value == edit.value for head in heads)
    if same or (now is not None and edit.value.get("to") == now):
        raise WrongEdit("value", "nothing is changed by it", "unchanged")


def refuse_future(edits: Iterable[Edit]) -> None:
    """Make sure that no edit was made later than now, as far as clocks may differ.

    Raises
    ------
    BrokenFile
        One was; of an edit that is in no file: WrongEdit.
    """
    latest = (dt.datetime.now(dt.UTC) + _AHEAD).isoformat(timespec="microseconds")
    for edit in edits:
        if edit.when > latest:
            reason = f"{edit.when} is in the future"
            raise edit.broken("when", reason, "future", value=edit.when)


def joined(log: Log, edits: Iterable[Edit]) -> tuple[Log, tuple[Edit, ...]]:
    """Return a log with finished edits added, and those of them that it does not have already.

    Raises
    ------
    BrokenFile
        They do not fit together or to the log, or belong into a file that is stopped. Of an edit
        that is in no file: WrongEdit.
    """
    found, fresh = dict(log.by_id), {}
    for edit in sorted(edits, key=_time):
        known = found.get(edit.id)
        if known == edit and not log.is_stopped(known):
            continue
        if known is not None and known != edit:
            _twice(edit)
        if broken := log.stopped.get(_home(edit)):
            raise broken
        _check_references(edit, found)
        found[edit.id] = fresh[edit.id] = replace(edit, origin=None)
    return replace(log, edits=tuple(sorted(found.values(), key=_time))), tuple(fresh.values())


def write(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Add finished edits to the files; those that are there already are left out.

    When it returns the edits are on the disk; where it fails, none of them is.

    Returns
    -------
    tuple of Edit
        Those that were new, oldest first.

    Raises
    ------
    BrokenFile
        As in ``joined``.
    disk.DiskFull
        There is no room for them.
    OSError
        The folder cannot be written.
    """
    wanted = tuple(edits)
    if not joined(read_edits(), wanted)[1]:
        return ()  # without a word to write no folder is made
    with lock():
        log = read_edits()
        fresh = joined(log, wanted)[1]
        for broken in log.torn:
            if broken.path in map(_home, fresh):
                _mend(broken)
        # Each edit stands after those that it refers to, so that a kill cuts off no more than ends.
        disk.append([(path, _ended(path) + as_lines(run)) for path, run in groupby(fresh, _home)])
    return fresh


def _home(edit: Edit) -> Path:
    return folder() / (_SHARED if edit.share_alike else _OWN)


def _ended(path: Path) -> bytes:
    """Return what a file needs before the next record: a line feed where its last one was lost."""
    return b"" if not path.exists() or path.read_bytes()[-1:] in {b"", b"\n"} else b"\n"


def _mend(broken: BrokenFile) -> None:
    """Move a last line that cannot be read into a file of its own."""
    path = broken.path
    content = path.read_bytes()
    length = sum(len(line) + 1 for line in content.split(b"\n")[: broken.line - 1])
    mark = hashlib.sha256(content[length:]).hexdigest()[:8]
    disk.write_whole(path.with_name(f"{path.stem}.{_TORN}-{mark}.txt"), content[length:])
    disk.cut_back(path, length)
