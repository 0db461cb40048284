"""Searching in a real browser: filters while typing, input methods, hits by name and by quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import ARTEFACTS
from tests.test_browser import PATIENCE, features, open_map

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

CHINESE = {"locale": "zh-CN"}
COMPOSE = """(box, [kind, text]) => {
  box.dispatchEvent(new CompositionEvent(kind, { bubbles: true, data: text }));
}"""


def query(page: Page) -> dict[str, list[str]]:
    """Return what the address says."""
    return parse_qs(urlsplit(page.url).query)


def typing(page: Page, text: str) -> Locator:
    """Type into the search box and wait for what is offered; return the box."""
    box = page.locator(".st-key-search input")
    box.press_sequentially(text, delay=20)
    page.get_by_role("option").first.wait_for(timeout=PATIENCE)
    return box


@pytest.mark.parametrize("page", [CHINESE], indirect=True)
def test_a_question_becomes_filters(page: Page, server: str) -> None:
    """交通局逾期的路: all at once by keyboard, then each filter is there to be taken away."""
    open_map(page, server)
    box = typing(page, "交通局逾期的路")
    group = page.get_by_role("group", name="设为筛选")
    group.wait_for(timeout=PATIENCE)
    page.screenshot(path=ARTEFACTS / "search-filters.png")
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    chosen = page.locator(f"#{active}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert chosen.inner_text().startswith("全部采用")
    box.press("Enter")
    page.wait_for_url("**category=road*", timeout=PATIENCE)
    said = query(page)
    assert said["unit"] == ["市交通运输局"]
    assert said["due"]
    assert "search" not in said
    assert box.input_value() == ""
    page.get_by_role("button", name="类别：道路").click(timeout=PATIENCE)
    page.wait_for_url(lambda url: "category" not in url, timeout=PATIENCE)
    assert query(page)["unit"] == ["市交通运输局"]


def test_parts_are_taken_one_by_one(page: Page, server: str) -> None:
    """A filter picked with the mouse leaves the rest in the box, where it is offered anew."""
    open_map(page, server)
    box = typing(page, "overdue roads wetland")
    page.get_by_role("option", name=re.compile("^Category: road")).click(timeout=PATIENCE)
    page.wait_for_url("**category=road*", timeout=PATIENCE)
    assert query(page)["search"] == ["wetland"]
    assert "due" not in query(page)
    page.wait_for_timeout(1500)  # until the page has written the search into the box
    box.fill("")
    box.press("Enter")
    page.wait_for_url(lambda url: "search" not in url, timeout=PATIENCE)
    typing(page, "2021 liushi")
    page.get_by_role("option").filter(has_text=re.compile("^Township")).click(timeout=PATIENCE)
    page.wait_for_url("**township=*", timeout=PATIENCE)
    assert box.input_value() == "2021"
    page.get_by_role("option").filter(has_text=re.compile("^Target year")).click(timeout=PATIENCE)
    page.wait_for_url("**target_year=2021*", timeout=PATIENCE)
    assert box.input_value() == ""
    assert query(page)["township"] == ["柳市镇"]


def test_enter_searches_for_the_text_as_it_is(page: Page, server: str) -> None:
    """Whoever takes no suggestion searches for the words; Escape folds the list away."""
    open_map(page, server)
    box = typing(page, "道路")
    box.press("Escape")
    page.get_by_role("option").first.wait_for(state="hidden", timeout=PATIENCE)
    box.press("Enter")
    page.wait_for_url("**search=*", timeout=PATIENCE)
    assert query(page)["search"] == ["道路"]
    assert "category" not in query(page)


def test_an_answer_that_comes_too_late_opens_nothing(page: Page, server: str) -> None:
    """Suggestions that arrive after Enter would lie over the filters."""
    open_map(page, server)
    held: list[Any] = []
    page.route("**/assets/suggest?*", lambda route: held.append(route))  # noqa: PLW0108 - a method of a list takes no attribute
    box = page.locator(".st-key-search input")
    with page.expect_request("**/assets/suggest?*"):
        box.press_sequentially("道路", delay=20)
    box.press("Enter")
    page.wait_for_url("**search=*", timeout=PATIENCE)
    with page.expect_response("**/assets/suggest?*") as answered:
        for route in held:
            route.continue_()
    assert answered.value.json()
    page.wait_for_timeout(300)
    assert page.get_by_role("option").count() == 0


def test_a_thing_taken_is_no_search(page: Page, server: str) -> None:
    """What was typed to find a thing does not stay behind and filter the map later."""
    open_map(page, server)
    box = typing(page, "lbxc")
    page.get_by_role("option", name="柳白新城", exact=True).click(timeout=PATIENCE)
    page.wait_for_url("**project=*", timeout=PATIENCE)
    box.blur()
    page.wait_for_timeout(1000)
    assert box.input_value() == ""
    assert "search" not in query(page)


@pytest.mark.parametrize("page", [CHINESE], indirect=True)
def test_an_input_method_is_not_disturbed(page: Page, server: str) -> None:
    """Letters that are being put together ask nothing; the finished sign does."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/assets/suggest" in one.url else None)
    open_map(page, server)
    box = page.locator(".st-key-search input")
    box.focus()
    box.evaluate(COMPOSE, ["compositionstart", ""])
    box.press_sequentially("daolu", delay=20)
    page.wait_for_timeout(500)
    assert asked == []
    box.fill("道路")
    box.evaluate(COMPOSE, ["compositionend", "道路"])
    page.get_by_role("option").filter(has_text="类别 道路").wait_for(timeout=PATIENCE)
    assert len(asked) == 1


