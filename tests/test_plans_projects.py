"""Statements become projects, and corrections change exactly what they name."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from plans.anatomy import dissect
from plans.corrections import read_corrections
from plans.lexicon import GRAMMAR
from plans.phrases import Item
from plans.projects import group_statements
from plans.tokens import tokenise
from store import DATA, BrokenFile
from tests.papers import archive, catalogue, paper, statements


def named(name):
    """The one project of a name."""
    (project,) = [p for p in archive().projects if p.name == name]
    return project


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("市域铁路S2线", ["000:81", "001:47", "001:141", "003:33", "004:155"]),
        ("228国道", ["003:33"]),
        ("林宅湿地公园", ["000:66", "004:142"]),
        ("柳白新城", ["000:80", "001:31", "001:141"]),
        ("柳市中学", ["001:71", "001:173", "003:37", "004:258"]),
    ],
)
def test_one_thing_is_one_project(name, places):
    """Spellings, short names and own sections meet in one project, oldest first."""
    found = [f"{s.quote.document}:{s.quote.line}" for s in named(name).statements]
    assert found == places


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("林宅湿地公园二期", "林宅湿地公园"),
        ("228国道乐成至黄华段", "228国道"),
        ("双店线大荆段", "双店线"),
        ("一开文化创意产业园二期", "一开文化创意产业园"),
    ],
)
def test_a_part_is_its_own_project_linked_to_the_whole(part, whole):
    """A phase or section named apart stands by itself and points to the whole."""
    assert named(part).part_of == named(whole).id


@pytest.mark.parametrize(
    "names",
    [
        ("东风旧村改造", "东风垃圾中转站", "东风老旧工业园区"),
        ("甬台温高速复线", "甬台温高速乐清段"),
        ("黄华片区", "黄华堡旧村改造", "黄华大道"),
        ("林宅湿地公园", "林宅城中村改造", "林毛公园"),
    ],
)
def test_look_alikes_stay_apart(names):
    """Things that share a place's name are not one thing."""
    assert len({named(name).id for name in names}) == len(names)


def test_no_statement_is_lost_or_doubled():
    """Grouping keeps every statement in exactly one project."""
    grouped = [s for p in archive().projects for s in p.statements]
    assert Counter(map(id, grouped)) == Counter(map(id, archive().statements))


def test_ids_are_stable_and_single():
    """The same documents give the same ids, each once."""
    again = plans.read_plans(catalogue(), plans.read_corrections())
    ids = [p.id for p in archive().projects]
    assert ids == [p.id for p in again.projects]
    assert len(set(ids)) == len(ids)


def test_a_merged_project_keeps_its_former_id():
    """After a merge the old id still leads to the project."""
    alone = plans.read_plans(catalogue(), [c for c in read_corrections() if c.what != "merge"])
    old = next(p for p in alone.projects if p.name == "沈海复线")
    assert old.id in named("甬台温高速复线").former_ids


NAMES = st.lists(
    st.sampled_from(["青溪大道", "石桥路", "青溪公园", "云岭中学", "望月新城"]), max_size=8
)


@given(NAMES)
def test_any_list_of_names_is_grouped_without_loss(names):
    """However often a name comes, all its statements are in one project."""
    text = "".join(f"建成{name}。" for name in names)
    found = statements(text)
    projects = group_statements(found, {"900": paper(text)})
    assert {p.name: len(p.statements) for p in projects} == dict(Counter(names))


def test_without_corrections_almost_all_is_found_again():
    """The grammar alone finds at least 95 % of the statements."""
    bare = plans.read_plans(catalogue(), ()).statements
    alone = {(s.quote, s.name) for s in bare}
    corrected = {(s.quote, s.name) for s in archive().statements}
    assert len(alone & corrected) >= 0.95 * len(corrected)


def spoilt(tmp_path, *rows):
    """A corrections table with these rows."""
    path = tmp_path / "corrections.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("what", "from", "to", "reason"), *rows])
    return read_corrections(path)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("name", "001:163:没有此名", "某路", "why"), "matches nothing"),
        (("name", "somewhere", "某路", "why"), "is not document:line:words"),
        (("stage", "004:98:盐盆山清和公园", "finished", "why"), "is no stage"),
        (("category", "004:98:盐盆山清和公园", "castle", "why"), "is no category"),
        (("add", "004:98:盐盆山", "盐盆山|place", "why"), "name|kind|category|stage"),
        (("add", "004:98:不在此行", "某山|place|tourism|unspecified", "why"), "matches nothing"),
        (("leader", "004:385:某某", "王烨", "why"), "matches nothing"),
        (("merge", "没有此项", "228国道", "why"), "matches nothing"),
        (("merge", "228国道", "没有此项", "why"), "matches nothing"),
        (("rename", "001:163:某", "某路", "why"), "field what"),
        (("name", "001:163:某", "某路", ""), "field reason"),
    ],
)
def test_a_correction_that_matches_nothing_fails(tmp_path, row, words):
    """Each row must change exactly what it names, or the build stops with line and field."""
    with pytest.raises(BrokenFile, match="line 2") as caught:
        plans.read_plans(catalogue(), spoilt(tmp_path, row))
    assert words in str(caught.value)


def test_a_correction_changes_only_what_it_names(tmp_path):
    """One stage is changed, all else stays."""
    rows = spoilt(tmp_path, ("stage", "004:98:盐盆山清和公园", "proposed", "for the test"))
    before = plans.read_plans(catalogue(), ()).statements
    after = plans.read_plans(catalogue(), rows).statements
    changed = [(b, a) for b, a in zip(before, after, strict=True) if b != a]
    assert [(b.name, a.stage) for b, a in changed] == [("盐盆山清和公园", "proposed")]


def test_no_table_of_the_grammar_holds_a_name_of_the_seeds():
    """The grammar knows kinds of words; every proper name it finds is read from the print."""
    with (DATA / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {n for row in rows for n in (row["name"], *row["aliases"].split("|")) if len(n) > 2}
    names = {name for name in names if dissect(Item(tuple(tokenise(name)))).proper}
    assert len(names) > 150
    tables = [*GRAMMAR.glob("*.csv"), DATA / "reading_order.csv", DATA / "unit_spellings.csv"]
    for table in tables:
        words = set(re.split(r"[,\n|]", table.read_text(encoding="utf-8")))
        assert not words & names, table.name
