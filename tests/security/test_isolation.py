"""What a child process that reads a file can reach, and how it is ended."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from isolation import BOUNDS, Bounds, Stopped, read_apart
from isolation.turns import AT_A_TIME
from store import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = "tests.security.prober"
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounds of Linux")


def probe(what: str, argument: str = "", **more: Any) -> Any:
    """Let a child try something, and return what it says of it."""
    return read_apart(PROGRAM, {"what": what, "argument": argument}, b"x", **more)


@LINUX
@pytest.mark.parametrize(
    ("what", "argument"),
    [
        ("read", "/etc/passwd"),
        ("read", "/proc/self/environ"),
        ("read", "/proc/{pid}/environ"),
        ("read", "{root}/pyproject.toml"),
        ("list", "{root}"),
        ("write", "{new}"),
        ("socket", "inet"),
        ("socket", "unix"),
        ("connect", ""),
        ("fork", ""),
        ("run", ""),
        ("signal", "{pid}"),
        ("chmod", "{there}"),
    ],
)
def test_a_reader_reaches_nothing(what: str, argument: str, tmp_path: Path) -> None:
    """No file but its own, no socket, no program, no other process; by the kernel alone too."""
    target = tmp_path / "a"
    target.write_text("secret")
    places = {"root": ROOT, "new": tmp_path / "new", "there": target, "pid": os.getpid()}
    argument = argument.format(**places)
    before = target.stat().st_mode
    assert probe(what, argument) == ["refused"]
    assert probe(f"bare {what}", argument) == ["refused"], "the hook looks away, the kernel not"
    assert target.stat().st_mode == before
    assert not (tmp_path / "new").exists()


def test_a_reader_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the server's variables is in the child's environment."""
    monkeypatch.setenv("PLANMAP_AMAP_KEY", "SECRET")
    monkeypatch.setenv("OTHER_TOKEN", "SECRET")
    seen = probe("environment")
    assert "SECRET" not in json.dumps(seen)
    assert "PATH" not in seen


@LINUX
def test_memory_and_time_are_bounded_by_the_system() -> None:
    """A reader that takes all memory, or computes without end, is ended and says which it was."""
    with pytest.raises(Stopped) as caught:
        probe("fill")
    assert caught.value.cause == "memory"
    with pytest.raises(Stopped) as caught:
        probe("spin", bounds=Bounds(silent_seconds=1))
    assert caught.value.cause == "time"


def test_the_clock_ends_what_only_waits() -> None:
    """A reader that sleeps takes no computing time, and is ended by the clock."""
    with pytest.raises(Stopped) as caught:
        probe("sleep", bounds=Bounds(silent_wall=0.5))
    assert caught.value.cause == "time"


@pytest.mark.parametrize(
    ("what", "cause"),
    [
        ("exit", "crash"),
        ("raise", "crash"),
        ("talk", "answer"),
        ("nonsense", "answer"),
        ("deep", "answer"),
    ],
)
def test_a_reader_that_breaks_is_no_answer(what: str, cause: str) -> None:
    """Whatever the child does instead of answering, the parent has one kind of error for it."""
    with pytest.raises(Stopped) as caught:
        probe(what, bounds=Bounds(answer=100_000))
    assert caught.value.cause == cause


def test_whoever_goes_takes_the_reader_along() -> None:
    """What progress raises ends the child at once, and goes on to the caller."""

    def leave(done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        probe("forever", progress=leave)
    assert children() == []


def children() -> list[int]:
    """Return the processes of the prober that are still there; Linux."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = folder.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            words = folder.joinpath("cmdline").read_bytes().split(b"\0")
            if int(parent) == os.getpid() and PROGRAM.encode() in words:
                found.append(int(folder.name))
    return found


@LINUX
def test_children_that_run_are_seen() -> None:
    """The look for children that are left over finds one that runs."""
    seen: list[int] = []

    def look(_done: int, _of: int) -> None:
        seen.extend(children())

    probe("nap", progress=look)
    assert len(set(seen)) == 1


@LINUX
def test_no_more_than_two_read_at_a_time() -> None:
    """Of several readings at once the others wait for their turn; by the clock of the children."""
    with ThreadPoolExecutor(5) as pool:
        naps = list(pool.map(probe, ["nap"] * 5))
    starts = [(start, 1) for start, _ in naps]
    ends = [(end, -1) for _, end in naps]
    running = list(accumulate(step for _, step in sorted(starts + ends)))
    assert max(running) <= AT_A_TIME
    assert all(end > start for start, end in naps)


@LINUX
def test_the_bounds_that_hold_are_told() -> None:
    """On Linux with a kernel of today all hold but, in some containers, the namespaces."""
    held = set(probe("held"))
    assert held <= BOUNDS.keys()
    assert BOUNDS.keys() - held <= {"namespaces"}


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    """Every child is gone when its reading is over."""
    yield
    if sys.platform.startswith("linux"):
        assert children() == []
