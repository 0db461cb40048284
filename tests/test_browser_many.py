"""Many things: dots on a canvas, each still to be found, hovered and clicked; signs when near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench import features
from scripts.serving import streamlit
from tests.conftest import ARTEFACTS
from tests.test_browser import PATIENCE, filter_by, open_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

NUMBER = 3000
STATE = """() => {
  const { many, dots, layers, shown } = planmap.things.state;
  return { many, dots: dots.near.length, signs: layers.size, shown: shown.length };
}"""
# The ink on the canvas: how many of its points are not clear.
INK = """() => {
  const canvas = document.querySelector('.leaflet-planmap-dots-pane canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) sum += data[at] > 0;
  return sum;
}"""
WATCH = f"""() => {{
  window.leastInk = Infinity;
  const ink = {INK};
  const look = () => {{
    window.leastInk = Math.min(window.leastInk, ink());
    requestAnimationFrame(look);
  }};
  look();
}}"""
# A dot in view that no other is near, and its row; the legend on the right is left alone.
LONELY = """() => {
  const { pack, dots } = planmap.things.state;
  const at = (one) => map_div.latLngToContainerPoint([pack.lat[one], pack.lon[one]]);
  const seen = dots.near.map((one) => [one, at(one)]);
  const inside = ({ x, y }) => x > 80 && x < 450 && y > 80 && y < 500;
  const [found, place] = seen.find(([one, place]) => inside(place) &&
    seen.every(([other, there]) => other === one || place.distanceTo(there) > 30));
  return [pack.rows[found], place.x, place.y];
}"""


@pytest.fixture(scope="module")
def crowded(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - only with a browser
    """The app with generated features, and its address."""
    folder: Path = tmp_path_factory.mktemp("many") / "built"
    features.write(NUMBER, folder)
    where = {"PLANMAP_BUILT": str(folder)}
    with streamlit("run", "app.py", log=ARTEFACTS / "many.log", environment=where) as server:
        server.wait()
        yield server.url


def test_many_things_are_dots_and_few_are_signs(page: Page, crowded: str) -> None:
    """From afar all stand on one canvas; near enough each is a sign that a keyboard reaches."""
    frame = open_map(page, crowded)
    state = frame.evaluate(STATE)
    assert state["many"]
    assert (state["shown"], state["signs"]) == (NUMBER, 0)
    assert frame.evaluate(INK) > NUMBER
    page.screenshot(path=ARTEFACTS / "many.png")
    frame.evaluate("() => map_div.setZoom(15, {animate: false})")
    frame.wait_for_function("() => !planmap.things.state.many", timeout=PATIENCE)
    near = frame.evaluate(STATE)
    assert near["dots"] == 0
    assert 0 < near["signs"] < NUMBER
    sign = frame.locator(".planmap-marker[data-id]").first
    sign.wait_for(state="attached", timeout=PATIENCE)
    assert sign.get_attribute("aria-label")


def test_a_filter_never_shows_an_empty_canvas(page: Page, crowded: str) -> None:
    """Between two selections every frame has something on it, and the map stays."""
    frame = open_map(page, crowded)
    frame.evaluate(WATCH)
    before = frame.evaluate(STATE)["shown"]
    filter_by(page, "to complete", "status to complete")
    frame.wait_for_function(
        "before => planmap.things.state.shown.length < before", arg=before, timeout=PATIENCE
    )
    assert 0 < frame.evaluate(STATE)["shown"] < before
    assert 0 < frame.evaluate("() => window.leastInk") < float("inf")


def test_a_dot_can_be_hovered_and_clicked(page: Page, crowded: str) -> None:
    """A dot tells its name when hovered, and a click chooses it in details, list and address."""
    frame = open_map(page, crowded)
    frame.evaluate("() => map_div.setZoom(12, {animate: false})")
    row, x, y = frame.evaluate(LONELY)
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    assert box
    page.mouse.move(box["x"] + x, box["y"] + y)
    name = frame.locator(".planmap-tip strong")
    name.wait_for(timeout=PATIENCE)
    assert name.inner_text().endswith(str(row))
    page.mouse.click(box["x"] + x, box["y"] + y)
    page.locator(f".pm-thing[data-id='g{row:06d}']").wait_for(timeout=PATIENCE)
    page.locator(f"tr[data-id='g{row:06d}'][aria-selected='true']").wait_for(timeout=PATIENCE)
    page.wait_for_url(f"**project=g{row:06d}*", timeout=PATIENCE)
