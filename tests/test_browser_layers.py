"""Base maps, own layers, measuring and the switch for certainty, in a real browser.

The tiles come from a stand-in on this machine: what counts is where things are drawn on them.
"""

from __future__ import annotations

import http.server
import json
import math
import os
import threading
from typing import TYPE_CHECKING

import pytest

from geo import distance_m, wgs84_to_gcj02
from scripts.serving import streamlit
from tests.conftest import ARTEFACTS, alarms
from tests.keyboard import has_keyboard
from tests.offline import sitecustomize
from tests.test_browser import downloaded, on_badges, on_map, open_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Frame, Page

PATIENCE = 60_000
TILE = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256'>"
    b"<rect width='256' height='256' fill='#eef' stroke='#99c'/></svg>"
)
HERE = (28.03, 120.88)
# Metres of Web Mercator that a map may be off: a pixel at zoom 17.
PIXEL = 1.2


class Tiles(http.server.BaseHTTPRequestHandler):
    """Answers every request with the same tile."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml")
        self.end_headers()
        self.wfile.write(TILE)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def own_server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - no browser, no need for a server
    """An app whose base maps come from a stand-in on this machine."""
    tiles = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=tiles.serve_forever, daemon=True).start()
    table = tmp_path_factory.mktemp("tiles") / "base_maps.csv"
    address = f"http://127.0.0.1:{tiles.server_port}/{{z}}/{{x}}/{{y}}"
    table.write_text(
        "code,zh,en,addresses,datum,max_zoom,attribution,key\n"
        f"plain,直,Plain map,{address},wgs84,18,Plain makers,\n"
        f"shifted,偏,Shifted map,{address},gcj02,18,Shifted makers,\n",
        encoding="utf-8",
    )
    environment = {
        "PYTHONPATH": os.path.dirname(sitecustomize.__file__),  # noqa: PTH120 - a plain string
        "PLANMAP_BASE_MAPS": str(table),
    }
    log = ARTEFACTS / "server-layers.log"
    with streamlit("run", "app.py", log=log, environment=environment) as server:
        server.wait()
        yield server.url
        assert alarms(server) == []
    tiles.shutdown()


def choose(page: Page, frame: Frame, name: str, credit: str) -> None:
    """Turn a base map on, and wait until its credit is shown."""
    page.get_by_test_id("stSidebar").get_by_text(name, exact=True).click()
    frame.get_by_text(credit).wait_for(timeout=PATIENCE)


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return Web Mercator metres by its formula."""
    radius = 6378137.0
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return radius * math.radians(lon), radius * y


def drawn_at(frame: Frame) -> tuple[float, float]:
    """Return where on the tiles a position is drawn, in metres of Web Mercator."""
    lat, lon = HERE
    code = (
        "([lat, lon]) => { const p = map_div.options.crs.project(L.latLng(lat, lon));"
        " return [p.x, p.y]; }"
    )
    x, y = frame.evaluate(code, [lat, lon])
    return x, y


def test_on_a_shifted_base_map_the_overlay_is_shifted_and_the_file_is_not(
    page: Page, own_server: str
) -> None:
    """On GCJ-02 tiles a position is drawn where GCJ-02 has it; map and download stay WGS-84."""
    lat, lon = HERE
    frame = open_map(page, own_server)
    before = downloaded(page, "GeoJSON").path().read_bytes()
    things, centre = on_map(frame), frame.evaluate("() => map_div.getCenter()")
    choose(page, frame, "Plain map", "Plain makers")
    assert drawn_at(frame) == pytest.approx(mercator(lon, lat), abs=PIXEL)
    choose(page, frame, "Shifted map", "Shifted makers")
    assert frame.get_by_text("Plain makers").count() == 0
    assert drawn_at(frame) == pytest.approx(mercator(*wgs84_to_gcj02(lon, lat)), abs=PIXEL)
    assert drawn_at(frame) != pytest.approx(mercator(lon, lat), abs=100)
    assert on_map(frame) == things
    after = frame.evaluate("() => map_div.getCenter()")
    assert (after["lat"], after["lng"]) == pytest.approx((centre["lat"], centre["lng"]), abs=1e-4)
    page.screenshot(path=ARTEFACTS / "base-map-shifted.png")
    assert downloaded(page, "GeoJSON").path().read_bytes() == before


def test_markers_move_with_the_shift(page: Page, own_server: str) -> None:
    """A pin stands where its own position is projected, before and after the switch."""
    frame = open_map(page, own_server)
    off = """() => {
      let worst = 0;
      map_div.eachLayer(one => {
        if (!(one instanceof L.Marker) || !one.getElement()) return;
        const at = map_div.latLngToLayerPoint(one.getLatLng()).round();
        worst = Math.max(worst, at.distanceTo(L.DomUtil.getPosition(one.getElement())));
      });
      return worst;
    }"""
    for name, credit in (("Plain map", "Plain makers"), ("Shifted map", "Shifted makers")):
        choose(page, frame, name, credit)
        assert frame.evaluate(off) <= 1.5


