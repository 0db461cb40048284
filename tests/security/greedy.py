"""A program that does not answer as a reader should: ``python -m tests.security.greedy``."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from isolation import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isolation import Progress


def _compute() -> None:
    while True:
        pass


def _raise() -> None:
    raise RuntimeError("SECRET-7d1c")


def _progress(progress: Progress) -> None:
    done = 0
    while True:
        done += 1
        progress(done, done + 1)


def read(request: Mapping[str, Any], _content: bytes, progress: Progress) -> Any:
    """Do what is asked."""
    ways: dict[str, Callable[[], Any]] = {
        "compute": _compute,
        "sleep": lambda: time.sleep(3600),
        "memory": lambda: bytearray(2**31),
        "exit": lambda: os._exit(3),
        "raise": _raise,
        "long answer": lambda: "x" * 1_000_000,
        "endless progress": lambda: _progress(progress),
    }
    return ways[request["what"]]()


if __name__ == "__main__":
    serve(read)
