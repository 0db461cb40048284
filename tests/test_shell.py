"""What opens a page is answered out of memory, compressed once, and at once."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
from types import SimpleNamespace
from typing import Any

import pytest

import layers
from pages import shell


def asked(path: str, **more: Any) -> tuple[str, dict[str, str], bytes]:
    """Ask the shell; return who answered, the headers and the body."""
    sent: list[dict[str, Any]] = []

    async def behind(_scope: Any, _receive: Any, _send: Any) -> None:
        sent.append({"passed": True})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    prefix = more.pop("prefix", "")
    headers = [(b"accept-encoding", b"gzip, br"), *more.pop("headers", [])]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, **more}
    asyncio.run(shell.Shell(behind, prefix)(scope, receive, send))  # type: ignore[arg-type]
    if "passed" in sent[0]:
        return "passed on", {}, b""
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return "shell", told, sent[1]["body"]


@pytest.mark.parametrize("path", ["/", "/list", "/sheet", "/guide"])
def test_every_page_says_where_the_server_is(path: str) -> None:
    """The frame names the server, and each program that it wants early is one that is served."""
    who, headers, body = asked(path)
    assert who == "shell"
    assert headers["content-encoding"] == "gzip"
    assert headers["cache-control"] == "no-cache"
    text = gzip.decompress(body).decode()
    assert "BACKEND_BASE_URL" in text
    named = [part.partition('"')[0] for part in text.split('href="./static/')[1:]]
    assert set(shell.needed()) <= {name.removeprefix("js/") for name in named}
    assert [name for name in named if f"static/{name}" not in shell.programs()] == []


def test_the_parts_of_the_map_page_are_there() -> None:
    """Each named part is a program of this Streamlit, and what it imports comes along."""
    named = {name.partition(".")[0] for name in shell.needed()}
    assert set(shell.PARTS) <= named
    assert len(named) > len(shell.PARTS)


def test_programs_are_kept_for_ever_and_come_compressed() -> None:
    """A program is the file itself, compressed, under its marked name."""
    name, file = next((n, f) for n, f in shell.programs().items() if f.name.startswith("index."))
    who, headers, body = asked(f"/{name}")
    assert who == "shell"
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(body) == file.read_bytes()
    _, headers, body = asked(f"/town/{name}", prefix="/town", headers=[(b"accept-encoding", b"")])
    assert "content-encoding" not in headers
    assert body == file.read_bytes()


def test_the_frame_of_a_map_loads_the_map_ahead() -> None:
    """The frame's own page loads all that a map is made of, its program before any other."""
    _, headers, body = asked("/component/streamlit_folium.st_folium/index.html")
    assert headers["cache-control"] == "no-cache"
    text = gzip.decompress(body).decode()
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) == [*layers.MAP_STYLES]
    program, component = re.findall(r'<script defer(?:="defer")? src="([^"]+)"', text)
    assert program == layers.MAP_PROGRAM
    assert "/main." in component


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/_stcore/health", {}),
        ("/api", {}),
        ("/static/js/../../x", {}),
        ("/static/js/none.js", {}),
        ("/list/more", {}),
        ("/", {"method": "POST"}),
        ("/", {"prefix": "/town"}),
        ("/", {"headers": [(b"range", b"bytes=0-9")]}),
    ],
    ids=str,
)
def test_all_else_is_passed_on(path: str, more: dict[str, Any]) -> None:
    """What is no page and no program is none of the shell's business."""
    assert asked(path, **more)[0] == "passed on"


def test_answers_are_not_held_back() -> None:
    """The connection of a request sends at once, whatever kind of server it belongs to."""

    class Cycle:
        def __init__(self, connection: socket.socket) -> None:
            self.transport = SimpleNamespace(get_extra_info={"socket": connection}.get)

        async def receive(self) -> Any:
            """Nothing comes."""

    with socket.socket() as connection:
        assert not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        shell.send_at_once(Cycle(connection).receive)
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    shell.send_at_once(Cycle(connection).receive)  # closed meanwhile
    shell.send_at_once(asyncio.sleep)  # type: ignore[arg-type]  # a server of another kind
