"""Seconds and memory that each attack of ``tests/security`` takes: ``python -m bench.attacks``.

Each is read in a process of its own, whose children are counted by the system when they have
ended; the figures hold the start of Python and of the libraries. Then one visitor presses filters,
first alone, then while another one uploads these files one after another.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from bench.run import LOGS
from scripts import browser as chrome
from scripts.serving import streamlit
from scripts.steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.sharedctypes import Synchronized

    from playwright.sync_api import Page

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


# Presses of the visitor who is measured, and milliseconds that any wait may take.
PRESSES, PATIENCE = 30, 120_000
# Names without end, in lines as long as are read: cheap to read, dear to find.
_MANY_NAMES = "\n".join(["望月大道、石桥公园、" * 1_900] * 200)
SHOWN = "document.querySelector('.pm-sum strong').innerText"


@contextmanager
def opened(url: str, path: str) -> Iterator[Page]:
    """Open a page of the app in a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome.find(), args=chrome.arguments())
        page = browser.new_page(locale="en-GB", viewport={"width": 1440, "height": 900})
        page.goto(f"{url}/{path}")
        yield page
        browser.close()


def presses(page: Page) -> float:
    """Return the median seconds from a press on a filter until its number stands on the page."""
    box = page.locator("[class*='st-key-at_category']").first
    box.wait_for(timeout=PATIENCE)
    button = box.locator("label, button").locator("visible=true").first
    seconds = []
    for _ in range(PRESSES):
        before = page.evaluate(SHOWN)
        started = time.perf_counter()
        button.click()
        page.wait_for_function(
            f"before => {SHOWN} !== before", arg=before, polling="raf", timeout=PATIENCE
        )
        seconds.append(time.perf_counter() - started)
        page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE)
    return statistics.median(seconds)


def attack(url: str, folder: str, done: Synchronized[int]) -> None:
    """Upload hostile plans one after another, and let the names of the last one be found."""
    paths = sorted(Path(folder).iterdir())
    with opened(url, "add") as page:
        while True:
            for path in paths:
                try:
                    page.goto(f"{url}/add")
                    page.locator("input[type=file]").set_input_files(path, timeout=PATIENCE)
                    if path.name.startswith("z-"):
                        page.get_by_role("button", name="Find").click(timeout=PATIENCE)
                    page.locator("[data-testid=stAlert]").first.wait_for(timeout=PATIENCE)
                except Error as error:
                    print(path.name, str(error).splitlines()[0], flush=True)
                else:
                    done.value += 1


def beside_others() -> Iterator[str]:
    """Yield the figures of a visitor who is alone, and of one beside an attacker."""
    attacks = importlib.import_module("tests.security.attacks")
    done = multiprocessing.Value("i", 0)
    with (
        tempfile.TemporaryDirectory() as folder,
        streamlit("run", "app.py", log=LOGS / "attacks.log") as server,
    ):
        for number, (file, make, _) in enumerate(attacks.PLANS.values()):
            Path(folder, f"a{number}{Path(file).suffix}").write_bytes(make())
        Path(folder, "z-names.txt").write_text(_MANY_NAMES, "utf-8")
        server.wait()
        with opened(server.url, "list") as page:
            presses(page)  # whatever is loaded once is loaded
            alone = presses(page)
            attacker = multiprocessing.Process(
                target=attack, args=(server.url, folder, done), daemon=True
            )
            attacker.start()
            while not done.value:
                page.wait_for_timeout(200)
            first = done.value
            beside = presses(page)
            count = done.value - first
            attacker.terminate()
    yield f"| median of {PRESSES} presses, alone, s | {alone:.3f} |"
    yield f"| while {count} hostile files came in, s | {beside:.3f} |"
    yield f"| ratio | {beside / alone:.1f} |"


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
    lines += ["", "## The page of another visitor", "", f"{os.cpu_count()} cores.", ""]
    lines += ["| a filter is pressed | |", "| --- | --- |"]
    for line in beside_others():
        lines.append(line)
        print(line, flush=True)
    Path(RESULTS).write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
