"""Stand-ins for online services on this machine, which answer in the real services' formats."""

from __future__ import annotations

import http.server
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# status, kind of content, body
Reply = tuple[int, str, bytes]
JSON, HTML = "application/json", "text/html"


def as_json(body: Any, status: int = 200) -> Reply:
    """Return a reply in JSON."""
    return status, JSON, json.dumps(body, ensure_ascii=False).encode()


PAGE: Reply = (200, HTML, b"<!doctype html><title>Sign in to the network</title>")


@dataclass
class StandIn:
    """A server and the questions it was asked."""

    url: str
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serving(answer: Callable[[dict[str, str]], Reply | None]) -> Iterator[StandIn]:
    """Serve answers to what is asked; None lets the asker wait until it gives up."""
    over = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self.reply(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def reply(self, query: str) -> None:
            words = {name: values[0] for name, values in parse_qs(query).items()}
            stand_in.asked.append(words)
            made = answer(words)
            if made is None:
                over.wait(20)
                return
            status, kind, body = made
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in = StandIn(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stand_in
    finally:
        over.set()
        server.shutdown()
        server.server_close()
