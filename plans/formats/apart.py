"""Reading a plan in a child process: what goes over, what comes back, and how it is checked.

The child's word is taken for no more than text: what comes back is checked for its form, and a
broken file becomes the same error here that its reader raised there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from isolation import Stopped, read_apart
from plans.formats import errors
from plans.formats.errors import DamagedFile, TooLarge, because
from plans.formats.file import Printed, kind_of, read_file, within_limit
from plans.formats.notes import Note
from store import BrokenFile, Cause, MissingFile, NotUtf8

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plans.formats.file import Progress

_PROGRAM = "plans.formats"
_KINDS: dict[str, type[BrokenFile]] = {
    kind.__name__: kind
    for kind in (
        *(BrokenFile, MissingFile, NotUtf8, TooLarge, DamagedFile, errors.EmptyFile),
        *(errors.UnknownSuffix, errors.WrongSuffix, errors.UnknownEncoding),
        *(errors.ProtectedFile, errors.NoText),
    )
}
# what taking apart an answer of another form than agreed can raise
_NOT_AS_AGREED = (KeyError, TypeError, ValueError, AttributeError)
_LONGEST = 2000  # signs of a reason


def read_outside(path: Path, raw: bytes | None = None, progress: Progress | None = None) -> Printed:
    """Read a file from outside as ``read_file`` does, in a child process with bounds.

    Parameters
    ----------
    path, raw
        As for ``read_file``.
    progress
        Called several times a second, with (0, 0) before anything is known. What it raises ends
        the reading and goes on to the caller.

    Raises
    ------
    store.BrokenFile
        As in ``read_file``; ``TooLarge`` too where reading it takes more time or memory than
        is safe, and ``DamagedFile`` where it makes its reader end.
    """
    kind_of(path)
    content = within_limit(path, raw)
    try:
        said = read_apart(_PROGRAM, {"name": path.name}, content, progress=progress)
    except Stopped as stopped:
        raise stopped_as_broken(path, stopped) from None
    if isinstance(said, dict) and "broken" in said:
        raise broken_as_said(path, said["broken"])
    try:
        return _printed(said)
    except _NOT_AS_AGREED:
        raise _senseless(path) from None


def answer(request: Mapping[str, Any], content: bytes, progress: Progress) -> dict[str, Any]:
    """Read a file in the child, and put what it gives or what is wrong with it in plain values."""
    try:
        printed = read_file(Path(request["name"]), content, progress)
    except BrokenFile as error:
        return {"broken": broken_record(error)}
    return {
        "text": printed.text,
        "title": printed.title,
        "notes": [[note.code, note.about] for note in printed.notes],
        "merged": sorted(map(list, printed.merged)),
    }


def broken_record(error: BrokenFile) -> dict[str, Any]:
    """Return what is wrong with a file in plain values, for the parent."""
    kind = next(k.__name__ for k in type(error).__mro__ if k.__name__ in _KINDS)
    return {
        "kind": kind,
        "reason": error.reason,
        "line": error.line,
        "column": error.column,
        "code": error.cause.code,
        "values": {name: str(value) for name, value in error.cause.values.items()},
    }


def stopped_as_broken(path: Path, stopped: Stopped) -> BrokenFile:
    """Return the error that says of a file why its reading was ended."""
    kind = DamagedFile if stopped.cause == "crash" else TooLarge
    return because(kind, path, f"reading_{stopped.cause}")


def broken_as_said(path: Path, said: Any) -> BrokenFile:
    """Return the error that the child's reader raised, with the file's name as it is known here."""
    try:
        return _error(path, said)
    except _NOT_AS_AGREED:
        return _senseless(path)


def _senseless(path: Path) -> BrokenFile:
    return because(DamagedFile, path, "reading_answer")


def _error(path: Path, said: Any) -> BrokenFile:
    values = {_text(name): _text(value)[:_LONGEST] for name, value in said["values"].items()}
    return _KINDS[said["kind"]](
        path,
        " ".join(_text(said["reason"]).split())[:_LONGEST],
        line=_number(said["line"]),
        column=_text(said["column"])[:_LONGEST],
        cause=Cause(_text(said["code"]), _text(said["column"]), values),
    )


def _printed(said: Any) -> Printed:
    return Printed(
        _text(said["text"]),
        tuple(Note(_text(code), _text(about)) for code, about in said["notes"]),
        _text(said["title"]),
        frozenset((_number(line), _number(cell)) for line, cell in said["merged"]),
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(value)


def _number(value: Any) -> int:
    if type(value) is int and value >= 0:
        return value
    raise TypeError(value)
