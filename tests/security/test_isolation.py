"""The child that reads a file: it reaches nothing, and it ends in every case."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from isolation import Bounds, Stopped, read_apart
from store import ROOT

if TYPE_CHECKING:
    from pathlib import Path

REACH, GREEDY = "tests.security.reach", "tests.security.greedy"
QUICK = Bounds(memory=2**29, silent_seconds=1, seconds=2, silent_wall=3, wall=9, answer=100_000)


@pytest.mark.skipif(sys.platform != "linux", reason="bounds of Linux")
def test_the_child_reaches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file but Python's and the project's, no write, network, program, or secret."""
    (tmp_path / "secret").write_text("SECRET-7d1c")
    monkeypatch.setenv("PLANMAP_AMAP_KEY", "SECRET-7d1c")
    with socket.create_server(("127.0.0.1", 0)) as server:
        request = {
            "folder": str(tmp_path),
            "edits": str(ROOT / "tests"),
            "root": str(ROOT),
            "address": list(server.getsockname()),
        }
        said = read_apart(REACH, request, b"hello")
    assert said["content"] == "hello"
    assert [f"{name}: {how}" for name, how in said["tried"].items() if how.startswith("done")] == []
    assert "SECRET-7d1c" not in str(said)
    assert not {name for name in said["environment"] if name.startswith(("PLANMAP", "AWS", "HOME"))}
    assert (tmp_path / "secret").read_text() == "SECRET-7d1c"
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    ("what", "cause"),
    [
        ("compute", "time"),
        ("sleep", "time"),
        ("memory", "memory"),
        ("exit", "crash"),
        ("raise", "crash"),
        ("long answer", "answer"),
        ("endless progress", "time"),
    ],
)
def test_the_child_ends_in_every_case(what: str, cause: str) -> None:
    """Each way of not answering ends with its cause."""
    with pytest.raises(Stopped) as stopped:
        read_apart(GREEDY, {"what": what}, b"", bounds=QUICK)
    assert stopped.value.cause == cause
