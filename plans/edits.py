"""The edits file: what people say beside documents and gazetteer; the build applies it last.

``edits/*.jsonl`` holds one record a line, and records are only ever added. Those under a
share-alike licence stand in a file of their own. Several files are read as one, so a colleague's
file may be laid beside one's own.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from plans.ledger import KINDS, UNDO, Edit, Log, Origin, WrongEdit
from store import ROOT, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = 1
_OWN, _SHARED = "edits.jsonl", "edits-share-alike.jsonl"
_TEXTS = ("id", "kind", "project", "name", "reason", "who", "when")
_LONGEST = 2000
# One form, so that times can be compared as texts.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")
_TIME_LIKE = "2026-01-31T08:00:00.000000+00:00"
_ONE_AT_A_TIME = RLock()


def folder() -> Path:
    """Return where the edits lie: ``edits/``, or what PLANMAP_EDITS names."""
    return Path(os.environ.get("PLANMAP_EDITS") or ROOT / "edits")


def files() -> list[Path]:
    """Return the files that hold edits, in the order of their names."""
    return sorted(folder().glob("*.jsonl"))


def read_edits() -> Log:
    """Read all edits; without a folder there are none.

    Raises
    ------
    BrokenFile
        A line is no record of this version, or refers to an edit that is not there; file, line
        and field are named.
    """
    return _log(edit for path in files() for edit in parse(read_bytes(path), path))


def parse(content: bytes, path: Path) -> list[Edit]:
    """Read the records of an edits file, line by line; ``path`` is for the errors.

    Raises
    ------
    BrokenFile
        A line is no record of this version.
    """
    lines = content.split(b"\n")
    return [
        _edit(line, Origin(path, number)) for number, line in enumerate(lines, 1) if line.strip()
    ]


def _edit(line: bytes, origin: Origin) -> Edit:
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except ValueError as error:  # UnicodeDecodeError and JSONDecodeError are kinds of it
        raise origin.broken("", f"no JSON record: {error}", "no_record") from None
    if not isinstance(record, dict):
        raise origin.broken("", "no JSON record but a bare value", "no_record")
    _check_version(record, origin)
    _check_fields(record, origin)
    made = {name: record[name] for name in (*_TEXTS, "value", "share_alike")}
    return Edit(**made, after=tuple(record["after"]), origin=origin)


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _check_version(record: Mapping[str, Any], origin: Origin) -> None:
    version = record.get("version")
    if version != VERSION or isinstance(version, bool):
        reason = f"{version!r} is another version, this reads {VERSION}"
        raise origin.broken("version", reason, "version", value=version, known=VERSION)


def _check_fields(record: Mapping[str, Any], origin: Origin) -> None:
    for name in (*_TEXTS, "value", "after", "share_alike", "version"):
        if name not in record:
            raise origin.broken(name, "is missing", "blank")
    for name in record.keys() - {*_TEXTS, "value", "after", "share_alike", "version"}:
        raise origin.broken(name, "is no field of an edit", "unknown_field")
    for name in _TEXTS:
        if not isinstance(record[name], str) or not record[name].strip():
            raise origin.broken(name, "must be a text and not blank", "blank")
    if record["kind"] not in KINDS:
        reason = f"{record['kind']!r} is none of {', '.join(KINDS)}"
        raise origin.broken("kind", reason, "not_allowed", value=record["kind"])
    _check_values(record, origin)


def _check_values(record: Mapping[str, Any], origin: Origin) -> None:
    if not isinstance(record["value"], dict):
        raise origin.broken("value", "must be an object", "form")
    after = record["after"]
    if not isinstance(after, list) or not all(isinstance(name, str) for name in after):
        raise origin.broken("after", "must be a list of ids", "form")
    if not isinstance(record["share_alike"], bool):
        raise origin.broken("share_alike", "must be true or false", "form")
    if not _TIME.fullmatch(record["when"]) or not _is_time(record["when"]):
        reason = f"{record['when']!r} is no time like {_TIME_LIKE}"
        raise origin.broken("when", reason, "time", value=record["when"], like=_TIME_LIKE)


def _is_time(text: str) -> bool:
    with suppress(ValueError):
        return bool(dt.datetime.fromisoformat(text))
    return False


def _log(edits: Iterable[Edit]) -> Log:
    """Make the log of records from all files, each once, and check what they refer to."""
    found: dict[str, Edit] = {}
    for edit in edits:
        if found.setdefault(edit.id, edit) != edit:
            raise edit.broken("id", f"{edit.id!r} is another edit too", "twice", value=edit.id)
    for edit in found.values():
        _check_references(edit, found)
    return Log(tuple(sorted(found.values(), key=lambda edit: (edit.when, edit.id))))


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
        A text is blank or too long.
    """
    texts = {name: " ".join(getattr(edit, name).split()) for name in ("name", "reason", "who")}
    for name, text in texts.items():
        if not text or len(text) > _LONGEST:
            reason = f"must have 1 to {_LONGEST} signs"
            raise WrongEdit(name, reason, "length" if text else "blank", most=_LONGEST)
    fresh = {**texts, "id": secrets.token_hex(6), "when": _time_of(edit, log)}
    return replace(edit, **fresh)  # type: ignore[arg-type]  # all of these are texts


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
    return replace(edit, id="", when="", reason=reason, who=who, after=heads, origin=None)


