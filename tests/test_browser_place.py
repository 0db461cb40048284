"""Placing a thing in a real browser: pick it, draw its place, save, see it, take it back."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest

from scripts.serving import streamlit
from tests.conftest import ARTEFACTS, alarms
from tests.keyboard import has_keyboard, tab_to
from tests.offline import sitecustomize
from tests.visiting import visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame, Page

# Long enough for a slow machine; nothing here is timed.
PATIENCE = 60_000
CENTRE = "() => { const c = map_div.getCenter(); return [c.lat, c.lng]; }"
TALL = [{"viewport": {"width": 1440, "height": 1500}}]


@pytest.fixture(scope="module")
def own_server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - no browser, no need for a server
    """An app with edits of its own, so that no other test sees what is changed here."""
    place = tmp_path_factory.mktemp("edits")
    environment = {
        "PYTHONPATH": os.path.dirname(sitecustomize.__file__),  # noqa: PTH120 - a plain string
        "PLANMAP_EDITS": str(place / "edits"),
        "PLANMAP_BUILT": str(place / "built"),
    }
    log = ARTEFACTS / "server-place.log"
    with streamlit("run", "app.py", log=log, environment=environment) as server:
        server.wait()
        yield server.url
        assert alarms(server) == []


def feature(page: Page, name: str) -> dict[str, Any]:
    """Download the selection and return the feature of this name."""
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="GeoJSON").click()
    found = json.loads(waiting.value.path().read_text("utf-8"))["features"]
    return next(one for one in found if one["properties"]["name"] == name)


_DOWN = [("ArrowDown", name) for name in ("Place it", "Correct it", "Edits")]


def pick(page: Page, server: str, name: str) -> Frame:
    """Find a thing in the work list by searching for it, pick it, and return the map's frame."""
    page.goto(server)
    visit(page, "Place it")
    page.get_by_text("Pick a row to begin").wait_for(timeout=PATIENCE)
    page.get_by_role("textbox", name="Search", exact=True).fill(name)
    page.get_by_role("textbox", name="Search", exact=True).press("Enter")
    page.get_by_role("radio", name=re.compile("^all [1-9] projects$")).wait_for(timeout=PATIENCE)
    grid = page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    page.mouse.click(grid["x"] + 15, grid["y"] + 35 + 17)
    page.get_by_role("heading", name=name).first.wait_for(timeout=PATIENCE)
    frame = page.wait_for_selector("iframe[title*='st_folium']", timeout=PATIENCE).content_frame()
    frame.wait_for_selector(".leaflet-draw-draw-marker", timeout=PATIENCE)
    return frame


def at(page: Page, frame: Frame, lat: float, lon: float) -> tuple[float, float]:
    """Return where a position stands on the screen."""
    # the map is moved to the thing after it is made
    frame.wait_for_function("() => map_div.getZoom() >= 13", timeout=PATIENCE)
    spot = frame.evaluate(f"() => map_div.latLngToContainerPoint([{lat}, {lon}])")
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    return box["x"] + spot["x"], box["y"] + spot["y"]


def set_by_keys(page: Page, frame: Frame, before: list[float]) -> list[float]:
    """Set the pin a little farther north by keys alone, and return where."""
    frame.locator(".leaflet-draw-draw-marker").press(" ")
    frame.locator(".planmap-crossed").wait_for(timeout=PATIENCE)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    centre: list[float] = frame.evaluate(CENTRE)
    assert centre[0] > before[0]
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE)
    has_keyboard(page, "Set a pin")
    return centre


def said(page: Page, source: str, who: str) -> None:
    """Fill in where it is known from and by whom, and save."""
    page.get_by_label("Source", exact=True).fill(source)
    page.get_by_label("Your name").fill(who)
    page.get_by_role("button", name="Save this place").press("Enter")


