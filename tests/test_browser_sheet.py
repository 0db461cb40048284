"""The page of sheets in a real browser: what is previewed is what is downloaded."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pdfplumber
from PIL import Image

from tests.conftest import ARTEFACTS
from tests.keyboard import has_keyboard
from tests.test_browser import PATIENCE, downloaded
from tests.visiting import visit

if TYPE_CHECKING:
    from playwright.sync_api import Page


def open_sheet(page: Page, server: str) -> None:
    """Go from the overview, as of a date, to the page of sheets and wait for the preview."""
    page.goto(f"{server}/overview?asof=2017")
    page.locator("[class*='st-key-chart_']").first.wait_for(timeout=PATIENCE)
    visit(page, "Sheet")
    page.wait_for_selector("[data-testid='stImage'] img", timeout=PATIENCE)


def pick(page: Page, text: str) -> None:
    """Press one of the switches by a key, and wait until the page stands again."""
    page.get_by_test_id("stMain").get_by_role("radio", name=text, exact=True).press(" ")
    page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=PATIENCE)


def test_a_sheet_is_previewed_and_downloaded(page: Page, server: str) -> None:
    """PNG and PDF come as large as chosen, by keys; address and paper say what was chosen."""
    open_sheet(page, server)
    page.screenshot(path=ARTEFACTS / "sheet.png")
    with zipfile.ZipFile(downloaded(page, "Download PNG").path()) as pictures:
        sizes = {Image.open(pictures.open(name)).size for name in pictures.namelist()}
    assert sizes == {(1753, 1240)}
    page.get_by_role("button", name="Keep or share").press("Enter")
    inside = "() => document.activeElement.matches('[role=dialog]')"
    page.wait_for_function(inside, timeout=PATIENCE)
    page.get_by_role("dialog").get_by_text("/sheet?asof=2017").wait_for(timeout=PATIENCE)
    page.keyboard.press("Tab")
    has_keyboard(page, "/sheet?asof=2017")
    page.keyboard.press("Escape")
    has_keyboard(page, "Keep or share")
    pick(page, "PDF")
    pick(page, "A3")
    page.wait_for_function(
        "() => /asof=2017.*sheet_paper=a3|sheet_paper=a3.*asof=2017/.test(location.search)",
        timeout=PATIENCE,
    )
    has_keyboard(page, "A3")
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="Download PDF").press("Enter")
    content = waiting.value.path().read_bytes()
    has_keyboard(page, "Download PDF")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert {round(one.width / one.height, 2) for one in pdf.pages} == {1.41}
        assert {round(one.width) for one in pdf.pages} == {1191}
        assert "All projects (as of 2017)" in pdf.pages[0].extract_text()
