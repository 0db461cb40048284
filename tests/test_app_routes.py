"""What the app serves beside its pages: packed things, texts, suggestions; else nothing."""

from __future__ import annotations

import gzip
import json
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

import app
from pages import desk


def request(version: str = "", **asked: object) -> Request:
    """Make a request as the routes see it."""
    return Request(
        {
            "type": "http",
            "method": "GET",
            "headers": [],
            "path_params": {"version": version},
            "query_string": urlencode(asked).encode(),
        }
    )


def told(answer: Any) -> Any:
    """Return what an answer holds."""
    return json.loads(answer.body)


def test_the_pack_is_served_under_its_version_only() -> None:
    """The packed things come gzipped, to be kept; another version is not there."""
    packed = desk.index().pack
    answer = app.packed_things(request(packed.version))
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert json.loads(gzip.decompress(answer.body))["version"] == packed.version
    assert app.packed_things(request("0" * 12)).status_code == 404


def test_texts_are_served_for_rows_of_the_table() -> None:
    """Rows asked for are told in their order and language."""
    index = desk.index()
    answer = app.texts_of_things(request(index.pack.version, rows="3,0", language="zh"))
    ids = list(index.table["id"])
    assert [one["id"] for one in told(answer)] == [ids[3], ids[0]]


@pytest.mark.parametrize(
    "asked",
    [
        {"rows": "x", "language": "zh"},
        {"rows": "-1", "language": "zh"},
        {"rows": "999999999", "language": "zh"},
        {"rows": "", "language": "zh"},
        {"rows": "0", "language": "fr"},
        {"rows": "0"},
        {},
    ],
    ids=str,
)
def test_texts_for_nothing_sensible_are_not_there(asked: dict[str, str]) -> None:
    """What names no row or no language is answered by 404, not by an error."""
    assert app.texts_of_things(request(desk.index().pack.version, **asked)).status_code == 404
    assert app.texts_of_things(request("other", rows="0", language="zh")).status_code == 404


def test_suggestions_are_served_while_typing() -> None:
    """Initials lead to a name, words of filters to filters; mark-up and endless words nowhere."""
    assert told(app.suggested(request(q="lbxc", language="zh")))[0]["name"] == "柳白新城"
    assert told(app.suggested(request(q="<script>", language="en"))) == []
    assert told(app.suggested(request(q="x" * 100_000, language="en"))) == []
    filters = told(app.suggested(request(q="道路", language="en")))[0]["pick"]["filters"]
    assert filters == [["category", "road"]]
    assert app.suggested(request(q="lbxc", language="xx")).status_code == 404


def test_the_service_is_made_ready_after_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service waits until the first map is there, and is not begun when the app ends before."""
    done: list[str] = []
    monkeypatch.setattr(app, "warm_up", lambda: done.append("map"))
    ready = type("Ready", (), {"warm_up": lambda _: done.append("service")})
    monkeypatch.setattr(app, "service", ready)
    monkeypatch.setattr(app, "SERVICE_AFTER", 0.01)
    app.warm_up_all(Event())
    assert done == ["map", "service"]
    ended = Event()
    ended.set()
    app.warm_up_all(ended)
    assert done == ["map", "service", "map"]
