"""A channel to the map of a session, on which a change arrives ahead of the page around it.

The page's own answer has every widget beside the map to draw before it reaches the map. Where the
channel cannot be opened, the map changes with the page.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections import OrderedDict
from contextlib import suppress
from threading import Condition
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import streamlit as st
from starlette.websockets import WebSocketDisconnect

import layers

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Queue

    from starlette.websockets import WebSocket

_TO, _TURN, _SAID = "ahead_to", "ahead_turn", "ahead_said"
_WAITED, _PACKED = "ahead_waited", "ahead_packed"
# A pack that is no larger comes with the first map, in bytes.
FEW_BYTES = 20_000
# Seconds that the rest of a page waits at most for the first map of a session.
PATIENCE = 2.0
# Notified when a map has said where it stands.
_HEARD = Condition()
# By channel, whoever listens on it.
_LISTENERS: dict[str, set[tuple[AbstractEventLoop, Queue[str]]]] = {}
# By channel where its map stands; those that said so last, no more than so many.
_PLACES: OrderedDict[str, Standing] = OrderedDict()
_MOST_PLACES = 1000
# The channels that sessions have, those used last; and how many maps may listen on one: each
# reload opens one before the old one is gone.
_ISSUED: OrderedDict[str, None] = OrderedDict()
_MOST_CHANNELS, _MOST_MAPS = 2000, 4
# What a map says of itself is no longer than this, and it is no larger.
_LONGEST, _LARGEST = 200, 10_000


class Standing(NamedTuple):
    """Where a map stands: its middle and zoom as an address has them, and its size in pixels."""

    at: str = ""
    size: tuple[int, int] = (900, 660)


def channel() -> str:
    """Return the name of the channel to the session's map."""
    name: str = st.session_state.setdefault(_TO, secrets.token_urlsafe(16))
    _ISSUED[name] = None
    _ISSUED.move_to_end(name)
    if len(_ISSUED) > _MOST_CHANNELS:
        _ISSUED.popitem(last=False)
    return name


def standing(channel: str) -> Standing:
    """Return where the map at the end of a channel stands; nowhere before it has said so."""
    return _PLACES.get(channel, Standing())


def wait_for_map() -> None:
    """Return when the session's map is drawn, so that the rest of the page does not delay it.

    The browser draws page and map in one thread: whatever is sent meanwhile is drawn first.
    Waits once in a session, `PATIENCE` at most, and not at all where no browser has an address.
    """
    state = st.session_state
    if not state.get(_WAITED) and st.context.url:
        state[_WAITED] = True
        is_drawn(channel(), PATIENCE)


def is_drawn(channel: str, patience: float) -> bool:
    """Return whether the map at the end of a channel is drawn, at the latest after some seconds."""
    with _HEARD:
        return _HEARD.wait_for(lambda: channel in _PLACES, patience)


def _heard(text: str) -> Standing | None:
    """Return what a map says of where it stands; None for all that is no such message."""
    try:
        said = json.loads(text[:_LONGEST])
        at, (wide, high) = layers.clean_place(said["at"]), map(int, said["size"])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    whole = at and 0 < wide <= _LARGEST and 0 < high <= _LARGEST
    return Standing(at, (wide, high)) if whole else None


def _keep(to: str, place: Standing) -> None:
    with _HEARD:
        _PLACES[to] = place
        _PLACES.move_to_end(to)
        if len(_PLACES) > _MOST_PLACES:
            _PLACES.popitem(last=False)
        _HEARD.notify_all()


def tell(records: dict[str, Any]) -> dict[str, Any]:
    """Send to the session's map what it is to draw, if that is news.

    Returns
    -------
    dict
        The records with ``ahead``: the name of the channel, which no one else can know, and the
        number of the change, by which the map knows them again when they come with the page.
    """
    state = st.session_state
    to = channel()
    said = hashlib.sha256(json.dumps(records, sort_keys=True).encode()).digest()
    is_news = said != state.get(_SAID)
    state[_SAID], state[_TURN] = said, state.get(_TURN, 0) + is_news
    records = records | {"ahead": {"to": to, "turn": state[_TURN]}}
    if is_news and not records["own"]:  # large layers need not come twice
        _send(to, json.dumps(records, ensure_ascii=False))
    return records


def first(pack: layers.Pack) -> dict[str, Any]:
    """Return the packed things for a session's first map, if they are few; empty for all later.

    A map asks for the pack that it does not have; the first one is drawn sooner without asking.
    """
    state = st.session_state
    is_first, state[_PACKED] = not state.get(_PACKED), True
    packed = pack.record(FEW_BYTES) if is_first else {}
    return {"pack": packed} if packed else {}


def _send(to: str, text: str) -> None:
    for loop, queue in tuple(_LISTENERS.get(to, ())):
        with suppress(RuntimeError):  # the server is about to end
            loop.call_soon_threadsafe(queue.put_nowait, text)


async def listen(socket: WebSocket) -> None:
    """Pass on to a map what is sent to it, until it goes.

    Refused are channels that no session has, pages of other hosts, and more maps on one channel,
    or on all together, than people open.
    """
    to: str = socket.path_params["to"]
    if not _may_listen(socket, to):
        await socket.close(1008)
        return
    await socket.accept()
    queue: Queue[str] = asyncio.Queue()
    listener = (asyncio.get_running_loop(), queue)
    _LISTENERS.setdefault(to, set()).add(listener)
    passing = asyncio.create_task(_pass_on(queue, socket))
    try:
        with suppress(WebSocketDisconnect):
            while True:
                if place := _heard(await socket.receive_text()):
                    _keep(to, place)
    finally:
        passing.cancel()
        _LISTENERS[to].discard(listener)
        if not _LISTENERS[to]:
            del _LISTENERS[to]


def _may_listen(socket: WebSocket, to: str) -> bool:
    origin = socket.headers.get("origin")
    is_same = origin is None or urlsplit(origin).netloc == socket.headers.get("host")
    mine, all_of_them = len(_LISTENERS.get(to, ())), sum(map(len, _LISTENERS.values()))
    return to in _ISSUED and is_same and mine < _MOST_MAPS and all_of_them < _MOST_CHANNELS


async def _pass_on(queue: Queue[str], socket: WebSocket) -> None:
    while True:
        await socket.send_text(await queue.get())
