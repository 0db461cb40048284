"""The first files of every page, answered before Streamlit's own routes: page frame and programs.

Streamlit's frame names some sixty programs, reads each from the disk, and lets the browser find
those of the widgets, the map's frame and its program only one after the other. Here they come out
of memory, compressed once, and the frame names all of them at once. The frame also says where the
server is: without that a page that is opened by its address asks below that address first, and
each answer "not found" is an error in the browser's console.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import socket
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit
from starlette.responses import Response

import layers
from store import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

_STREAMLIT = Path(streamlit.__file__).parent / "static"
# Found, not imported: Streamlit knows a component only if it is imported within a session.
_FOLIUM = find_spec("streamlit_folium")
_MAP_FRAME = Path((_FOLIUM and _FOLIUM.origin) or "").parent / "frontend" / "build"
_COMPONENT = "component/streamlit_folium.st_folium"
# Streamlit's programs for what stands on the map's page, the map's own frame first.
PARTS = (
    *("ComponentInstance", "Html", "BidiComponent", "ButtonGroup", "TextInput"),
    *("PageLink", "Radio", "Button", "DownloadButton", "FileUploader"),
)
# "." is the app's own address: all its pages lie directly below it.
_WHERE = (
    "<script>window.__streamlit = { BACKEND_BASE_URL: new URL('.', location.href).href };</script>"
)
_GROUND = '<script defer src="./assets/planmap/ground.js"></script>'
_FOREVER = "public, max-age=31536000, immutable"
_PACKED = {".js", ".css", ".html", ".json", ".svg"}


class Shell:
    """Middleware: answers what opens a page out of memory, and passes all else on.

    Parameters
    ----------
    app
        What answers all else.
    prefix
        The path that the app lives under, without a slash at its end; empty for none.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        send_at_once(receive)
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        path, head = scope["path"], dict(scope["headers"])
        asks_plainly = scope["method"] == "GET" and b"range" not in head
        if not asks_plainly or not path.startswith(f"{self.prefix}/"):
            return None
        name = path.removeprefix(f"{self.prefix}/")
        if name == f"{_COMPONENT}/index.html":
            return answer(map_frame(), head, "text/html", {"Cache-Control": "no-cache"})
        if name in pages():
            return answer(frame(), head, "text/html", {"Cache-Control": "no-cache"})
        if file := programs().get(name):
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return answer(content(file), head, kind, {"Cache-Control": _FOREVER})
        return None


def send_at_once(receive: Receive) -> None:
    """Let the connection that a request came by send each part of an answer when it is written.

    Streamlit opens its socket without naming TCP, and asyncio then leaves Nagle's algorithm on:
    the body of every answer waits some 40 ms until the browser has confirmed the head. A server
    whose connections cannot be reached from here keeps its own way.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    connection = transport and transport.get_extra_info("socket")
    if connection is not None and connection.family in {socket.AF_INET, socket.AF_INET6}:
        with suppress(OSError):  # it was closed meanwhile
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@dataclass(frozen=True)
class Twice:
    """What is sent to the browser, plain and compressed; the latter empty where it gains nothing.

    Compressed once: compressing anew for each browser costs more than the sending.
    """

    plain: bytes
    packed: bytes = b""

    @classmethod
    def of(cls, plain: bytes) -> Twice:
        """Return both forms of a text."""
        return cls(plain, gzip.compress(plain, 6, mtime=0))


def answer(
    both: Twice, asked: Mapping[bytes, bytes], kind: str, headers: Mapping[str, str]
) -> Response:
    """Return the form that the headers of a request allow, compressed if they do."""
    is_packed = bool(both.packed) and b"gzip" in asked.get(b"accept-encoding", b"")
    coded = {"Content-Encoding": "gzip"} if is_packed else {}
    body = both.packed if is_packed else both.plain
    return Response(body, media_type=kind, headers={"Vary": "Accept-Encoding", **coded, **headers})


@cache
def pages() -> frozenset[str]:
    """Return the addresses of the pages below the app's own; that one is empty."""
    return frozenset({"", *(path.stem for path in (ROOT / "pages").glob("[a-z]*.py"))})


@cache
def programs() -> dict[str, Path]:
    """Return the programs and fonts that are answered here, by address below the app's own."""
    files = {
        path.relative_to(_STREAMLIT).as_posix(): path
        for path in (_STREAMLIT / "static").rglob("*.*")
    }
    own = {f"{_COMPONENT}/{name}": path for name, path in _frame_files()}
    return files | own


def _frame_files() -> Iterator[tuple[str, Path]]:
    # The frame's page itself may change under its address, its programs have a mark in theirs.
    for path in (_MAP_FRAME / "static").rglob("*.js"):
        yield path.relative_to(_MAP_FRAME).as_posix(), path


@cache
def content(file: Path) -> Twice:
    """Return what a file holds."""
    plain = file.read_bytes()
    return Twice.of(plain) if file.suffix in _PACKED else Twice(plain)


@cache
def frame() -> Twice:
    """Return the frame of every page."""
    text = (_STREAMLIT / "index.html").read_text("utf-8")
    head = "".join([_WHERE, _GROUND, _carrying(), *preloads()])
    return Twice.of(text.replace("</title>", f"</title>{head}", 1).encode())


def _carrying() -> str:
    """Return the element that lets links take the view along, from the first one that is shown."""
    groups = {"view": layers.CARRIED, "look": layers.LOOK, "pages": sorted(pages())}
    source = "./assets/planmap/carry.js"
    return f'<script defer src="{source}" data-groups="{escape(json.dumps(groups))}"></script>'


@cache
def map_frame() -> Twice:
    """Return the page of the frame that a map is drawn in, plain and compressed.

    The map's program runs before that of streamlit-folium, which may be told at once what to draw.
    The styles stand in the body: streamlit-folium writes the head anew when it draws a map.
    """
    text = (_MAP_FRAME / "index.html").read_text("utf-8")
    program = f'<script defer src="{layers.MAP_PROGRAM}"></script>'
    styles = "".join(f'<link rel="stylesheet" href="{name}">' for name in layers.MAP_STYLES)
    text = text.replace("</title>", f"</title>{program}", 1)
    return Twice.of(text.replace("<body>", f"<body>{styles}", 1).encode())


def preloads() -> list[str]:
    """Return the links by which the browser loads what a page needs before it finds out."""
    return [
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in needed()
    ]


def needed() -> list[str]:
    """Return the programs of the parts and all that these import, beyond what the frame names."""
    text = (_STREAMLIT / "index.html").read_text("utf-8")
    found: dict[str, None] = {}
    waiting = [path.name for part in PARTS for path in _programs_named(part)]
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in text:
            found[name] = None
            waiting += _imported(name)
    return list(found)


def _programs_named(part: str) -> Iterator[Path]:
    return (_STREAMLIT / "static" / "js").glob(f"{part}.*.js")


def _imported(name: str) -> list[str]:
    text = (_STREAMLIT / "static" / "js" / name).read_text("utf-8")
    return [
        part.partition('"')[0] for mark in ('from"./', 'import"./') for part in text.split(mark)[1:]
    ]


def warm_up() -> None:
    """Compress what every page needs before someone asks for it."""
    text = frame().plain.decode()
    for name, file in programs().items():
        if name in text:
            content(file)
