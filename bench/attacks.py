"""Seconds and memory that each attack of ``tests/security`` takes: ``python -m bench.attacks``.

Each is read in a process of its own, whose children are counted by the system when they have
ended; the figures hold the start of Python and of the libraries.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path

from scripts.steps import ROOT

RESULTS = ROOT / "bench" / "attacks.md"
ONE = """
import json, resource, sys
from pathlib import Path
import plans
from layers import WrongOverlay, read_overlay
from store import BrokenFile
from tests.security import attacks
kind, name = sys.argv[1:]
try:
    if kind == "plan":
        file, make, _ = attacks.PLANS[name]
        told = f"read: {len(plans.read_document(Path(file), make()).text)} characters"
    else:
        told = f"read: {len(read_overlay('a', attacks.LAYERS[name]()).frame)} features"
except (BrokenFile, WrongOverlay) as error:
    told = str(error)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps([told, peak]))
"""


def measured(kind: str, name: str) -> tuple[float, float, str]:
    """Return seconds, the child's peak of memory in MB, and what was told."""
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", ONE, kind, name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told, peak = json.loads(ran.stdout.splitlines()[-1])
    return time.perf_counter() - started, peak, told


def main() -> None:
    """Measure all attacks, print the figures and keep them."""
    sys.path.insert(0, str(ROOT))
    attacks = importlib.import_module("tests.security.attacks")  # no part of what is typed here

    lines = [
        *("# Attacks", "", "`python -m bench.attacks`: small files that ask for much.", ""),
        *("| attack | s | peak, MB | message |", "| --- | --- | --- | --- |"),
    ]
    for kind, table in (("plan", attacks.PLANS), ("layer", attacks.LAYERS)):
        for name in table:
            seconds, peak, told = measured(kind, name)
            lines.append(
                f"| {name} | {seconds:.1f} | {peak:.0f} | {told.partition(': ')[2] or told} |"
            )
            print(lines[-1], flush=True)
    Path(RESULTS).write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
