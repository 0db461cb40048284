"""Errors that a page shows are worded in the page's language and name the field in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import plans
from geo.by_hand import read_position
from layers.review import detail
from layers.words import LANGUAGES, Language
from plans.edits import made, parse
from plans.ledger import Edit, Log
from plans.shelf import described
from store import ROOT, BrokenFile
from tests.papers import catalogue

_HAN, _ENGLISH = re.compile(r"[一-鿿]"), re.compile(r"[a-z]{3,}")


def edit(**more: str) -> Edit:
    """An edit that can be made, but for what is given."""
    said = {"name": "望月路", "reason": "known", "who": "someone"} | more
    return Edit("name", "toy", value={"to": "望月路"}, **said)


def raised(make) -> ValueError:
    """The error that a call ends in."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the kinds differ
        make()
    return caught.value


CALLS = {
    "who is blank": lambda: made(edit(who=" "), Log()),
    "reason is long": lambda: made(edit(reason="长" * 2001), Log()),
    "minutes": lambda: read_position("121°3′, 28°1′"),
    "no position": lambda: read_position("这里"),
    "no year": lambda: described(catalogue()[0], **_entries(horizon=21)),
    "no date": lambda: described(catalogue()[0], **_entries(date="昨天")),
    "no title": lambda: described(catalogue()[0], **_entries(title="")),
    "no record": lambda: parse(b"{", Path("甲.jsonl")),
    "no version": lambda: parse(b'{"version": 9}', Path("甲.jsonl")),
    "no name": lambda: plans.amendment(Edit("name", "p", "n", {"to": "a|b"}, "r", "w")),
}


def _entries(**more):
    usual = {"title": "规划", "issuer": "某镇", "date": "2021", "areas": ("某镇",), "horizon": None}
    return usual | more


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cause_is_said_in_the_language_of_the_page(name: str, language: Language) -> None:
    """No English word in the Chinese message, no Chinese one in the English, but what was typed."""
    error = raised(CALLS[name])
    said = detail(error, language)
    assert error.cause.code
    for typed in map(str, error.cause.values.values()):
        said = said.replace(typed, "")
    said = said.replace("甲.jsonl", "")
    assert said.strip()
    wrong = _ENGLISH if language == "zh" else _HAN
    assert wrong.findall(said) == []


def test_the_command_line_keeps_its_words() -> None:
    """The text of an error stays English and names the field by its code."""
    assert str(raised(CALLS["who is blank"])) == "who: must have 1 to 2000 signs"


def test_an_error_without_words_of_its_own_is_never_english_on_a_chinese_page() -> None:
    """Where only English says the reason, a Chinese page says file, line and field."""
    error = BrokenFile(ROOT / "data" / "x.csv", "is blank", line=3, column="名称")
    assert detail(error, "zh") == "x.csv，第 3 行：名称"
    assert "is blank" in detail(error, "en")
    assert detail(ValueError("boom"), "zh") == ""


def test_every_reason_of_the_edits_and_places_has_words() -> None:
    """Whoever raises one of these errors gives its code too."""
    rooms = ("plans/edits.py", "plans/amendments.py", "plans/shelf.py", "geo/by_hand.py")
    for path in rooms:
        text = (ROOT / path).read_text("utf-8")
        for call in re.findall(r"raise (?:Wrong\w+|\w+\.broken)\((.*?)\)(?: from None)?\n", text):
            parts = re.findall(r', "[a-z_]+"|if text else "blank"', call)
            assert parts, (path, call)
