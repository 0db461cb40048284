"""Adding a plan in a real browser: upload, reject, keep, see it everywhere, remove it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from scripts.serving import streamlit
from tests import files
from tests.conftest import ARTEFACTS, alarms
from tests.keyboard import has_keyboard, tab_to
from tests.offline import sitecustomize
from tests.visiting import visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

# Long enough for a slow machine; nothing here is timed.
PATIENCE = 60_000
LINES = (
    "青溪镇2026年重点建设项目计划",
    "青溪镇人民政府",
    "2026年3月5日",
    "开工建设望月大道，建成云岭中学迁建工程。",
    "推进甬台温高速柳市互通建设，加快青溪湿地公园二期建设。",
)


@pytest.fixture(scope="module")
def own_server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - no browser, no need for a server
    """An app with a shelf of its own, so that no other test sees what is added here."""
    place = tmp_path_factory.mktemp("shelf")
    environment = {
        "PYTHONPATH": os.path.dirname(sitecustomize.__file__),  # noqa: PTH120 - a plain string
        "PLANMAP_ADDED": str(place / "added"),
        "PLANMAP_BUILT": str(place / "built"),
    }
    log = ARTEFACTS / "server-add.log"
    with streamlit("run", "app.py", log=log, environment=environment) as server:
        server.wait()
        yield server.url
        assert alarms(server) == []


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A Word document with invented places."""

    def fill(document: object) -> None:
        for line in LINES:
            document.add_paragraph(line)

    path = tmp_path / "plan.docx"
    path.write_bytes(files.word(fill))
    return path


def open_page(page: Page, server: str, name: str) -> None:
    """Open the app, and go to a page."""
    page.goto(server)
    visit(page, name)
    page.locator("[data-testid=stFileUploader]").wait_for(timeout=PATIENCE)


def press(page: Page, name: str) -> None:
    """Press a button of the page."""
    page.get_by_role("button", name=name, exact=True).click()


def names_in_download(page: Page, server: str) -> dict[str, set[str]]:
    """Open the map with the filter on the new document; what it shows is drawn and downloaded."""
    page.goto(f"{server}/?document=a01")
    page.get_by_text("from document a01", exact=True).wait_for(timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="GeoJSON").click()
    found = json.loads(waiting.value.path().read_text("utf-8"))["features"]
    drawn = [one["id"] for one in found if one["geometry"]]
    assert drawn
    frame = page.frame_locator("iframe[title*='st_folium']")
    for name in drawn:
        pin = frame.locator(f".leaflet-pane [data-id='{name}']").first
        pin.wait_for(state="attached", timeout=PATIENCE)
    return {
        one["properties"]["name"]: {s["document"] for s in one["properties"]["statements"]}
        for one in found
    }


@pytest.mark.parametrize("page", [{"viewport": {"width": 1440, "height": 1300}}], indirect=True)
def test_a_plan_is_added_seen_and_removed(page: Page, own_server: str, plan: Path) -> None:
    """By keys alone; what is accepted is in filter, list and download; then it is gone."""
    # from the start: the browser takes a moment until it hands its box for files to the test
    page.on("filechooser", lambda box: box.set_files(plan))
    open_page(page, own_server, "Add a plan")
    page.get_by_role("main").focus()
    tab_to(page, tag="BUTTON", name="Upload")
    page.keyboard.press("Enter")
    page.locator(".st-key-add_entry_date input").wait_for(timeout=PATIENCE)
    assert page.locator(".st-key-add_entry_date input").input_value() == "2026-03-05"
    tab_to(page, tag="BUTTON", name="Find projects")
    page.keyboard.press("Enter")
    page.get_by_text("4 findings: 4 accepted, 0 corrected, 0 rejected").wait_for(timeout=PATIENCE)
    has_keyboard(page, "Find projects")
    tab_to(page, tag="INPUT", name="Accept")
    page.keyboard.press(" ")
    page.get_by_text("4 findings: 3 accepted, 0 corrected, 1 rejected").wait_for(timeout=PATIENCE)
    tab_to(page, tag="INPUT", name="Status")  # of the next one: what is rejected cannot be changed
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.get_by_text("4 findings: 2 accepted, 1 corrected, 1 rejected").wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "add-en.png")
    tab_to(page, tag="BUTTON", name="Keep this document")
    page.keyboard.press("Enter")
    page.get_by_text("Kept as a01").wait_for(timeout=PATIENCE)
    has_keyboard(page, "Kept as a01")
    page.screenshot(path=ARTEFACTS / "add-kept-en.png")
    visit(page, "List")
    page.get_by_text("Pick a row to see").wait_for(timeout=PATIENCE)
    said_in = names_in_download(page, own_server)
    assert set(said_in) == {"云岭中学", "甬台温高速柳市互通", "青溪湿地公园二期"}
    assert said_in["甬台温高速柳市互通"] > {"a01"}
    visit(page, "Add a plan")
    page.locator("[data-testid=stPopover] button", has_text="Remove").press("Enter")
    tab_to(page, tag="BUTTON", name="Remove it now")
    page.keyboard.press("Enter")
    page.get_by_text("a01 was removed").wait_for(timeout=PATIENCE)
    has_keyboard(page, "a01 was removed")
    visit(page, "Map")
    page.get_by_text("All projects", exact=True).wait_for(timeout=PATIENCE)
    page.wait_for_function("() => !location.search")


@pytest.mark.parametrize(
    "page", [{"locale": "zh-CN", "viewport": {"width": 1440, "height": 1300}}], indirect=True
)
def test_a_bad_file_is_told_in_chinese(page: Page, own_server: str, tmp_path: Path) -> None:
    """A file that is no Word document is named as such, and can be replaced by the right one."""
    path = tmp_path / "plan.docx"
    path.write_text("\n".join(LINES), "utf-8")
    open_page(page, own_server, "添加规划")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_text("文件内容与后缀不符").wait_for(timeout=PATIENCE)
    path = path.rename(path.with_suffix(".txt"))
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="查找项目").click()
    page.get_by_text("共 4 条").wait_for(timeout=PATIENCE)
    assert page.get_by_text("文件内容与后缀不符").count() == 0
    page.screenshot(path=ARTEFACTS / "add-zh.png", full_page=True)
