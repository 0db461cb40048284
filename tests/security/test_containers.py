"""What holds where a container forbids part of the bounds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from isolation import BOUNDS, held_bounds
from store import ROOT
from tests import files

# a process that is itself forbidden some calls, as in a container, starts a reader
CODE = """
import json, sys
from isolation import calls, read_apart, seccomp
refused = json.loads(sys.argv[1])
calls.REFUSED.clear(), calls.UNKNOWN.clear()
calls.REFUSED.update(refused)
seccomp._looked_into = list
seccomp.restrict()
ask = lambda what, argument="": read_apart(
    "tests.security.prober", {"what": what, "argument": argument}, b"x"
)
tried = [ask("read", "/etc/passwd"), ask("bare socket", "inet"), ask("bare fork")]
print(json.dumps([ask("held"), tried]))
"""
UNSHARE, LANDLOCK = {"unshare": [272, 97]}, {"landlock": [444, 444]}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounds of Linux")
@pytest.mark.parametrize(
    ("refused", "missing"),
    [(UNSHARE, {"namespaces"}), (UNSHARE | LANDLOCK, {"namespaces", "landlock"})],
)
def test_what_a_container_forbids_is_told_and_the_rest_holds(
    refused: dict[str, list[int]], missing: set[str]
) -> None:
    """Without namespaces, and without Landlock, there is still no socket and no other program."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(refused)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    held, tried = json.loads(done.stdout)
    assert BOUNDS.keys() - set(held) == missing
    assert tried == [["refused"]] * 3


def test_the_command_line_lists_the_bounds() -> None:
    """Each bound stands there with whether it holds."""
    done = files.command("bounds")
    held = [line.split()[1].rstrip(":") for line in done.stdout.splitlines() if "holds" in line]
    assert held == held_bounds()
    assert all(name in done.stdout for name in BOUNDS)
