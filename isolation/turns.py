"""At most two readings at a time, over all sessions and processes of one user of the system."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from isolation.stopped import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AT_A_TIME = 2
_PAUSE, _LONGEST = 0.1, 120.0  # seconds
_HERE = BoundedSemaphore(AT_A_TIME)


@contextmanager
def turn(waiting: Callable[[], None]) -> Iterator[None]:
    """Hold one of the turns; until one is free, ``waiting`` is called again and again.

    Raises
    ------
    Stopped
        None became free in two minutes.
    """
    until = time.monotonic() + _LONGEST
    while not _HERE.acquire(timeout=_PAUSE):
        _wait(waiting, until)
    try:
        lock = _locked(waiting, until)
        try:
            yield
        finally:
            if lock:
                lock.release()
    finally:
        _HERE.release()


def _wait(waiting: Callable[[], None], until: float) -> None:
    waiting()
    if time.monotonic() > until:
        raise Stopped("busy")


def _locked(waiting: Callable[[], None], until: float) -> FileLock | None:
    """Return a lock that no other process holds; None where there is no folder for such locks."""
    folder = _folder()
    if folder is None:
        return None
    while True:
        for number in range(AT_A_TIME):
            lock = FileLock(folder / f"turn{number}.lock", timeout=0)
            with suppress(Timeout):
                lock.acquire()
                return lock
        _wait(waiting, until)
        time.sleep(_PAUSE)


def _folder() -> Path | None:
    """Return the folder of the locks: this user's own, for another's may be a trap."""
    user = os.getuid() if hasattr(os, "getuid") else "all"
    folder = Path(tempfile.gettempdir(), f"planmap-reading-{user}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    is_own = user in {"all", found.st_uid}
    return folder if is_own and folder.is_dir() and not folder.is_symlink() else None
