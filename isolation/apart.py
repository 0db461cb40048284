"""The parent's side: start a child, give it one file, take its answer, end it in every case."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any

from isolation import wire
from isolation.bounds import Bounds
from isolation.stopped import CAUSES, Stopped
from isolation.turns import turn
from store import ROOT

Progress = Callable[[int, int], None]
_TICK = 0.25  # seconds between two looks at the clock and at whoever waits
# what Python and its libraries need; none of the server's own variables is passed on
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
_SET = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",  # threads that only wait take address space all the same
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "ARROW_IO_THREADS": "1",
}
_ON_TIME, _ON_MEMORY = ("SIGXCPU",), ("SIGABRT", "SIGSEGV", "SIGBUS")


def read_apart(
    program: str,
    request: Mapping[str, Any],
    content: bytes,
    *,
    progress: Progress | None = None,
    bounds: Bounds | None = None,
    environment: Mapping[str, str] | None = None,
) -> Any:
    """Return what a program of the project reads from a file's bytes, in a child with bounds.

    Parameters
    ----------
    program
        Module that calls ``serve``, as for ``python -m``.
    request
        Plain values for its reader.
    content
        The file's bytes.
    progress
        Called with what is done and how much there is, (0, 0) before anything is known, several
        times a second. What it raises ends the child and goes on to the caller.
    bounds
        What the child may use; as ``Bounds`` says unless given.
    environment
        Variables for the child beside the few that it gets.

    Raises
    ------
    Stopped
        It was ended before it had an answer.
    """
    bounds, progress = bounds or Bounds(), progress or _silent
    with (
        turn(lambda: progress(0, 0)),
        _started(program, bounds, environment or {}) as child,
        _talking(child, request, content, bounds) as said,
    ):
        return _answer(child, said, progress, bounds)


def held_bounds() -> list[str]:
    """Return which bounds hold on this system, by asking a child that has set them.

    Raises
    ------
    Stopped
        The child did not start.
    """
    return [str(name) for name in read_apart("isolation", {}, b"-")]


def _silent(_done: int, _of: int) -> None:
    pass


@contextmanager
def _started(
    program: str, bounds: Bounds, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    words = [sys.executable, "-E", "-s", "-B", "-X", "utf8", "-m", program]
    child = subprocess.Popen(  # noqa: S603 - our own words
        [*words, json.dumps(bounds.record())],
        cwd=ROOT,
        env=kept | _SET | dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it has started, and wait until it is gone."""
    if child.poll() is None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(child.pid, signal.SIGKILL)
            else:
                child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        with suppress(OSError):
            if stream:
                stream.close()


_Said = queue.Queue[tuple[bytes, bytes] | Stopped | None]


@contextmanager
def _talking(
    child: subprocess.Popen[bytes], request: Mapping[str, Any], content: bytes, bounds: Bounds
) -> Iterator[_Said]:
    """Talk to the child in threads of their own, since pipes of Windows cannot be waited for."""
    said: _Said = queue.Queue(maxsize=100)
    gone = threading.Event()
    threads = [
        threading.Thread(target=_send, args=(child.stdin, request, content), daemon=True),
        threading.Thread(target=_listen, args=(child.stdout, said, bounds, gone), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield said
    finally:
        gone.set()
        _end(child)
        for thread in threads:
            thread.join()


def _send(stream: IO[bytes], request: Mapping[str, Any], content: bytes) -> None:
    with suppress(OSError, ValueError):
        wire.write(stream, wire.REQUEST, wire.packed(dict(request)))
        wire.write(stream, wire.CONTENT, content)


def _listen(stream: IO[bytes], said: _Said, bounds: Bounds, gone: threading.Event) -> None:
    message: tuple[bytes, bytes] | Stopped | None = (b"", b"")
    while message and not isinstance(message, Stopped) and not gone.is_set():
        try:
            message = wire.read(stream, bounds.answer)
        except Stopped as stopped:
            message = stopped
        except (OSError, ValueError):
            message = None
        while not gone.is_set():
            with suppress(queue.Full):
                said.put(message, timeout=_TICK)
                break


def _answer(child: subprocess.Popen[bytes], said: _Said, progress: Progress, bounds: Bounds) -> Any:
    clock, known = _Clock(bounds), (0, 0)
    while True:
        try:
            message = said.get(timeout=_TICK)
        except queue.Empty:
            message = (b"", b"")
        if message is None:
            raise _ended(child)
        if isinstance(message, Stopped):
            raise message
        kind, payload = message
        if kind == wire.ANSWER:
            return wire.unpacked(payload)
        if kind == wire.STOPPED:
            raise _stopped(wire.unpacked(payload))
        if kind == wire.PROGRESS:
            known = _counts(wire.unpacked(payload))
        clock.tick(kind)
        progress(*known)


class _Clock:
    """When a child has had its time, by the clock."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds, now = bounds, time.monotonic()
        self._end = now + bounds.start_wall + bounds.wall
        self._silent = now + bounds.start_wall

    def tick(self, kind: bytes) -> None:
        """Take note of a message; without one, end what has been silent for too long."""
        now = time.monotonic()
        if kind == wire.READY:
            self._end = now + self._bounds.wall
        if kind:
            self._silent = now + self._bounds.silent_wall
        if now > min(self._silent, self._end):
            raise Stopped("time", "by the clock")


def _counts(told: Any) -> tuple[int, int]:
    if isinstance(told, list) and [type(one) for one in told] == [int, int]:
        return told[0], told[1]
    raise Stopped("answer", "no progress")


def _stopped(told: Any) -> Stopped:
    if isinstance(told, list) and told and told[0] in CAUSES:
        return Stopped(told[0], str(told[-1])[:100])
    return Stopped("answer", "no cause")


def _ended(child: subprocess.Popen[bytes]) -> Stopped:
    """Return why a child has ended without an answer."""
    code = child.wait()
    name = signal.Signals(-code).name if code < 0 else str(code)
    if name in _ON_TIME:
        return Stopped("time", name)
    return Stopped("memory" if name in _ON_MEMORY else "crash", name)
