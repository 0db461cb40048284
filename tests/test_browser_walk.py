"""A walk over every control of every page: after each step all that is seen equals the model.

``PLANMAP_WALK="{'language': 'zh', 'width': 1440, 'actions': [...]}"`` replays a sequence that was
printed, and with ``PLANMAP_WALK_SHRINK=1`` leaves out what is not needed for it to fail;
``PLANMAP_WALK_STEPS`` and ``PLANMAP_WALK_SEEDS`` lengthen the hunt.
"""

from __future__ import annotations

import ast
import os
import statistics
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.walking.corpus import Corpus
from tests.walking.expected import Judge
from tests.walking.shrink import shrunk
from tests.walking.walker import Strayed, Walker
from tests.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Route

    from tests.walking.view import Action

STEPS = int(os.environ.get("PLANMAP_WALK_STEPS", "60"))
SEEDS = int(os.environ.get("PLANMAP_WALK_SEEDS", "5"))
HURRIES = int(os.environ.get("PLANMAP_WALK_HURRIES", "8"))
WIDE, NARROW = 1440, 390
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
# One empty tile, for the base maps of other hosts: nobody is asked.
TILE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "000100000005000100"
) + bytes.fromhex("0d0a2db40000000049454e44ae426082")
HOSTS = ("tile.openstreetmap.org", "autonavi.com")

