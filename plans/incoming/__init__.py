"""Edits that come in from elsewhere, read in a child process with bounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from isolation import Stopped, read_apart
from plans.edits import as_lines, parse
from plans.formats.apart import broken_as_said, broken_record, stopped_as_broken
from plans.formats.errors import TooLarge
from store import BrokenFile, Cause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isolation import Progress
    from plans.ledger import Edit

LARGEST, LONGEST_LINE, _DEEPEST = 20_000_000, 1_000_000, 12  # bytes, bytes, lists in one another
_PROGRAM = "plans.incoming"


def read_incoming(content: bytes, path: Path, progress: Progress | None = None) -> list[Edit]:
    """Read the edits of a file from elsewhere; ``path`` is for the errors.

    Raises
    ------
    BrokenFile
        A line is no record of this version, or cannot be read within the bounds.
    TooLarge
        The file or a line of it is larger than is read.
    """
    if len(content) > LARGEST:
        raise _too_large(path, len(content), LARGEST, 0)
    try:
        said = read_apart(_PROGRAM, {"name": path.name}, content, progress=progress)
    except Stopped as stopped:
        raise stopped_as_broken(path, stopped) from None
    if isinstance(said, dict) and "broken" in said:
        raise broken_as_said(path, said["broken"])
    return parse(str(said["lines"]).encode(), path)


def answer(request: Mapping[str, Any], content: bytes, _progress: Progress) -> dict[str, Any]:
    """Read edits in the child; what comes back has each in the line that it came from."""
    path = Path(request["name"])
    try:
        for number, line in enumerate(content.split(b"\n"), 1):
            _check_line(path, number, line)
        edits = parse(content, path)
    except BrokenFile as error:
        return {"broken": broken_record(error)}
    lines = {edit.origin.line: as_lines([edit]).decode() for edit in edits if edit.origin}
    kept = (lines.get(number, "\n") for number in range(1, max(lines, default=0) + 1))
    return {"lines": "".join(kept)}


def _check_line(path: Path, number: int, line: bytes) -> None:
    if len(line) > LONGEST_LINE:
        raise _too_large(path, len(line), LONGEST_LINE, number)
    depth = deepest = 0
    for sign in line:
        depth += (sign in b"[{") - (sign in b"]}")
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        cause = Cause("no_record")
        raise BrokenFile(path, "no JSON record: nested too deep", line=number, cause=cause)


def _too_large(path: Path, count: int, most: int, line: int) -> TooLarge:
    reason = f"{count:,} bytes, the limit is {most:,}: split it into parts"
    values = {"count": f"{count:,}", "most": f"{most:,}"}
    return TooLarge(path, reason, line=line, cause=Cause("too_many_bytes", values=values))
