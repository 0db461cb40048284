"""Plan against plan in a real browser, with the real documents.

The ``page`` fixture fails each of these tests on a request beyond this machine or a console error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import ARTEFACTS
from tests.visiting import visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Long enough for a slow machine; nothing here is timed.
PATIENCE = 60_000


def open_list(page: Page, server: str, name: str) -> None:
    """Open the app, go to the page and press one of its lists."""
    page.goto(server)
    visit(page, "Plan against plan")
    button = page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name))
    button.first.click(timeout=PATIENCE)


def row(page: Page, name: str) -> Locator:
    """Return the row of a thing once it is there."""
    found = page.locator(".pm-compared tbody tr").filter(has=page.get_by_text(name, exact=True))
    found.first.wait_for(timeout=PATIENCE)
    return found.first


def test_the_words_stand_side_by_side(page: Page, server: str) -> None:
    """The bridge is promised in 2017 and in 2021; what became of it stands apart, with a link."""
    open_list(page, server, "Promised again")
    bridge = row(page, "瓯江北口大桥")
    bridge.scroll_into_view_if_needed()
    page.screenshot(path=ARTEFACTS / "compare-again.png")
    years = page.locator(".pm-compared thead th").all_text_contents()
    assert [year[:4] for year in years[1:-1]] == ["2017", "2021", "2025"]
    told = bridge.locator("td").all_inner_texts()
    assert "[001]" in told[0]
    assert "line 155" in told[1]
    assert "2022-05-27" in told[-1]
    assert bridge.locator(".pm-known a").first.get_attribute("href").startswith("http")
    widths = [cell.bounding_box()["width"] for cell in bridge.locator("td").all()]
    assert min(widths) > 120


def test_the_two_annexes_are_told_apart(page: Page, server: str) -> None:
    """Both counts of the water stations stand in one row, with the line of each."""
    open_list(page, server, "Said differently")
    stations = row(page, "单村水站")
    stations.scroll_into_view_if_needed()
    page.screenshot(path=ARTEFACTS / "compare-changed.png")
    text = stations.inner_text()
    for words in ("187个", "100座", "line 284", "line 339"):
        assert words in text


@pytest.mark.parametrize("page", [{"locale": "zh-CN"}], indirect=True)
def test_the_count_sheet_is_drawn(page: Page, server: str) -> None:
    """The count sheet is the last of the lists, also in Chinese."""
    page.goto(server)
    visit(page, "规划对照")
    page.get_by_text("计数表", exact=True).first.click(timeout=PATIENCE)
    page.get_by_test_id("stDataFrame").wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "compare-counts.png")
