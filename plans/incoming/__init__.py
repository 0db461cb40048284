"""Edits that come in from elsewhere, read in a child process with bounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from isolation import Stopped, read_apart
from plans.edits import as_lines, parse
from plans.formats.apart import broken_as_said, broken_record, stopped_as_broken
from plans.formats.errors import TooLarge, because
from store import BrokenFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isolation import Progress
    from plans.ledger import Edit

_PROGRAM = "plans.incoming"
_LARGEST = 20  # MB


def read_incoming(content: bytes, path: Path, progress: Progress | None = None) -> list[Edit]:
    """Read the edits of a file from elsewhere; ``path`` is for the errors.

    Raises
    ------
    BrokenFile
        A line is no record of this version, or cannot be read within the bounds.
    TooLarge
        The file or a line of it is larger than is read.
    """
    if len(content) > _LARGEST * 1_000_000:
        size = f"{len(content) / 1e6:.0f}"
        raise because(TooLarge, path, "over_limit", size=size, limit=_LARGEST)
    if not content:
        return []
    try:
        said = read_apart(_PROGRAM, {"name": path.name}, content, progress=progress)
    except Stopped as stopped:
        raise stopped_as_broken(path, stopped) from None
    if isinstance(said, dict) and "broken" in said:
        raise broken_as_said(path, said["broken"])
    try:
        return parse(said["lines"].encode(), path)
    except (KeyError, TypeError, AttributeError):
        raise because(TooLarge, path, "reading_answer") from None


def answer(request: Mapping[str, Any], content: bytes, _progress: Progress) -> dict[str, Any]:
    """Read edits in the child; what comes back has each in the line that it came from."""
    try:
        edits = parse(content, Path(request["name"]))
    except BrokenFile as error:
        return {"broken": broken_record(error)}
    lines = {edit.origin.line: as_lines([edit]).decode() for edit in edits if edit.origin}
    kept = (lines.get(number, "\n") for number in range(1, max(lines, default=0) + 1))
    return {"lines": "".join(kept)}
