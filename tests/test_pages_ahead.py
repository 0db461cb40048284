"""The rest of a page waits for the first map of a session, and only for that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from pages import ahead

if TYPE_CHECKING:
    import pytest

FOR_EVER = 60.0
DRAWN = '{"at": "27.98000,120.99000,12", "size": [754, 660]}'


def page() -> None:
    """Wait as the map's page does."""
    import streamlit as st  # noqa: PLC0415 - AppTest runs the function apart from this module

    from pages import ahead as channel  # noqa: PLC0415 - as above

    channel.wait_for_map()
    st.text("rest")


def with_address() -> None:
    """Wait twice as the map's page does in a browser."""
    from types import SimpleNamespace  # noqa: PLC0415 - AppTest runs the function by itself
    from unittest.mock import patch  # noqa: PLC0415 - as above

    import streamlit as st  # noqa: PLC0415 - as above

    from pages import ahead as channel  # noqa: PLC0415 - as above

    with (
        patch.object(st, "context", SimpleNamespace(url="http://127.0.0.1/")),
        patch.object(channel, "is_drawn") as asked,
    ):
        channel.wait_for_map()
        channel.wait_for_map()
    st.text(str(asked.call_count))


def test_a_map_says_that_it_is_drawn_by_its_place() -> None:
    """Whoever waits goes on when the map of that channel has spoken, and no other one."""
    app = Starlette(routes=[WebSocketRoute("/{to}", ahead.listen)])
    ahead._ISSUED.update(one=None, other=None)
    with TestClient(app) as client, ThreadPoolExecutor() as pool:
        waiting = pool.submit(ahead.is_drawn, "one", FOR_EVER)
        with client.websocket_connect("/other") as socket:
            socket.send_text(DRAWN)
            assert ahead.is_drawn("other", FOR_EVER)
        assert not waiting.done()
        with client.websocket_connect("/one") as socket:
            socket.send_text("nonsense")
            assert not ahead.is_drawn("one", 0)
            socket.send_text(DRAWN)
            assert waiting.result(FOR_EVER)


def test_a_map_that_never_speaks_holds_nothing_up_for_long() -> None:
    """Where the channel cannot be opened the page goes on when patience ends."""
    assert not ahead.is_drawn("silent", 0)


def test_without_a_browser_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that no browser asked for has no map that could answer."""
    monkeypatch.setattr(ahead, "PATIENCE", FOR_EVER)
    app = AppTest.from_function(page, default_timeout=FOR_EVER / 2).run()
    assert [text.value for text in app.text] == ["rest"]


def test_a_session_waits_once() -> None:
    """Filters that change later are answered at once, whether the first map was drawn or not."""
    app = AppTest.from_function(with_address).run()
    assert [text.value for text in app.text] == ["1"]
    assert [text.value for text in app.run().text] == ["0"]
