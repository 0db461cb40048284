"""Each filter against pandas, over the whole catalogue: the rows, and the counts beside others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import building
import layers
from layers.facets import FACETS, Known
from layers.index import Index
from layers.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

BY = date(2026, 1, 1)
Pairs = pd.DataFrame  # columns id and value: a row shows a value


@pytest.fixture(scope="module")
def catalogue() -> building.Built:
    """The built catalogue, with what is due by the day."""
    return building.load(day=BY)


@pytest.fixture(scope="module")
def outcomes(catalogue: building.Built) -> set[str]:
    """Ids of the projects of which it is known what became of them."""
    return set(layers.known_outcomes(catalogue.table, layers.read_outcomes()))


@pytest.fixture(scope="module")
def index(catalogue: building.Built) -> Index:
    """The catalogue ready to be asked."""
    return Index(catalogue.table, Known(catalogue.documents, BY))


def said(made: building.Built) -> pd.DataFrame:
    """Return one row per statement, with the id of its project."""
    long = pd.DataFrame(made.table[["id", "statements"]]).explode("statements", ignore_index=True)
    return pd.concat([long["id"], pd.json_normalize(long["statements"].tolist())], axis=1)


def column(name: str) -> Callable[[building.Built], Pairs]:
    """Return how pandas reads a filter off a column of the table."""
    return lambda made: (
        made.table[["id", name]].explode(name).set_axis(["id", "value"], axis=1).dropna()
    )


def field(name: str) -> Callable[[building.Built], Pairs]:
    """Return how pandas reads a filter off a field of the statements."""
    return lambda made: said(made)[["id", name]].set_axis(["id", "value"], axis=1).dropna()


def units(made: building.Built) -> Pairs:
    remarks = said(made)[["id", "remark_lead_units"]].explode("remark_lead_units")
    return pd.concat([column("units")(made), remarks.set_axis(["id", "value"], axis=1).dropna()])


def years(made: building.Built) -> Pairs:
    dates = {name: document.date[:4] for name, document in made.documents.items()}
    return field("document")(made).assign(value=lambda pairs: pairs["value"].map(dates))


def target_years(made: building.Built) -> Pairs:
    return field("target_year")(made).assign(
        value=lambda pairs: pairs["value"].astype(int).astype(str)
    )


def due(made: building.Built) -> Pairs:
    grounds = layers.Grounds(made.documents, layers.cities(layers.base_map()))
    found = [
        (case.history.id, value)
        for case in layers.cases("due", made.table, grounds, BY)
        for value in ("open", case.code)
    ]
    return pd.DataFrame(found, columns=["id", "value"])


EXPECTED: dict[str, Callable[[building.Built], Pairs]] = {
    "status": column("stage"),
    "strategy": column("strategies"),
    "unit": units,
    "lead": column("lead_units"),
    "category": column("category"),
    "document": field("document"),
    "year": years,
    "target_year": target_years,
    "due": due,
    "township": column("townships"),
    "location_class": column("location_class"),
    "certainty": field("certainty"),
}


def test_every_filter_is_held_against_pandas() -> None:
    """No filter is left out here but those that have tests of their own below."""
    assert set(FACETS) - set(EXPECTED) == {"search", "outcome"}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_filter_finds_and_counts_as_pandas_does(
    name: str, index: Index, catalogue: building.Built
) -> None:
    """For each value the rows found, and the number shown beside it, are those of pandas."""
    pairs = EXPECTED[name](catalogue)
    wanted = pairs.groupby("value")["id"].agg(set).to_dict()
    assert set(index.choices(name)) == set(wanted)
    counts = index.counts(Selection(), [name])[name]
    for value, ids in wanted.items():
        chosen = index.rows(index.mask(Selection(**{name: (value,)})))
        assert set(chosen["id"]) == ids
        assert counts[value] == len(ids)


@pytest.mark.parametrize("name", EXPECTED)
def test_counts_follow_what_the_other_filters_leave(
    name: str, index: Index, catalogue: building.Built
) -> None:
    """A count is what pandas finds within the others, whatever the filter itself is set to."""
    pairs = EXPECTED[name](catalogue).drop_duplicates()
    rest = {"strategy": ("ecology", "livelihood"), "document": ("004",), "certainty": ("plain",)}
    others = {other: values for other, values in rest.items() if other != name}
    left = set(catalogue.table["id"])
    for other, values in others.items():
        shown = EXPECTED[other](catalogue)
        left &= set(shown.loc[shown["value"].isin(values), "id"])
    expected = pairs.loc[pairs["id"].isin(left), "value"].value_counts().to_dict()
    own = {name: tuple(index.choices(name)[:1])}
    counts = index.counts(Selection(**others | own), [name])[name]
    assert {value: count for value, count in counts.items() if count} == expected


def test_known_outcomes_part_the_table(index: Index, outcomes: set[str]) -> None:
    """What is known of outcomes and what is not share out the table."""
    known = index.rows(index.mask(Selection(outcome=("known",))))
    unknown = index.rows(index.mask(Selection(outcome=("unknown",))))
    assert set(known["id"]) == outcomes
    assert len(outcomes)
    assert set(unknown["id"]) == set(index.table["id"]) - outcomes


def test_or_inside_a_filter_and_between_filters(index: Index, catalogue: building.Built) -> None:
    """Two values of one filter widen, two filters narrow, as sets do."""
    pairs = {name: EXPECTED[name](catalogue) for name in ("lead", "status", "year")}

    def ids(name: str, *values: str) -> set[str]:
        return set(pairs[name].loc[pairs[name]["value"].isin(values), "id"])

    chosen = Selection(
        lead=("市住建局", "市交通运输局"), status=("to_complete", "completed"), year=("2021",)
    )
    expected = (
        ids("lead", "市住建局", "市交通运输局")
        & ids("status", "to_complete", "completed")
        & ids("year", "2021")
    )
    assert expected
    assert set(index.rows(index.mask(chosen))["id"]) == expected


def test_issuers_count_where_asked(index: Index, catalogue: building.Built) -> None:
    """With issuers standing in, a unit also finds the statements that name no unit."""
    issued = said(catalogue).query("unit_basis == 'issuer'").groupby("issuer")["id"].agg(set)
    named = units(catalogue).groupby("value")["id"].agg(set).to_dict()
    assert len(issued)
    for issuer, ids in issued.items():
        asked = Selection(unit=(issuer,), include_issuer=True)
        expected = ids | named.get(issuer, set())
        assert set(index.rows(index.mask(asked))["id"]) == expected
        assert index.counts(asked, ["unit"])["unit"][issuer] == len(expected)
