"""The picture in the README, taken from the running app: ``python -m scripts.picture``."""

from __future__ import annotations

import sys

from playwright.sync_api import ViewportSize, sync_playwright

from bench.shown import wait_for_map
from scripts import browser as chrome
from scripts.serving import streamlit
from scripts.steps import ROOT

PICTURE = ROOT / "docs" / "map.png"
SIZE: ViewportSize = {"width": 1440, "height": 900}
SETTLED = 2000  # milliseconds after the first drawn map: fonts and side bar have come by then


def main() -> None:
    """Start the app, open it in a browser, wait for the map and keep what it looks like."""
    program = chrome.find() or sys.exit(f"!! no browser: {chrome.ADVICE}")
    with (
        streamlit("run", "app.py", log=ROOT / "artefacts" / "picture.log") as server,
        sync_playwright() as playwright,
    ):
        server.wait()
        browser = playwright.chromium.launch(executable_path=program, args=chrome.arguments())
        page = browser.new_page(viewport=SIZE, locale="en-GB")
        page.goto(server.url)
        wait_for_map(page)
        page.wait_for_timeout(SETTLED)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
