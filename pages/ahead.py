"""A channel to the map of a session, on which a change arrives ahead of the page around it.

The page's own answer has every widget beside the map to draw before it reaches the map. Where the
channel cannot be opened, the map changes with the page.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.websockets import WebSocketDisconnect

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Queue

    from starlette.websockets import WebSocket

_TO, _TURN, _SAID = "ahead_to", "ahead_turn", "ahead_said"
# By channel, whoever listens on it.
_LISTENERS: dict[str, set[tuple[AbstractEventLoop, Queue[str]]]] = {}


def tell(records: dict[str, Any]) -> dict[str, Any]:
    """Send to the session's map what it is to draw, if that is news.

    Returns
    -------
    dict
        The records with ``ahead``: the name of the channel, which no one else can know, and the
        number of the change, by which the map knows them again when they come with the page.
    """
    state = st.session_state
    to = state.setdefault(_TO, secrets.token_urlsafe(16))
    said = hashlib.sha256(json.dumps(records, sort_keys=True).encode()).digest()
    is_news = said != state.get(_SAID)
    state[_SAID], state[_TURN] = said, state.get(_TURN, 0) + is_news
    records = records | {"ahead": {"to": to, "turn": state[_TURN]}}
    if is_news and not records["own"]:  # large layers need not come twice
        _send(to, json.dumps(records, ensure_ascii=False))
    return records


def _send(to: str, text: str) -> None:
    for loop, queue in tuple(_LISTENERS.get(to, ())):
        with suppress(RuntimeError):  # the server is about to end
            loop.call_soon_threadsafe(queue.put_nowait, text)


async def listen(socket: WebSocket) -> None:
    """Pass on to a map what is sent to it, until it goes."""
    await socket.accept()
    to: str = socket.path_params["to"]
    queue: Queue[str] = asyncio.Queue()
    listener = (asyncio.get_running_loop(), queue)
    _LISTENERS.setdefault(to, set()).add(listener)
    passing = asyncio.create_task(_pass_on(queue, socket))
    try:
        with suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()
    finally:
        passing.cancel()
        _LISTENERS[to].discard(listener)
        if not _LISTENERS[to]:
            del _LISTENERS[to]


async def _pass_on(queue: Queue[str], socket: WebSocket) -> None:
    while True:
        await socket.send_text(await queue.get())
