"""One line of an edits file: read, bounded, and written; the same bounds for forms and files."""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import suppress
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from plans.ledger import KINDS, Edit, Origin
from store import BrokenFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

VERSION = 1
TEXTS = ("id", "kind", "project", "name", "reason", "who", "when")
# Of an edit that was taken in from a file: who did that, and when.
IMPORTED = ("imported_by", "imported_when")
LONGEST = 2000
# A line of 10,000 positions takes some 400 kB.
MOST_BYTES, MOST_AFTER, DEEPEST = 1_000_000, 1000, 12
# Later than any clock runs ahead, early enough that a later time can still be written.
_FIRST_YEAR, _LAST_YEAR = "2000", "2999"
# One form, so that times can be compared as texts.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")
_TIME_LIKE = "2026-01-31T08:00:00.000000+00:00"
_MARK = b"\xef\xbb\xbf"
NO_RECORD = "no_record"
# Lines that stay in memory once they are read: how many, and how long they may be.
_KNOWN, _SHORT = 20_000, 4000


def records(content: bytes, path: Path) -> Iterator[Edit | BrokenFile]:
    """Walk over the lines of an edits file: a record, or what is wrong with the line.

    Blank lines are left out; a byte order mark and line ends of Windows do not matter.
    """
    for number, line in enumerate(content.split(b"\n"), 1):
        if (told := line.removeprefix(_MARK)).strip():
            read = _edit_once if len(told) <= _SHORT else _edit
            try:
                yield read(told, Origin(path, number))
            except BrokenFile as error:
                yield error


def parse(content: bytes, path: Path) -> list[Edit]:
    """Read the records of an edits file, line by line; ``path`` is for the errors.

    Raises
    ------
    BrokenFile
        A line is no record of this version.
    """
    found = []
    for one in records(content, path):
        if isinstance(one, BrokenFile):
            raise one
        found.append(one)
    return found


@lru_cache(maxsize=_KNOWN)
def _edit_once(line: bytes, origin: Origin) -> Edit:
    """Read a line once for as long as it stands there: the log is read again for each edit."""
    return _edit(line, origin)


def _edit(line: bytes, origin: Origin) -> Edit:
    record = _record_of(line, origin)
    _check_version(record, origin)
    _check_fields(record, origin)
    names = (*TEXTS, *(name for name in IMPORTED if name in record), "value", "share_alike")
    made = {name: record[name] for name in names}
    edit = Edit(**made, after=tuple(record["after"]), origin=origin)
    check_bounds(edit)
    return edit


def _record_of(line: bytes, origin: Origin) -> dict[str, Any]:
    _check_length(line, origin)
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
        # What could not be written again would break the next export: half a sign, an infinity.
        json.dumps(record, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError:
        raise origin.broken("", "is nested too deeply", "too_deep", most=DEEPEST) from None
    except ValueError as error:  # UnicodeError and JSONDecodeError are kinds of it
        raise origin.broken("", f"no JSON record: {error}", NO_RECORD) from None
    if not isinstance(record, dict):
        raise origin.broken("", "no JSON record but a bare value", NO_RECORD)
    return record


def _check_length(line: bytes, made: Edit | Origin) -> None:
    if len(line) > MOST_BYTES:
        reason = f"has {len(line):,} bytes, at most {MOST_BYTES:,} are read"
        raise made.broken("value", reason, "too_long", most=f"{MOST_BYTES:,}")


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _check_version(record: Mapping[str, Any], origin: Origin) -> None:
    version = record.get("version")
    if version != VERSION or isinstance(version, bool):
        shown = repr(version)[:LONGEST]
        reason = f"{shown} is another version, this reads {VERSION}"
        raise origin.broken("version", reason, "version", value=shown, known=VERSION)


def _check_fields(record: Mapping[str, Any], origin: Origin) -> None:
    texts = (*TEXTS, *(IMPORTED if record.keys() & {*IMPORTED} else ()))
    fields = (*texts, "value", "after", "share_alike", "version")
    for name in fields:
        if name not in record:
            raise origin.broken(name, "is missing", "blank")
    for name in record.keys() - {*fields}:
        raise origin.broken(name[:LONGEST], "is no field of an edit", "unknown_field")
    for name in texts:
        if not isinstance(record[name], str) or not record[name].strip():
            raise origin.broken(name, "must be a text and not blank", "blank")
    if record["kind"] not in KINDS:
        kind = record["kind"][:LONGEST]
        reason = f"{kind!r} is none of {', '.join(KINDS)}"
        raise origin.broken("kind", reason, "not_allowed", value=kind)
    _check_values(record, origin)


def _check_values(record: Mapping[str, Any], origin: Origin) -> None:
    if not isinstance(record["value"], dict):
        raise origin.broken("value", "must be an object", "form")
    after = record["after"]
    if not isinstance(after, list) or not all(isinstance(name, str) for name in after):
        raise origin.broken("after", "must be a list of ids", "form")
    if not isinstance(record["share_alike"], bool):
        raise origin.broken("share_alike", "must be true or false", "form")
    for name in ("when", "imported_when"):
        if name in record and not _is_time(record[name]):
            when = record[name][:LONGEST]
            reason = f"{when!r} is no time like {_TIME_LIKE}"
            raise origin.broken(name, reason, "time", value=when, like=_TIME_LIKE)


def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text) or not _FIRST_YEAR <= text[:4] <= _LAST_YEAR:
        return False
    with suppress(ValueError):
        return bool(dt.datetime.fromisoformat(text))
    return False


def check_bounds(edit: Edit) -> None:
    """Make sure that no part of an edit is endless.

    Raises
    ------
    BrokenFile
        A text, the list of what it replaces or its value is too long, or the value too deep.
    plans.WrongEdit
        The same of an edit that is in no file yet.
    """
    for name in (*TEXTS, *IMPORTED):
        if len(getattr(edit, name)) > LONGEST:
            raise edit.broken(name, f"must have 1 to {LONGEST} signs", "length", most=LONGEST)
    if len(edit.after) > MOST_AFTER or any(len(name) > LONGEST for name in edit.after):
        raise edit.broken("after", f"names more than {MOST_AFTER} edits", "form")
    if _is_deep(edit.value):
        raise edit.broken("value", "is nested too deeply", "too_deep", most=DEEPEST)
    if edit.origin is None:
        _check_length(_line(edit), edit)


def _line(edit: Edit) -> bytes:
    try:
        return as_lines([edit])
    except ValueError:  # no finite number: the check of its kind names it
        return b""


def _is_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(DEEPEST):
        level = [part for one in level for part in _parts(one)]
    return bool(level)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def as_lines(edits: Iterable[Edit]) -> bytes:
    """Return edits as the lines of a file, UTF-8, oldest first as given."""
    lines = (json.dumps(_record(edit), ensure_ascii=False, allow_nan=False) for edit in edits)
    return "".join(f"{line}\n" for line in lines).encode()


def _record(edit: Edit) -> dict[str, Any]:
    record = asdict(replace(edit, origin=None))
    for name in ("origin", *(() if edit.imported_by else IMPORTED)):
        del record[name]
    return {"version": VERSION, **record}
