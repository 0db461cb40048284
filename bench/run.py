"""The figures of speed and memory, measured, printed and kept: ``python -m bench.run``.

Each figure is a median over several runs; those that are compared are measured in turn,
so that a busy machine slows both.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench import reading, shown
from bench.figure import Figure
from bench.files import files
from bench.front_desk import change_filter
from bench.service import service
from scripts import browser as chrome
from scripts.serving import Server, streamlit
from scripts.steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

RUNS = 5
CHANGES = 10
RESULTS = ROOT / "bench" / "results.md"
LOGS = ROOT / "artefacts"
PACKAGES = ("streamlit", "streamlit-folium", "folium", "geopandas")


def fresh(module: str) -> Any:
    """Return what a program of the bench measures in a process of its own."""
    command = [sys.executable, "-m", f"bench.{module}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def readings() -> list[Figure]:
    """Measure the reading of plan texts, beside a tagger that only parts and names the words."""
    found = fresh("reading")
    sizes = [reading.FIRST, *(name for name in found if name.endswith("MB"))]
    figures = [
        Figure(f"text read in a second of one core, {name}", f"{found[name]:.2f} MB", "1 MB")
        for name in sizes
    ]
    if "jieba.posseg" in found:
        ratio = found["beside it"] / found["jieba.posseg"]
        figures.append(Figure("the reading by jieba's tagger on the same text", f"{ratio:.1f}"))
    return figures


def keystrokes() -> list[Figure]:
    """Measure what a keystroke in the search box costs the server."""
    return [
        Figure(
            f"suggestions for a keystroke among {rows} things, median",
            f"{middle:.1f} ms",
            "about 10 ms" if number == 0 else "",
        )
        for number, (rows, (middle, _)) in enumerate(fresh("suggesting").items())
    ]


def places() -> list[Figure]:
    """Measure resolving against a long gazetteer, and shifting between datums."""
    names, shifts = fresh("resolving"), fresh("shifting")
    slowest = max(shifts["ours"], key=shifts["ours"].get)
    memory = f"{names['memory']:.0f} MB" if names["memory"] else "?"
    return [
        Figure(
            f"{names['names']:,} names against {names['rows']:,} rows, on one core",
            f"{names['resolved']:.1f} s",
            "at most 10 s",
        ),
        Figure("the same names as a pandas join, in turn", f"{names['joined']:.1f} s"),
        Figure("reading those rows", f"{names['read']:.0f} s"),
        Figure("most memory of that process", memory, "at most 1,000 MB"),
        Figure(
            f"1,000,000 points between datums, slowest way ({slowest})",
            f"{shifts['ours'][slowest]:.2f} s",
            "at most 1 s",
        ),
        Figure("1,000,000 points from GCJ-02", f"{shifts['ours']['gcj02_to_wgs84']:.2f} s"),
        Figure("the same by prcoords, point by point, in turn", f"{shifts['peer']:.0f} s"),
    ]


def builds() -> list[Figure]:
    """Measure ``planmap build`` in fresh processes."""
    taken = [fresh("building") for _ in range(RUNS)]
    build = statistics.median(run["build"] for run in taken)
    imports = statistics.median(run["imports"] for run in taken)
    return [
        Figure("build from the five seeds, after imports", f"{build:.2f} s", "at most 2 s"),
        Figure("imports before it", f"{imports:.2f} s"),
    ]


def sheets() -> list[Figure]:
    """Measure sheets in a fresh process, in turn with what GeoPandas draws of the same points."""
    command = [sys.executable, "-m", "bench.sheets"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    taken = json.loads(told.splitlines()[-1])
    return [
        Figure("sheet, A4 at 300 dpi, 300 projects", f"{taken['sheet']:.2f} s", "at most 3 s"),
        Figure("the first one of a process", f"{taken['first']:.2f} s"),
        Figure("land and points alone by GeoPandas, in turn", f"{taken['bare']:.2f} s"),
        Figure("ratio", f"{taken['sheet'] / taken['bare']:.2f}"),
    ]


@contextmanager
def opened(browser: Browser, *words: str) -> Iterator[tuple[Server, Page]]:
    """Start a server and open its page in a fresh browser profile as soon as it answers."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    with streamlit(*words, log=LOGS / f"bench-{words[0]}.log") as server:
        server.wait()
        page = context.new_page()
        page.goto(server.url, wait_until="commit")
        yield server, page
        context.close()


