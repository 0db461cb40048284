"""A sheet of a search: name hits first, what only shares a quote on demand, nothing left unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import layers
from layers.due import with_due
from layers.outcomes import with_known
from layers.selection import Selection, select
from layers.sheets import columns
from layers.sheets.atlas import atlas
from layers.sheets.compose import draft
from layers.sheets.dossier import dossier_pages
from layers.sheets.groups import groups_of
from layers.sheets.hits import by_hit, hit_line
from layers.sheets.legend import draw_legend_on, legend_groups
from layers.sheets.making import pages_of
from layers.sheets.options import SheetOptions
from layers.sheets.paper import open_paper
from layers.sheets.subject import Subject
from layers.words import LANGUAGES
from tests import toys

TABLE = toys.table()
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


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("unit", Selection(unit=("市园林局",))),
        ("unit", Selection(lead=("市园林局",))),
        ("strategy", Selection(strategy=("ecology",))),
        ("strategy", Selection()),
        ("township", Selection(township=("青溪镇",))),
    ],
    ids=str,
)
def test_each_sheet_of_an_atlas_holds_what_its_words_say(kind: str, asked: Selection) -> None:
    """The selection of a sheet means just what it shows; what was not chosen has no sheet."""
    one = Subject(select(TABLE, asked), TABLE, toys.base(), toys.PAPERS, asked)
    sheets = atlas(one, replace(FOLDED, atlas=kind))
    assert sheets
    for part, _ in sheets:
        assert list(select(TABLE, part.selection)["id"]) == list(part.shown["id"])
    if values := getattr(asked, kind):
        assert len(sheets) == len(values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_legend_says_its_words_in_full(language: layers.Language) -> None:
    """Where a text has no room on one line it is wrapped, never cut."""
    known = [toys.outcome("望月路", "noted"), toys.outcome("青溪湿地公园", "part_completed")]
    table = with_known(layers.project_table(toys.projects(), toys.locate, toys.PAPERS), known)
    table = with_due(table, toys.PAPERS, toys.BY)
    one = Subject(table, table, toys.base(), toys.PAPERS, Selection())
    options = SheetOptions(format="svg", paper="wide", language=language, labels="none")
    made = draft(one, options)
    groups = [
        group
        for group in legend_groups(made.subject, made.seen, options, dots=False)
        if group["kind"] == "known"
    ]
    paper = open_paper(made.layout.size)
    draw_legend_on(paper, groups, made.layout)
    read = "".join("".join(text.get_text().split()) for text in paper.figure.texts)
    items = [
        item["text"] for group in groups if group["kind"] == "known" for item in group["items"]
    ]
    assert items
    assert "…" not in read
    for text in items:
        # the count stands behind the first line
        assert all(word in read for word in text.split())


def test_a_smaller_map_saves_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The map leaves room for texts below it where that saves a page, and only there."""
    made = [toys.statement("青溪湿地公园", quote="青溪湿地公园" * 12 * size) for size in range(8)]
    projects = [toys.project(said, id=f"toy-{number}") for number, said in enumerate(made)]
    table = layers.project_table(projects, toys.locate, toys.PAPERS)
    table = with_due(with_known(table, ()), toys.PAPERS, toys.BY)
    one = Subject(table, table, toys.base(), toys.PAPERS, Selection())
    options = SheetOptions(format="pptx", paper="wide", atlas="project")

    def pages() -> list[tuple[int, float]]:
        found = [dossier_pages(one, row, options) for row in table.itertuples()]
        return [(len(some), some[0].picture[1].height) for some in found if some[0].picture]

    free = pages()
    monkeypatch.setattr(columns, "_MAP_SHARES", (1.0,))
    saved = []
    for (few, small), (many, full) in zip(free, pages(), strict=True):
        assert (few < many) is (small < full)
        saved.append(many - few)
    assert {0, 1} <= set(saved)
