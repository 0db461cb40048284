"""From link to link in a real browser: project, document, unit, overview, two sides, print.

The ``page`` fixture fails each of these tests on a request beyond this machine or a console error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import ARTEFACTS
from tests.keyboard import FOCUSED, tab_to
from tests.test_browser import PATIENCE, features, on_map, open_map

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

BRIDGE = "瓯江北口大桥"
WHERE = "() => [map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]"
IN_VIEW = """(line) => {
  const box = line.closest('[data-testid="stVerticalBlock"]').parentElement.getBoundingClientRect();
  const at = line.getBoundingClientRect();
  return at.top >= box.top - 2 && at.bottom <= window.innerHeight;
}"""


def maps(page: Page, count: int) -> list[Frame]:
    """Return the frames of the maps on a page once all of them have drawn."""
    page.wait_for_function(
        "(count) => document.querySelectorAll(\"iframe[title*='st_folium']\").length === count",
        arg=count,
        timeout=PATIENCE,
    )
    found = []
    for element in page.query_selector_all("iframe[title*='st_folium']"):
        frame = element.content_frame()
        assert frame
        frame.wait_for_selector(".planmap-legend details", state="attached", timeout=PATIENCE)
        found.append(frame)
    return found


def test_from_the_map_to_the_story_to_the_printed_line(page: Page, server: str) -> None:
    """A pin leads to its project, a sentence to its line, a mark back to the project."""
    frame = open_map(page, server)
    thing = next(
        f for f in features(page) if f["properties"]["name"] == BRIDGE and f["geometry"] is not None
    )
    frame.locator(f".planmap-marker[data-id='{thing['id']}']").dispatch_event("click")
    page.get_by_role("link", name="The whole story").click()
    page.get_by_role("heading", name="The story").wait_for(timeout=PATIENCE)
    assert f"project={thing['id']}" in page.url
    marks = page.locator(".pm-story mark")
    said = thing["properties"]["statements"]
    marks.first.wait_for(timeout=PATIENCE)
    assert set(marks.all_inner_texts()) >= {said[0]["quote"]}
    maps(page, 1)
    page.screenshot(path=ARTEFACTS / "project.png", full_page=True)

    line = said[-1]["line"]
    page.locator(f".pm-story a[href*='line={line}']").first.click()
    target = page.locator(".pm-document .pm-target")
    target.wait_for(timeout=PATIENCE)
    assert target.get_attribute("value") == str(line)
    page.wait_for_function(
        f"() => ({IN_VIEW})(document.querySelector('.pm-target'))", timeout=PATIENCE
    )
    page.screenshot(path=ARTEFACTS / "document-line.png")

    found = target.locator(".pm-found", has_text=BRIDGE).first
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE)
    found.locator("mark").first.hover()
    page.screenshot(path=ARTEFACTS / "document-hover.png")
    # slowly, as a hand does it: the way from the words to the link must not close it
    link = found.get_by_role("link", name=BRIDGE)
    at = link.bounding_box() or {}
    page.mouse.move(at["x"] + 20, at["y"] + at["height"] / 2, steps=30)
    link.click()
    page.get_by_role("heading", name="The story").wait_for(timeout=PATIENCE)
    assert f"project={thing['id']}" in page.url


def test_a_mark_is_reached_by_the_keyboard(page: Page, server: str) -> None:
    """The names behind a mark appear when the keyboard reaches them, and Enter follows."""
    page.goto(f"{server}/documents?open=004&line=155")
    target = page.locator(".pm-document .pm-target")
    target.wait_for(timeout=PATIENCE)
    link = target.locator(".pm-pop a").first
    hidden = "(a) => getComputedStyle(a.parentElement).clipPath"
    assert link.evaluate(hidden) != "none"
    link.focus()
    assert link.evaluate(hidden) == "none"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The story").wait_for(timeout=PATIENCE)


def test_a_piece_of_a_chart_filters_the_map(page: Page, server: str) -> None:
    """A click on a piece leaves on the map what it counts; a second click undoes it."""
    page.goto(f"{server}/overview")
    (frame,) = maps(page, 1)
    before = on_map(frame)
    piece = "path[aria-label*='ecology'][aria-label*='under construction']"
    page.locator(piece).first.click(timeout=PATIENCE)
    page.wait_for_url("**status=under_construction*strategy=ecology*", timeout=PATIENCE)
    page.get_by_text("status under construction").first.wait_for(timeout=PATIENCE)
    frame.wait_for_function(
        "(count) => document.querySelectorAll('.leaflet-pane [data-id]').length < count",
        arg=len(before),
        timeout=PATIENCE,
    )
    wanted = {
        f["id"] for f in features(page) if f["properties"]["location_class"] in {"site", "locality"}
    }
    assert on_map(frame) == wanted
    page.screenshot(path=ARTEFACTS / "overview-clicked.png", full_page=True)
    page.locator(piece).first.click(timeout=PATIENCE)
    page.get_by_text("All projects", exact=True).wait_for(timeout=PATIENCE)
    page.wait_for_function("() => !location.search.includes('ecology')")


def test_the_maps_of_two_sides_move_together(page: Page, server: str) -> None:
    """Whichever map is moved or zoomed, the other shows the same place."""
    page.goto(f"{server}/compare?left=2017&right=004")
    left, right = maps(page, 2)
    page.locator(".pm-change").first.wait_for(timeout=PATIENCE)
    for one, other in ((left, right), (right, left)):
        zoom = one.evaluate("() => map_div.getZoom()") + 1
        one.evaluate(f"() => map_div.setView([28.1, 121.0], {zoom}, {{animate: false}})")
        other.wait_for_function(f"() => map_div.getZoom() === {zoom}", timeout=PATIENCE)
        assert other.evaluate(WHERE) == pytest.approx(one.evaluate(WHERE), abs=1e-4)
    page.screenshot(path=ARTEFACTS / "side-by-side.png", full_page=True)
    by_keys(page, right)


def by_keys(page: Page, right: Frame) -> None:
    """Choose a side, move both maps and skip them, by keys alone."""
    page.get_by_role("combobox", name="Left").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.wait_for_function("() => !location.search.includes('left=2017')", timeout=PATIENCE)
    assert page.evaluate(FOCUSED)["name"] == "Left"
    before = right.evaluate(WHERE)
    tab_to(page, tag="DIV", name="Map")
    page.keyboard.press("ArrowRight")
    right.wait_for_function(f"before => ({WHERE})()[2] > before[2]", arg=before, timeout=PATIENCE)
    page.get_by_role("link", name="Skip the map").press("Enter")
    assert tab_to(page, tag="SUMMARY")["seen"]


def test_a_question_of_the_guide_is_answered(page: Page, server: str) -> None:
    """The first question leads to the page of a unit that leads something."""
    page.goto(f"{server}/guide")
    page.locator(".pm-guide ul a").first.click(timeout=PATIENCE)
    page.locator(".pm-wide tbody tr").first.wait_for(timeout=PATIENCE)
    assert "role=lead" in page.url
    page.screenshot(path=ARTEFACTS / "unit.png", full_page=True)


def test_a_pin_of_a_smaller_map_leads_to_its_page(page: Page, server: str) -> None:
    """A click on the overview's map offers the page of what was clicked."""
    page.goto(f"{server}/overview")
    (frame,) = maps(page, 1)
    pin = frame.locator(".planmap-marker[data-id^='p']").first
    name = pin.get_attribute("data-id")
    pin.dispatch_event("click")
    page.locator(f".stMain a[href='project?project={name}']").click(timeout=PATIENCE)
    page.get_by_role("heading", name="The story").wait_for(timeout=PATIENCE)


def test_a_unit_is_printed_whole(page: Page, server: str) -> None:
    """On paper the filters and the menu are gone, and no row is cut off at the screen's end."""
    page.goto(f"{server}/unit?unit=%E5%B8%82%E5%8F%91%E6%94%B9%E5%B1%80")
    page.locator(".pm-wide tbody tr").first.wait_for(timeout=PATIENCE)
    maps(page, 1)
    page.emulate_media(media="print")
    for hidden in ("stSidebar", "stHeader"):
        assert not page.get_by_test_id(hidden).is_visible()
    last = page.locator(".pm-wide tbody tr").last.bounding_box()
    page_height = page.evaluate("() => document.documentElement.scrollHeight")
    assert last
    assert last["y"] + last["height"] <= page_height
    (ARTEFACTS / "unit.pdf").write_bytes(page.pdf(format="A4", print_background=True))
