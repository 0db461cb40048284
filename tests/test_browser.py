"""The app in a real browser: what is seen is what is downloaded, and nothing comes from elsewhere.

The ``page`` fixture fails each of these tests on a request beyond this machine or a console error.
"""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.conftest import ARTEFACTS
from tests.visiting import visit

if TYPE_CHECKING:
    from playwright.sync_api import Download, Frame, Page

# Long enough for a slow machine; nothing here is timed.
PATIENCE = 60_000

DRAWN = """() => [...document.querySelectorAll('.leaflet-pane [data-id]')].map(e => e.dataset.id)"""
BADGES = (
    """() => [...document.querySelectorAll('.planmap-badge')].map(e => JSON.parse(e.dataset.ids))"""
)
# Looks at every frame that is drawn from now on, and remembers how empty the emptiest was.
WATCH = """() => {
  window.leastDrawn = Infinity;
  window.sameMap = true;
  const look = () => {
    const drawn = document.querySelectorAll('.leaflet-pane [data-id]').length;
    window.leastDrawn = Math.min(window.leastDrawn, drawn);
    requestAnimationFrame(look);
  };
  look();
}"""


def open_map(page: Page, server: str, address: str = "") -> Frame:
    """Open the app and return the map's frame once something is drawn."""
    page.goto(f"{server}/{address}")
    frame = page.wait_for_selector("iframe[title*='st_folium']", timeout=PATIENCE).content_frame()
    assert frame
    frame.wait_for_selector(".leaflet-container[data-shown]", state="attached", timeout=PATIENCE)
    return frame


def filter_by(page: Page, text: str, heading: str) -> None:
    """Press one of the filters beside the page, and wait until the heading says so."""
    page.get_by_test_id("stSidebar").get_by_role("button", name=re.compile(f"^{text} ·")).click()
    page.get_by_text(heading, exact=True).wait_for(timeout=PATIENCE)


def on_map(frame: Frame) -> set[str]:
    """Return the ids of the things that are drawn on the map."""
    return {name for name in frame.evaluate(DRAWN) if not name.startswith("township:")}


def on_badges(frame: Frame) -> set[str]:
    """Return the ids of the things that are counted on badges."""
    return {name for names in frame.evaluate(BADGES) for name in names}


def drawn_is(frame: Frame, wanted: set[str]) -> None:
    """Wait until just these things are drawn."""
    same = f"""(wanted) => {{
      const drawn = new Set(({DRAWN})().filter(name => !name.startsWith('township:')));
      return drawn.size === wanted.length && wanted.every(name => drawn.has(name));
    }}"""
    frame.wait_for_function(same, arg=sorted(wanted), timeout=PATIENCE)


def downloaded(page: Page, label: str) -> Download:
    """Press a download button and return what came."""
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name=label).click()
    return waiting.value


def features(page: Page) -> list[dict[str, Any]]:
    """Download the selection as GeoJSON and return its features."""
    path = downloaded(page, "GeoJSON").path()
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def ids(some: list[dict[str, Any]], *classes: str) -> set[str]:
    """Return the ids of the projects of some location classes, programmes left out."""
    return {
        feature["id"]
        for feature in some
        if feature["properties"]["location_class"] in classes
        and (feature["properties"]["kind"] != "programme" or feature["geometry"])
    }


@pytest.mark.parametrize(
    ("button", "sentence"),
    [("", "All projects"), ("to complete", "status to complete"), ("culture", "strategy culture")],
)
def test_the_map_shows_what_the_file_holds(
    page: Page, server: str, button: str, sentence: str
) -> None:
    """Pins, lines and badges stand for just the things of the downloaded file."""
    frame = open_map(page, server)
    if button:
        filter_by(page, button, sentence)
    file = features(page)
    drawn_is(frame, ids(file, "site", "locality"))
    assert on_badges(frame) == ids(file, "township")
    assert file
    for feature in file:
        placed = feature["properties"]["location_class"] in {"site", "locality"}
        assert (feature["geometry"] is not None) == placed


def test_a_filter_changes_the_layer_and_not_the_map(page: Page, server: str) -> None:
    """A filter leaves map, zoom and position alone, and no frame between is empty."""
    frame = open_map(page, server)
    before = on_map(frame)
    frame.evaluate(WATCH)
    frame.evaluate("() => map_div.setView([28.1, 121.0], 13, {animate: false})")
    filter_by(page, "to complete", "status to complete")
    drawn_is(frame, ids(features(page), "site", "locality"))
    assert on_map(frame) < before
    assert frame.evaluate("() => [window.sameMap, map_div.getZoom()]") == [True, 13]
    assert frame.evaluate("() => window.leastDrawn") > 0


