"""What the built data are made from, and where they lie: one folder for each version of it.

``built/VERSION/`` is there whole or not at all, and what it holds never changes: a server that
reads one version is not disturbed by whoever builds the next. ``built/current`` names the last one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import disk
import plans
from store import DATA, ROOT, SEEDS, BrokenFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    _Read = TypeVar("_Read")

BUILT = ROOT / "built"
CURRENT = "current"
_SUMS = "whole.json"
_SIGNS = 16
# The version that is served, the one before it, and one that somebody may still be reading.
_KEPT = 3
_TRIES = 5
_INPUTS = (
    (SEEDS, "*"),
    (DATA, "**/*.csv"),
    (DATA, "**/*.geojson"),
    (ROOT / "plans", "**/*.py"),
    (ROOT / "geo", "**/*.py"),
    (ROOT / "layers", "**/*.py"),
    (ROOT, "*.py"),
)


class Outdated(ValueError):  # noqa: N818 - it says what is the case
    """Program or data on the disk are others than this process started with."""

    def __init__(self) -> None:
        super().__init__("program or data have changed on the disk: start anew to use them")


def built_folder() -> Path:
    """Return where built files lie: ``built/``, or what PLANMAP_BUILT names."""
    return Path(os.environ.get("PLANMAP_BUILT") or BUILT)


def _sources() -> Iterator[tuple[Path, Path]]:
    return _found(_INPUTS)


def _users() -> Iterator[tuple[Path, Path]]:
    return _found(((plans.shelf.folder(), "a*/*"), (plans.edits.folder(), "*.jsonl")))


def _found(places: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, Path]]:
    for folder, pattern in places:
        yield from ((folder, path) for path in sorted(folder.glob(pattern)))


def _digest(files: Iterable[tuple[Path, Path]]) -> str:
    digest = hashlib.sha256()
    for folder, path in files:
        digest.update(f"{folder.name}/{path.relative_to(folder).as_posix()}".encode())
        # What goes while we look is another version; what cannot be read stands for itself.
        with suppress(OSError):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


# Tables and modules stay in memory once they are read: this is what a process works with.
_STARTED_WITH = _digest(_sources())


def version() -> str:
    """Return the name of what is built from this program, its data, and all documents and edits.

    Raises
    ------
    Outdated
        Program or data have changed since this process started: what it would build would be a
        mixture.
    """
    if _digest(_sources()) != _STARTED_WITH:
        raise Outdated
    both = f"{_STARTED_WITH} {_digest(_users())}"
    return hashlib.sha256(both.encode()).hexdigest()[:_SIGNS]


def stamp() -> int:
    """Return a number that changes when any file that is built from is written, made or removed.

    It looks at no content and is right for this process only.
    """
    return hash(tuple(_marks()))


def _marks() -> Iterator[tuple[str, int, int]]:
    for _, path in (*_sources(), *_users()):
        with suppress(OSError):
            found = path.stat()
            yield str(path), found.st_mtime_ns, found.st_size


def steadily(read: Callable[[], _Read]) -> tuple[_Read, str]:
    """Read documents and edits so that all is of one version, and return that version too.

    Raises
    ------
    store.BrokenFile
        As ``read``.
    Outdated
        As in ``version``.
    disk.Busy
        They change all the time, and whoever changes them does not let us in.
    """
    for _ in range(_TRIES):
        before = version()
        try:
            found = read()
        except BrokenFile:
            if version() == before:
                raise
            continue
        if version() == before:
            return found, before
    with plans.edits.lock(), plans.shelf.lock():
        return read(), version()


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Let nobody else build into a folder meanwhile; where it cannot be written nobody does.

    Raises
    ------
    disk.Busy
        Somebody else is building without end.
    """
    with ExitStack() as held:
        try:
            _clear(target)
            held.enter_context(disk.locked(target))
        except disk.Busy:
            raise
        except OSError:
            pass  # whoever writes into it is told
        yield


def _clear(path: Path) -> None:
    """Remove what stands where a folder should be."""
    if path.is_symlink() or path.is_file():
        path.unlink()


def read(target: Path, name: str) -> Mapping[str, bytes] | None:
    """Return the files of a version; None where it is not there or any byte of it is another."""
    folder = target / name
    try:
        sums = json.loads((folder / _SUMS).read_bytes())
        files = {file: (folder / file).read_bytes() for file in sums}
    except (OSError, ValueError, TypeError):
        return None
    whole = all(_sum(content) == sums[file] for file, content in files.items())
    return files if whole and sums else None


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def publish(target: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write a version whole, and name it as the current one; the caller is ``alone``.

    Raises
    ------
    disk.DiskFull
        There is no room; the former version stays the current one.
    OSError
        The folder cannot be written.
    """
    disk.make_folder(target)
    disk.sweep(target)
    if read(target, name) != files:
        _remove(target / name)
        with disk.fresh_folder(target) as fresh:
            for file, content in files.items():
                (fresh / file).write_bytes(content)
            sums = {file: _sum(content) for file, content in files.items()}
            (fresh / _SUMS).write_text(json.dumps(sums), encoding="utf-8")
            disk.place_folder(fresh, target / name)
    disk.write_whole(target / CURRENT, name.encode())
    _prune(target, name)


def current(target: Path) -> Path:
    """Return the folder of the version that was built last.

    Raises
    ------
    OSError
        Nothing was built yet.
    """
    return target / (target / CURRENT).read_text(encoding="utf-8")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _prune(target: Path, name: str) -> None:
    """Remove all but the last versions, and what an earlier form of the folder held."""
    folders = [path for path in target.iterdir() if path.is_dir() and path.name != name]
    folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    files = [path for path in target.iterdir() if path.is_file()]
    old = [path for path in files if path.name not in {CURRENT, disk.LOCK}]
    for path in (*folders[_KEPT - 1 :], *old):
        with suppress(OSError):
            _remove(path)
