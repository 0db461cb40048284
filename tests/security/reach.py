"""A program that tries, in a confined child, what no reader may do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isolation import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isolation import Progress


def _open(path: str, how: str = "r") -> Any:
    with open(path, how) as file:  # noqa: PTH123 - the plainest way
        return file.read() if how == "r" else file.write("x")


def _connect(address: tuple[str, int]) -> Any:
    with socket.create_connection(address, 2) as made:
        return made.send(b"x")


def tried(attempt: Callable[[], Any]) -> str:
    """Return what an attempt gave, or by which error it failed."""
    try:
        return f"done: {attempt()!r}"[:200]
    except BaseException as error:  # noqa: BLE001 - all of it is told
        return type(error).__name__


def read(request: Mapping[str, Any], content: bytes, _progress: Progress) -> dict[str, Any]:
    """Try everything; tell what came of it."""
    folder = request["folder"]
    attempts: dict[str, Callable[[], Any]] = {
        "accounts": lambda: _open("/etc/passwd"),
        "secret file": lambda: _open(f"{folder}/secret"),
        "other uploads": lambda: list(Path(folder).iterdir()),
        "home": lambda: list(Path("/root").iterdir()),
        "edits": lambda: list(Path(request["edits"]).iterdir()),
        "write": lambda: _open(f"{folder}/written", "w"),
        "write in the project": lambda: _open(f"{request['root']}/data/written", "w"),
        "remove": lambda: Path(folder, "secret").unlink(),
        "network": lambda: _connect(tuple(request["address"])),
        "name": lambda: socket.getaddrinfo("example.org", 80),
        "program": lambda: subprocess.run(["/bin/true"], check=True),
        "fork": os.fork,
        "parent": lambda: os.kill(os.getppid(), 0),
        "environment of the parent": lambda: _open(f"/proc/{os.getppid()}/environ"),
    }
    return {
        "tried": {name: tried(attempt) for name, attempt in attempts.items()},
        "environment": dict(os.environ),
        "content": content.decode(),
        "arguments": sys.argv,
    }


if __name__ == "__main__":
    serve(read)
