"""What a visitor does at the front desk, as the benchmark does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# one word that some names hold and others do not, and none: each turn changes what is shown
SEARCHED = ("路", "")


def change_filter(page: Page, turn: int) -> None:
    """Search for a word on even turns, for nothing on odd ones."""
    box = page.locator(".st-key-search input")
    box.fill(SEARCHED[turn % len(SEARCHED)])
    box.press("Enter")
