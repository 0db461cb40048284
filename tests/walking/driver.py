"""Each thing that a user can do, done in a browser by what is seen there: names, roles, keys."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.walking import words
from tests.walking.sheets import SWITCHES
from tests.walking.view import ANEW, CHARTS, FOLDED, LATEST, OPENS, Action, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FrameLocator, Locator, Page

PATIENCE = 30_000
# The keys of tags that are not called as the address calls them.
TAGS = {"asof": "as_of"}


class Driver:
    """A user at one page.

    Parameters
    ----------
    page
        A page that shows the app.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def do(self, action: Action, view: View) -> None:
        """Do an action on a page that shows a view."""
        acts: dict[str, Callable[..., None]] = {
            "toggle": self._toggle,
            "clear_one": lambda _, tag: self._press(f"chip_{TAGS.get(tag, tag)}"),
            "clear_all": lambda _: self._press("clear_all"),
            "issuer": lambda _: self._tick("issuer"),
            "role": lambda _, role: self._mark(self.at("role"), role, ""),
            "search": lambda _, text: self._search(text),
            "page": self._visit,
            "language": lambda _, code: self._switch(
                "language", words.caption(f"language_{code}", code)
            ),
            "base": self._base,
            "tab": lambda now, tab: self._switch(
                "compare", words.caption(f"compare_{tab}", now.language)
            ),
            "list": lambda now, name: self._switch(
                "list", words.caption(f"list_{name}", now.language)
            ),
            "left": lambda _, side: self._pick("pick_left", side, r"^\[?{}"),
            "right": lambda _, side: self._pick("pick_right", side, r"^\[?{}"),
            "document": lambda now, name: self._pick(
                "open_changes" if now.page == "changes" else "open_document", name, r"^\[?{}"
            ),
            "by": lambda _, day: self._day(day),
            "sheet": self._option,
            "grid": lambda _, __, at: self._grid(int(at)),
            "link": lambda _, target: self._link(target),
            "unit": lambda _, unit: self._pick("unit_pick", unit),
            "project": lambda _, __, name: self._pick("project_pick", name),
            "asof": self._as_of,
            "pin": lambda _, name: self._on_map(name),
            "badge": lambda _, town: self._on_map(f"township:{town}"),
            "unfold": lambda _, name: self._unfold_thing(name),
            "row": lambda _, name: self._row(name),
            "turn": lambda _: self._turn(),
            "piece": self._piece,
            "fold": lambda _: self._fold(),
            "reload": lambda _: self.page.reload(wait_until="commit"),
            "back": lambda _: self.page.evaluate("() => history.back()"),
            "forward": lambda _: self.page.evaluate("() => history.forward()"),
        }
        acts[action[0]](view, *action[1:])

    # ---- finding -------------------------------------------------------------------------
    def at(self, key: str) -> Locator:
        """Return the control of a key, wherever the page has put it."""
        return self.page.locator(
            f".st-key-at_{key}, .st-key-{key}, [class*='st-key-{key}--']"
        ).first

    def beside(self) -> None:
        """Bring the filters into view where a narrow page hides them."""
        closed = self.page.locator("[data-testid=stSidebar][data-collapsed=true]")
        if closed.count():
            self.page.get_by_test_id("stExpandSidebarButton").click()
            closed.wait_for(state="detached")

    def aside(self) -> None:
        """Put the filters away again where they cover the page."""
        box = self.page.get_by_test_id("stSidebar")
        if self.page.viewport_size["width"] > 768 or box.get_attribute("data-collapsed") == "true":  # type: ignore[index]
            return
        self.page.get_by_test_id("stSidebarHeader").hover()
        self.page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
        self.page.locator("[data-testid=stSidebar][data-collapsed=true]").wait_for(state="attached")

    def map(self, number: int = 0) -> FrameLocator:
        return self.page.frame_locator("iframe[title*='st_folium']").nth(number)

    # ---- filters -------------------------------------------------------------------------
    def _toggle(self, view: View, facet: str, value: str) -> None:
        self.beside()
        if facet in FOLDED:
            self._unfold()
        text = words.choice(facet, value, view.language)
        self._mark(self.at(facet), value, text)

    def _mark(self, box: Locator, value: str, text: str) -> None:
        """Press a value of a filter; in a long list by its name in the box above it."""
        self.beside()
        entry = box.locator("input[type=search]")
        if entry.count():
            entry.fill(text)
        pressed = box.locator(
            f"button[data-value='{value}'], label:has(input[data-value='{value}'])"
        )
        pressed.locator("visible=true").first.click()

    def _type(self, box: Locator, text: str, option: re.Pattern[str]) -> None:
        entry = box.get_by_role("combobox").locator("visible=true")
        entry.click()
        entry.fill(text)
        self.page.get_by_role("option", name=option).first.click()

    def _fold(self) -> None:
        self.beside()
        self.at("more_filters").locator("summary").click()

    def _unfold(self) -> None:
        details = self.at("more_filters")
        if details.get_attribute("open") is None:
            details.locator("summary").click()

    def _press(self, key: str) -> None:
        if key.startswith("chip_"):
            self.aside()
        else:
            self.beside()
        self.at(key).locator("button").locator("visible=true").first.click()

    def _tick(self, key: str) -> None:
        self.beside()
        self.at(key).locator("input[type=checkbox]").click()

    def _switch(self, key: str, text: str) -> None:
        if key in {"role", "language"}:
            self.beside()
        else:
            self.aside()
        self.at(key).get_by_role(
            "radio", name=re.compile(rf"^\s*{re.escape(text)}(\s*\d+)?$")
        ).click()

    def _base(self, view: View, code: str) -> None:
        self.beside()
        self.at("online").locator(
            "label", has_text=words.base_map(code, view.language)
        ).last.click()

    def _search(self, text: str) -> None:
        self.beside()
        entry = self.at("search").locator("input")
        entry.fill(text)
        entry.press("Enter")

    # ---- pages ---------------------------------------------------------------------------
    def _visit(self, view: View, name: str) -> None:
        text = words.caption(f"page_{name}", view.language)
        link = (
            self.page.locator(
                "[data-testid=stTopNavLink], [data-testid=stTopNavDropdownLink], "
                "[data-testid=stSidebarNavLink]"
            )
            .get_by_text(text, exact=True)
            .locator("visible=true")
        )
        if self.page.viewport_size["width"] <= 768:  # type: ignore[index]
            self.beside()
            more = self.page.get_by_test_id("stSidebarNavViewButton")
            if not link.count() and more.count():
                more.click()
        self._open_menu(link)
        link.first.click()

    def _open_menu(self, link: Locator) -> None:
        nav = self.page.get_by_test_id("stTopNav")
        groups = nav.locator(
            "[data-testid=stTopNavSection], .rc-overflow-item-rest, .rc-overflow-item-rest > *"
        )
        for number in range(groups.count()):
            if link.count():
                return
            if groups.nth(number).is_visible():
                groups.nth(number).click()
                self.page.wait_for_timeout(100)

    def _pick(self, key: str, text: str, pattern: str = "^{}$") -> None:
        self.aside()
        self._type(self.at(key), text, re.compile(pattern.format(re.escape(text))))

    def _as_of(self, view: View, date: str, at: str) -> None:
        if view.page == "overview":
            self._slide(int(at))
            return
        usual = words.caption("sheet_as_of_now", view.language)
        self._pick("asof_sheet", usual if date == LATEST else date)

    def _day(self, day: str) -> None:
        self.aside()
        self.at("due_by").locator("[data-type=year]").focus()
        self.page.keyboard.type(day.replace("-", ""))  # it goes from part to part by itself
        self.page.keyboard.press("Escape")  # closes the calendar
        self.page.evaluate("() => document.activeElement.blur()")

    def _option(self, view: View, name: str, value: str) -> None:
        self.aside()
        box = self.at(f"sheet_{name}")
        if name in SWITCHES:
            box.locator("label").first.click()
        elif name in {"title", "subtitle"}:
            box.locator("input").fill(value)
            box.locator("input").press("Enter")
        elif name == "extent":
            self._pick(f"sheet_{name}", words.caption(f"sheet_{name}_{value}", view.language))
        else:
            self._switch(f"sheet_{name}", words.caption(f"sheet_{name}_{value}", view.language))

    def _slide(self, at: int) -> None:
        self.aside()
        thumb = self.at("asof_date").locator("input[type=range]").first
        now, last = int(thumb.input_value()), int(thumb.get_attribute("max") or 0)
        thumb.focus()
        step = "ArrowRight" if at > now else "ArrowLeft"
        thumb.press({0: "Home", last: "End"}.get(at, step))

    # ---- tables and links ----------------------------------------------------------------
    def _grid(self, at: int) -> None:
        """Press the mark before a row of the table, which is drawn on a canvas."""
        self.aside()
        grid = self.page.locator("[data-testid=stDataFrame]").locator("visible=true").first
        grid.scroll_into_view_if_needed()
        # The table lays what scrolls it over what is drawn: whatever lies there takes the press.
        mark = {"x": 15, "y": 35 * (at + 1) + 17}
        drawn = grid.locator("canvas").first
        # A table that was just drawn knows what lies under a pointer once it has seen it for a
        # frame, as that of a hand always is.
        drawn.hover(position=mark, force=True)
        self.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go)))")
        drawn.click(position=mark, force=True)

    def _link(self, target: str) -> None:
        self.aside()
        address = target.lstrip(ANEW + OPENS)
        plain, own = (f"a[{name}={json.dumps(address)}]" for name in ("href", "data-own"))
        look = ".pm-anew" * target.startswith(ANEW) + ".pm-opens" * target.startswith(OPENS)
        found = self.page.locator(f".stMain .stHtml :is({own}, {plain}:not([data-own])){look}")
        # the links of a mark in a print come and go with the pointer
        found.locator("visible=true").first.press("Enter")

    # ---- map, list, charts ---------------------------------------------------------------
    def _on_map(self, name: str) -> None:
        self.aside()
        self.map().locator(f"[data-id='{name}']").last.press("Enter")

    def _unfold_thing(self, name: str) -> None:
        self.aside()
        self.page.locator(f".pm-town > details[data-id='{name}'] > summary").press("Enter")

    def _row(self, name: str) -> None:
        self.aside()
        row = self.page.locator(f"tr[data-id='{name}']")
        for _ in range(40):
            if row.count():
                break
            self._turn()
        row.click()

    def _turn(self) -> None:
        """Turn the list to its next page, from the last one back to the first."""
        self.aside()
        back, onward = (self.at("beside").locator("nav button").nth(at) for at in (0, 1))
        if onward.is_enabled():
            self._turned(onward)
            return
        while back.is_enabled():
            self._turned(back)

    def _turned(self, button: Locator) -> None:
        told = self.at("beside").locator("nav span")
        before = told.inner_text()
        button.click()
        expect(told).not_to_have_text(before, timeout=PATIENCE)

    def _piece(self, view: View, chart: str, down: str, across: str) -> None:
        self.aside()
        facets = CHARTS[chart]
        names = [
            words.label(f, v, view.language) for f, v in zip(facets, (down, across), strict=True)
        ]
        start = json.dumps(" · ".join([*names, ""]), ensure_ascii=False)
        piece = self.page.locator(
            f"[class*='st-key-chart_{chart}'] path[role=button][aria-label^={start}]"
        )
        piece.first.focus()
        piece.first.press("Enter")

    # ---- files and links -----------------------------------------------------------------
    def download(self, key: str) -> bytes:
        """Press a button that downloads, and return what came."""
        self.aside()
        with self.page.expect_download(timeout=PATIENCE) as waiting:
            self.at(key).locator("button").locator("visible=true").first.click()
        return waiting.value.path().read_bytes()

    def ids(self, kind: str) -> list[str]:
        """Download the selection as GeoJSON or CSV and return the ids in it."""
        content = self.download(f"download_{kind}").decode("utf-8-sig")
        if kind == "csv":
            return [row["id"] for row in csv.DictReader(io.StringIO(content, newline=""))]
        return [one["id"] for one in json.loads(content)["features"]]

    def link(self) -> str:
        """Press the button that copies the address, and return what it copied."""
        self.beside()
        self.at("copy_link").locator("button").click()
        told = self.at("copy_link").locator("output[data-link]")
        told.wait_for(state="attached")
        return str(told.get_attribute("data-link"))