# The sequences of issue 11: each dropped a filter without a word.
KNOWN: dict[str, list[Action]] = {
    "a value whose count changes": [
        ("toggle", "category", "road"),
        ("toggle", "strategy", "livelihood"),
        ("toggle", "status", "to_complete"),
        ("toggle", "status", "to_complete"),
    ],
    "a unit that leads": [
        ("toggle", "unit", "市交通运输局"),
        ("role", "lead"),
        ("toggle", "strategy", "ecology"),
    ],
    "more filters unfolded": [
        ("toggle", "unit", "市交通运输局"),
        ("role", "lead"),
        ("fold",),
        ("toggle", "category", "road"),
        ("fold",),
        ("fold",),
    ],
    "Back on every page": [
        ("toggle", "category", "road"),
        *(("page", name) for name in ("list", "overview", "unit", "compare", "documents")),
        *((("back",),) * 6),
        *((("forward",),) * 6),
    ],
    "unfolded in the list of a badge": [
        ("badge", "北白象镇"),
        ("unfold", "p03e2265516"),
        ("unfold", "p587d53a867"),
        ("back",),
        ("unfold", "p03e2265516"),
        ("unfold", "p739e02363e"),
        ("page", "list"),
        ("back",),
        ("reload",),
    ],
    "the mark of a row whose table changes": [
        ("page", "project"),
        ("project", "pc798d0899e"),
        ("page", "list"),
        ("toggle", "unit", "市教育局"),
        ("grid", "pc798d0899e"),
        ("grid", "pc798d0899e"),
        ("toggle", "category", "education"),
        ("grid", "pc798d0899e"),
    ],
    "nothing found on every page": [
        ("search", "查无此处"),
        *(("page", name) for name in ("list", "overview", "unit", "sheet", "compare", "documents")),
    ],
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The model of the data."""
    return Corpus()


def answer_with_a_tile(route: Route) -> None:
    """Answer in the place of a host that is not asked."""
    route.fulfill(body=TILE, content_type="image/png")


class Visitors:
    """Makes users whose browser asks no other host, and knows what went wrong in any of them."""

    def __init__(self, browser: Browser, server: str, corpus: Corpus) -> None:
        self.browser, self.server, self.corpus, self.watch = browser, server, corpus, Watch()

    def context(self, language: str, width: int = WIDE) -> BrowserContext:
        context = self.browser.new_context(
            locale=LOCALES[language], viewport={"width": width, "height": 900}
        )
        for host in HOSTS:
            context.route(
                f"**://*{host}/**", lambda route: route.fulfill(body=TILE, content_type="image/png")
            )
        context.on("page", self.watch.follow)
        return context

    def walker(self, language: str, width: int) -> Walker:
        other = {"zh": "en", "en": "zh"}[language]
        return Walker(
            page=self.context(language, width).new_page(),
            judge=Judge(self.corpus, language),
            address=self.server,
            stranger=lambda: self.context(other),
        )

    @property
    def trouble(self) -> list[str]:
        """What the browsers did and should not have done, tiles of a chosen base map left out."""
        return [said for said in self.watch.trouble if not any(host in said for host in HOSTS)]


@pytest.fixture
def visitors(started_browser: Browser, server: str, corpus: Corpus) -> Iterator[Visitors]:
    """Users of the app; the test fails on console errors and requests beyond this machine."""
    made = Visitors(started_browser, server, corpus)
    yield made
    for context in started_browser.contexts:
        context.close()
    assert made.trouble == []


def walk(
    visitors: Visitors, language: str, width: int, actions: Callable[[Walker], Iterable[Action]]
) -> list[Action] | None:
    """Take a walk; return where it strays what was done, and say it so that it can be replayed."""
    walker = visitors.walker(language, width)
    try:
        walker.start()
        walker.walk(actions(walker))
    except Strayed as strayed:
        replay = {"language": language, "width": width, "actions": walker.taken}
        say(
            f"step {len(walker.taken)}, {walker.taken[-1:]}: {strayed}\n"
            f"PLANMAP_WALK={str(replay)!r}"
        )
        return walker.taken
    finally:
        walker.page.context.close()
        if walker.seconds:
            say(f"{len(walker.seconds)} steps, median {statistics.median(walker.seconds):.2f} s")
    return None


def say(text: str) -> None:
    """Print for whoever reads the report of a test."""
    sys.stdout.write(f"{text}\n")


@pytest.mark.parametrize("name", KNOWN)
def test_what_once_went_astray(visitors: Visitors, name: str) -> None:
    """Sequences that lost a filter, a view or the way back once."""
    assert walk(visitors, "zh", WIDE, lambda _: KNOWN[name]) is None


def test_back_and_forward_in_a_hurry(visitors: Visitors) -> None:
    """Pages that are left before they answer write nothing into the history of the others."""
    walker = visitors.walker("zh", WIDE)
    walker.start()
    walker.walk(
        [
            ("toggle", "category", "road"),
            *(("page", name) for name in ("list", "overview", "unit", "compare", "documents")),
        ]
    )
    chance = Random(0)
    for _ in range(HURRIES):
        kind = chance.choice(("back", "forward"))
        walker.hurry(*[(kind,)] * chance.choice((1, 2, 2, 3)))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_view_is_what_the_user_made_it(visitors: Visitors, seed: int) -> None:
    """By chance over every control: number, address, tags, map, list and file equal the model."""
    language, width = ("zh", "en")[seed % 2], NARROW if seed % 5 == 4 else WIDE
    strayed = walk(visitors, language, width, lambda walker: walker.throw(Random(seed), STEPS))
    assert strayed is None, "see PLANMAP_WALK above"


def given_sequence(visitors: Visitors) -> None:
    """The sequence that PLANMAP_WALK holds."""
    given = ast.literal_eval(os.environ["PLANMAP_WALK"])

    def strays(actions: list[Action]) -> list[Action] | None:
        return walk(visitors, given["language"], given["width"], lambda _: actions)

    strayed = strays(given["actions"])
    if strayed and os.environ.get("PLANMAP_WALK_SHRINK"):
        strayed = shrunk(strayed, lambda some: strays(some) is not None)
        say(f"shrunk: {strayed}")
    assert strayed is None


# No test where no sequence is given: one that is skipped would fail the gate.
if "PLANMAP_WALK" in os.environ:
    test_a_given_sequence = given_sequence
