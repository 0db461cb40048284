"""Going from page to page as a user does: by the menu, whose groups open on a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 60_000


def visit(page: Page, name: str) -> None:
    """Open the groups of the menu until one holds the page, and press its name."""
    groups = page.get_by_test_id("stTopNavSection")
    groups.first.wait_for(timeout=PATIENCE)
    link = page.get_by_test_id("stTopNavDropdownLink").get_by_text(name, exact=True)
    for group in groups.all():
        group.click()
        opened = page.get_by_test_id("stTopNavPopoverBody").last
        opened.wait_for(timeout=PATIENCE)
        if link.count():
            break
        page.keyboard.press("Escape")
    link.first.click(timeout=PATIENCE)
