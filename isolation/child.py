"""The child's side: give up all rights, then take one file, read it, answer, and end."""

from __future__ import annotations

import json
import mimetypes
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, BinaryIO

from isolation import wire
from isolation.bounds import Bounds
from isolation.rights import confine, renew_time

# Seconds between two reports of progress: whoever reads many small parts reports each.
_TELL_EVERY = 0.1
_LARGEST = 2**31  # bytes of a file; each reader has a smaller limit of its own
Told = Callable[[int, int], None]
Reader = Callable[[dict[str, Any], bytes, Told], Any]


def serve(read: Reader, prepare: Callable[[], object] | None = None) -> None:
    """Read one file for the parent and end the process.

    Parameters
    ----------
    read
        Takes the request with the bounds that hold, the file's bytes and what to call with
        progress; returns plain values.
        An error that it raises ends the reading without a word of it reaching the parent.
    prepare
        Loads the libraries that ``read`` needs, before the file comes in.
    """
    mimetypes.init([])  # else openpyxl would look for lists of the system, which it may not open
    bounds = Bounds(**json.loads(sys.argv[1]))
    held = confine(bounds)
    asked, said = _streams()
    if prepare:
        prepare()
    renew(bounds)
    wire.write(said, wire.READY, wire.packed(held))
    request, content = wire.read(asked, _LARGEST), wire.read(asked, _LARGEST)
    if request and content:
        given = json.loads(request[1]) | {"held": held}
        _answer(said, bounds, lambda told: read(given, content[1], told))
    os._exit(0)


def renew(bounds: Bounds) -> None:
    """Let the silent time begin anew, where the system counts it."""
    with suppress(ImportError, OSError, ValueError):
        renew_time(bounds)


def _streams() -> tuple[IO[bytes], BinaryIO]:
    """Return the pipes from and to the parent; what libraries print goes nowhere."""
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return sys.stdin.buffer, said


def _answer(said: BinaryIO, bounds: Bounds, read: Callable[[Told], Any]) -> None:
    last = 0.0

    def told(done: int, of: int) -> None:
        nonlocal last
        renew(bounds)
        if time.monotonic() - last >= _TELL_EVERY:
            wire.write(said, wire.PROGRESS, wire.packed([done, of]))
            last = time.monotonic()

    try:
        answer = wire.packed(read(told))
    except MemoryError:
        wire.write(said, wire.STOPPED, wire.packed(["memory", ""]))
    except Exception as error:  # noqa: BLE001 - whatever a file makes a library do
        wire.write(said, wire.STOPPED, wire.packed(["crash", type(error).__name__]))
    else:
        wire.write(said, wire.ANSWER, answer)
