"""Our map against ``GeoDataFrame.explore()`` in one run: ``python -m bench.exploring``.

Both show the same generated features in the same browser, turn by turn, each on a server that a
first visitor has already warmed: the first drawn map of a fresh browser, changes of a filter, what
is sent, and the memory of the page. The peer's scripts come from this machine, not from their CDN,
and no request is held up on its way: looking into each would slow the page that makes more.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from operator import attrgetter
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

import versions
from bench import features
from bench.run import LOGS, machine
from scripts import browser as chrome
from scripts.serving import streamlit
from scripts.steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

# Sizes, and how often each map is visited at them.
SIZES = {300: 3, 10_000: 2, 100_000: 1}
PATIENCE = 300_000
RESULTS = ROOT / "bench" / "exploring.md"
LEAFLET = ROOT / "node_modules" / "leaflet" / "dist"

# How many things stand on the map that is in the page now, in whichever frame; 0 for none.
DRAWN = """() => {
  let sum = 0;
  for (const frame of document.querySelectorAll("iframe")) {
    const inside = frame.contentWindow;
    try {
      if (inside.planmap && inside.planmap.things) {
        const { dots, layers } = inside.planmap.things.state;
        sum += dots ? Math.max(dots.near.length, layers.size) : 0;
      } else if (inside.L) {
        const map = Object.entries(inside).find(([name]) => name.startsWith("map_"));
        if (map) for (const layer of Object.values(map[1]._layers)) sum += layer.feature ? 1 : 0;
      }
    } catch { /* a frame that is being replaced cannot be asked */ }
  }
  return sum;
}"""
TWO_FRAMES = "() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))"
WATCH = f"""() => {{
  window.benchSeen = [];
  document.addEventListener("click", () => (window.benchClicked = performance.now()), true);
  const drawn = {DRAWN};
  const look = () => {{
    window.benchSeen.push([performance.now(), drawn()]);
    requestAnimationFrame(look);
  }};
  requestAnimationFrame(look);
}}"""


@dataclass
class Seen:
    """What one map did at one size: seconds, megabytes sent, frames without a thing, memory.

    ``gave_up`` where it had not drawn anything, or nothing new, when our patience ended.
    """

    first: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    sent_first: list[float] = field(default_factory=list)
    sent_change: list[float] = field(default_factory=list)
    empty: int = 0
    memory: list[float] = field(default_factory=list)
    gave_up: bool = False


class Traffic:
    """Counts what a page receives, over HTTP as sent and over the websocket.

    Streamlit's own files, the same for both, are left out.
    """

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self._own: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._frame)

    def _answered(self, event: dict[str, Any]) -> None:
        if urlsplit(event["response"]["url"]).path.startswith("/static/"):
            self._own.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._own:
            self.bytes += int(event["encodedDataLength"])

    def _frame(self, event: dict[str, Any]) -> None:
        data, coded = event["response"]["payloadData"], event["response"]["opcode"]
        self.bytes += len(data) * 3 // 4 if coded == 2 else len(data)  # noqa: PLR2004 - binary

    def take(self) -> float:
        """Return the megabytes since the last call."""
        taken, self.bytes = self.bytes, 0
        return taken / 1e6


class FromHere(SimpleHTTPRequestHandler):
    """Answers what the peer would ask of a CDN with Leaflet of this machine, or with nothing."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args, directory=str(LEAFLET))

    def send_error(self, *_: Any) -> None:
        """Answer with an empty file what is not here: the peer's map does without it."""
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def scripts_from_here() -> Iterator[str]:
    """Serve the peer's scripts; give their address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), FromHere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def visit(browser: Browser, url: str) -> Iterator[tuple[Page, Traffic]]:
    """Open a fresh browser profile."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(url, wait_until="commit")
    yield page, traffic
    context.close()


def first_map(page: Page, number: int) -> None:
    """Wait until all features stand on the map, and the browser has drawn a frame of them."""
    page.wait_for_function(f"() => ({DRAWN})() >= {number}", polling=100, timeout=PATIENCE)
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def change(page: Page, button: str) -> tuple[float, int]:
    """Press a filter; return the seconds from the click to its result, and the empty frames."""
    pressed = page.get_by_test_id("stSidebar").get_by_role("button", name=button).first
    page.evaluate("() => { window.benchSeen = []; }")
    pressed.click()
    seen = settled(page)
    started = page.evaluate("() => window.benchClicked")
    before = seen[0][1]
    done = next(at for at, drawn in seen if drawn == seen[-1][1] and drawn != before)
    return (done - started) / 1000, sum(drawn == 0 for _, drawn in seen)


