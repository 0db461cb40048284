"""A sequence of actions in a browser, each judged by the model; Back and Forward among them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.walking import sheets
from tests.walking.dice import Dice, Offers, possible
from tests.walking.driver import Driver
from tests.walking.seen import QUIET, Seen, look
from tests.walking.view import HEADED, Action, View, after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from random import Random

    from playwright.sync_api import BrowserContext, Page

    from tests.walking.expected import Judge

# Seconds in which a page must come to agree with the model.
SETTLES = 40.0
# After so many actions at most the file is downloaded and compared.
FILE_EVERY = 5


class Strayed(AssertionError):  # noqa: N818 - it says what is the case
    """The app and the model disagree; the message says where, and how to see it again."""


@dataclass
class History:
    """The views behind and before a user, one for each entry of the browser."""

    views: list[View]
    at: int = 0

    @property
    def now(self) -> View:
        return self.views[self.at]

    def go(self, action: Action) -> bool:
        """Take an action; returns False where it would leave the app or go nowhere."""
        step = {"back": -1, "forward": 1}.get(action[0])
        if step:
            if not 0 <= self.at + step < len(self.views):
                return False
            self.at += step
        elif (then := after(self.now, action)) != self.now:
            self.views[self.at + 1 :] = [then]
            self.at += 1
        return True


@dataclass
class Walker:
    """One user in one browser window.

    Attributes
    ----------
    page
        An open page; the walk begins with a visit to ``address``.
    judge
        The model.
    stranger
        Opens a context that never was here, in another language than this one's.
    taken
        The actions so far, with those that were not possible left out.
    seconds
        How long each took from the press until all agreed with the model.
    """

    page: Page
    judge: Judge
    address: str
    stranger: Callable[[], BrowserContext]
    taken: list[Action] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Open the app."""
        self.page.goto(self.address, wait_until="commit")
        self.history = History([View(language=self.judge.first)])
        self.driver = Driver(self.page)
        self._agree()

    def walk(self, actions: Iterable[Action]) -> None:
        """Take actions one after another; those that are not possible are left out."""
        for action in actions:
            if possible(self.history.now, action, self.judge.corpus, self.offers):
                self.take(action)
        self.compare_file()

    def throw(self, chance: Random, steps: int) -> Iterator[Action]:
        """Throw actions that fit what is there when each is asked for."""
        dice = Dice(chance, self.judge.corpus)
        while len(self.taken) < steps:
            yield dice.throw(self.history.now, self.offers)

    @property
    def offers(self) -> Offers:
        """What only the page tells of what can be done: rows of its table, and links."""
        rows = self.judge.contents.rows(self.history.now, self.seen)
        return Offers(frozenset(rows), frozenset(self.seen.targets))

    def take(self, action: Action) -> None:
        """Do an action and compare all that is seen with the model."""
        before, told = self.history.now, self._told(action)
        if not self.history.go(action):
            return
        self.taken.append(action)
        try:
            if action[0] in {"copy", "second_tab"}:
                self._elsewhere(action[0])
                self._agree()
            else:
                self.driver.do(told, before)
                # From here on it is the app that takes time: till here the control was looked for.
                pressed = time.monotonic()
                self.seconds.append(max(self._agree() - pressed, 0.0))
        except Strayed:
            raise
        except Exception as error:
            raise Strayed(f"{action} could not be done: {error}") from error
        if len(self.taken) % FILE_EVERY == 0:
            self.compare_file()

    def hurry(self, *actions: Action) -> None:
        """Go back and forward without waiting for the pages in between, then compare."""
        for action in actions:
            before = self.history.now
            if self.history.go(action):
                self.taken.append(action)
                self.driver.do(action, before)
        self._agree()

    def _told(self, action: Action) -> Action:
        """Put into an action what only the data know: a project's name, a date's place."""
        corpus = self.judge.corpus
        if action[0] == "project":
            return (*action, corpus.titles(self.history.now.date)[action[1]])
        if action[0] == "asof":
            return (*action, str(corpus.dates.index(action[1])))
        if action[0] == "grid":
            return (*action, str(self.judge.contents.rows(self.history.now, self.seen)[action[1]]))
        return action

    def compare_file(self) -> None:
        """Download what is selected, or the sheet of it, and compare it with the model."""
        view = self.history.now
        if view.page == "sheet" and not view.option("atlas"):
            self._compare_sheet(view)
        if view.page in HEADED:
            found = self.driver.ids(("geojson", "csv")[len(self.taken) % 2])
            wanted = self.judge.file(view)
            if sorted(found) != sorted(wanted):
                raise Strayed(
                    f"file: lacks {sorted(wanted - set(found))}, "
                    f"has too many {sorted(set(found) - wanted)}, "
                    f"holds {len(found)} of {len(wanted)}"
                )

    def _compare_sheet(self, view: View) -> None:
        said = self.judge.contents.sheet(view, sheets.files(self.driver.download("sheet_download")))
        if said:
            raise Strayed("; ".join(said))

    # ---- waiting -------------------------------------------------------------------------
    def _agree(self, view: View | None = None, page: Page | None = None) -> float:
        """Wait until a page is at rest and agrees with the model; return when it came to rest."""
        view, page = view or self.history.now, page or self.page
        end = time.monotonic() + SETTLES
        said = self._said(view, page, awaited=False)
        while said and time.monotonic() < end:
            said = self._said(view, page, awaited=True)
        if said:
            raise Strayed("; ".join(said))
        return time.monotonic() - QUIET / 1000

    def _said(self, view: View, page: Page, *, awaited: bool) -> list[str]:
        try:
            seen: Seen = look(page, awaited=awaited)
        except Exception as error:  # noqa: BLE001 - a page that is on its way elsewhere cannot be read
            page.wait_for_timeout(20)
            return [f"the page cannot be read: {error}"]
        if page is self.page:
            self.seen = seen
        return (["busy"] if seen.busy else []) + self.judge.differences(view, seen)

    # ---- other windows -------------------------------------------------------------------
    def _elsewhere(self, kind: str) -> None:
        """Open what is seen in another window: by the copied link as a stranger, or in a tab."""
        here = self.page.context
        context = self.stranger() if kind == "copy" else here
        address = self.driver.link() if kind == "copy" else self.page.url
        other = context.new_page()
        try:
            other.goto(address, wait_until="commit")
            judge = self.judge
            if kind == "copy":
                self.judge = replace(judge, first={"zh": "en", "en": "zh"}[judge.first])
            self._agree(page=other)
            if kind == "second_tab" and self.history.now.page in HEADED:
                self._change(other)
        finally:
            self.judge = judge
            other.close()
            if context is not here:
                context.close()

    def _change(self, other: Page) -> None:
        """Change something in another tab: the first one must not follow."""
        now, action = self.history.now, ("toggle", "strategy", "safety")
        Driver(other).do(action, now)
        self._agree(after(now, action), other)
