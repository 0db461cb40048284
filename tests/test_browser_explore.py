"""Exploring in a real browser: link, search, list and map agree, and the map stays calm."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from scripts.serving import streamlit
from tests.conftest import ARTEFACTS
from tests.test_browser import PATIENCE, drawn_is, features, ids, on_map, open_map
from tests.visiting import visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page, WebSocket

CHOSEN = "() => [...document.querySelectorAll('.planmap-chosen')].map(e => e.dataset.id)"
PLACE = "() => [map_div.getCenter().lat, map_div.getCenter().lng, map_div.getZoom()]"
BOUNDS = "() => map_div.getBounds().toBBoxString().split(',').map(Number)"


def said(page: Page, name: str) -> str:
    """Return what the address says under a name; empty where it does not."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def drag(page: Page, frame: Frame) -> None:
    """Drag the map, and wait until the address says where it stands now."""
    before = said(page, "at")
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    assert box
    page.mouse.move(box["x"] + 120, box["y"] + 500)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, box["y"] + 430, steps=4)
    page.mouse.up()
    page.wait_for_url(lambda url: "at=" in url and before != said(page, "at"), timeout=PATIENCE)
    frame.wait_for_function("() => !map_div._animatingZoom", timeout=PATIENCE)


def test_panning_and_zooming_ask_the_server_nothing(page: Page, server: str) -> None:
    """Moving the map writes the place into the address, and the page is not run again.

    The map only says where it stands, for the picture of it, on the channel of its own.
    """
    sent: list[object] = []

    def listen(socket: WebSocket) -> None:
        if "/assets/ahead/" not in socket.url:
            socket.on("framesent", lambda _: sent.append(1))

    page.on("websocket", listen)
    frame = open_map(page, server)
    page.wait_for_timeout(1500)
    assert sent
    sent.clear()
    drag(page, frame)
    before = said(page, "at")
    frame.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url(lambda _: said(page, "at") != before, timeout=PATIENCE)
    page.wait_for_timeout(1500)
    assert sent == []
    place = [float(part) for part in said(page, "at").split(",")]
    assert frame.evaluate(PLACE) == pytest.approx(place, abs=1e-5)


def test_a_link_opens_the_same_ids_and_the_same_extent(
    page: Page, server: str, started_browser: Browser
) -> None:
    """The address of a view, opened in a browser that never was here, shows the same view."""
    frame = open_map(page, server, "?strategy=ecology&lang=zh")
    drag(page, frame)
    wanted = ids(features(page), "site", "locality")
    drawn_is(frame, wanted)
    stranger = started_browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    other = stranger.new_page()
    again = open_map(
        other, page.url.partition("?")[0].rstrip("/"), f"?{page.url.partition('?')[2]}"
    )
    drawn_is(again, wanted)
    other.get_by_text("战略为生态优先", exact=True).wait_for(timeout=PATIENCE)
    assert again.evaluate(BOUNDS) == pytest.approx(frame.evaluate(BOUNDS), abs=1e-4)
    stranger.close()


def test_the_place_survives_filters_and_pages(page: Page, server: str) -> None:
    """A filter, another page and the way back leave the map where it was."""
    frame = open_map(page, server)
    drag(page, frame)
    at = said(page, "at")
    page.get_by_test_id("stSidebar").get_by_role("button", name="culture ·").click()
    page.wait_for_url("**strategy=culture*", timeout=PATIENCE)
    page.get_by_text("strategy culture", exact=True).wait_for(timeout=PATIENCE)
    page.wait_for_url(lambda _: said(page, "at") == at, timeout=PATIENCE)
    for name, sign in {"List": "Pick a row to see", "Map": "The selected projects"}.items():
        visit(page, name)
        page.get_by_text(sign).first.wait_for(timeout=PATIENCE)
        page.wait_for_url("**strategy=culture*", timeout=PATIENCE)
        page.wait_for_url(lambda _: said(page, "at") == at, timeout=PATIENCE)
    frame = page.wait_for_selector("iframe[title*='st_folium']").content_frame()
    assert frame
    frame.wait_for_selector(".leaflet-container[data-shown]", state="attached", timeout=PATIENCE)
    assert frame.evaluate(PLACE) == pytest.approx([float(n) for n in at.split(",")], abs=1e-4)


