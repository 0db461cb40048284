"""Choosing: or inside a filter, and between filters, never a row more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.index import Index
from layers.lists import LISTS, by_reason, class_counts, one_list, reason_counts
from layers.selection import FACETS, Selection, choices, describe, loosening, select
from layers.words import UnknownCode, codes
from tests import toys

TABLE, KNOWN = toys.table(), toys.known()
INDEX = Index(TABLE, KNOWN)

CASES: list[tuple[Selection, set[str]]] = [
    (Selection(status=("completed",)), {"青溪湿地公园"}),
    (Selection(status=("completed", "started")), {"青溪湿地公园", "望月路"}),
    (Selection(strategy=("ecology",)), {"青溪湿地公园"}),
    (Selection(strategy=("ecology",), status=("started",)), set()),
    (Selection(unit=("市水利局",)), {"青溪湿地公园"}),
    (Selection(unit=("市发改局",)), {"云岭中学"}),
    (Selection(lead=("市水利局",)), set()),
    (Selection(lead=("市园林局",)), {"青溪湿地公园"}),
    (Selection(unit=("青溪镇人民政府",)), set()),
    (Selection(category=("parking", "education")), {"停车位", "云岭中学"}),
    (Selection(document=("901",)), {"青溪湿地公园", "望月路"}),
    (Selection(search=("湿地",)), {"青溪湿地公园"}),
    (Selection(search=("力争２０２１ 年",)), {"云岭中学"}),
    (Selection(search=("<B>",)), {"停车位"}),
    (Selection(search=("望月", "云岭")), {"望月路", "云岭中学"}),
    (Selection(search=("没有这个",)), set()),
    (Selection(year=("2021",)), {"青溪湿地公园", "望月路"}),
    (Selection(target_year=("2021",)), {"云岭中学"}),
    (Selection(due=("open",)), {"云岭中学"}),
    (Selection(township=("青溪镇",)), {"云岭中学", "停车位", "青溪新城"}),
    (Selection(location_class=("site", "city")), {"青溪湿地公园", "全域绿道网"}),
    (Selection(certainty=("strive",)), {"云岭中学"}),
    (Selection(outcome=("known",)), {"望月路"}),
]


@pytest.mark.parametrize(("selection", "expected"), CASES)
def test_select(selection: Selection, expected: set[str]) -> None:
    """A selection means just these things."""
    assert set(select(TABLE, selection, KNOWN)["name"]) == expected


def test_issuers_stand_in_only_when_asked() -> None:
    """Where no unit is named the issuer counts as one, if the user says so."""
    chosen = select(TABLE, Selection(unit=("青溪镇人民政府",), include_issuer=True))
    assert "望月路" in set(chosen["name"])
    assert "云岭中学" not in set(chosen["name"])


@pytest.mark.parametrize("name", ["status", "strategy", "category"])
def test_an_unknown_code_is_named(name: str) -> None:
    """A code outside the vocabulary is an error that lists the codes there are."""
    with pytest.raises(UnknownCode, match=codes(FACETS[name].codes)[0]):
        select(TABLE, Selection(**{name: ("nonsense",)}))


def test_what_stands_beside_the_table_must_be_known() -> None:
    """A filter on years, dues or outcomes is refused, not ignored, where they are not given."""
    with pytest.raises(LookupError, match="year"):
        select(TABLE, Selection(year=("2021",)))


def test_an_empty_choice_says_what_to_loosen() -> None:
    """The filters that stand in the way are named with what is found without them."""
    wanted = Selection(status=("started",), strategy=("ecology",), category=("road",))
    assert select(TABLE, wanted).empty
    one = {"project": 1, "programme": 0, "indicator": 0}
    assert INDEX.loosened(wanted) == {("strategy",): one}
    assert loosening(INDEX, wanted, "zh") == "去掉条件（战略为生态优先）可得 1 个项目"
    assert INDEX.loosened(
        Selection(status=("completed",), search=("zzz",), category=("port",))
    ) == {("category", "search"): one}
    assert INDEX.loosened(Selection()) == {}


def several(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw some of the values that a filter can take, and now and then one it cannot."""
    known = st.sampled_from(
        [*choices(TABLE, name, KNOWN), *([] if FACETS[name].codes else ["别处"])]
    )
    return st.lists(known, max_size=3).map(tuple)


SELECTIONS = st.builds(
    Selection, **{name: several(name) for name in FACETS}, include_issuer=st.booleans()
)


@given(SELECTIONS)
def test_a_selection_never_adds_rows(selection: Selection) -> None:
    """What is chosen is part of the table, in its order, with its columns."""
    chosen = select(TABLE, selection, KNOWN)
    assert list(chosen.columns) == list(TABLE.columns)
    assert list(chosen["id"]) == [key for key in TABLE["id"] if key in set(chosen["id"])]


@given(SELECTIONS)
def test_one_more_filter_never_adds_rows(selection: Selection) -> None:
    """Filters narrow: with all of them no more is chosen than with each alone."""
    chosen = set(select(TABLE, selection, KNOWN)["id"])
    for name in FACETS:
        alone = Selection(
            **{name: getattr(selection, name)}, include_issuer=selection.include_issuer
        )
        assert chosen <= set(select(TABLE, alone, KNOWN)["id"])


@given(SELECTIONS, st.sampled_from(["zh", "en"]))
def test_the_sentence_names_what_is_chosen(selection: Selection, language: str) -> None:
    """Every name and word of a selection stands in its sentence; codes stand as their labels."""
    sentence = describe(selection, language)
    assert sentence
    for name in ("unit", "lead", "document", "search"):
        assert all(value in sentence for value in getattr(selection, name))


@pytest.mark.parametrize(
    ("selection", "chinese", "english"),
    [
        (Selection(), "全部项目", "All projects"),
        (
            Selection(status=("started", "completed"), unit=("市水利局",), include_issuer=True),
            "状态为已开工、已建成；责任单位含市水利局；未写明单位的计入发文单位",
            (
                "status started, completed; unit 市水利局 in any role; "
                "counting the issuer where no unit is named"
            ),
        ),
        (Selection(search=("{x}",)), "含“{x}”", 'containing "{x}"'),
    ],
)
def test_describe(selection: Selection, chinese: str, english: str) -> None:
    """A selection reads as one sentence, in both languages."""
    assert describe(selection, "zh") == chinese
    assert describe(selection, "en") == english


def test_every_row_is_in_one_list() -> None:
    """The lists share out the table: nothing twice, nothing lost."""
    shared_out = [key for name in LISTS for key in one_list(TABLE, name)["id"]]
    assert sorted(shared_out) == sorted(TABLE["id"])


def test_the_classes_sum_to_all_projects() -> None:
    """The counts by location class add up to all that is no programme."""
    counts = class_counts(TABLE)
    assert list(counts) == list(codes("location_class"))
    assert sum(counts.values()) == len(TABLE) - len(one_list(TABLE, "programme"))


def test_the_reasons_sum_to_what_is_off_the_map() -> None:
    """Every project that is not on the map is counted under one reason."""
    counts = reason_counts(TABLE)
    assert counts == {"fragment": 1}
    assert sum(counts.values()) == class_counts(TABLE)["none"]
    assert list(by_reason(TABLE, "fragment")["name"]) == ["白鹭洲水厂"]
