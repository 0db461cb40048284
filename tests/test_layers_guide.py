"""The guided start: its questions come from the data, and their links lead to answers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from layers.guide import guide_html, questions
from layers.selection import Selection, select
from layers.unit import duties
from layers.words import LANGUAGES, Language
from tests import toys

TABLE = toys.table()


def asked(language: Language = "en") -> dict[str, dict[str, list[str]]]:
    """Return the parameters of each question's link by its page."""
    parts = [urlsplit(one.target) for one in questions(TABLE, toys.PAPERS, language)]
    return {part.path: parse_qs(part.query) for part in parts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_questions_with_their_answers(language: Language) -> None:
    """Each link names what the table has, and what it names is not empty."""
    links = asked(language)
    assert set(links) == {"unit", "project", "./"}
    unit = links["unit"]
    chosen = Selection(lead=tuple(unit["unit"]), document=tuple(unit["document"]))
    assert unit["role"] == ["lead"]
    assert duties(select(TABLE, chosen), unit["unit"][0])
    assert links["project"]["project"][0] in set(TABLE["id"])
    found = select(
        TABLE,
        Selection(strategy=tuple(links["./"]["strategy"]), status=tuple(links["./"]["status"])),
    )
    assert found.geometry.notna().any()


def test_the_questions_are_asked_in_words() -> None:
    """Unit, year and name stand in the question."""
    words = [one.words for one in questions(TABLE, toys.PAPERS, "en")]
    assert words[0] in {"What does 市园林局 lead in 2017?", "What does 市园林局 lead in 2021?"}
    assert any(name in words[1] for name in ("青溪湿地公园", "望月路"))


def test_without_data_nothing_is_asked() -> None:
    """An empty table asks nothing, and the guide still explains."""
    assert questions(TABLE.iloc[[]], toys.PAPERS, "zh") == ()
    assert "承诺不是事实" in guide_html(TABLE.iloc[[]], toys.PAPERS, "zh")
