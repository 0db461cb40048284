"""Look for known vulnerabilities in what is locked: ``python -m scripts.audit``.

pip-audit asks OSV. Where there is no network, PLANMAP_OSV names OSV's own dump of the ecosystem
(``PyPI/all.zip``, one JSON for each advisory), and the same pip-audit asks a stand-in on loopback
that answers out of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from packaging.version import InvalidVersion, Version

from scripts.shipped import canonical
from scripts.steps import LOCKS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

Advisories = dict[str, list[dict[str, Any]]]


def read_dump(path: Path) -> Advisories:
    """Read OSV's dump: the advisories that stand, by package."""
    found: Advisories = {}
    with zipfile.ZipFile(path) as dump:
        for name in dump.namelist():
            advisory = json.loads(dump.read(name))
            if advisory.get("withdrawn"):
                continue
            for package in {affected["package"]["name"] for affected in advisory["affected"]}:
                found.setdefault(canonical(package), []).append(advisory)
    return found


def concerning(advisories: Advisories, name: str, version: str) -> list[dict[str, Any]]:
    """Return the advisories that concern a version of a package."""
    return [
        advisory
        for advisory in advisories.get(canonical(name), ())
        if any(
            canonical(one["package"]["name"]) == canonical(name) and concerns(one, version)
            for one in advisory["affected"]
        )
    ]


def concerns(affected: dict[str, Any], version: str) -> bool:
    """Return whether a version is listed, or lies in a range; as OSV's schema has it."""
    if version in affected.get("versions", ()):
        return True
    ranges = (one for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM")
    return any(_is_in(one["events"], Version(version)) for one in ranges)


def _is_in(events: list[dict[str, str]], version: Version) -> bool:
    inside = False
    for kind, at in sorted(
        ((kind, _version(text)) for event in events for kind, text in event.items()),
        key=lambda one: (one[1], one[0] != "introduced"),
    ):
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


@contextmanager
def answering(advisories: Advisories) -> Iterator[str]:
    """Answer as OSV does, out of its dump; give the address."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = concerning(advisories, asked["package"]["name"], asked["version"])
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def audit(lock: Path, address: str = "") -> int:
    """Run pip-audit over a lock; return its exit code, 0 where nothing is known."""
    words = ["-r", str(lock), "--disable-pip", "--require-hashes", "-s", "osv"]
    where = ["--osv-url", address] if address else []
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", *words, *where]
    return subprocess.run(command, check=False).returncode


def main() -> None:
    """Look through both locks."""
    locks = [ROOT / name for name in LOCKS]
    if dump := os.environ.get("PLANMAP_OSV"):
        with answering(read_dump(Path(dump))) as address:
            codes = [audit(lock, address) for lock in locks]
    else:
        codes = [audit(lock) for lock in locks]
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