def test_what_is_less_sure_can_be_hidden(page: Page, own_server: str) -> None:
    """The switch in the legend hides circles' things and badges; files keep them all."""
    frame = open_map(page, own_server)
    found = json.loads(downloaded(page, "GeoJSON").path().read_text("utf-8"))["features"]
    classes = {one["id"]: one["properties"]["location_class"] for one in found}
    switch = frame.get_by_label("Show")
    switch.select_option("site")
    sites = {name for name, code in classes.items() if code == "site"}
    assert on_map(frame) == sites
    assert on_badges(frame) == set()
    frame.get_by_text("less sure are hidden").wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "sure-sites.png")
    switch.select_option("locality")
    assert on_map(frame) == sites | {n for n, code in classes.items() if code == "locality"}
    pin = frame.locator(".planmap-marker[data-id]").first
    name = pin.get_attribute("data-id")
    pin.dispatch_event("click")
    page.locator(f".pm-thing[data-id='{name}']").wait_for(timeout=PATIENCE)
    switch.select_option("all")
    assert on_badges(frame)
    assert len(json.loads(downloaded(page, "GeoJSON").path().read_text("utf-8"))["features"]) == (
        len(found)
    )


def test_an_own_layer_is_drawn_and_taken_off(page: Page, own_server: str, tmp_path: Path) -> None:
    """A dropped file is drawn with its properties as text, a broken one is told; it can go.

    A click on it is no click on a project, whatever its properties are called.
    """
    path = tmp_path / "mine.geojson"
    feature = {
        "type": "Feature",
        "properties": {"note": "<img src=x onerror=alert(1)>", "row": 10**6},
        "geometry": {"type": "Point", "coordinates": [HERE[1], HERE[0]]},
    }
    path.write_text(json.dumps(feature), encoding="utf-8")
    bad = tmp_path / "bad.kml"
    bad.write_text("<kml><Document>", encoding="utf-8")
    frame = open_map(page, own_server)
    page.get_by_text("Add your own layer").first.click()
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files([path, bad])
    drawn = frame.locator(".leaflet-planmap-own-pane path")
    drawn.first.wait_for(timeout=PATIENCE)
    page.get_by_text("The layer's file is damaged").wait_for(timeout=PATIENCE)
    drawn.first.dispatch_event("click")
    frame.get_by_text("<img src=x onerror=alert(1)>").wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "own-layer.png", full_page=True)
    frame.locator(".planmap-marker[data-id^='p']").first.dispatch_event("click")
    page.locator(".pm-thing").first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Remove", exact=True).click()
    drawn.first.wait_for(state="detached", timeout=PATIENCE)  # and the map is the same one still


@pytest.mark.parametrize("page", [{"viewport": {"width": 1440, "height": 1000}}], indirect=True)
def test_distances_and_areas_are_measured(page: Page, own_server: str) -> None:
    """A reading agrees with the ellipsoid within half a per cent; the page takes no notice."""
    frame = open_map(page, own_server)
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    spots = [(120, 250), (330, 250), (330, 400)]
    places = [frame.evaluate(f"() => map_div.containerPointToLatLng([{x}, {y}])") for x, y in spots]
    frame.locator(".planmap-measure-length").click()
    for x, y in [*spots[:2], spots[1]]:
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(400)  # two quick clicks are a double click
    shown = frame.locator(".planmap-measured").first
    shown.wait_for(timeout=PATIENCE)
    one, other, _ = (_point(at) for at in places)
    assert _metres(shown.inner_text()) == pytest.approx(distance_m(one, other), rel=0.005)
    frame.locator(".planmap-measure-area").click()
    for x, y in [*spots, spots[0]]:
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(400)
    frame.get_by_text("ha").first.wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "measured.png")
    assert page.locator(".pm-thing").count() == 0
    frame.locator(".planmap-measure-clear").click()
    gone = "() => !document.querySelector('.planmap-measured')"
    frame.wait_for_function(gone, timeout=PATIENCE)  # they fade
    measured_by_keys(page, frame)


def measured_by_keys(page: Page, frame: Frame) -> None:
    """Measure without a mouse: points at the cross, told as they are set; Escape gives up."""
    told = frame.locator(".planmap-said[aria-live=polite]")
    frame.locator(".planmap-measure-area").press("Enter")
    for key, words in (("Enter", "More points"), (" ", "points: 1"), ("Escape", "")):
        page.keyboard.press(key)
        assert words in told.inner_text()
    assert told.inner_text() == ""
    has_keyboard(page, "Measure an area")
    frame.locator(".planmap-measure-length").press("Enter")
    assert "Space sets a point" in told.inner_text()
    spots = []
    for key, times in (("ArrowLeft", 1), ("ArrowUp", 6), ("Shift+ArrowUp", 1)):
        for _ in range(times):
            page.keyboard.press(key)
        spots.append(_point(frame.evaluate("() => map_div.getCenter()")))
        page.keyboard.press(" ")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    shown = frame.locator(".planmap-measured").inner_text()
    assert told.inner_text() == f"measured · {shown}"
    assert _metres(shown) == pytest.approx(distance_m(*spots[:2]), rel=0.005)
    has_keyboard(page, "Measure a distance")


def _point(at: dict[str, float]):
    from shapely.geometry import Point  # noqa: PLC0415 - only here

    return Point(at["lng"], at["lat"])


def _metres(text: str) -> float:
    """Return what a reading such as 1.25 km or 840 m says, in metres."""
    number, unit = text.replace(",", "").split()
    return float(number) * {"m": 1, "km": 1000}[unit]
