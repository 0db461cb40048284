"""Light and dark: the map goes with the page around it, at once, and paper stays light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import ARTEFACTS
from tests.test_browser import PATIENCE, open_map

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

# How light the land, a sign's edge, a panel and a town's name are, from 0 to 255.
LIGHTNESS = """() => {
  const look = (css, part) => getComputedStyle(document.querySelector(css))[part];
  const light = (tone) => Math.max(...tone.match(/\\d+/g).slice(0, 3).map(Number));
  return {
    land: light(look('.leaflet-planmap-land-pane path', 'fill')),
    edge: light(look('.planmap-head path', 'stroke')),
    badge: light(look('.planmap-badge', 'backgroundColor')),
    name: light(look('.planmap-town span', 'color')),
  };
}"""
LIGHT = f"() => ({LIGHTNESS})().land > 200"
DARK = f"() => ({LIGHTNESS})().land < 100"
# What the map's ground was in each frame that the browser drew, from the first one on.
GROUNDS = """() => {
  window.grounds = new Set();
  const look = () => {
    const frame = document.querySelector("iframe[title*='st_folium']");
    const map = frame?.contentDocument?.querySelector(".leaflet-container");
    if (map) window.grounds.add(frame.contentWindow.getComputedStyle(map).backgroundColor);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def is_dark(frame: Frame) -> bool:
    """Tell whether what is drawn is light on dark."""
    now: dict[str, int] = frame.evaluate(LIGHTNESS)
    return now["land"] < now["edge"] and now["badge"] < now["name"]


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_the_map_is_dark_where_the_page_is(page: Page, server: str) -> None:
    """Ground, signs, badges and names are dark from the first frame on, and change in place."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    page.add_init_script(f"({GROUNDS})()")
    frame = open_map(page, server)
    frame.wait_for_function(DARK, timeout=PATIENCE)
    assert is_dark(frame)
    grounds = [
        tone for tone in page.evaluate("() => [...window.grounds]") if "0, 0, 0, 0" not in tone
    ]
    assert len(grounds) == 1
    page.screenshot(path=ARTEFACTS / "map-dark.png")
    frame.evaluate("() => { window.sameMap = true; }")
    page.wait_for_timeout(1500)
    sent.clear()
    page.emulate_media(color_scheme="light")
    frame.wait_for_function(LIGHT, timeout=PATIENCE)
    assert not is_dark(frame)
    assert frame.evaluate("() => window.sameMap")
    assert sent == []


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_paper_is_light(page: Page, server: str) -> None:
    """A dark map is printed light, and is dark again afterwards."""
    frame = open_map(page, server)
    frame.wait_for_function(DARK, timeout=PATIENCE)
    page.emulate_media(media="print")
    frame.wait_for_function(LIGHT, timeout=PATIENCE)
    page.emulate_media(media="screen")
    frame.wait_for_function(DARK, timeout=PATIENCE)
