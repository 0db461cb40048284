"""A program that tries what a hostile file might make its reader do; run by ``isolation``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import isolation.rights
from isolation import serve

_CONNECTED = {"inet": socket.AF_INET, "unix": socket.AF_UNIX}


# the hook is there for as long as the process: to try without it, it must be told to look away
_LOOK = {"away": False}
_restrict = isolation.rights.audit.restrict


def _with_a_blind_eye(places: Any) -> None:
    add = sys.addaudithook

    def hooked(check: Any) -> None:
        add(lambda event, arguments: None if _LOOK["away"] else check(event, arguments))

    sys.addaudithook = hooked
    _restrict(places)
    sys.addaudithook = add


isolation.rights.audit.restrict = _with_a_blind_eye


def _connect(_argument: str) -> None:
    with socket.socket() as to:
        to.connect(("127.0.0.1", 1))


def _fork(_argument: str) -> None:
    if os.fork() == 0:
        os._exit(0)


def _write(argument: str) -> None:
    handle = os.open(argument, os.O_WRONLY | os.O_CREAT)
    os.close(handle)


TRIED = {
    "read": lambda argument: os.close(os.open(argument, os.O_RDONLY)),
    "list": os.listdir,
    "write": _write,
    "socket": lambda argument: socket.socket(_CONNECTED[argument]).close(),
    "connect": _connect,
    "fork": _fork,
    "run": lambda _: subprocess.run([sys.executable, "-c", ""], check=False),
    "signal": lambda argument: os.kill(int(argument), 0),
    "chmod": lambda argument: Path(argument).chmod(0o777),
}


def _talk(_told: Any) -> str:
    return "x" * 200_000


def _deep(_told: Any) -> Any:
    os.write(_said(), b"A" + (20_000).to_bytes(8, "big") + b"[" * 20_000)
    os._exit(0)


def _nonsense(_told: Any) -> Any:
    os.write(_said(), b"A" + (3).to_bytes(8, "big") + b"{]x")
    os._exit(0)


def _said() -> int:
    """Return the handle of the pipe to the parent: the one that writes and is not for errors."""
    return max(n for n in range(3, 20) if _is_pipe(n))


def _is_pipe(number: int) -> bool:
    try:
        return os.fstat(number).st_mode & 0o170000 == 0o010000
    except OSError:
        return False


def _forever(told: Any) -> None:
    for n in range(10**9):
        told(n + 1, 0)
        time.sleep(0.05)


def _nap(_told: Any) -> list[float]:
    start = time.monotonic()
    time.sleep(0.5)
    return [start, time.monotonic()]


def _spin(_told: Any) -> None:
    while True:
        pass


def _fail(_told: Any) -> None:
    raise LookupError("never told")


DONE = {
    "fill": lambda _: [bytearray(2**26) for _ in range(100)],
    "spin": _spin,
    "sleep": lambda _: time.sleep(600),
    "nap": _nap,
    "exit": lambda _: os._exit(3),
    "raise": _fail,
    "talk": _talk,
    "nonsense": _nonsense,
    "deep": _deep,
    "forever": _forever,
    "environment": lambda _: dict(os.environ),
}


def read(request: dict[str, Any], _content: bytes, told: Any) -> Any:
    """Try what the request names."""
    what = request["what"]
    if what == "held":
        return request["held"]
    if what in DONE:
        return DONE[what](told)
    _LOOK["away"] = what.startswith("bare ")
    try:
        TRIED[what.removeprefix("bare ")](request["argument"])
    except PermissionError:
        return ["refused"]
    except OSError as error:
        return ["other error", str(error)]
    return ["done"]


if __name__ == "__main__":
    serve(read)
