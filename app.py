"""The front desk: ``streamlit run app.py`` serves the pages and, beside them, their own assets.

Nothing is loaded from another host: Leaflet and the font come from ``node_modules``, the drawing
program and the base map from this project.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import asynccontextmanager, suppress
from functools import cache
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

import layers
from pages import access, ahead, desk, shell, sign_in, wire
from store import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

# Seconds after which the service is made ready: by then whoever started the app sees its map.
SERVICE_AFTER = 20.0
PACKAGES = ROOT / "node_modules"
FOLDERS = {
    "gcoord": PACKAGES / "gcoord" / "dist",
    "leaflet": PACKAGES / "leaflet" / "dist",
    "leaflet-draw": PACKAGES / "leaflet-draw" / "dist",
    "noto": PACKAGES / "@fontsource" / "noto-sans-sc" / "files",
    "planmap": layers.STATIC,
}


# The libraries that the map's own programs build on.
LIBRARIES = (
    FOLDERS["leaflet"] / "leaflet.js",
    FOLDERS["gcoord"] / "gcoord.global.prod.js",
    FOLDERS["leaflet-draw"] / "leaflet.draw.js",
)


@cache
def map_script() -> tuple[shell.Twice, str]:
    """Return all that draws a map as one JavaScript file, made once, and its mark."""
    script: bytes = layers.map_script(desk.base(), LIBRARIES)
    return shell.Twice.of(script), f'"{hashlib.sha256(script).hexdigest()[:16]}"'


def map_file(request: Request) -> Response:
    """Serve what draws a map, unless the browser has it already."""
    script, mark = map_script()
    # For some seconds: the map's frame loads it ahead, and asks for it when the page says so.
    headers = {"ETag": mark, "Cache-Control": "max-age=10"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return shell.answer(script, dict(request.headers.raw), "text/javascript", headers)


def packed_things(request: Request) -> Response:
    """Serve the packed things of the map; they never change under their version."""
    index = desk.index_of(request.path_params["version"])
    if index is None:
        return Response(status_code=404)
    headers = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(index.pack.content, media_type="application/json", headers=headers)


def texts_of_things(request: Request) -> Response:
    """Serve what the map says of some things when it is asked."""
    index, asked = desk.index_of(request.path_params["version"]), request.query_params
    language = asked.get("language", "")
    if index is None or language not in layers.LANGUAGES:
        return Response(status_code=404)
    try:
        rows = [int(row) for row in asked.get("rows", "").split(",")[: layers.MOST_TEXTS]]
        found = layers.texts(index.table, rows, language)
    except (ValueError, IndexError):
        return Response(status_code=404)
    return Response(found, media_type="application/json")


def suggested(request: Request) -> Response:
    """Serve what a searcher may mean while typing."""
    typed, language = (request.query_params.get(name, "") for name in ("q", "language"))
    if language not in layers.LANGUAGES:
        return Response(status_code=404)
    return JSONResponse(layers.suggested(desk.index(), typed, language))


def served(folder: Path) -> StaticFiles:
    """Serve a folder of assets.

    Raises
    ------
    FileNotFoundError
        The packages are not installed; the message says how.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is missing: run `npm ci` (or `make install`) first")
    return StaticFiles(directory=folder)


def warm_up() -> None:
    """Read data and base map, and load what draws them, before the first visitor asks."""
    shell.warm_up()
    # A broken file is not told here but on the page, where whoever opens it can read it.
    with suppress(ValueError):
        desk.built()
        map_script()
        desk.index().warm_up()
        layers.web_map(desk.extent())
    desk.hold_still()


@cache
def service() -> layers.Service:
    """Return the service for GIS programs, loaded when first asked for: it takes some seconds."""
    return layers.Service(desk.built, desk.index)


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request to the service."""
    made = await run_in_threadpool(service)
    await made.router(scope, receive, send)


def to_service(request: Request) -> Response:
    """Lead from the bare address of the service to its first page."""
    return RedirectResponse(f"{request.url.path}/")


def warm_up_all(ended: Event) -> None:
    """Warm up for the first visitor, and when that one has the map, for the first GIS program."""
    warm_up()
    if not ended.wait(SERVICE_AFTER):
        with suppress(ValueError):
            service().warm_up()
        desk.hold_still()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up beside the server's own start: a browser needs as long to load the page."""
    if access.mode() is access.Mode.PASSWORD:
        access.password()
    mode = access.mode()
    alone = mode is access.Mode.OPEN and not access.reached_by_others()
    words = layers.caption("access_alone" if alone else f"access_{mode}", "en")
    print(words, file=sys.stderr)  # noqa: T201 - to the owner of the server
    ended = Event()
    Thread(target=warm_up_all, args=(ended,), daemon=True).start()
    yield {}
    ended.set()


# Behind a proxy the app may live under a path; pages find the assets beside themselves there.
PREFIX = "/".join(["", *filter(None, (st.get_option("server.baseUrlPath") or "").split("/"))])

# Runs within a page, as Streamlit lets a page's own HTML.
TO_LINE = layers.STATIC / "to_line.html"

app = st.App(
    "pages/main.py",
    lifespan=lifespan,
    middleware=[
        Middleware(wire.Wire, prefix=PREFIX, inline=shell.frame().plain + TO_LINE.read_bytes()),
        Middleware(shell.Shell, prefix=PREFIX),
    ],
    routes=[
        Route(f"{PREFIX}/sign-in", sign_in.page, methods=["GET", "POST"]),
        Route(f"{PREFIX}/assets/map.js", map_file),
        Route(f"{PREFIX}/assets/suggest", suggested),
        WebSocketRoute(f"{PREFIX}/assets/ahead/{{to}}", ahead.listen),
        Route(f"{PREFIX}/assets/things/{{version}}.json", packed_things),
        Route(f"{PREFIX}/assets/things/{{version}}/texts", texts_of_things),
        Route(f"{PREFIX}/api", to_service),
        Mount(f"{PREFIX}/api", serve),
        *(Mount(f"{PREFIX}/assets/{name}", served(folder)) for name, folder in FOLDERS.items()),
    ],
)
