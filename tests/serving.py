"""The service of a toy town on a loopback port, and what a client sees of it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.routing import Mount, Router

import layers
from scripts.serving import free_port
from tests import toys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


DAY = date(2022, 1, 1)


@dataclass(frozen=True)
class Town:
    """What is served, as far as the service cares."""

    table: Any
    documents: Any


def toy_town() -> Town:
    """Return the toy town."""
    return Town(toys.table(), toys.PAPERS)


@contextmanager
def served(built: Callable[[], Any]) -> Iterator[str]:
    """Serve what ``built()`` returns, and yield the address without a slash at the end."""
    indexes: dict[int, layers.Index] = {}

    def index() -> layers.Index:
        now = built()
        known = layers.Known(now.documents, DAY)
        return indexes.setdefault(id(now), layers.Index(now.table, known))

    port = free_port()
    router = Router([Mount("/api", layers.Service(built, index).router)])
    config = uvicorn.Config(router, host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 60
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    assert server.started
    yield f"http://127.0.0.1:{port}/api"
    server.should_exit = True
    thread.join(30)