def seconds(browser: Browser, words: tuple[str, ...], wait: Callable[[Page], object]) -> float:
    """Return the seconds from starting a server until its page shows what is waited for."""
    started = time.perf_counter()
    with opened(browser, *words) as (_, page):
        wait(page)
        return time.perf_counter() - started


def wait_for_hello(page: Page) -> None:
    """Wait until Streamlit's own hello app stands there."""
    page.get_by_role("heading", name="Welcome to Streamlit").wait_for(timeout=60_000)


def first_maps(browser: Browser) -> list[Figure]:
    """Measure the way from ``streamlit run`` to the drawn map against Streamlit's hello app."""
    ours, hello = [], []
    for _ in range(RUNS):
        hello.append(seconds(browser, ("hello",), wait_for_hello))
        ours.append(seconds(browser, ("run", "app.py"), shown.wait_for_map))
    middle, base = statistics.median(ours), statistics.median(hello)
    return [
        Figure("from `streamlit run` to the drawn map", f"{middle:.2f} s"),
        Figure("from `streamlit hello` to its page, in turn", f"{base:.2f} s"),
        Figure("ratio", f"{middle / base:.2f}", "about 1.5"),
    ]


def reloads(browser: Browser) -> list[Figure]:
    """Measure opening the page once more, in another tab of a server that is warm."""
    with opened(browser, "run", "app.py") as (_, page):
        shown.wait_for_map(page)
        taken = []
        for _ in range(RUNS):
            started = time.perf_counter()
            page.reload(wait_until="commit")
            shown.wait_for_map(page)
            taken.append(time.perf_counter() - started)
    return [Figure("reload of the page", f"{statistics.median(taken):.2f} s")]


def resident(server: Server) -> float | None:
    """Return the resident memory of the server in MB; None where /proc cannot tell."""
    status = Path(f"/proc/{server.process.pid}/status")
    if not status.is_file():
        return None
    (line,) = [row for row in status.read_text("utf-8").splitlines() if row.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def filter_changes(browser: Browser) -> list[Figure]:
    """Measure filter changes in an open page, frame by frame, and the memory after them."""
    with opened(browser, "run", "app.py") as (server, page):
        frame = shown.wait_for_map(page)
        page.wait_for_timeout(1000)  # let the first run end
        shown.watch(frame)
        taken, empty = [], 0
        for turn in range(CHANGES):
            started = float(frame.evaluate(shown.NOW))
            change_filter(page, turn)
            page.wait_for_timeout(1500)  # far beyond what is measured: nothing changes after it
            seen = shown.samples(frame)
            taken.append(last_change(seen) - started)
            empty += sum(number == 0 for _, number in seen)
        memory = resident(server)
    return [
        Figure("filter change, median", f"{statistics.median(taken):.0f} ms", "at most 500 ms"),
        Figure("filter change, slowest", f"{max(taken):.0f} ms"),
        Figure("frames with an empty map during the changes", str(empty), "none"),
        Figure("map reloaded during the changes", "no", "no"),
        Figure("memory of the process", f"{memory:.0f} MB" if memory else "?", "at most 400 MB"),
    ]


def last_change(seen: list[tuple[float, int]]) -> float:
    """Return the time of the last frame that differs from the one before it.

    Raises
    ------
    RuntimeError
        Nothing changed: the filter had no effect, and there is nothing to measure.
    """
    times = [now for (_, old), (now, new) in pairwise(seen) if old != new]
    if not times:
        raise RuntimeError("the filter changed nothing on the map")
    return times[-1]


def machine(browser: Browser) -> str:
    """Return in a line what the figures were measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = platform.python_version()
    return f"{os.cpu_count()} cores, Python {python}, {packages}, Chromium {browser.version}."


def report(figures: list[Figure], measured_on: str) -> str:
    """Return the results as a Markdown page."""
    rows = [f"| {figure.what} | {figure.value} | {figure.aim} |" for figure in figures]
    head = ["# Speed and memory", "", f"`make bench` on {measured_on}", ""]
    return "\n".join([*head, "| figure | measured | aim |", "| --- | --- | --- |", *rows, ""])


def main() -> None:
    """Measure everything, print the results and keep them."""
    program = chrome.find() or sys.exit(f"!! no browser: {chrome.ADVICE}")
    figures = [*builds(), *readings(), *places(), *keystrokes(), *sheets()]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chrome.arguments())
        for measure in (first_maps, reloads, filter_changes):
            figures += measure(browser)
        figures += [*service(), *files()]
        page = report(figures, machine(browser))
    print(page)
    RESULTS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
