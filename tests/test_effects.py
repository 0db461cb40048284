"""What a plan changes against all earlier ones, held against a model in plain pandas."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import layers
from layers.effects import EFFECTS, earlier, effect_counts, effects_of
from layers.words import LANGUAGES
from tests import toys, valley
from tests.valley import CITY_OF, COUNTY, LATER, PAPERS, TOWN, count, says

NAMES = ("望月路", "凤尾桥", "云岭中学", "桃园水库")
LIFE = ("proposed", "to_start", "under_construction", "to_complete", "completed", "operating")
AREA = {name: set(paper.areas) for name, paper in PAPERS.items()}
TEXT = {name: "".join(paper.text.split()) for name, paper in PAPERS.items()}


def one(frame, name, document):
    """The effect on one thing as the model finds it; None where the plan does nothing to it."""
    own = frame[(frame.name == name) & (frame.document == document)]
    before = frame[(frame.name == name) & (frame.document < document)]
    if len(own):
        return "joined" if len(before) else "new"
    towns = {COUNTY: {"青溪镇", "青溪县"}, TOWN: {"青溪镇"}, LATER: {"青溪镇"}}[document]
    inside = pd.Series([AREA[each] <= towns for each in before.document], before.index, bool)
    promised = before[before.promised & inside]
    open_ = [
        row
        for row in promised.itertuples()
        if not (
            ~before.promised
            & (before.document > row.document)
            & (before.stage.map(LIFE.index) >= LIFE.index(row.stage))
        ).any()
    ]
    return "silent" if open_ and name not in TEXT[document] else None


SAID = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "document": st.sampled_from([TOWN, COUNTY, LATER]),
        "line": st.integers(1, 40),
        "stage": st.sampled_from(LIFE),
        "promised": st.booleans(),
    }
)


def table_of(frame):
    """The one table of what the model says."""
    things = [
        toys.project(
            *(
                says(row.name, row.document, row.line, stage=row.stage)
                if row.promised
                else says(row.name, row.document, row.line, done=row.stage)
                for row in rows.itertuples()
            )
        )
        for _, rows in frame.groupby("name")
    ]
    return valley.table(*things)


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, min_size=1, max_size=12), st.sampled_from([TOWN, COUNTY, LATER]))
def test_every_thing_is_where_the_model_puts_it(said, document):
    """New, joined or in conflict, silent, or not listed at all; each thing once."""
    frame = pd.DataFrame(said)
    found = effects_of(table_of(frame), document, PAPERS, CITY_OF)
    kinds = {each.history.name: each.kind for each in found}
    plain = {name: "joined" if kind == "conflict" else kind for name, kind in kinds.items()}
    expected = {name: one(frame, name, document) for name in frame.name.unique()}
    assert plain == {name: kind for name, kind in expected.items() if kind}
    assert len(kinds) == len(found) == sum(effect_counts(found).values())
    assert [EFFECTS.index(each.kind) for each in found] == sorted(
        EFFECTS.index(each.kind) for each in found
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, min_size=2, max_size=12), st.sampled_from([COUNTY, LATER]))
def test_what_a_plan_says_of_itself_is_on_its_own_side(said, document):
    """Each difference holds a sentence of an earlier plan and one of this plan, with its stage."""
    for each in effects_of(table_of(pd.DataFrame(said)), document, PAPERS, CITY_OF):
        assert bool(each.differences) is (each.kind in {"joined", "conflict"})
        for difference in each.differences:
            assert difference.after.where[0] == document
            assert difference.before.where[0] in earlier(document, PAPERS)
        own = {mention.where[0] == document for mention in each.mentions}
        assert own == {each.kind != "silent"}
        assert (each.kind == "conflict") is any(d.opposed for d in each.differences)


def changed(before, after, document=LATER):
    """Kind, and what is found to differ, between a sentence of 2017 and one of 2025."""
    table = valley.table(toys.project(before, after))
    (effect,) = effects_of(table, document, PAPERS, CITY_OF)
    return effect.kind, [(each.aspect, each.change) for each in effect.differences]


LEAD = toys.by("县交通局", "县水利局", lead=1)


@pytest.mark.parametrize(
    ("before", "after", "kind", "differences"),
    [
        ({"stage": "to_start"}, {"done": "completed"}, "joined", [("stage", "advanced")]),
        ({"stage": "to_complete"}, {"stage": "to_start"}, "joined", [("stage", "back")]),
        ({"stage": "to_complete"}, {"done": "under_construction"}, "joined", [("stage", "way")]),
        ({"done": "operating"}, {"stage": "to_start"}, "joined", [("stage", "anew")]),
        ({"stage": "to_complete"}, {"stage": "unspecified"}, "joined", [("stage", "untold")]),
        ({"stage": "unspecified"}, {"stage": "unspecified"}, "joined", [("stage", "untold_both")]),
        ({"done": "completed"}, {"stage": "to_start"}, "conflict", [("stage", "back")]),
        (
            {"target_year": 2021},
            {"target_year": 2027},
            "joined",
            [("stage", "same"), ("year", "later")],
        ),
        (
            {"target_year": 2030},
            {"target_year": 2027},
            "joined",
            [("stage", "same"), ("year", "earlier")],
        ),
        (
            {"responsibility": LEAD},
            {"responsibility": toys.by("县交通局", lead=1)},
            "joined",
            [("stage", "same"), ("units", "changed")],
        ),
        (
            {"responsibility": LEAD},
            {"responsibility": toys.by("县水利局", lead=1)},
            "conflict",
            [("stage", "same"), ("leads", "changed")],
        ),
        (
            {"quantity": count(12, "公里")},
            {"quantity": count(15, "公里")},
            "conflict",
            [("stage", "same"), ("number", "changed")],
        ),
        (
            {"quantity": count(12, "公里")},
            {"quantity": count(15, "座")},
            "joined",
            [("stage", "same")],
        ),
        ({}, {"responsibility": LEAD}, "joined", [("stage", "same")]),
    ],
    ids=[
        *(
            "done",
            "a promise set back",
            "under way",
            "new works",
            "no stage",
            "no stage on either side",
            "a report set back",
            "put off",
            "brought forward",
        ),
        *("another support", "another lead", "another number", "another measure", "a first unit"),
    ],
)
def test_what_differs_is_told_with_its_direction(before, after, kind, differences):
    """Stage, year, units and number each for itself; what cannot both be true is a conflict."""
    found = changed(says("凤尾桥", **before), says("凤尾桥", LATER, **after))
    assert found == (kind, differences)


def test_documents_without_a_date_stand_in_the_order_of_the_catalogue():
    """Where no date tells which was first, the one that was there first is the earlier one."""
    papers = {
        name: toys.Paper(name, name, date)
        for name, date in [("a", "2021"), ("b", ""), ("c", "2021-04-27"), ("d", "2017")]
    }
    assert earlier("a", papers) == ("d",)
    assert earlier("b", papers) == ("a",)
    assert earlier("c", papers) == ("a", "b", "d")
    assert earlier("d", papers) == ("b",)


def test_programmes_are_no_things_to_compare():
    """A counted programme has a common word for a name, and is in no list."""
    programme = toys.project(says("停车位", LATER, kind="programme"), kind="programme")
    assert effects_of(valley.table(programme), LATER, PAPERS, CITY_OF) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_show_both_quotes_with_links_and_escape_all(language):
    """Each difference shows the words of both plans, each linked to its line; no text is markup."""
    wild = "<b>凤尾桥</b>"
    thing = toys.project(
        says(wild, line=3, stage="to_start", quote=f"开工{wild}"),
        says(wild, LATER, 1, done="completed", quote=f"建成{wild}"),
    )
    gone = toys.project(says("云岭中学", COUNTY))
    found = effects_of(valley.table(thing), LATER, PAPERS, CITY_OF)
    html = layers.effects_html(found, PAPERS, language)
    assert "<b>凤尾桥" not in html
    assert html.count("&lt;b&gt;凤尾桥&lt;/b&gt;</blockquote>") == 2
    for document, line in ((TOWN, 3), (LATER, 1)):
        assert f'href="documents?open={document}&amp;line={line}"' in html
    more = effects_of(valley.table(gone), COUNTY, PAPERS, CITY_OF)
    line = layers.effects_line_html(more, COUNTY, language)
    assert f'href="changes?open={COUNTY}"' in line
    assert layers.effects_html((), PAPERS, language) == ""
    assert "{" not in html + line
