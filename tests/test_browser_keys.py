"""Without a mouse: each kind of thing is reached, seen to be reached, and used by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import ARTEFACTS
from tests.keyboard import FOCUSED, WHOLE, tab_to
from tests.test_browser import open_map
from tests.visiting import visit

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

PATIENCE = 12_000


def in_sight(frame: Frame, sign: dict[str, object]) -> bool:
    """Tell whether a sign stands inside the map, and the map's frame was not scrolled."""
    size = frame.evaluate("() => [map_div.getSize().x, map_div.getSize().y]")
    scrolled = frame.evaluate("() => [map_div.getContainer().scrollTop, document.body.scrollTop]")
    at = [float(str(sign[axis])) for axis in ("x", "y")]
    return scrolled == [0, 0] and all(0 <= a <= b for a, b in zip(at, size, strict=True))


def told(sign: str) -> str:
    """Return what the page shows of a sign: a thing, or the list of a badge.

    Badges stand before or behind the pins, as things or badges were drawn last.
    """
    town = sign.removeprefix("township:")
    return f".pm-thing[data-id='{sign}']" if town == sign else f".pm-town[data-badge='{town}']"


def test_every_sign_is_reached_and_chosen(page: Page, server: str) -> None:
    """Tab goes over all badges and pins and moves the map along; Enter tells of them."""
    frame = open_map(page, server, "?strategy=culture")
    wanted = frame.locator(".planmap-marker").count()
    assert wanted > 3
    page.wait_for_function(WHOLE, timeout=PATIENCE)
    frame.locator("#map_div").focus()
    reached = []
    while len(reached) < wanted:
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        assert "planmap-marker" in now["css"]
        assert now["seen"]
        assert in_sight(frame, now)
        reached.append(now["id"])
    assert len(set(reached)) == wanted
    page.screenshot(path=ARTEFACTS / "keys-map.png")
    page.keyboard.press("Enter")
    page.locator(told(str(reached[-1]))).wait_for(timeout=PATIENCE)
    assert page.evaluate(FOCUSED)["id"] == reached[-1]


def test_a_badge_keeps_the_keyboard(page: Page, server: str) -> None:
    """Enter on a badge lists its township, and the next Tab goes on from there."""
    frame = open_map(page, server)
    frame.locator("#map_div").focus()
    badge = tab_to(page, id="township:")
    page.keyboard.press("Enter")
    page.locator(".pm-town > details").first.wait_for(timeout=PATIENCE)
    page.wait_for_function(f"id => ({FOCUSED})().id === id", arg=badge["id"], timeout=PATIENCE)
    assert page.evaluate(FOCUSED)["seen"]
    frame.locator(".leaflet-tooltip").first.wait_for(timeout=PATIENCE)
    page.keyboard.press("Escape")
    frame.locator(".leaflet-tooltip").first.wait_for(state="detached", timeout=PATIENCE)


def test_a_link_skips_the_map(page: Page, server: str) -> None:
    """From the map's head one link leads to the list, where arrows and Enter choose a row."""
    frame = open_map(page, server)
    page.locator("tr[data-id]").first.wait_for(timeout=PATIENCE)
    tab_to(page, name="Skip to main content")
    page.keyboard.press("Enter")
    tab_to(page, name="Skip the map")
    page.keyboard.press("Enter")
    first = tab_to(page, tag="TR")
    assert first["seen"]
    page.keyboard.press("ArrowDown")
    second = page.evaluate(FOCUSED)
    assert second["id"] not in {"", first["id"]}
    page.keyboard.press("Enter")
    page.locator(f"tr[data-id='{second['id']}'][aria-selected='true']").wait_for(timeout=PATIENCE)
    page.locator(f".pm-thing[data-id='{second['id']}']").wait_for(timeout=PATIENCE)
    assert page.evaluate(FOCUSED)["id"] == second["id"]
    assert frame.evaluate("() => map_div.getContainer().scrollTop") == 0


def test_a_filter_is_set_and_cleared(page: Page, server: str) -> None:
    """Arrows go through the values of a filter, the space bar sets it, its chip clears it."""
    open_map(page, server)
    assert tab_to(page, tag="BUTTON", name="industry ·")["seen"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    page.get_by_text("strategy innovation", exact=True).wait_for(timeout=PATIENCE)
    assert "innovation" in page.evaluate(FOCUSED)["name"]
    tab_to(page, tag="BUTTON", name="Strategy: innovation")
    page.keyboard.press("Enter")
    page.get_by_text("All projects", exact=True).wait_for(timeout=PATIENCE)


def test_a_piece_of_a_chart_filters(page: Page, server: str) -> None:
    """One stop for each chart, arrows to its pieces, Enter filters and the keyboard stays."""
    open_map(page, server)
    visit(page, "Overview")
    page.locator("[class*='st-key-chart_'] path[tabindex='0']").nth(2).wait_for(timeout=PATIENCE)
    page.get_by_role("main").focus()
    assert tab_to(page, tag="path", name=" · ")["seen"]
    page.keyboard.press("ArrowRight")
    piece = page.evaluate(FOCUSED)["name"]
    page.screenshot(path=ARTEFACTS / "keys-chart.png")
    page.keyboard.press("Enter")
    page.wait_for_url("**strategy=*", timeout=PATIENCE)
    page.wait_for_function(f"name => ({FOCUSED})().name === name", arg=piece, timeout=PATIENCE)


def test_a_mark_in_a_document_opens_its_project(page: Page, server: str) -> None:
    """Tab on a mark shows what it is, Escape hides that, Enter opens its project."""
    open_map(page, server)
    visit(page, "Documents")
    page.get_by_text("Marked words are statements").first.wait_for(timeout=PATIENCE)
    page.get_by_role("main").focus()
    mark = tab_to(page, tag="A", part="mark")
    pop = page.locator(".pm-found:focus-within .pm-pop")
    assert pop.evaluate("pop => getComputedStyle(pop).clipPath") == "none"
    page.screenshot(path=ARTEFACTS / "keys-mark.png")
    page.keyboard.press("Escape")
    assert pop.count() == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED)["name"] == mark["name"]
    page.keyboard.press("Enter")
    page.get_by_text("The story").first.wait_for(timeout=PATIENCE)


def test_a_row_of_the_long_list_is_picked(page: Page, server: str) -> None:
    """In the table of the list page arrows move and Enter picks the row."""
    open_map(page, server)
    visit(page, "List")
    page.get_by_text("Pick a row to see").first.wait_for(timeout=PATIENCE)
    page.get_by_role("main").focus()
    tab_to(page, tag="CANVAS")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    page.locator(".pm-thing").first.wait_for(timeout=PATIENCE)
