"""A sheet of a search: name hits first, what only shares a quote on demand, nothing left unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import layers
from layers.selection import Selection, select
from layers.sheets.atlas import atlas
from layers.sheets.groups import groups_of
from layers.sheets.hits import by_hit, hit_line
from layers.sheets.making import pages_of
from layers.sheets.options import SheetOptions
from layers.sheets.subject import Subject
from layers.words import LANGUAGES
from tests import toys

WORD = "湿地"
FOLDED, WHOLE = SheetOptions(format="pdf"), SheetOptions(format="pdf", quoted=True)


def searched(hits: list[str]) -> Subject:
    """Return what a search finds among things that it hits by name, by quote or not at all."""
    made = {
        "name": lambda number: toys.statement(f"{WORD}{number}号园"),
        "quote": lambda number: toys.statement(f"路{number}", quote=f"{WORD}旁建成路{number}"),
        "none": lambda number: toys.statement(f"桥{number}"),
    }
    projects = [toys.project(made[hit](number)) for number, hit in enumerate(hits)]
    table = layers.project_table(projects, toys.locate, toys.PAPERS)
    wanted = Selection(search=(WORD,))
    return Subject(select(table, wanted), table, toys.base(), toys.PAPERS, wanted)


HITS = st.lists(st.sampled_from(["name", "quote", "none"]), min_size=1, max_size=12)


@settings(max_examples=40)
@given(HITS)
def test_name_hits_come_first_and_the_others_are_counted(hits: list[str]) -> None:
    """Names alone are in unless asked for more; without any name nothing is folded."""
    one, names, quotes = searched(hits), hits.count("name"), hits.count("quote")
    few, every = by_hit(one, FOLDED), by_hit(one, WHOLE)
    assert len(few.shown) == (names or quotes)
    assert (0 if few.folded is None else len(few.folded)) == (quotes if names else 0)
    is_named = [WORD in name for name in every.shown["name"]]
    assert len(is_named) == names + quotes
    assert is_named == sorted(is_named, reverse=True)
    assert list(by_hit(every, WHOLE).shown["id"]) == list(every.shown["id"])


@settings(max_examples=20)
@given(HITS)
def test_those_of_a_quote_stand_under_their_own_heading(hits: list[str]) -> None:
    """Every thing is in one group; groups of quotes come last and say so."""
    every = by_hit(searched(hits), WHOLE)
    groups = groups_of(every, {}, "zh")
    listed = [(f"“{WORD}”" in group.title, row.id) for group in groups for row in group.rows]
    assert sorted(name for _, name in listed) == sorted(every.shown["id"])
    assert {name for apart, name in listed if apart} == every.quoted
    assert [apart for apart, _ in listed] == sorted(apart for apart, _ in listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_out_is_said(language: layers.Language) -> None:
    """The foot of a register and of every page of an atlas names the number left out, or in."""
    one = searched(["name", "quote", "quote", "quote"])
    few = by_hit(one, FOLDED)
    said = hit_line(few, language)
    assert "3" in said
    assert said != hit_line(by_hit(one, WHOLE), language)
    assert "3" in hit_line(by_hit(one, WHOLE), language)
    options = replace(FOLDED, atlas="project", language=language)
    (sheet,) = atlas(few, options)
    for page in pages_of(*sheet):
        assert any(said.strip("；; ") in line for line in page.words.foot)


def test_an_atlas_of_things_has_those_hit_by_name_first() -> None:
    """One sheet each for the names; those of a quote come behind, each with its heading."""
    one = searched(["quote", "name", "none", "quote", "name"])
    options = replace(WHOLE, atlas="project")
    few, every = (
        atlas(by_hit(one, made), made) for made in (replace(options, quoted=False), options)
    )
    assert len(few) == 2
    assert len(every) == 4
    heads = [pages_of(*sheet)[0].words.subtitle for sheet in every]
    assert [WORD in head for head in heads] == [False, False, True, True]
