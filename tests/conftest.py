"""What the tests share: the cable is out, a running app, and a browser that tells on it."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

from scripts import browser as chrome
from scripts.serving import Server, streamlit
from scripts.steps import ROOT
from tests.offline import sitecustomize  # the tests too run with the cable out
from tests.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ARTEFACTS = ROOT / "artefacts"
IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

# what a developer has added to the catalogue or edited is no part of the tests
os.environ["PLANMAP_ADDED"] = str(ARTEFACTS / "nothing-added")
os.environ["PLANMAP_EDITS"] = str(ARTEFACTS / "nothing-edited")

# every AppTest looks through all installed packages for components: once is enough
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

# no test depends on the clock, and in CI none on chance
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=IN_CI,
)
settings.load_profile("house")


# The walk is as long as many other browser tests together: it has a worker and a server of its own.
WALK = "test_browser_walk"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")

# The files whose tests took 7 s or more on two cores: they draw sheets, run pages or read plans.
SLOW = {
    *("test_sheet_register", "test_sheet_files", "test_supervision", "test_export"),
    *("test_pages", "test_pages_add", "test_pages_compare", "test_pages_sheet"),
    *("test_pages_correct", "test_pages_place", "test_pages_changes", "test_pages_project"),
    *("test_plans_adversarial", "test_plans_formats", "test_plans_broken_files", "test_due"),
    *("test_layers_view", "test_layers_own", "test_layers_selection", "test_export_tools"),
    *("test_geo_osm", "test_geo_online", "test_languages", "test_pages_overview"),
    *("test_service_selection", "test_sheet_command"),
}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what is slow, and what asks for Chromium: browser tests share few servers."""
    if item.path.stem in SLOW:
        item.add_marker(pytest.mark.slow)
    if "chromium" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("walk" if item.path.stem == WALK else "browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Show the end of the server's log, and keep a picture of the page, where a test failed."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        # a check that is skipped checks nothing
        report.outcome, report.longrepr = "failed", f"skipped in CI: {report.longrepr}"
    asked = getattr(item, "funcargs", {})
    if report.failed and (server := asked.get("running_app")):
        report.sections.append(("server log", server.tail()))
    if report.failed and report.when == "call" and (page := asked.get("page")):
        # a page that is gone must not hide why the test failed
        with contextlib.suppress(Exception):
            page.screenshot(path=ARTEFACTS / f"failed-{item.name.partition('[')[0]}.png")
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chrome, Chromium or Edge; without one the test is skipped, in CI it fails."""
    if program := chrome.find():
        return program
    lacking = f"no Chrome or Chromium here: {chrome.ADVICE}"
    return pytest.fail(lacking) if IN_CI else pytest.skip(lacking)


@pytest.fixture(scope="session")
def running_app(chromium: str) -> Iterator[Server]:  # noqa: ARG001 - no browser, no need for a server
    """The app, served once for each worker; it may not ask any other host for anything."""
    offline = {"PYTHONPATH": os.path.dirname(sitecustomize.__file__)}  # noqa: PTH120 - a plain string
    log = ARTEFACTS / f"server-{WORKER}.log"
    with streamlit("run", "app.py", log=log, environment=offline) as server:
        server.wait()
        yield server


@pytest.fixture
def server(running_app: Server) -> Iterator[str]:
    """Address of the running app; the test fails if the app asked another host meanwhile."""
    before = alarms(running_app)
    yield running_app.url
    assert alarms(running_app)[len(before) :] == []


def alarms(server: Server) -> list[str]:
    """Return the lines of the log in which the app asked for another host."""
    return [line for line in server.tail(10**6).splitlines() if sitecustomize.ALARM in line]


@pytest.fixture(scope="module")
def started_browser(chromium: str) -> Iterator[Browser]:
    """One browser process for all tests of a file."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most runs need none

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=chrome.arguments())
        yield started
        started.close()


@pytest.fixture
def page(started_browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh, watched page; the test fails on any console error or request beyond loopback.

    Options of the browser context can be given by indirect parametrisation, for example
    ``@pytest.mark.parametrize("page", [{"locale": "zh-CN"}], indirect=True)``.
    """
    options = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}}
    context = started_browser.new_context(**options | getattr(request, "param", {}))
    watch = Watch()
    context.on("page", watch.follow)  # pop-ups included
    yield context.new_page()
    context.close()
    assert watch.trouble == []
