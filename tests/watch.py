"""A watch on a browser page: what it did and should not have done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.offline.sitecustomize import is_local

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

WIRED = {"http", "https", "ws", "wss"}


@dataclass
class Watch:
    """All that a page did and should not have done."""

    trouble: list[str] = field(default_factory=list)

    def on_console(self, message: ConsoleMessage) -> None:
        """Note what the page's console calls an error."""
        if message.type == "error":
            self.trouble.append(f"console error: {message.text}")

    def on_address(self, address: str) -> None:
        """Note a request to any host but this machine."""
        parts = urlsplit(address)
        if parts.scheme in WIRED and not is_local(parts.hostname):
            self.trouble.append(f"request beyond loopback: {address}")

    def follow(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.trouble.append(f"page error: {error}"))
        page.on("request", lambda request: self.on_address(request.url))
        page.on("websocket", lambda socket: self.on_address(socket.url))
