"""What is true of every answer of the server: its security headers, and what is not answered.

The policy is as strict as Streamlit 1.67 allows. Its pages style themselves by style elements
(``'unsafe-inline'`` for styles), load small parts as ``blob:`` modules, and its charts compile
their expressions (``'unsafe-eval'``). No inline script runs but those of the page's frame, named
by their hash. Only the frame of a map lets them run: streamlit-folium writes the map's program
into it as one.
"""

from __future__ import annotations

import base64
import hashlib
import socket
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

import layers
from pages import access

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Below Streamlit's own routes: what only its owner may ask of a server, and a way to drive the app.
CLOSED = ("_stcore/metrics", "_stcore/agent/")
_FRAMES, _FRAME_SCRIPTS = "component/", "'self' 'unsafe-inline' 'unsafe-eval'"
_PLAIN = {
    "x-content-type-options": "nosniff",
    # The servers of online base maps may know from which site they are asked, not from which view.
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}


class Wire:
    """Middleware: puts the headers on every answer, and lets no foreign name in.

    Parameters
    ----------
    app
        What answers.
    prefix
        The path that the app lives under, without a slash at its end; empty for none.
    inline
        The page frame, whose inline scripts may run.
    """

    def __init__(self, app: ASGIApp, prefix: str = "", inline: bytes = b"") -> None:
        self.app = app
        self.prefix = prefix
        self.headers = _PLAIN | {"content-security-policy": policy(page_scripts(inline))}
        self.framed = _PLAIN | {"content-security-policy": policy(_FRAME_SCRIPTS)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif self._path(scope).startswith(CLOSED):
            await self._refuse(scope, receive, send, 404)
        elif scope["type"] == "websocket" and not is_own(scope):
            await self._refuse(scope, receive, send, 403)
        else:
            is_framed = self._path(scope).startswith(_FRAMES)
            await self.app(
                _named(scope), receive, _adding(send, self.framed if is_framed else self.headers)
            )

    def _path(self, scope: Scope) -> str:
        path: str = scope["path"]
        return path.removeprefix(self.prefix).lstrip("/")

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = PlainTextResponse("", status_code=status)
        await answer(scope, receive, _adding(send, self.headers))


def _adding(send: Send, headers: dict[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = MutableHeaders(raw=list(message.get("headers", [])))
            for name, value in headers.items():
                given.setdefault(name, value)
            message = {**message, "headers": given.raw}
        await send(message)

    return sending


def page_scripts(inline: bytes) -> str:
    """Return which scripts a page may run; ``inline`` is the HTML whose own ones it may."""
    hashes = (
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in (part.partition(b"</script>")[0] for part in inline.split(b"<script>")[1:])
    )
    return " ".join(["'self' blob: 'unsafe-eval'", *hashes])


def policy(scripts: str) -> str:
    """Return a Content-Security-Policy with these sources of scripts."""
    rules = {
        "default-src": "'self'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(["'self' data: blob:", *base_map_hosts()]),
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def base_map_hosts() -> list[str]:
    """Return the hosts of the online base maps, as a policy names them."""
    try:
        return sorted({host for one in layers.base_maps().values() for host in one.hosts()})
    except ValueError:  # a broken table is told on the page
        return []


def is_own(scope: Scope) -> bool:
    """Return whether a request may open a session here.

    A page of a foreign name that its owner lets point at loopback would otherwise be of the same
    origin as the desk, and could write. A server that listens for others hears every name, but
    it repeats none that it does not know (`_named`).
    """
    return _is_known(scope) or not access.is_loopback(st.get_option("server.address") or "")


def _is_known(scope: Scope) -> bool:
    host = urlsplit(f"//{Headers(scope=scope).get('host', '')}")
    server = (scope.get("server") or ("", 0))[0]
    return access.is_loopback(host.hostname or "x") or (host.hostname or "") in {
        server,
        *known_names(),
    }


@cache
def known_names() -> frozenset[str]:
    """Return the names that the server is known by, as its machine and its owner say."""
    told = [*access.public_addresses(), *st.get_option("server.corsAllowedOrigins")]
    named = {urlsplit(address).hostname or "" for address in told}
    bound = {st.get_option("server.address") or ""} - {"0.0.0.0", "::"}  # noqa: S104 - not bound here
    return frozenset({name.lower() for name in {*named, *bound, socket.gethostname()} if name})


def _named(scope: Scope) -> Scope:
    """Return a request under a name of this server: what it links to never repeats another."""
    if scope["type"] == "websocket" or _is_known(scope):
        return scope
    host, port = scope.get("server") or ("127.0.0.1", 8501)
    headers = MutableHeaders(raw=list(scope["headers"]))
    headers["host"] = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return {**scope, "headers": headers.raw}