def settled(page: Page) -> list[tuple[float, int]]:
    """Return the frames until the number of things has changed and then stayed for a while."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        page.wait_for_timeout(500)
        seen: list[tuple[float, int]] = page.evaluate("() => window.benchSeen")
        counts = [drawn for _, drawn in seen]
        last = [drawn for at, drawn in seen if at > seen[-1][0] - 1500] if seen else []
        if len(set(counts)) > 1 and len(set(last)) == 1 and last[0] != counts[0]:
            return seen
    raise TimeoutError("the filter changed nothing on the map")


def memory(page: Page) -> float:
    """Return the megabytes that the page's scripts hold, after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")) / 2**20


def look(browser: Browser, url: str, number: int, buttons: tuple[str, str], seen: Seen) -> None:
    """Visit once: first map, then a filter set and taken away again."""
    started = time.perf_counter()
    with visit(browser, url) as (page, traffic):
        first_map(page, number)
        seen.first.append(time.perf_counter() - started)
        page.wait_for_timeout(1500)
        seen.sent_first.append(traffic.take())
        page.evaluate(WATCH)
        for button in buttons:
            taken, empty = change(page, button)
            seen.changes.append(taken)
            seen.empty += empty
            seen.sent_change.append(traffic.take())
        seen.memory.append(memory(page))


def try_to_look(
    browser: Browser, url: str, number: int, buttons: tuple[str, str], seen: Seen
) -> None:
    """Visit once, unless an earlier visit waited in vain."""
    if seen.gave_up:
        return
    try:
        look(browser, url, number, buttons, seen)
    except (Error, TimeoutError):
        seen.gave_up = True


def measured(browser: Browser, number: int, folder: Path, scripts: str) -> tuple[Seen, Seen]:
    """Measure both maps on the same features, turn by turn."""
    features.write(number, folder)
    ours, theirs = Seen(), Seen()
    where = {
        "PLANMAP_BUILT": str(folder),
        "BENCH_FEATURES": str(versions.current(folder) / "projects.geojson"),
        "BENCH_SCRIPTS": scripts,
    }
    app = streamlit("run", "app.py", log=LOGS / "bench-ours.log", environment=where)
    peer = streamlit("run", "bench/peer.py", log=LOGS / "bench-peer.log", environment=where)
    with app as one, peer as other:
        visits = (
            (one.url, ("to complete ·", "to complete ·"), ours),
            (other.url, ("to_complete", "to_complete"), theirs),
        )
        for server, (url, buttons, seen) in zip((one, other), visits, strict=True):
            server.wait()
            try_to_look(browser, url, number, buttons, warm := Seen())
            seen.gave_up = warm.gave_up
        for _ in range(SIZES.get(number, 1)):
            for url, buttons, seen in visits:
                try_to_look(browser, url, number, buttons, seen)
    return ours, theirs


def rows(number: int, ours: Seen, theirs: Seen) -> list[str]:
    """Return the lines of the results for one size: figure, ours, the peer's, ratio."""
    figures = {
        f"{number:,} features: first drawn map, s": attrgetter("first"),
        "filter change, s": attrgetter("changes"),
        "sent until the first map, MB": attrgetter("sent_first"),
        "sent per filter change, MB": attrgetter("sent_change"),
        "scripts' memory, MB": attrgetter("memory"),
    }
    told = [
        f"| {what} | {' | '.join(beside(taken(ours), taken(theirs)))} |"
        for what, taken in figures.items()
    ]
    empty = "" if theirs.gave_up else theirs.empty
    return [*told, f"| frames without a thing, all changes | {ours.empty} | {empty} | |"]


def beside(ours: list[float], theirs: list[float]) -> tuple[str, str, str]:
    """Return the medians of both, and the peer's by ours; of what was not measured a dash."""
    a, b = (statistics.median(some) if some else None for some in (ours, theirs))
    return (
        f"{a:,.3f}" if a is not None else "-",
        f"{b:,.3f}" if b is not None else f"- (waited {PATIENCE / 1000:.0f} s)",
        f"{b / a:,.1f}" if a and b is not None else "",
    )


def main() -> None:
    """Measure all sizes, or those named; print the results, and keep them if none is named."""
    program = chrome.find() or sys.exit(f"!! no browser: {chrome.ADVICE}")
    sizes = tuple(map(int, sys.argv[1:])) or tuple(SIZES)
    lines: list[str] = []
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        scripts_from_here() as scripts,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=chrome.arguments())
        for number in sizes:
            lines += rows(number, *measured(browser, number, Path(folder) / str(number), scripts))
            print("\n".join(lines), flush=True)
        head = [
            *("# Exploring", "", f"`python -m bench.exploring` on {machine(browser)}", ""),
            "Medians; the peer is `GeoDataFrame.explore()` in Streamlit, measured in turn.",
            *("", "| figure | planmap | explore() | ratio |", "| --- | --- | --- | --- |"),
        ]
    if len(sys.argv) == 1:
        RESULTS.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
