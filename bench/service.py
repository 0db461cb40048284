"""Requests per second of the service for 100 features: ``python -m bench.service``.

The client asks over eight kept connections from a process of its own, so server and client share
the two cores as they would on the desk of a GIS user.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from bench.figure import Figure
from scripts.serving import streamlit
from scripts.steps import ROOT

CLIENTS, REQUESTS = 8, 250  # each client asks this many times
_LOG = ROOT / "artefacts" / "bench-service.log"
_ITEMS = "/api/collections/projects/items?limit=100"
# The same page again and again, as maps and dashboards ask; and boxes of which no two are the same,
# so that no answer is kept from before.
_QUESTIONS = {
    "the same 100 features": _ITEMS,
    "100 features, each time of another box": f"{_ITEMS}&bbox=119,27,",
}
_PERCENT = 100


def ask(host: str, path: str, first: int) -> list[float]:
    """Return the seconds of each of many requests over one connection."""
    connection = http.client.HTTPConnection(host, timeout=60)
    taken = []
    for number in range(REQUESTS):
        words = f"{path}{122 + (first + number) / 1e6},29" if path.endswith(",") else path
        started = time.perf_counter()
        connection.request("GET", words, headers={"Accept": "application/geo+json"})
        answer = connection.getresponse()
        body = answer.read()
        taken.append(time.perf_counter() - started)
        assert answer.status == http.client.OK, body[:200]
    connection.close()
    return taken


def load(url: str) -> dict[str, dict[str, float]]:
    """Ask all questions of a server and return per question the rate and the slowest hundredth."""
    host = urlsplit(url).netloc
    found = {}
    for name, path in _QUESTIONS.items():
        ask(host, path, 0)
        started = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            starts = range(0, CLIENTS * REQUESTS, REQUESTS)
            parts = pool.map(ask, [host] * CLIENTS, [path] * CLIENTS, starts)
            taken = [each for part in parts for each in part]
        rate = len(taken) / (time.perf_counter() - started)
        slow = statistics.quantiles(taken, n=_PERCENT)[-1]
        found[name] = {"rate": rate, "slow": slow}
    return found


def service() -> list[Figure]:
    """Measure the service of the running app from another process."""
    with streamlit("run", "app.py", log=Path(_LOG)) as server:
        server.wait()
        command = [sys.executable, "-m", "bench.service", server.url]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = []
    for name, seen in json.loads(ran.stdout).items():
        figures += [
            Figure(f"service, {name}", f"{seen['rate']:.0f} requests/s", "at least 200"),
            Figure("slowest hundredth", f"{seen['slow'] * 1000:.0f} ms", "under 100 ms"),
        ]
    return figures


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(load(sys.argv[1])))
    else:
        for figure in service():
            print(f"| {figure.what} | {figure.value} | {figure.aim} |")
