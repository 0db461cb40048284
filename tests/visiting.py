"""Going from page to page as a user does, also to pages that the bar hides behind "more"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 60_000
_MORE = re.compile(r"^\d+ more$")


def visit(page: Page, name: str) -> None:
    """Press a page's name in the bar; where the bar is too short, open what it hides first."""
    page.get_by_role("link", name="Map", exact=True).wait_for(timeout=PATIENCE)
    link, more = page.get_by_role("link", name=name, exact=True), page.get_by_text(_MORE)
    if not link.count() and more.count():
        more.first.click()
        page.get_by_text(name, exact=True).last.click(timeout=PATIENCE)
        return
    link.first.click(timeout=PATIENCE)