@pytest.mark.parametrize("page", TALL, indirect=True)
def test_a_pin_is_set_saved_seen_and_taken_back(page: Page, own_server: str) -> None:
    """What is drawn, by mouse or by keys, is what the file holds; the undo brings the town back."""
    frame = pick(page, own_server, "柳市中学")
    centre = frame.evaluate(CENTRE)
    frame.locator(".leaflet-draw-draw-marker").click()
    page.mouse.click(*at(page, frame, *centre))
    page.get_by_text("A pin is set.").wait_for(timeout=PATIENCE)
    centre = set_by_keys(page, frame, centre)
    page.screenshot(path=ARTEFACTS / "place-pin.png")
    said(page, "a walk", "Wang")
    has_keyboard(page, "The change of 柳市中学 is saved.")
    visit(page, "Map")
    found = feature(page, "柳市中学")
    assert found["properties"]["location_method"] == "by_hand"
    assert found["properties"]["location_class"] == "site"
    lon, lat = found["geometry"]["coordinates"]
    assert (lat, lon) == pytest.approx(centre, abs=2e-4)
    drawn = page.frame_locator("iframe[title*='st_folium']")
    pin = drawn.locator(f".leaflet-pane [data-id='{found['id']}']").first
    pin.wait_for(state="attached", timeout=PATIENCE)
    visit(page, "Edits")
    page.get_by_text("a walk").wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "edits.png")
    page.get_by_role("button", name="Undo").press("Enter")
    has_keyboard(page, "A change of 柳市中学 was taken back.")
    visit(page, "Map")
    assert feature(page, "柳市中学")["geometry"] is None


@pytest.mark.parametrize("page", TALL, indirect=True)
def test_an_area_is_drawn_and_saved(page: Page, own_server: str) -> None:
    """Three corners and a click on the first make an area; it is on the map with its radius."""
    frame = pick(page, own_server, "市民体育中心")
    lat, lon = frame.evaluate(CENTRE)
    frame.locator(".leaflet-draw-draw-polygon").click()
    corners = [(lat, lon), (lat + 0.003, lon), (lat + 0.003, lon + 0.003), (lat, lon)]
    for corner in corners:
        page.mouse.click(*at(page, frame, *corner), delay=50)
        page.wait_for_timeout(400)  # two quick clicks would be a double click, which ends the area
    page.get_by_text("An area is drawn.").wait_for(timeout=PATIENCE)
    said(page, "a plan on paper", "Li")
    page.get_by_text("The change of 市民体育中心 is saved.").wait_for(timeout=PATIENCE)
    visit(page, "Map")
    assert feature(page, "市民体育中心")["geometry"]["type"] == "Polygon"


def test_a_stage_is_corrected_and_undone_by_keys(page: Page, own_server: str) -> None:
    """A stage is corrected with a reason, and taken back on the history page, without a mouse."""
    page.goto(f"{own_server}/correct")
    page.get_by_role("combobox", name="Project").focus(timeout=PATIENCE)
    page.keyboard.type("瓯江北口大桥")
    page.keyboard.press("Enter")
    tab_to(page, tag="INPUT", name="Status")
    for key in ("ArrowUp", "ArrowUp", "Enter"):  # it stands on the last; the same again is refused
        page.keyboard.press(key)
    for name, words in (("Reason", "it was seen"), ("Your name", "Zhao")):
        tab_to(page, tag="INPUT", name=name)
        page.keyboard.type(words)
    tab_to(page, tag="BUTTON", name="Save")
    page.keyboard.press("Enter")
    page.get_by_text("The change of 瓯江北口大桥 is saved.").wait_for(timeout=PATIENCE)
    has_keyboard(page, "Save this correction")
    page.get_by_role("main").focus()
    tab_to(page, tag="BUTTON", name="Maintain")
    for key, name in (("Enter", "Add a plan"), *_DOWN):  # a menu: arrows go through it
        page.keyboard.press(key)
        has_keyboard(page, name)
    page.keyboard.press("Enter")
    page.get_by_text("it was seen").wait_for(timeout=PATIENCE)
    tab_to(page, tag="BUTTON", name="Undo")
    page.keyboard.press("Enter")
    has_keyboard(page, "A change of 瓯江北口大桥 was taken back.")