@pytest.mark.parametrize(
    "page", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True
)
def test_a_button_copies_the_link(page: Page, server: str) -> None:
    """The clipboard holds the address of the view, with the language it is seen in."""
    open_map(page, server, "?status=completed&search=lbxc")
    page.get_by_role("button", name="Copy link to this view").click()
    page.get_by_text("Copied", exact=True).wait_for(timeout=PATIENCE)
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(f"{server}/?")
    assert parse_qs(urlsplit(copied).query) == {
        "status": ["completed"],
        "search": ["lbxc"],
        "lang": ["en"],
    }


def test_suggestions_lead_to_the_thing(page: Page, server: str) -> None:
    """A suggestion taken by keyboard: the thing is told of, marked and in the address."""
    frame = open_map(page, server)
    thing = next(f for f in features(page) if (f["geometry"] or {}).get("type") == "Point")
    before = frame.evaluate(PLACE)
    box = page.locator(".st-key-search input")
    box.press_sequentially(thing["properties"]["name"], delay=30)
    option = page.get_by_role("option", name=thing["properties"]["name"], exact=True)
    option.first.wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "suggestions.png")
    box.press("ArrowDown")
    box.press("Enter")
    page.locator(f".pm-thing[data-id='{thing['id']}']").wait_for(timeout=PATIENCE)
    frame.wait_for_function(f"id => ({CHOSEN})().includes(id)", arg=thing["id"], timeout=PATIENCE)
    frame.wait_for_function("zoom => map_div.getZoom() >= zoom", arg=14, timeout=PATIENCE)
    assert frame.evaluate(PLACE) != before
    page.wait_for_url(f"**project={thing['id']}*", timeout=PATIENCE)


def test_list_and_map_choose_for_each_other(page: Page, server: str) -> None:
    """A row picked is marked on the map, a pin clicked is marked in the list."""
    frame = open_map(page, server, "?location_class=site&location_class=locality")
    first, second = [f for f in features(page) if f["geometry"]["type"] == "Point"][:2]
    page.locator(f"tr[data-id='{first['id']}']").click()
    frame.wait_for_function(f"id => ({CHOSEN})().includes(id)", arg=first["id"], timeout=PATIENCE)
    page.locator(f".pm-thing[data-id='{first['id']}']").wait_for(timeout=PATIENCE)
    pin = frame.locator(f".planmap-marker[data-id='{second['id']}']")
    pin.dispatch_event("click")
    row = page.locator(f"tr[data-id='{second['id']}'][aria-selected='true']")
    row.wait_for(timeout=PATIENCE)
    page.locator(f".pm-thing[data-id='{second['id']}']").wait_for(timeout=PATIENCE)
    assert page.locator("tr[aria-selected='true']").count() == 1
    page.screenshot(path=ARTEFACTS / "list-and-map.png")


def test_links_inside_a_page_take_the_view_along(page: Page, server: str) -> None:
    """From map to project, document and unit the filters stay, and the map finds them again."""
    view = "?strategy=ecology&status=to_complete&lang=en"
    open_map(page, server, view)
    page.locator("tr[data-id]").first.click()
    page.locator(".pm-thing a", has_text="The whole story").first.click(timeout=PATIENCE)
    page.get_by_text("The story").first.wait_for(timeout=PATIENCE)
    project = said(page, "project")
    for link, sign in {".pm-story a": "Marked words", ".pm-found a": "The story"}.items():
        opens = page.locator(link).first
        opens.wait_for(state="attached", timeout=PATIENCE)
        opens.evaluate("link => link.click()")
        page.get_by_text(sign).first.wait_for(timeout=PATIENCE)
        page.wait_for_url("**strategy=ecology*", timeout=PATIENCE)
        assert said(page, "status") == "to_complete"
    assert project
    visit(page, "Map")
    page.get_by_text("status to complete; strategy ecology", exact=True).wait_for(timeout=PATIENCE)


