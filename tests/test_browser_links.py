"""Links inside pages in a real browser: steps of one session, and still links."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.test_browser import PATIENCE, open_map
from tests.visiting import visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

UNIT = "unit?unit=%E5%B8%82%E5%8F%91%E6%94%B9%E5%B1%80"
ENTRIES = "() => history.length"


def give_layer(page: Page, folder: Path) -> None:
    """Lay a layer of the user's own over the map."""
    path = folder / "mine.geojson"
    point = {"type": "Point", "coordinates": [120.9, 28.03]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": "mine"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    page.get_by_text("Add your own layer").first.click()
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Remove", exact=True).wait_for(timeout=PATIENCE)


def follow(page: Page, link: Locator, sign: str) -> None:
    """Follow a link and wait for a heading or word of the page that it opens."""
    link.click(timeout=PATIENCE)
    page.locator(sign).first.wait_for(timeout=PATIENCE)


def test_links_keep_what_the_session_holds(page: Page, server: str, tmp_path: Path) -> None:
    """From page to page by links the page is never loaded anew, and an own layer stays.

    Each link makes one entry of the history, and Back steps through them.
    """
    open_map(page, server, "?strategy=ecology")
    give_layer(page, tmp_path)
    page.evaluate("() => { window.loadedOnce = true; }")
    page.locator("tr[data-id]").first.click()
    story = page.locator(".pm-thing a", has_text="The whole story").first
    story.wait_for(timeout=PATIENCE)
    page.wait_for_url("**project=*", timeout=PATIENCE)
    before = page.evaluate(ENTRIES)
    follow(page, story, ".pm-story mark")
    follow(page, page.locator(".pm-story a[href*='line=']").first, ".pm-document .pm-target")
    assert page.evaluate(ENTRIES) == before + 2
    page.go_back()
    page.locator(".pm-story mark").first.wait_for(timeout=PATIENCE)
    page.go_back()
    page.locator("tr[data-id]").first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Remove", exact=True).wait_for(timeout=PATIENCE)
    assert "strategy=ecology" in page.url
    assert page.evaluate("() => window.loadedOnce")


def test_with_a_key_held_down_a_link_opens_beside(page: Page, server: str) -> None:
    """A link is a real one: with Control held down it opens a tab of its own with the same view."""
    page.goto(f"{server}/{UNIT}&lang=zh")
    link = page.locator(".pm-wide a[href*='project?']").first
    link.wait_for(timeout=PATIENCE)
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.locator(".pm-story mark").first.wait_for(timeout=PATIENCE)
    assert "lang=zh" in opened.value.url
    assert "/unit?" in page.url


def test_a_link_followed_by_keys_is_a_step_too(page: Page, server: str) -> None:
    """Enter on a link stays in the session, and the menu leads on from there."""
    page.goto(f"{server}/{UNIT}")
    link = page.locator(".pm-wide a[href*='project?']").first
    link.wait_for(timeout=PATIENCE)
    page.evaluate("() => { window.loadedOnce = true; }")
    link.focus()
    link.press("Enter")
    page.locator(".pm-story mark").first.wait_for(timeout=PATIENCE)
    visit(page, "Units")
    page.locator(".pm-wide tbody tr").first.wait_for(timeout=PATIENCE)
    assert page.evaluate("() => window.loadedOnce")