def test_a_click_on_a_pin_tells_all_about_it(page: Page, server: str) -> None:
    """Name, quote, document, line and position stand beside the map after a click."""
    frame = open_map(page, server)
    thing = next(f for f in features(page) if (f["geometry"] or {}).get("type") == "Point")
    pin = frame.locator(f".planmap-marker[data-id='{thing['id']}']")
    pin.dispatch_event("click")
    shown = page.locator(f".pm-thing[data-id='{thing['id']}']")
    shown.wait_for(timeout=PATIENCE)
    text = shown.inner_text()
    said = thing["properties"]["statements"][0]
    assert thing["properties"]["name"] in text
    assert f"line {said['line']}" in text
    assert thing["properties"]["location_source"] in text
    quotes = shown.locator("blockquote").all_text_contents()
    assert said["quote"] in quotes


def test_a_click_on_a_badge_lists_its_township(page: Page, server: str) -> None:
    """A township's badge opens the list of what is known by that township only."""
    frame = open_map(page, server)
    badge = frame.locator(".planmap-marker:has(.planmap-badge)").first
    count = int(badge.inner_text())
    badge.dispatch_event("click")
    listed = page.locator(".pm-town > details .pm-thing")
    listed.first.wait_for(state="attached", timeout=PATIENCE)
    assert listed.count() == count


@pytest.mark.parametrize("page", [{"locale": "zh-CN"}], indirect=True)
def test_chinese_first_and_english_on_demand(page: Page, server: str) -> None:
    """A Chinese browser sees Chinese; the switch changes words, not filters, nor the map."""
    frame = open_map(page, server)
    filter_by(page, "生态优先", "战略为生态优先")
    wanted = ids(features(page), "site", "locality")
    drawn_is(frame, wanted)
    frame.evaluate(WATCH)
    page.screenshot(path=ARTEFACTS / "map-zh.png")
    page.get_by_role("radio", name="English").or_(
        page.get_by_role("button", name="English")
    ).first.click()
    page.get_by_text("strategy ecology", exact=True).wait_for(timeout=PATIENCE)
    frame.get_by_text("Legend", exact=True).wait_for(timeout=PATIENCE)
    assert on_map(frame) == wanted
    assert frame.evaluate("() => window.sameMap")
    page.screenshot(path=ARTEFACTS / "map-en.png")


def test_every_page_opens_and_the_filters_come_along(page: Page, server: str) -> None:
    """From page to page the filters and their address stay, and the console stays silent."""
    open_map(page, server, "?strategy=culture")
    for name, sign in {
        "List": "Pick a row to see",
        "Documents": "Marked words are statements",
        "Plan against plan": "Promised again",
        "Sources": "Software and fonts",
        "Map": "strategy culture",
    }.items():
        visit(page, name)
        page.get_by_text(sign).first.wait_for(timeout=PATIENCE)
        page.wait_for_url("**strategy=culture*", timeout=PATIENCE)
        page.screenshot(path=ARTEFACTS / f"page-{name.lower().replace(' ', '-')}.png")


def test_the_other_downloads_are_what_they_say(page: Page, server: str) -> None:
    """The CSV has a row per feature of the GeoJSON, the PNG is a picture."""
    open_map(page, server, "?status=completed")
    page.get_by_text("status completed", exact=True).wait_for(timeout=PATIENCE)
    table = downloaded(page, "CSV").path().read_bytes()
    assert table.startswith(b"\xef\xbb\xbfid,name,")
    assert table.count(b"\r\n") == len(features(page)) + 1
    picture = downloaded(page, "PNG")
    assert picture.suggested_filename.endswith(".zip")  # all that is counted needs pages
    with zipfile.ZipFile(picture.path()) as pages:
        stem = picture.suggested_filename.removesuffix(".zip")
        assert all(name.startswith(f"{stem}_page-") for name in pages.namelist())
        assert [name[-4:] for name in pages.namelist()] == [".png"] * len(pages.namelist())
        drawn = [pages.read(name) for name in pages.namelist()]
    assert len(drawn) > 1
    assert all(one.startswith(b"\x89PNG\r\n") for one in drawn)
    (ARTEFACTS / "map-download.png").write_bytes(drawn[0])


def test_a_hostile_link_is_cleaned(page: Page, server: str) -> None:
    """What an address names and the data do not have is dropped; nothing of it runs."""
    open_map(page, server, "?status=%3Cscript%3Ealert(1)%3C/script%3E&unit=nobody&x=1")
    page.get_by_text("All projects", exact=True).wait_for(timeout=PATIENCE)
    page.wait_for_function("() => !location.search")


def test_a_search_in_a_link_is_only_a_text(page: Page, server: str) -> None:
    """What a link searches for is shown letter by letter: no picture is fetched, no link made."""
    lure = "![x](http://example.org/x.png)<img src=http://example.org/y.png>"
    frame = open_map(page, server, f"?search={quote(lure)}")
    page.get_by_text(lure).first.wait_for(timeout=PATIENCE)
    assert on_map(frame) == set()
    visit(page, "List")
    page.get_by_text(lure).first.wait_for(timeout=PATIENCE)
