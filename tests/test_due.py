"""What is overdue: the split against a plain model, and dates at any precision."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import building
import layers
import plans
from layers.due import with_due
from layers.history import is_later
from layers.known import last_day
from layers.outcomes import FINISHED, with_known
from layers.selection import Selection
from layers.words import codes
from tests import toys, valley
from tests.valley import COUNTY, LATER, TOWN, says

DAYS = [date(2018, 1, 1), date(2022, 1, 1), date(2026, 12, 1), date(2031, 1, 1)]
LIFE = [code for code in codes("stage") if code != "unspecified"]
CITY = "乐清市"


def wholly_later(one: pd.Series, other: pd.Series) -> pd.Series:
    """Whether a date is later than another: year, then month, then day, as far as both go."""
    parts = [each.str.split("-", expand=True).reindex(columns=range(3)) for each in (one, other)]
    decided = pd.Series(data=False, index=one.index)
    later = pd.Series(data=False, index=one.index)
    for place in range(3):
        left, right = (pd.to_numeric(part[place]) for part in parts)
        both = left.notna() & right.notna() & ~decided
        later |= both & (left > right)
        decided |= ~(left.notna() & right.notna()) | (left != right)
    return later


def long(made: building.Built) -> pd.DataFrame:
    """Return a row per statement with the date and area of its document and what is known."""
    columns = ["id", "name", "aliases", "kind", "townships", "known_outcomes"]
    table = pd.DataFrame(made.table[[*columns, "statements"]]).explode("statements")
    said = pd.json_normalize(table.pop("statements").tolist())
    said = said[["document", "stage", "promised", "target_year"]]
    rows = pd.concat([table.reset_index(drop=True), said], axis=1)
    rows["date"] = rows["document"].map({k: d.date for k, d in made.documents.items()})
    return rows


def waiting(rows: pd.DataFrame, by: date) -> pd.DataFrame:
    """Return the promises that were due and that no report and no known outcome answers."""
    year = pd.to_numeric(rows["target_year"])
    # what is run or improved is there already: VOCABULARY, "operating"; and "unspecified" says
    # of no work what is to become of it
    new = rows["promised"] & ~rows["stage"].isin(["operating", "unspecified"])
    promises = rows[new & (year + 1 <= (by + timedelta(days=1)).year)].copy()
    reports = rows.loc[~rows["promised"].astype(bool), ["id", "stage", "date"]]
    pairs = promises.reset_index().merge(reports, on="id", suffixes=("", "_told"))
    rank = {code: at for at, code in enumerate(LIFE)}
    far = pairs["stage_told"].map(rank) >= pairs["stage"].map(rank).fillna(-1)
    answered = set(pairs.loc[far & wholly_later(pairs["date_told"], pairs["date"]), "index"])
    known = promises[["stage", "date", "known_outcomes"]].explode("known_outcomes").dropna()
    seen = pd.DataFrame(known["known_outcomes"].tolist(), index=known.index)
    if len(seen):
        # the start of a thing of which a part stands was kept; news says nothing of works
        stage = seen["stage"].replace("part_completed", "under_construction")
        met = stage.map(rank) >= known["stage"].map(rank)
        answered |= set(known.index[met & ~wholly_later(known["date"], seen["date"])])
    return promises[~promises.index.isin(answered)]


def model(made: building.Built, by: date) -> dict[str, str]:
    """Return what is due on a day, in plain pandas and sets, by another way than the product's."""
    rows = long(made)
    found = {}
    documents = pd.Series(made.documents)
    dates = documents.map(lambda document: document.date)
    said_in = rows.groupby("id")["document"].agg(set)
    for name, some in waiting(rows, by).groupby("id", sort=False):
        last = some[some["date"] == some["date"].max()].iloc[0]
        areas = set(made.documents[last["document"]].areas)
        later = [
            document
            for document in documents[after(dates, last["date"])]
            if any(
                wanted and (wanted <= set(document.areas) or CITY in document.areas)
                for wanted in (areas, set(last["townships"]))
            )
        ]
        said = said_in[name]
        names = (
            [] if last["kind"] in {"programme", "indicator"} else [last["name"], *last["aliases"]]
        )
        named = any(d.id in said or prints(d, names) for d in later)
        found[name] = ("named" if named else "silent") if later else "no_later"
    return found


def after(dates: pd.Series, day: str) -> pd.Series:
    """Whether each date is wholly later than a day."""
    return wholly_later(dates, pd.Series(day, index=dates.index))


def prints(document: plans.Document, names: list[str]) -> bool:
    """Whether a document prints one of the names in the part that speaks of its own area."""
    return any(re.sub(r"\s", "", name) in own_text(document) for name in names)


@cache
def own_text(document: plans.Document) -> str:
    """What a document says of its own area, without blanks; read once, not for every thing."""
    lines = [
        line
        for article in plans.articles(document)
        if article.in_scope
        for line in document.lines[article.first - 1 : article.last]
    ]
    return re.sub(r"\s", "", "".join(lines))


@pytest.mark.parametrize("by", DAYS)
def test_the_split_is_that_of_a_plain_model(by: date) -> None:
    """Over the whole catalogue and on every day each code stands where the model puts it."""
    made = building.load(day=by)
    table = made.table
    told = {name: code for name, code in zip(table["id"], table["due"], strict=True) if code}
    assert told == model(made, by)
    assert set(table["due_by"]) == {by.isoformat()}


