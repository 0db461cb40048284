"""What every answer says, and what the server does not answer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from pages import ahead, shell, wire

PAGE = b"<html><script>one()</script><script src='x.js'></script></html>"


def seen(request: Any) -> Response:
    """Answer with the name that the request was asked under, as a link would repeat it."""
    return PlainTextResponse(str(request.url))


async def talk(socket: WebSocket) -> None:
    """Accept any session."""
    await socket.accept()
    await socket.close()


@pytest.fixture
def listening_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a client of a server that listens at an address, as its owner has set it."""
    for name in ("PLANMAP_BASE_URL", "PLANMAP_ADDRESS", "PLANMAP_OPEN", "PLANMAP_READ_ONLY"):
        monkeypatch.delenv(name, raising=False)

    def client(address: str, prefix: str = "", **told: str) -> TestClient:
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        options = {"server.address": address, "server.corsAllowedOrigins": []}
        monkeypatch.setattr(st, "get_option", options.get)
        wire.known_names.cache_clear()
        app = Starlette(
            routes=[
                Route("/seen", seen),
                Route("/_stcore/metrics", seen),
                Route("/_stcore/agent/interact", seen, methods=["POST"]),
                Route("/component/x/index.html", lambda _: HTMLResponse("")),
                WebSocketRoute("/_stcore/stream", talk),
            ]
        )
        inner = Starlette(routes=[Mount(prefix, app)]) if prefix else app
        return TestClient(wire.Wire(inner, prefix, PAGE), base_url="http://127.0.0.1:8501")

    yield client
    wire.known_names.cache_clear()


def opens(client: TestClient, **headers: str) -> bool:
    """Return whether a session can be opened."""
    try:
        with client.websocket_connect("/_stcore/stream", headers=headers):
            return True
    except WebSocketDisconnect:
        return False


def test_every_answer_has_its_headers(listening_at) -> None:
    """No sniffing, no foreign frames, no view in the referrer; no inline script but the own one."""
    headers = listening_at("127.0.0.1").get("/seen").headers
    rules = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["default-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert "'unsafe-inline'" not in rules["script-src"]
    assert rules["script-src"].count("'sha256-") == 1
    assert not {"*", "http:", "https:"} & set(" ".join(rules.values()).split())


def test_the_own_frame_may_run_each_of_its_scripts() -> None:
    """Streamlit's frame and ours have inline scripts; each is named."""
    html = shell.frame().plain
    assert wire.page_scripts(html).count("'sha256-") == html.count(b"<script>") > 1


def test_only_the_frame_of_a_map_lets_inline_scripts_run(listening_at) -> None:
    """It holds the map's own program; pages do not."""
    policy = listening_at("127.0.0.1").get("/component/x/index.html").headers
    assert "script-src 'self' 'unsafe-inline'" in policy["content-security-policy"]


@pytest.mark.parametrize("prefix", ["", "/map"])
def test_what_is_the_owners_is_closed(listening_at, prefix: str) -> None:
    """Metrics, and the way to drive the app without its pages, are not there."""
    client = listening_at("127.0.0.1", prefix)
    assert client.get(f"{prefix}/seen").status_code == 200
    assert client.get(f"{prefix}/_stcore/metrics").status_code == 404
    assert client.get(f"{prefix}//_stcore/metrics").status_code == 404
    assert client.post(f"{prefix}/_stcore/agent/interact").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "6.6.6.6", "", "127.0.0.1.x"]
)
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", ""])
def test_a_foreign_name_is_never_repeated(listening_at, address: str, host: str) -> None:
    """A link names the server as it knows itself."""
    told = listening_at(address).get("/seen", headers={"host": host}).text
    assert told == "http://127.0.0.1:8501/seen"


@pytest.mark.parametrize("host", ["localhost:9000", "127.0.0.1", "[::1]:8501", "plans.example.org"])
def test_an_own_name_is_kept(listening_at, host: str) -> None:
    """Loopback under every name and port, and the name that the owner gives."""
    client = listening_at("127.0.0.1", PLANMAP_ADDRESS="https://plans.example.org/map")
    assert client.get("/seen", headers={"host": host}).text == f"http://{host}/seen"
    assert opens(client, host=host)


def test_a_foreign_name_that_leads_to_the_desk_opens_no_session(listening_at) -> None:
    """A page whose name is made to lead to loopback is not of the desk."""
    assert opens(listening_at("127.0.0.1"))
    assert not opens(listening_at("127.0.0.1"), host="evil.example", origin="http://evil.example")
    assert opens(listening_at("0.0.0.0"), host="maps.town", origin="http://maps.town")


@pytest.fixture
def channel() -> Any:
    """Return a client of the side channel, with one channel that a session has."""
    ahead._ISSUED["known"] = None
    yield TestClient(
        Starlette(routes=[WebSocketRoute("/{to}", ahead.listen)]), base_url="http://127.0.0.1"
    )
    ahead._ISSUED.pop("known")


def test_the_side_channel_knows_its_maps(channel) -> None:
    """Only a channel of a session, only from pages of this host, only so many maps."""
    for to, origin in (("unknown", "http://127.0.0.1"), ("known", "http://evil.example")):
        with (
            pytest.raises(WebSocketDisconnect),
            channel.websocket_connect(f"/{to}", headers={"origin": origin, "host": "127.0.0.1"}),
        ):
            pass
    opened = [channel.websocket_connect("/known") for _ in range(ahead._MOST_MAPS)]
    for one in opened:
        one.__enter__()
    with pytest.raises(WebSocketDisconnect), channel.websocket_connect("/known"):
        pass
    for one in opened:
        one.__exit__(None, None, None)
    with channel.websocket_connect("/known"):
        pass
    for one in opened:
        with suppress(Exception):
            asyncio.run(one.close())
