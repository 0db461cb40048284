"""What the README says works: its commands, files and pictures exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner

import planmap
from scripts import steps
from tests.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:sh|bat)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines()]
TARGETS = {command.__name__ for command in steps.COMMANDS}


def commands(start: str) -> list[str]:
    """Return the rest of every command line in the README that begins with the given words."""
    return [line.removeprefix(start).strip() for line in LINES if line.startswith(start)]


@pytest.mark.parametrize("start", ["make ", "py -m scripts.make "])
def test_the_two_commands_stand_there(start: str) -> None:
    """The README gives run and test, with make and without, and no target that is not there."""
    targets = {rest.split()[0] for rest in commands(start)}
    assert {"run", "test"} <= targets <= TARGETS


def test_the_makefile_has_every_target() -> None:
    """Makefile and script offer the same targets, and the README lists them all."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^TARGETS := (.*)$", makefile, re.MULTILINE)
    assert listed
    assert set(listed[1].split()) == TARGETS
    assert {name for name in TARGETS if f"`{name}`" not in README} == set()


def test_the_script_lists_its_targets() -> None:
    """Without a word the script says what it can do, and ends well."""
    words = [sys.executable, "-m", "scripts.make"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name for name in TARGETS if f"\n    {name} " not in told} == set()


def test_links_and_pictures_lead_somewhere() -> None:
    """Every relative link of the README leads to a file that is there."""
    links = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", README + CHINESE)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_planmap_command_is_understood() -> None:
    """Each ``planmap`` line of the README names a command with options that exist."""
    strangers = []
    for line in commands("planmap "):
        words = shlex.split(line)
        helped = CliRunner().invoke(planmap.main, [words[0], "--help"])
        options = [word.partition("=")[0] for word in words if word.startswith("--")]
        if helped.exit_code or any(f"{option} " not in helped.output for option in options):
            strangers.append(line)
    assert strangers == []


def test_both_languages_tell_the_same() -> None:
    """The Chinese README has as many sections as the English one and the same commands."""
    marks = [re.findall(r"^#+ ", text, re.MULTILINE) for text in (README, CHINESE)]
    assert marks[0] == marks[1]
    blocks = re.findall(r"^```(?:sh|bat)\n(.*?)^```", CHINESE, re.MULTILINE | re.DOTALL)
    chinese = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    assert chinese == LINES
    assert "](README.zh.md)" in README
    assert "](README.md)" in CHINESE
