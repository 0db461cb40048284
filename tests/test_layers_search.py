"""Searching: names, aliases, printed names, quotes, pinyin, initials, look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import building
from layers.index import Index
from layers.lines_of_text import Texts
from layers.searching import plain
from layers.selection import Selection
from layers.spelling import Spelling

TABLE = building.load().table
INDEX = Index(TABLE)


def found(word: str) -> list[str]:
    """Return the names of the things that a search leaves."""
    return list(INDEX.rows(INDEX.mask(Selection(search=(word,))))["name"])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lbxc", "柳白新城"),
        ("LBXC", "柳白新城"),
        ("liubaixincheng", "柳白新城"),
        ("liubxc", "柳白新城"),
        ("xincheng", "柳白新城"),
        ("柳 白 新 城", "柳白新城"),
        ("抑白新城", "柳白新城"),
        ("ｓ２线", "市域铁路S2线"),
        ("sytls2x", "市域铁路S2线"),
        ("甬台温高速柳市北互通", "甬台温高速柳市互通"),
        ("lqyk", "乐清眼科医院"),
        ("yueqingyanke", "乐清眼科医院"),
    ],
)
def test_a_thing_is_found_by_what_people_type(typed: str, name: str) -> None:
    """Names, old names, pinyin, initials, width, blanks, look-alikes: all lead to the thing."""
    assert name in found(typed)
    names = [suggestion.name for suggestion in INDEX.suggestions(typed, 8)]
    assert name in names


def test_words_inside_the_quotes_are_found() -> None:
    """A word that stands in no name but in a printed sentence finds what the sentence names."""
    assert "乐清经济开发区" in found("金北翼")
    assert not any("金北翼" in name for name in found("金北翼"))


def test_a_hit_by_name_is_told_from_a_hit_by_quote() -> None:
    """湿地 names two parks; seven things only share a sentence with the word."""
    selection = Selection(search=("湿地",))
    mask, named = INDEX.mask(selection), INDEX.named(selection)
    assert set(TABLE["name"][named]) == {"林宅湿地公园", "林宅湿地公园二期"}
    assert not (named & ~mask).any()
    assert (mask & ~named).sum() == 7
    assert INDEX.named(Selection()).all()
    for word in ("lqyk", "金北翼"):
        selection = Selection(search=(word,))
        assert (INDEX.named(selection) == INDEX.mask(selection)).all() == (word == "lqyk")


def test_words_apart_are_each_looked_for() -> None:
    """Words with blanks between them may stand anywhere in a thing's names and quotes."""
    assert "林宅湿地公园二期" in found("湿地 二期")
    assert set(found("湿地 二期")) <= set(found("湿地")) & set(found("二期"))
    assert found("湿地 没有这个") == []


def test_every_name_and_alias_leads_to_its_thing() -> None:
    """Whatever name a thing has or had, searching it finds the thing."""
    for row in TABLE.itertuples():
        for name in (row.name, *row.aliases, *(said["name"] for said in row.statements)):
            assert row.name in found(name)


def test_suggestions_put_beginnings_first() -> None:
    """What begins with the word stands before what holds it, and no thing stands twice."""
    some = INDEX.suggestions("柳白", 50)
    begins = [suggestion.found_by.startswith("柳白") for suggestion in some]
    assert begins == sorted(begins, reverse=True)
    assert begins[0]
    assert len({suggestion.row for suggestion in some}) == len(some)
    assert INDEX.suggestions(" ", 8) == []
    assert len(INDEX.suggestions("l", 8)) == 8


@pytest.mark.parametrize(
    ("typed", "name", "spelt", "begun"),
    [
        ("lq", "乐清", True, True),
        ("yueq", "乐清", True, True),
        ("leqing", "乐清", True, True),
        ("qing", "乐清", True, False),
        ("xian", "西安路", True, True),
        ("xi'an", "西安路", True, True),
        ("lqx", "乐清", False, False),
        ("nvhai", "女孩", True, True),
        ("s2x", "S2线", True, True),
        ("", "乐清", True, True),
        ("q" * 99, "乐清", False, False),
    ],
)
def test_spelling(typed: str, name: str, *, spelt: bool, begun: bool) -> None:
    """Each sign may be spelt in full or by its initial, by any of its readings."""
    spelling = Spelling(["柳市", name, "温州龙湾国际机场"])
    assert bool(spelling.spells(typed)[1]) is spelt
    assert bool(spelling.spells(typed, begins=True)[1]) is begun


def test_no_names_spell_nothing() -> None:
    """A table without rows can be searched."""
    assert Spelling([]).spells("lq").tolist() == []
    assert Index(TABLE.iloc[:0]).suggestions("lq", 5) == []


@given(st.lists(st.text("ab柳", max_size=5), max_size=6), st.text("ab柳", min_size=1, max_size=3))
def test_texts_are_searched_together_as_one_by_one(texts: list[str], word: str) -> None:
    """Many texts put together hold and begin with what each of them does."""
    together = Texts(texts)
    assert together.hold(word).tolist() == [word in text for text in texts]
    assert together.begin(word).tolist() == [text.startswith(word) for text in texts]


def test_words_do_not_run_over_the_edge_of_a_text() -> None:
    """The end of one name and the beginning of the next are no word."""
    row = next(row for row in TABLE.itertuples() if row.aliases)
    assert row.name in found(row.aliases[0])
    assert row.name not in found(row.name + row.aliases[0])
    assert plain(" A\nＢ ") == "ab"


def test_a_hostile_word_is_only_a_word() -> None:
    """Patterns and mark-up are letters to be looked for, however long."""
    for word in (".*", "(?", "[a-z]+", "<script>", "a" * 5000, "' OR 1=1"):
        assert found(word) == []