def test_a_question_of_the_guide_is_asked_anew(page: Page, server: str) -> None:
    """What the guide asks is answered from all projects, whatever was chosen before."""
    page.goto(f"{server}/guide?strategy=safety&lang=zh")
    page.locator("a.pm-anew").first.click(timeout=PATIENCE)
    page.wait_for_url("**role=lead*", timeout=PATIENCE)
    assert said(page, "strategy") == ""
    page.get_by_role("radio", name="中文").wait_for(timeout=PATIENCE)
    assert said(page, "lang") == "zh"


def test_the_list_sorts_by_amounts(page: Page, server: str) -> None:
    """Kilometres are sorted as numbers, smallest first and largest first."""
    open_map(page, server)
    for _ in range(2):
        page.get_by_role("button", name="Sort by Length (km)").click()
        page.locator("th[aria-sort='ascending'], th[aria-sort='descending']").wait_for()
    page.locator("th[aria-sort='descending']").wait_for(timeout=PATIENCE)
    head = page.locator("th").all_inner_texts()
    at = next(n for n, text in enumerate(head) if text.startswith("Length"))
    cells = page.locator("tbody tr td").all_inner_texts()
    lengths = [text for text in cells[at :: len(head)] if text]
    numbers = [float(text.replace(",", "")) for text in lengths]
    assert len(numbers) > 3
    assert numbers == sorted(numbers, reverse=True)


def test_the_app_lives_under_a_path(page: Page, chromium: str) -> None:  # noqa: ARG001 - needs a browser
    """Behind a proxy with a path prefix the map is drawn, and suggestions come."""
    words = ("run", "app.py", "--server.baseUrlPath=plans/wz")
    with streamlit(*words, log=ARTEFACTS / "prefix.log") as server:
        server.wait("plans/wz/")
        frame = open_map(page, f"{server.url}/plans/wz", "?status=completed")
        assert on_map(frame)
        page.locator(".st-key-search input").press_sequentially("lbxc")
        page.get_by_role("option", name="柳白新城", exact=True).wait_for(timeout=PATIENCE)


def drawings(frame: Frame) -> None:
    """Begin to count how often the map draws what is selected."""
    frame.evaluate(
        "() => { const { show } = planmap.things; window.drawings = 0;"
        " planmap.things.show = (...all) => { window.drawings += 1; return show(...all); }; }"
    )


def test_a_change_comes_ahead_of_the_page_and_is_drawn_once(page: Page, server: str) -> None:
    """A filter reaches the map by its own channel; what comes with the page then is not news."""
    came: list[str] = []

    def on(socket: WebSocket) -> None:
        if "/assets/ahead/" in socket.url:
            socket.on("framereceived", lambda said: came.append(str(said)))

    page.on("websocket", on)
    frame = open_map(page, server)
    drawings(frame)
    page.get_by_test_id("stSidebar").get_by_role("button", name="culture ·").click()
    page.get_by_text("strategy culture", exact=True).wait_for(timeout=PATIENCE)
    drawn_is(frame, ids(features(page), "site", "locality"))
    page.wait_for_timeout(1000)
    assert len(came) == frame.evaluate("() => window.drawings") == 1


def test_without_its_channel_the_map_changes_with_the_page(page: Page, server: str) -> None:
    """Where something on the way lets no other channel through, filters work as well."""
    page.route_web_socket(lambda url: "/assets/ahead/" in url, lambda socket: socket.close())
    frame = open_map(page, server)
    page.get_by_test_id("stSidebar").get_by_role("button", name="culture ·").click()
    page.get_by_text("strategy culture", exact=True).wait_for(timeout=PATIENCE)
    drawn_is(frame, ids(features(page), "site", "locality"))
