"""Python's own audit hook: what the interpreter itself refuses, on every system.

It stops Python code, not a library written in C; on Linux the kernel stops both.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_REFUSED = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"),
    *("os.startfile", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown"),
    *("os.link", "os.symlink", "os.truncate", "os.kill", "shutil.", "ftplib."),
    *("urllib.", "smtplib.", "http.client.", "tempfile.", "webbrowser.", "pty."),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def restrict(readable: Iterable[Path]) -> None:
    """Refuse sockets, programs, changes of files, and opening what stands elsewhere."""
    places = tuple(os.path.realpath(place) for place in readable)
    trees = tuple(place + os.sep for place in places)

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _check_open(arguments, places, trees)
        elif event.startswith(_REFUSED):
            raise PermissionError(f"{event} is not for a reader of files")

    sys.addaudithook(check)


def _check_open(
    arguments: tuple[Any, ...], places: tuple[str, ...], trees: tuple[str, ...]
) -> None:
    path, _mode, flags = arguments
    if isinstance(path, int):
        return  # a handle that is open already
    found = os.path.realpath(os.fsdecode(path))
    if flags & _WRITING or not (found in places or found.startswith(trees)):
        raise PermissionError("this file is not for a reader of files")
