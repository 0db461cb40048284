"""Answers that are kept: with a mark by which a client asks whether anything has changed."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

_KEPT, _LARGEST = 256, 4_000_000
_SMALL = 1000
# Anyone's page may read what is public anyway.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Crs, Link",
}
_MARKED = {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding, Accept-Language"}


@dataclass(frozen=True)
class Answer:
    """A status, headers and a body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def packed(self) -> bytes:
        """The body packed, once for all who ask for it so; empty for small bodies."""
        return gzip.compress(self.body, 5, mtime=0) if len(self.body) > _SMALL else b""


class Shelf:
    """The answers given last, by what was asked; emptied when the data change."""

    def __init__(self) -> None:
        self._stamp = ""
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def answer(self, stamp: str, question: str, make: Callable[[], Answer]) -> Answer:
        """Return the kept answer to a question about the data of this stamp, or make it."""
        with self._lock:
            if stamp != self._stamp:
                self._answers.clear()
                self._stamp = stamp
            if kept := self._answers.get(question):
                self._answers.move_to_end(question)
                return kept
        made = make()
        if made.status == 200 and len(made.body) < _LARGEST:  # noqa: PLR2004 - HTTP's OK
            with self._lock:
                self._answers[question] = made
                while len(self._answers) > _KEPT:
                    self._answers.popitem(last=False)
        return made


def as_json(content: Mapping[str, Any], pretty: bool = False) -> str:  # noqa: FBT001, FBT002 - as there
    """Return content as JSON, as pygeoapi's function of the name ``to_json`` does."""
    return orjson.dumps(
        content, default=str, option=orjson.OPT_INDENT_2 if pretty else None
    ).decode()


def respond(request: Request, stamp: str, question: str, answer: Answer) -> Response:
    """Return an answer as this client can read it, or that nothing has changed since it asked."""
    if answer.status != 200:  # noqa: PLR2004 - HTTP's OK
        return Response(answer.body, answer.status, dict(answer.headers) | OPEN)
    mark = f'W/"{hashlib.sha256(f"{stamp} {question}".encode()).hexdigest()[:24]}"'
    headers = {**answer.headers, **OPEN, **_MARKED, "ETag": mark}
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", "") and answer.packed:
        return Response(answer.packed, headers=headers | {"Content-Encoding": "gzip"})
    # Said so that nobody packs it again on the way.
    return Response(answer.body, headers=headers | {"Content-Encoding": "identity"})
