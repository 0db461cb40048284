"""The map in a real browser: it goes to what is selected, leaves room, is tapped and printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from layers import caption
from tests.conftest import ARTEFACTS
from tests.test_browser import PATIENCE, open_map
from tests.test_browser_explore import PLACE, drag, said

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Frame, Page

LANGUAGES = {"zh": "看全部所选", "en": "Show all selected"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
# How many signs of things and badges are drawn, and how many of them outside the map.
OUTSIDE = """() => {
  const shown = [...document.querySelectorAll('.leaflet-marker-pane [data-id]')];
  const at = shown.map(one => map_div.layerPointToContainerPoint(L.DomUtil.getPosition(one)));
  const { x, y } = map_div.getSize();
  return [at.length, at.filter(p => p.x < 0 || p.y < 0 || p.x > x || p.y > y).length];
}"""
# Where a sign or badge is that can be tapped, beside the tools; within the frame.
TAPPED = """(kind) => [...document.querySelectorAll(kind)]
  .map(one => [one, one.getBoundingClientRect()])
  .map(([one, r]) => [r.x + r.width / 2, r.y + r.height / 2, one.closest('.planmap-marker')])
  .find(([x, y, marker]) => x > 60 && x < 320 && y > 60 && y < 420
    && marker.contains(document.elementFromPoint(x, y)))?.slice(0, 2)"""
IN_VIEW = """(kind) => {
  const found = document.querySelector(kind);
  const top = found ? found.getBoundingClientRect().top : -1;
  return top >= 0 && top < innerHeight / 2;
}"""
# From now on how high the map's place on the page is, frame for frame, as soon as it has one.
HEIGHTS = """() => {
  window.heights = [];
  const look = () => {
    const frame = document.querySelector('iframe[title*="st_folium"]');
    const parts = frame ? [...frame.parentElement.children].map(e => e.offsetHeight) : [];
    if (frame) window.heights.push(Math.max(...parts));
    requestAnimationFrame(look);
  };
  look();
}"""


def fitted(frame: Frame) -> None:
    """Wait until things are drawn and all of them lie within the map."""
    frame.wait_for_function(
        f"() => {{ const [all, outside] = ({OUTSIDE})(); return all > 0 && outside === 0; }}",
        timeout=PATIENCE,
    )


def choose_stage(page: Page, name: str) -> None:
    """Press a stage beside the page."""
    page.get_by_test_id("stSidebar").get_by_role("button", name=re.compile(f"^{name} ·")).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_goes_along_until_the_user_moves_it(page: Page, server: str, language: str) -> None:
    """A selection is shown whole and leaves no place in the address; a moved map offers to go."""
    stages = {"zh": ("已建成", "前期"), "en": ("completed", "preparation")}[language]
    frame = open_map(page, server, f"?lang={language}")
    button = frame.locator(".planmap-all")
    first = frame.evaluate(PLACE)
    choose_stage(page, stages[0])
    page.wait_for_url("**status=completed*", timeout=PATIENCE)
    fitted(frame)
    assert frame.evaluate(PLACE) != first
    assert said(page, "at") == ""
    assert not button.is_visible()
    drag(page, frame)
    place, at = frame.evaluate(PLACE), said(page, "at")
    assert not button.is_visible()  # what is selected is as it was
    choose_stage(page, stages[1])
    button.wait_for(timeout=PATIENCE)
    assert button.text_content() == LANGUAGES[language]
    assert (frame.evaluate(PLACE), said(page, "at")) == (place, at)
    page.screenshot(path=ARTEFACTS / f"map-moved-{language}.png")
    button.click()
    fitted(frame)
    assert said(page, "at") == ""
    assert not button.is_visible()


def test_an_address_opens_at_its_place_or_at_its_selection(page: Page, server: str) -> None:
    """A named place is shown, and all that is selected is one press away; without one it fits."""
    frame = open_map(page, server, "?status=completed&at=28.20000,121.10000,14")
    assert frame.evaluate(PLACE) == pytest.approx([28.2, 121.1, 14], abs=1e-4)
    frame.locator(".planmap-all").wait_for(timeout=PATIENCE)
    frame = open_map(page, server, "?status=completed")
    fitted(frame)
    assert said(page, "at") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_leads_home(page: Page, server: str, language: str) -> None:
    """From wherever the map was moved to, one press shows the opening view; keys can press it."""
    frame = open_map(page, server, f"?lang={language}")
    first = frame.evaluate(PLACE)
    drag(page, frame)
    home = frame.locator(".planmap-home")
    assert (
        home.get_attribute("title")
        == {"zh": "回到全图", "en": "Back to the opening view"}[language]
    )
    home.press("Enter")
    page.wait_for_url(lambda url: "at=" not in url, timeout=PATIENCE)
    assert frame.evaluate(PLACE) == pytest.approx(first, abs=1e-4)


def test_legend_and_credit_leave_room(page: Page, server: str) -> None:
    """Both are open at first; the legend folds on the next visit, the credit at the first touch."""
    frame = open_map(page, server)
    legend, credit = frame.locator(".planmap-legend"), frame.get_by_text("OpenStreetMap")
    assert frame.locator(".planmap-legend details[open]").count() == 1
    box, whole = legend.bounding_box(), page.locator("iframe[title*='st_folium']").bounding_box()
    assert box
    assert whole
    assert box["width"] * box["height"] <= whole["width"] * whole["height"] / 4
    assert credit.is_visible()
    drag(page, frame)
    assert not credit.is_visible()
    frame.get_by_role("button", name="Sources and copyright").click()
    assert credit.is_visible()
    frame = open_map(page, server)
    assert frame.locator(".planmap-legend details").count() == 1
    assert frame.locator(".planmap-legend details[open]").count() == 0


def test_a_browser_that_keeps_nothing_still_draws(page: Page, server: str) -> None:
    """Where the browser refuses to keep anything, each visit is the first."""
    page.add_init_script(
        "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error(); }"
    )
    for _ in range(2):
        frame = open_map(page, server)
        assert frame.locator(".planmap-legend details[open]").count() == 1


def tap(page: Page, frame: Frame, kind: str) -> None:
    """Tap a sign of a kind with a finger, once."""
    page.locator("iframe[title*='st_folium']").evaluate("e => e.scrollIntoView()")
    page.wait_for_timeout(300)
    x, y = frame.evaluate(TAPPED, kind)
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + x, box["y"] + y)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
def test_on_a_phone_one_tap_opens(page: Page, server: str, language: str) -> None:
    """The first tap on a sign opens and shows its details; on a badge, its list."""
    frame = open_map(page, server, f"?lang={language}")
    page.wait_for_timeout(500)
    page.screenshot(path=ARTEFACTS / f"map-phone-{language}.png")
    x, y = frame.evaluate(TAPPED, ".planmap-head")
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + x, box["y"] + y)
    page.wait_for_url("**project=*", timeout=PATIENCE)
    page.wait_for_function(IN_VIEW, arg=".pm-thing", timeout=PATIENCE)
    assert frame.locator(".leaflet-tooltip").count() == 0
    tap(page, frame, ".planmap-badge")
    page.wait_for_function(IN_VIEW, arg=".pm-town h3", timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / f"map-phone-town-{language}.png")


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
def test_on_a_phone_the_map_comes_before_the_downloads(page: Page, server: str) -> None:
    """Counts, then the map, and the downloads below it; the credit is one line."""
    frame = open_map(page, server)
    top = "e => e.getBoundingClientRect().top"
    tops = [
        page.locator(one).first.evaluate(top)
        for one in (".pm-sum", "iframe[title*='st_folium']", ".stDownloadButton")
    ]
    assert tops == sorted(tops)
    line = frame.locator(".leaflet-control-attribution")
    assert line.is_visible()
    assert line.evaluate("e => e.offsetHeight") < 24


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=str
)
def test_a_printed_page_shows_the_base_map(
    page: Page, server: str, language: str, tmp_path: Path
) -> None:
    """On the first page stand headline, map in its colours, legend and credit; all at once.

    Whatever the screen's look, and also where legend and credit were folded on it.
    """
    if not shutil.which("pdftoppm"):
        pytest.skip("needs pdftoppm to look at the print")
    frame = open_map(page, server, f"?lang={language}")
    frame.locator(".leaflet-container").dispatch_event("pointerdown")
    assert not frame.get_by_text("OpenStreetMap").is_visible()
    frame.locator(".planmap-legend summary").click()
    assert frame.locator(".planmap-legend details[open]").count() == 0
    page.wait_for_timeout(500)
    printed = tmp_path / "page.pdf"
    page.pdf(path=printed, format="A4")
    subprocess.run(
        ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", str(printed), str(tmp_path / "print")],
        check=True,
    )
    (picture,) = tmp_path.glob("print*.ppm")
    seen = colours(picture.read_bytes())
    assert seen.get(b"\xf7\xf5\xef", 0) > 5000  # land
    assert seen.get(b"\xd9\xe6\xee", 0) > 1000  # sea
    first = ["pdftotext", "-f", "1", "-l", "1", str(printed), "-"]
    text = subprocess.run(first, capture_output=True, check=True).stdout.decode()
    for key in ("legend_stage", "legend_category", "legend_sign", "legend_known"):
        assert caption(key, language) in text  # type: ignore[arg-type]
    assert "324" in text
    assert "OpenStreetMap" in text
    assert frame.locator(".planmap-legend details[open]").count() == 0  # as it was left


def colours(picture: bytes) -> dict[bytes, int]:
    """Count the colours of a picture in the form PPM (binary)."""
    dots = picture.split(b"\n", 3)[3]
    counted: dict[bytes, int] = {}
    for at in range(0, len(dots), 3):
        counted[dots[at : at + 3]] = counted.get(dots[at : at + 3], 0) + 1
    return counted


def test_there_is_no_hole_while_the_map_loads(page: Page, server: str) -> None:
    """From the first frame on the map's place has the map's height."""
    page.add_init_script(f"({HEIGHTS})()")
    open_map(page, server)
    page.wait_for_timeout(500)
    heights: list[Any] = page.evaluate("() => window.heights")
    assert len(heights) > 1
    assert set(heights) == {660}