@pytest.mark.parametrize("by", DAYS)
def test_a_finished_thing_is_never_overdue(by: date) -> None:
    """No choice of due and known outcome lists what is known to be finished."""
    made = building.load(day=by)
    index = layers.Index(made.table, layers.Known(made.documents, by))
    for code in codes("due"):
        chosen = index.rows(index.mask(Selection(due=(code,), outcome=("known",))))
        assert not set(chosen["known_stage"]) & set(FINISHED)
        assert not index.mask(Selection(due=(code,), outcome=("finished",))).any()


def test_what_is_open_since_2023_is_not_overdue() -> None:
    """The metro line, the road and the school are finished; the junction was only to be begun."""
    table = building.load(day=date(2026, 12, 1)).table.set_index("name")
    for name in ("市域铁路S2线", "228国道乐成至黄华段", "柳市中学", "省152项目普洛斯物流园"):
        assert table.loc[name, "due"] is None
        assert table.loc[name, "known_stage"] in FINISHED
    assert table.loc["市域铁路S2线", "known_date"] == "2023-08-26"
    assert table.loc["甬台温高速柳市互通", "due"] is None
    assert table.loc["甬台温高速柳市互通", "known_stage"] == "under_construction"
    # a part of the park stands, the whole was to stand by 2021
    assert table.loc["林宅湿地公园", "known_stage"] == "part_completed"
    assert table.loc["林宅湿地公园", "due_stage"] == "to_complete"


def test_the_old_link_lists_every_kind() -> None:
    """``due=open`` is what the three codes are together, and these share nothing."""
    made = building.load(day=date(2026, 12, 1))
    index = layers.Index(made.table, layers.Known(made.documents, date(2026, 12, 1)))
    masks = [index.mask(Selection(due=(code,))) for code in ("silent", "named", "no_later")]
    assert (sum(mask.astype(int) for mask in masks) == index.mask(Selection(due=("open",)))).all()


def due_of(*statements, outcomes=(), by=date(2026, 1, 1)):
    """What is due of one toy."""
    table = with_known(valley.table(toys.project(*statements)), outcomes)
    row = next(with_due(table, valley.PAPERS, by, valley.CITY_OF).itertuples())
    return row.due


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        ([says("望月路")], "named"),  # the last plan prints it, though it says nothing of it
        ([says("凤尾桥")], "silent"),
        ([says("凤尾桥", LATER)], "no_later"),
        ([says("凤尾桥"), says("凤尾桥", COUNTY, done="started")], "named"),
        ([says("凤尾桥"), says("凤尾桥", COUNTY, done="completed")], None),
        ([says("凤尾桥", target_year=2026)], None),
    ],
)
def test_what_later_plans_make_of_it(statements, code) -> None:
    """Silent, named but not done, nothing later, reported, not yet due."""
    assert due_of(*statements) == code


dates = st.dates(date(2010, 1, 1), date(2030, 12, 31))
texts = st.builds(lambda day, size: day.isoformat()[:size], dates, st.sampled_from([4, 7, 10]))


@given(texts)
def test_a_date_ends_with_its_last_day(text: str) -> None:
    """The last day begins with the date, and the next day does not."""
    day = last_day(text)
    assert day.isoformat().startswith(text)
    assert not (day + timedelta(days=1)).isoformat().startswith(text)


@given(texts, texts)
def test_later_at_any_precision(one: str, other: str) -> None:
    """Later is what lies wholly after; a date within the other is neither before nor after it."""
    first = {text: date.fromisoformat((text + "-01-01")[:10]) for text in (one, other)}
    assert is_later(one, other) == (first[one] > last_day(other))
    assert not (is_later(one, other) and is_later(other, one))


@given(texts, st.sampled_from(sorted(codes("known_stage"))), st.sampled_from(LIFE))
def test_what_is_known_answers_at_any_precision(text: str, stage: str, wanted: str) -> None:
    """Year, month or day: it answers what it is as far as, unless the promise is later."""
    part = {"part_zh": "一期", "part_en": "phase I"} if stage == "part_completed" else {}
    known = toys.outcome("凤尾桥", stage, date=text, **part)
    reached = (
        LIFE.index("under_construction" if stage == "part_completed" else stage)
        if stage != "noted"
        else -1
    )
    answered = reached >= LIFE.index(wanted) and not is_later(valley.PAPERS[TOWN].date, text)
    is_none = answered or wanted == "operating"
    assert due_of(says("凤尾桥", stage=wanted), outcomes=[known]) == (None if is_none else "silent")


@given(texts, texts)
def test_as_of_a_date_nothing_later_is_known(text: str, then: str) -> None:
    """An outcome is known as of a date that is not wholly before it, and from then on."""
    table = with_known(toys.table(), [toys.outcome("望月路", date=text)])
    early = {name: replace(paper, date="2009") for name, paper in toys.PAPERS.items()}
    row = layers.as_of(table, early, then).set_index("name").loc["望月路"]
    assert (row["known_stage"] is None) == is_later(text, then)
    assert row["due_by"] == last_day(then).isoformat()
