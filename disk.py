"""Writing that lasts: one writer at a time, whole files, lines that are added whole or not at all.

What a function here has written is on the disk when it returns. What it could not write has left
nothing: a file is as long as before, and no temporary file stays.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCK = ".lock"
# What is written lies beside its target under such a name until it is whole.
FRESH = ".fresh-"
# Longer than a build of a large catalogue takes: only a stopped process holds a lock so long.
PATIENCE = 600.0
_POLL = 0.02
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# Windows opens no folder; there a rename is on the disk when it returns.
_FOLDERS = hasattr(os, "O_DIRECTORY")


class DiskFull(OSError):  # noqa: N818 - it says what is the case
    """There is no room on the disk; nothing was written."""


class Busy(OSError):  # noqa: N818 - it says what is the case
    """Another process has held a lock for longer than anybody should."""


@contextmanager
def locked(folder: Path, name: str = LOCK) -> Iterator[None]:
    """Keep all other threads and processes out of a folder; the same thread may enter twice.

    The operating system takes the lock from a process that ends, however it ends. The folder is
    made if it is not there.

    Raises
    ------
    Busy
        Somebody else did not leave it.
    OSError
        The folder cannot be written.
    """
    make_folder(folder)
    # Without its file kept, one could hold a lock on a file that others no longer see.
    lock = FileLock(folder / name, is_singleton=True, preserve_lock_file=True, poll_interval=_POLL)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise Busy(errno.EBUSY, "held by another process", str(folder / name)) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def naming_full(path: Path) -> Iterator[None]:
    """Turn the operating system's words for a full disk into an error of ours."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(error.errno, "the disk is full, nothing was saved", str(path)) from None
        raise


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, if it is not there, so that it lasts."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    with naming_full(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for one in missing:
            sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    if _FOLDERS:
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put a file in its place whole; until then the former one stays.

    Parameters
    ----------
    mode
        Who may read and write it; nobody else ever could, not even while it was written.

    Raises
    ------
    DiskFull
        There is no room.
    OSError
        The folder cannot be written.
    """
    with naming_full(path):
        handle, name = tempfile.mkstemp(prefix=FRESH, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def append(parts: Iterable[tuple[Path, bytes]]) -> None:
    """Add bytes to the ends of files in this order: all of them, or none and all as before.

    The caller holds the lock of the folder, so nobody else has added anything meanwhile.

    Raises
    ------
    DiskFull
        There is no room.
    OSError
        A file cannot be written.
    """
    lengths: dict[Path, int | None] = {}
    try:
        for path, content in parts:
            with naming_full(path):
                lengths.setdefault(path, path.stat().st_size if path.exists() else None)
                _append(path, content)
    except BaseException:
        for path, length in lengths.items():
            cut_back(path, length)
        raise


def _append(path: Path, content: bytes) -> None:
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        sync_folder(path.parent)


def cut_back(path: Path, length: int | None) -> None:
    """Shorten a file to what it was; None takes away one that was not there."""
    with suppress(FileNotFoundError):
        if length is None:
            path.unlink()
        else:
            os.truncate(path, length)
            _sync(path, os.O_RDWR)
        sync_folder(path.parent)


@contextmanager
def fresh_folder(beside: Path) -> Iterator[Path]:
    """Yield an empty folder in another one, to be renamed when it is whole; else it goes again.

    Raises
    ------
    DiskFull
        There was no room for what was written meanwhile.
    """
    with naming_full(beside):
        fresh = Path(tempfile.mkdtemp(prefix=FRESH, dir=beside))
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def place_folder(fresh: Path, target: Path) -> None:
    """Rename a whole folder to where it belongs, all its files on the disk before.

    Raises
    ------
    OSError
        There is a folder of that name that is not empty, or the disk is full.
    """
    for path in fresh.iterdir():
        _sync(path, os.O_RDWR)
    fresh.chmod(0o755)
    sync_folder(fresh)
    fresh.rename(target)
    sync_folder(target.parent)


def replace_folder(fresh: Path, target: Path) -> None:
    """Put a whole folder where another one may be; that one goes when the new one is there.

    The caller holds the lock of the folder around it.

    Raises
    ------
    OSError
        The folder around it cannot be written, or the disk is full.
    """
    with fresh_folder(target.parent) as gone:
        if target.exists():
            target.rename(gone / target.name)
        try:
            place_folder(fresh, target)
        except OSError:
            if (gone / target.name).exists():
                (gone / target.name).rename(target)
            raise


def sweep(folder: Path) -> None:
    """Remove what killed writers left half written; the caller holds the folder's lock."""
    for path in folder.glob(f"{FRESH}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
