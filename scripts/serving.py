"""A Streamlit server on a free loopback port, for the tests, the benchmark and the picture."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 90.0  # seconds until a server that does not answer counts as broken
QUIET = (
    "--server.address=127.0.0.1",
    "--browser.serverAddress=127.0.0.1",
    "--server.headless=true",
    "--browser.gatherUsageStats=false",
    "--server.fileWatcherType=none",
)


class ServerDown(RuntimeError):  # noqa: N818 - it says what is the case
    """A server that ended or never answered; the message holds the end of its log."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    url
        Its address, without a slash at the end.
    process
        The process that serves; it has no children.
    log
        The file that holds what it prints.
    """

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def tail(self, lines: int = 40) -> str:
        """Return the last lines of the log."""
        return "\n".join(self.log.read_text("utf-8", errors="replace").splitlines()[-lines:])

    def answers(self, prefix: str = "") -> bool:
        """Tell whether it is ready; ``prefix`` is the path it lives under, with a slash behind.

        Raises
        ------
        ServerDown
            The process has ended.
        """
        if self.process.poll() is not None:
            raise ServerDown(f"exit code {self.process.returncode}\n{self.tail()}")
        try:
            with urllib.request.urlopen(f"{self.url}/{prefix}_stcore/health", timeout=2) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
        except (urllib.error.URLError, OSError):
            return False

    def wait(self, prefix: str = "") -> None:
        """Return as soon as it is ready; ``prefix`` as in ``answers``.

        Raises
        ------
        ServerDown
            It ended, or did not answer in time.
        """
        end = time.monotonic() + PATIENCE
        while not self.answers(prefix):
            if time.monotonic() > end:
                raise ServerDown(f"no answer in {PATIENCE:.0f} s\n{self.tail()}")
            time.sleep(0.01)


def free_port() -> int:
    """Return a TCP port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def streamlit(
    *words: str, log: Path, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """Start ``streamlit`` with the given words, and end it on leaving.

    Parameters
    ----------
    words
        For example ``"run", "app.py"`` or ``"hello"``.
    log
        Where its output goes; the folder is made.
    environment
        Variables on top of those of this process.

    Yields
    ------
    Server
        Started, not necessarily ready: see `Server.wait`.

    Raises
    ------
    ServerDown
        What was done with the server took too long.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "streamlit", *words, f"--server.port={port}", *QUIET]
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | (environment or {}), stdout=out, stderr=out
        ) as process,
    ):
        server = Server(f"http://127.0.0.1:{port}", process, log)
        try:
            yield server
        except TimeoutError as late:
            raise ServerDown(f"{late}\n{server.tail()}") from late
        finally:
            process.kill()  # it has nothing to save, and an open page makes it slow to end politely
