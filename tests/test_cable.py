"""The cable is out in all tests, and whoever reaches for another host is found."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.offline import sitecustomize
from tests.watch import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        (b"localhost", True),
        (None, True),
        ("0.0.0.0", True),
        ("192.168.1.1", False),
        ("example.org", False),
        (b"example.org", False),
        ("localhost.example.org", False),
        ("8.8.8.8", False),
    ],
)
def test_loopback_is_told_from_other_hosts(host: str | bytes | None, local: bool) -> None:  # noqa: FBT001 - a column
    """This machine's own names and addresses are local, all others are not."""
    assert sitecustomize.is_local(host) is local


def test_a_test_cannot_ask_for_another_host() -> None:
    """A name is not looked up, and no connection is made, in the tests' own process."""
    with pytest.raises(PermissionError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)
    with socket.socket() as each, pytest.raises(PermissionError, match=r"192\.0\.2\.1"):
        each.connect(("192.0.2.1", 80))


def test_a_program_beside_the_tests_cannot_either() -> None:
    """The guard works in any Python that starts with its folder on the path, and leaves a line."""
    code = "import urllib.request as u\ntry: u.urlopen('http://example.org')\nexcept OSError: pass"
    folder = sitecustomize.__file__.rpartition("sitecustomize")[0]
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": folder},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr.splitlines() == [f"{sitecustomize.ALARM}: example.org"]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ("<img src='http://example.org/a.png'>", "request beyond loopback: http://example.org"),
        ("<script>new WebSocket('ws://example.org')</script>", "request beyond loopback: ws://"),
        ("<script>console.error('oh')</script>", "console error: oh"),
        ("<script>throw Error('ah')</script>", "page error: ah"),
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", None),
        ("<script>console.log('fine')</script>", None),
    ],
)
def test_a_page_that_misbehaves_is_found(
    started_browser: Browser, content: str, trouble: str | None
) -> None:
    """The watch on a page notes outside requests and errors, and nothing else."""
    page = started_browser.new_page()
    watch = Watch()
    watch.follow(page)
    page.set_content(content)
    page.wait_for_timeout(300)
    page.close()
    assert trouble is None or any(line.startswith(trouble) for line in watch.trouble)
    assert bool(watch.trouble) is (trouble is not None)