def test_hostile_text_is_only_text(page: Page, server: str) -> None:
    """Mark-up in what is typed stands in the suggestions as letters."""
    open_map(page, server)
    typing(page, "roads <img src=x onerror=window.bad=1>")
    page.get_by_role("option").filter(has_text="<img").first.wait_for(timeout=PATIENCE)
    page.get_by_role("option").first.click()
    page.wait_for_url("**category=road*", timeout=PATIENCE)
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.bad") is None
    assert page.locator(".planmap-suggest img").count() == 0


def rows(page: Page) -> list[dict[str, Any]]:
    """Return the ids in the list beside the map, in their order."""
    found: list[dict[str, Any]] = page.locator("tr[data-id]").evaluate_all(
        "all => all.map(row => ({ id: row.dataset.id, name: row.cells[0].innerText }))"
    )
    return found


@pytest.mark.parametrize("page", [CHINESE], indirect=True)
def test_hits_by_name_come_first_and_quotes_are_folded(page: Page, server: str) -> None:
    """湿地: two parks, and behind a click seven things that share a sentence; all in the file."""
    open_map(page, server, "?search=湿地")
    heading = page.locator("tr.quoted button")
    heading.wait_for(timeout=PATIENCE)
    assert [row["name"] for row in rows(page)] == ["林宅湿地公园", "林宅湿地公园二期"]
    assert heading.get_attribute("aria-expanded") == "false"
    page.get_by_text("名称相符 2 项，只在原文中提到 7 项").wait_for(timeout=PATIENCE)
    shown = {one["id"] for one in features(page)}
    assert len(shown) == 9
    heading.focus()
    heading.press("Enter")
    page.locator("tr.quoted button[aria-expanded='true']").wait_for(timeout=PATIENCE)
    opened = rows(page)
    assert {row["id"] for row in opened} == shown
    assert [row["name"] for row in opened[:2]] == ["林宅湿地公园", "林宅湿地公园二期"]
    page.screenshot(path=ARTEFACTS / "search-quotes.png")
    page.locator(f"tr[data-id='{opened[-1]['id']}']").click()
    page.locator(f".pm-thing[data-id='{opened[-1]['id']}']").wait_for(timeout=PATIENCE)
    assert len(rows(page)) == 9
    page.locator("tr.quoted button").click()
    page.locator("tr.quoted button[aria-expanded='false']").wait_for(timeout=PATIENCE)
    assert len(rows(page)) == 2


def test_every_name_beside_the_map_opens_its_thing(page: Page, server: str) -> None:
    """A name in the panel is opened beside the map, without leaving it; by keyboard as well."""
    open_map(page, server)
    page.locator(".pm-town summary").first.click(timeout=PATIENCE)
    link = page.locator(".pm-town a.pm-opens:visible").nth(1)
    name = link.inner_text()
    link.focus()
    link.press("Enter")
    page.locator(".pm-thing h3", has_text=name).first.wait_for(timeout=PATIENCE)
    page.wait_for_url("**project=*", timeout=PATIENCE)
    assert urlsplit(page.url).path in {"", "/"}
