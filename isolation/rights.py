"""Giving up rights: all bounds that the system has, in the order in which they can be set."""

from __future__ import annotations

import os
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from isolation import audit, landlock, libc, namespaces, seccomp
from store import DATA, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from isolation.bounds import Bounds

BOUNDS = {
    "memory": "address space is bounded",
    "cpu": "computing time is bounded",
    "files": "no byte can be written into a file, no core is dumped",
    "handles": "few files can be open at a time",
    "namespaces": "a network of its own without any way out, no rights of root",
    "landlock": "only Python, its libraries and the tables of the project can be opened, to read",
    "seccomp": "no sockets, no other programs, no writing, by a filter on system calls",
    "audit": "Python itself refuses sockets, programs and foreign files",
}
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
# an editable installation names folders of its own, in which anything may lie
_PACKAGES = {"site-packages", "dist-packages", "lib-dynload"}
_TIMES = "/usr/share/zoneinfo"
# folders of the project that hold code and tables; what users added or edited lies elsewhere
_OWN = ("plans", "geo", "layers", "isolation", "building.py", "disk.py", "store.py", "versions.py")
_MOST_HANDLES = 64
# Seconds between the signal that names the cause and the one that cannot be caught.
_TO_THE_END = 2


def confine(bounds: Bounds) -> list[str]:
    """Set every bound that this system knows, and return the names of those that hold.

    To be called before any thread is started and before anything is read from outside.
    """
    places = list(readable())
    steps: dict[str, Callable[[], None]] = {
        "memory": lambda: _limit("RLIMIT_AS", bounds.memory),
        "cpu": lambda: renew_time(bounds),
        "files": _no_files,
        "handles": lambda: _limit("RLIMIT_NOFILE", _MOST_HANDLES),
        "namespaces": namespaces.leave,
        "landlock": lambda: landlock.restrict(places),
        "seccomp": seccomp.restrict,
        "audit": lambda: audit.restrict(places),
    }
    held = [name for name, step in steps.items() if _holds(step)]
    if namespaces.is_root():
        _holds(namespaces.drop_rights)
    _be_nice()
    return held


def _holds(step: Callable[[], None]) -> bool:
    """Set one bound; a system that does not know it is no reason to read without the others."""
    try:
        step()
    except (OSError, ValueError, ImportError, AttributeError):
        return False
    return True


def readable() -> Iterator[Path]:
    """Yield the places that a reader needs: Python, its libraries, the tables of the project."""
    installed = sysconfig.get_paths()
    named = {installed[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    named |= {path for path in sys.path if Path(path).name in _PACKAGES}
    yield from (Path(path).resolve() for path in sorted(named))
    yield from (ROOT / name for name in _OWN)
    yield DATA
    yield from map(Path, (*_LIBRARIES, _TIMES))


def renew_time(bounds: Bounds) -> None:
    """Let the silent time begin anew: the system ends the process when it is over.

    Raises
    ------
    ImportError, OSError
        The system has no such limit.
    """
    import resource  # noqa: PLC0415 - not on Windows

    spent = resource.getrusage(resource.RUSAGE_SELF)
    until = int(spent.ru_utime + spent.ru_stime) + 1 + bounds.silent_seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (min(until, bounds.seconds), bounds.seconds + _TO_THE_END)
    )


def _limit(name: str, most: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(getattr(resource, name), (most, most))


def _no_files() -> None:
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_CORE", 0)
    if sys.platform.startswith("linux"):
        libc.set_trait(libc.DUMPABLE, 0)


def _be_nice() -> None:
    """Let the pages of others come first."""
    with suppress(OSError, AttributeError):
        os.nice(5)