def check_news(edit: Edit, log: Log, now: object = None) -> None:
    """Make sure that an edit changes something: a second press of a button does not.

    Parameters
    ----------
    now
        What the edited thing has before, in the form of ``to``; None where that cannot be compared.

    Raises
    ------
    WrongEdit
        The value stands already, by an edit in force or by the reading.
    """
    same = [head for head in log.heads(edit.target) if head.value == edit.value]
    if same or (now is not None and edit.value.get("to") == now):
        raise WrongEdit("value", "nothing is changed by it", "unchanged")


def write(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Add finished edits to the file; those that it has already are left out, and returned none.

    Raises
    ------
    BrokenFile
        The file is broken, or would be with these: then none of them is written.
    OSError
        The folder cannot be written.
    """
    with _ONE_AT_A_TIME:
        log = read_edits()
        fresh = tuple(edit for edit in edits if log.by_id.get(edit.id) != edit)
        _log((*log, *fresh))
        folder().mkdir(parents=True, exist_ok=True)
        for name, shared in ((_OWN, False), (_SHARED, True)):
            _append(folder() / name, [edit for edit in fresh if edit.share_alike is shared])
    return fresh


def take_back(edits: Iterable[Edit]) -> None:
    """Remove edits that were just written, because nothing can be built with them."""
    gone = {edit.id for edit in edits}
    with _ONE_AT_A_TIME:
        for path in files():
            kept = [edit for edit in parse(read_bytes(path), path) if edit.id not in gone]
            fresh = path.with_suffix(".fresh")
            fresh.write_bytes(as_lines(kept))
            fresh.replace(path)


def _append(path: Path, edits: list[Edit]) -> None:
    """Add lines in one write, so that no half of a record is ever seen."""
    if not edits:
        return
    with path.open("ab") as file:
        torn = file.tell() and not path.read_bytes().endswith(b"\n")
        file.write((b"\n" if torn else b"") + as_lines(edits))


def as_lines(edits: Iterable[Edit]) -> bytes:
    """Return edits as the lines of a file, UTF-8, oldest first as given."""
    lines = (json.dumps(_record(edit), ensure_ascii=False, allow_nan=False) for edit in edits)
    return "".join(f"{line}\n" for line in lines).encode()


def _record(edit: Edit) -> dict[str, Any]:
    record = asdict(replace(edit, origin=None))
    del record["origin"]
    return {"version": VERSION, **record}
