"""The pages for everyone: axe finds nothing serious, a narrow screen and a dark one will do.

The ``page`` fixture fails each of these tests on a request beyond this machine or a console error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store import ROOT
from tests.conftest import ARTEFACTS
from tests.test_browser import PATIENCE, open_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# What axe calls worse than moderate, each with the elements it means.
SERIOUS = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  const worse = found.violations.filter(one => ['serious', 'critical'].includes(one.impact));
  return worse.flatMap(one => one.nodes.map(node => one.id + ': ' + node.html.slice(0, 200)));
}"""
SETTLED = "() => document.getAnimations().every(one => one.playState !== 'running')"
TOO_WIDE = """() => {
  const main = document.querySelector('.stMain');
  return main.scrollWidth - main.clientWidth;
}"""
# The pages by their names in the menu, each with words that stand on it once it is drawn.
PAGES = {
    "": "All projects",
    "list": "Pick a row to see",
    "overview": "Category by township",
    "unit": "Takes part",
    "project": "The story",
    "sheet": "Keep or share these settings",
    "documents": "Marked words are statements",
    "compare": "Named on the right",
    "add": "Documents added so far",
    "place": "Pick a row to begin",
    "correct": "Correct a stage, category",
    "edits": "Every change that a person made",
    "about": "Software and fonts",
    "guide": "Three questions to try",
}
LINKS = {"unit": "unit?unit=%E5%B8%82%E5%8F%91%E6%94%B9%E5%B1%80"}
# A phone by day, a projector in a dark room.
LOOKS: list[dict[str, Any]] = [
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    {"viewport": {"width": 1920, "height": 1080}, "color_scheme": "dark"},
]


def linked(page: Page, server: str, name: str) -> str:
    """Return the address of a page, with something to show on it."""
    if name != "project":
        return LINKS.get(name, name)
    pin = open_map(page, server).locator(".planmap-marker[data-id^='p']").first
    return f"project?project={pin.get_attribute('data-id', timeout=PATIENCE)}"


def serious(page: Page) -> list[str]:
    """Return what axe finds in a page and in the frames inside it."""
    for frame in page.frames:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(SERIOUS)
    return found


@pytest.mark.parametrize(
    "page", LOOKS, indirect=True, ids=lambda look: f"{look['viewport']['width']}"
)
def test_nothing_serious_on_any_page(page: Page, server: str) -> None:
    """No page has a serious or critical finding of axe, or is wider than the screen."""
    assert {name: faults for name in PAGES if (faults := found_on(page, server, name))} == {}


def found_on(page: Page, server: str, name: str) -> list[str]:
    """Open a page, keep a picture of it, and return what is wrong with it."""
    page.goto(f"{server}/{linked(page, server, name)}")
    page.get_by_text(PAGES[name]).first.wait_for(timeout=PATIENCE)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE)
    page.wait_for_function("() => !document.querySelector('.stSkeleton, [data-stale=true]')")
    page.wait_for_timeout(500)  # what was stale fades in
    page.wait_for_function(SETTLED, timeout=PATIENCE)
    size = page.viewport_size or {}
    page.screenshot(path=ARTEFACTS / f"everyone-{name or 'map'}-{size['width']}.png")
    wider = page.evaluate(TOO_WIDE)
    return [*serious(page), *([f"{wider} px too wide"] if wider > 0 else [])]


def test_axe_finds_what_is_wrong(page: Page, server: str) -> None:
    """A picture without a word is found: the test above can fail."""
    page.goto(f"{server}/guide")
    page.get_by_text(PAGES["guide"]).first.wait_for(timeout=PATIENCE)
    page.evaluate("() => document.querySelector('.stMain').append(document.createElement('img'))")
    assert any(one.startswith("image-alt") for one in serious(page))
