"""What is typed into the search box, and the filters it is read as."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import building
from layers.facets import FACETS, Known
from layers.folding import folded
from layers.index import Index
from layers.query import LONGEST, Query, begun, understood
from layers.unit_words import fits, short_forms
from layers.vocabulary import Vocabulary
from layers.words import label

BUILT = building.load()
INDEX = Index(BUILT.table, Known(BUILT.documents, date(2026, 11, 1)))
WORDS = INDEX.vocabulary


def read(typed: str) -> Query:
    """Read a text by the words of the real catalogue."""
    return understood(typed, WORDS)


def filters(expected: str) -> set[tuple[str, str]]:
    """Return the filters of ``name=value``, blanks between; ``*`` means all values of one."""
    pairs = [pair.split("=") for pair in expected.split()]
    spread = [(name, WORDS.choices[name] if value == "*" else [value]) for name, value in pairs]
    return {(name, value) for name, values in spread for value in values}


# typed; the filters of one of its readings; what stays text
PLANNED = [
    ("交通局逾期的路", "unit=市交通运输局 due=open category=road", ""),
    ("交通局 逾期 道路", "unit=市交通运输局 due=open category=road", ""),
    ("由交通局负责的道路和桥梁", "unit=市交通运输局 category=road category=bridge", ""),
    ("市交通运输局牵头、逾期的路", "unit=市交通运输局 role=lead due=open category=road", ""),
    ("交通运输局牵头的在建项目", "unit=市交通运输局 role=lead status=under_construction", ""),
    ("水利局没完成的", "unit=市水利局 due=open", ""),
    ("教育局2021年的学校", "unit=市教育局 target_year=2021 category=education", ""),
    ("教育局2021年的学校", "unit=市教育局 year=2021 category=education", ""),
    ("柳市的公园", "township=柳市镇 category=park_green", ""),
    ("柳市公园", "township=柳市镇 category=park_green", ""),
    ("柳市", "township=柳市镇", ""),
    ("北白象污水", "township=北白象镇 category=sewage", ""),
    ("虹桥镇的学校和医院", "township=虹桥镇 category=education category=health", ""),
    ("城东街道在建", "township=城东街道 status=under_construction", ""),
    ("柳市镇牵头的项目", "unit=柳市镇 role=lead", ""),
    ("逾期", "due=open", ""),
    ("到期", "due=open", ""),
    ("未完成", "due=open", ""),
    ("在建", "status=under_construction", ""),
    ("建成", "status=completed", ""),
    ("建成", "status=to_complete", ""),
    ("已完成的公园", "status=completed category=park_green", ""),
    ("开工", "status=to_start", ""),
    ("开工", "status=started", ""),
    ("计划开工的桥", "status=to_start category=bridge", ""),
    ("道路", "category=road", ""),
    ("路", "category=road", ""),
    ("路和桥", "category=road category=bridge", ""),
    ("2021", "target_year=2021", ""),
    ("2021", "year=2021", ""),
    ("2025年底前完成的路", "target_year=2025 status=completed category=road", ""),
    ("2017年文件", "year=2017", ""),
    ("生态优先", "strategy=ecology", ""),
    ("民生共享 逾期", "strategy=livelihood due=open", ""),
    ("卫健局的医院", "unit=市卫生健康局 category=health", ""),
    ("卫生局", "unit=市卫生健康局", ""),
    ("卫健委", "unit=市卫生健康局", ""),
    ("发改委", "unit=市发改局", ""),
    ("市监局", "unit=市市场监管局", ""),
    ("执法局 垃圾", "unit=市综合行政执法局 category=waste", ""),
    ("文旅局的景区", "unit=市文广旅体局 category=tourism", ""),
    ("港区管委会", "unit=乐清湾港区管委会", ""),
    ("交投集团", "unit=市交通水利投资集团", ""),
    ("建设中心", "unit=市市政公用工程建设中心", ""),
    ("建设中心", "unit=市铁路建设中心", ""),
    ("建设中心", "unit=市高速公路建设中心", ""),
    ("确保 2021 旧改", "certainty=ensure target_year=2021 category=old_town_renewal", ""),
    ("全市范围 逾期", "location_class=city due=open", ""),
    ("未能定位", "location_class=none", ""),
    ("未说明", "status=unspecified", ""),
    ("结果已知", "outcome=known", ""),
    ("类别：道路", "category=road", ""),
    ("交通局牵头还没完成的", "unit=市交通运输局 role=lead due=open", ""),
    ("2021年要完成的学校", "target_year=2021 status=to_complete category=education", ""),
    ("柳市镇逾期未完成的民生项目", "township=柳市镇 due=open strategy=livelihood", ""),
    ("医院建设情况", "category=health", ""),
    ("在建高速", "status=under_construction category=road", ""),
    ("228国道逾期", "due=open", "228国道"),
    ("没有位置的学校", "location_class=none category=education", ""),
    ("柳市镇人民政府 道路", "unit=柳市镇人民政府 issuer=1 category=road", ""),
    ("大荆敬老院", "township=大荆镇 category=elderly", ""),
    ("轨道交通", "category=rail", ""),
    ("schools due 2021", "category=education due=open target_year=2021", ""),
    ("目标年份 2021", "target_year=2021", ""),
    ("文件年份2021", "year=2021", ""),
    ("乡镇：柳市镇，责任单位：市水利局", "township=柳市镇 unit=市水利局", ""),
    ("Status: completed, Category: road", "status=completed category=road", ""),
    ("交通局 湿地", "unit=市交通运输局", "湿地"),
    ("在建的湿地", "status=under_construction", "湿地"),
    ("柳市湿地逾期", "township=柳市镇 due=open", "湿地"),
    ("林宅湿地公园逾期", "due=open", "林宅湿地公园"),
    ("请看交通局逾期的路", "unit=市交通运输局 due=open category=road", ""),
    ("交通局有哪些逾期项目？", "unit=市交通运输局 due=open", ""),
    ("文件004 道路", "document=004 category=road", ""),
    ("道路在建 2021 柳市", "category=road status=under_construction township=柳市镇 year=2021", ""),
    ("抑市 道路", "township=柳市镇 category=road", ""),
    ("２０２１　道路", "target_year=2021 category=road", ""),
    ("jtj yuqi daolu", "unit=市交通运输局 due=open category=road", ""),
    ("jiaotongjuyuqidaolu", "unit=市交通运输局 due=open category=road", ""),
    ("liushi 道路", "township=柳市镇 category=road", ""),
    ("overdue roads in Liushi", "due=open category=road township=柳市镇", ""),
    ("roads", "category=road", ""),
    ("Roads and bridges", "category=road category=bridge", ""),
    ("parks and green under construction", "category=park_green status=under_construction", ""),
    ("schools, completed", "category=education status=completed", ""),
    ("led by jiaotongju", "role=lead unit=市交通运输局", ""),
    ("overdue projects of 市水利局", "due=open unit=市水利局", ""),
    ("hospitals by 2021", "category=health target_year=2021", ""),
    ("due", "due=open", ""),
    ("wetland roads", "category=road", "wetland"),
    ("culture", "category=culture", ""),
    ("culture", "strategy=culture", ""),
    ("public bicycles", "category=bike", ""),
]


@pytest.mark.parametrize(("typed", "expected", "rest"), PLANNED)
def test_a_planner_is_understood(typed: str, expected: str, rest: str) -> None:
    """What a planner types is read as the filters that are meant, and the rest stays text."""
    query = read(typed)
    assert filters(expected) in [set(reading) for reading in query.readings()]
    assert query.rest == rest


# Not understood, in whole or in part: negations, names, parts of names, words inside words.
TEXTS = [
    *("不在建", "非道路", "除了道路", "道路除外", "没有逾期", "不是交通局", "-道路"),
    *("not completed", "without roads", "no roads", "not the roads"),
    *("柳市中学", "柳市中学迁建", "林宅湿地公园", "湿地公园", "环城东路", "北城东路", "和平路"),
    *("柳白新城", "lbxc", "温州绕城高速北线二期", "停车位", "污水管网", "公共自行车", "柳市镇"),
    *("路灯", "新路", "broad", "abroad", "20210", "12021", "s2", "的", "和", ""),
    *("<script>alert(1)</script>", "' OR 1=1", "{value}", "*", "\\", "a" * 5000),
]


@pytest.mark.parametrize("typed", TEXTS)
def test_what_is_not_understood_stays_text(typed: str) -> None:
    """Negations, names and words inside other words are never read as filters."""
    query = read(typed)
    assert query.parts == ()
    assert query.readings() == []
    assert query.rest == typed.strip()


@pytest.mark.parametrize(
    ("typed", "expected", "rest"),
    [
        ("不在建的路", {("category", "road")}, "不在建"),
        ("不是交通局牵头的路", {("category", "road")}, "不是交通局牵头"),
        ("除了道路和桥梁，柳市", {("township", "柳市镇")}, "除了道路和桥梁"),
        ("roads not completed", {("category", "road")}, "not completed"),
    ],
)
def test_a_negation_reaches_to_the_end_of_its_phrase(
    typed: str, expected: set[tuple[str, str]], rest: str
) -> None:
    """What stands outside a negated phrase is understood all the same."""
    query = read(typed)
    assert [set(reading) for reading in query.readings()] == [expected]
    assert query.rest == rest


def test_no_name_becomes_a_filter() -> None:
    """The name of a thing, typed whole, is that thing; each of them."""
    names = set(BUILT.table["name"])
    assert len(names) > 400
    assert {name for name in names if read(name).parts} == set()


def test_a_name_that_is_also_a_value_is_offered_as_both() -> None:
    """柳市镇 is a thing, a township and a unit: the filters are offered, none is taken as meant."""
    _, candidates = begun(read("柳市镇"), WORDS)
    assert {one.filters for one in candidates} == {
        (("township", "柳市镇"),),
        (("unit", "柳市镇"),),
    }


CODED = [name for name in WORDS.choices if name in FACETS and FACETS[name].codes]
LABELLED = {
    language: [
        (name, value, label(FACETS[name].codes, value, language))
        for name in CODED
        for value in WORDS.choices[name]
        if value != "project"  # the word for all that is listed filters nothing
    ]
    for language in ("zh", "en")
}
LABELLED["zh"] += [
    (name, value, value) for name in ("unit", "township") for value in WORDS.choices[name]
]
TIES = {"zh": ("的", "和", "、", "，", " ", "与"), "en": (" ", ", ", " and ", " of ", " in ")}


@st.composite
def labels_joined(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """Return up to four labels of filters in any order, tied together in the language's manner."""
    language = draw(st.sampled_from(sorted(LABELLED)))
    some = draw(st.lists(st.sampled_from(LABELLED[language]), min_size=1, max_size=4, unique=True))
    ties = draw(st.lists(st.sampled_from(TIES[language]), min_size=3, max_size=3))
    text = some[0][2] + "".join(
        tie + words for tie, (_, _, words) in zip(ties, some[1:], strict=False)
    )
    return text, [(name, value) for name, value, _ in some]


@given(labels_joined())
def test_labels_in_any_order_are_read_back(joined: tuple[str, list[tuple[str, str]]]) -> None:
    """However labels are put together, just their filters are read, and nothing stays text."""
    text, wanted = joined
    query = read(text)
    if text in set(BUILT.table["name"]) or len(text) > LONGEST:
        assert query.parts == ()
        return
    assert query.rest == ""
    meant = [{frozenset(one.filters) for one in part.candidates} for part in query.parts]
    assert len(meant) == len(wanted)
    assert all(frozenset([pair]) in some for pair, some in zip(wanted, meant, strict=True))


TYPED = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("的和不在建路桥交通局逾期柳市镇城东年2021 ,，-'abcdefghijklmnopqrstuvwxyz"),
    ),
    max_size=50,
)


@given(TYPED)
@example("道在建路")
@example("İ道路")
@example("㍿交通局")
def test_any_text_can_be_read_and_is_read_once(typed: str) -> None:
    """No text raises; parts lie in it in their order; what stayed text is text when read again."""
    query = read(typed)
    edges = [edge for part in query.parts for edge in (part.start, part.end)]
    assert edges == sorted(edges)
    assert all(part.candidates and part.start < part.end for part in query.parts)
    assert edges == [] or 0 <= edges[0] < edges[-1] <= len(query.typed)
    again = read(query.rest)
    assert (again.parts, again.rest) == ((), query.rest)
    begun(query, WORDS)


@pytest.mark.parametrize(
    ("typed", "expected", "before"),
    [
        ("交通局逾", ("due", "open"), "交通局"),
        ("市交通", ("unit", "市交通运输局"), ""),
        ("教育", ("unit", "市教育局"), ""),
        ("overd", ("due", "open"), ""),
        ("roads under con", ("status", "under_construction"), "roads"),
        ("管委会", ("unit", "柳白新区管委会"), ""),
        ("党代会", ("document", "000"), ""),
        ("党代会", ("document", "003"), ""),
    ],
)
def test_a_word_half_typed_is_completed(typed: str, expected: tuple[str, str], before: str) -> None:
    """The last word may still be on its way; what stands before it stays in the box."""
    rest, candidates = begun(read(typed), WORDS)
    assert rest == before
    assert filters("=".join(expected)) in [set(one.filters) for one in candidates]


@pytest.mark.parametrize("typed", ["除了道", "not comp", "bro", "柳白新城小学", "", "x"])
def test_nothing_is_completed_behind_a_negation_or_inside_a_word(typed: str) -> None:
    """What would not be understood when typed to its end is not offered on the way."""
    assert not [one for one in begun(read(typed), WORDS)[1] if one.score > 3]


def test_a_catalogue_without_anything_has_no_words() -> None:
    """Without values every text is text."""
    none = Vocabulary({}, {}, [])
    assert understood("交通局逾期的路", none).rest == "交通局逾期的路"
    assert begun(understood("交通", none), none) == ("交通", ())


def test_folding_keeps_the_way_back() -> None:
    """Each folded sign names its place in the text, blanks and wide signs included."""
    text = " Ａ b柳　市"
    found = folded(text)
    assert found.signs == "ab柳市"
    assert [text[at] for at in found.origins[:-1]] == ["Ａ", "b", "柳", "市"]
    assert found.apart == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("body", "whole", "fit"),
    [
        ("交通", "交通运输", 3),
        ("执法", "综合行政执法", 2),
        ("卫健", "卫生健康", 1),
        ("健卫", "卫生健康", 0),
    ],
)
def test_how_an_abbreviation_fits(body: str, whole: str, fit: int) -> None:
    """The beginning fits best, then a piece, then scattered signs in their order."""
    assert fits(body, whole) == fit
    assert "交通局" in set(short_forms("市交通运输局"))


def test_what_was_understood_is_not_less_with_more_words() -> None:
    """Two texts that are each understood whole are understood whole one after the other."""
    whole = ["交通局", "逾期", "道路", "柳市", "在建", "2021", "生态优先"]
    for left, right in product(whole, whole):
        query = read(f"{left} {right}")
        assert (len(query.parts), query.rest) == (2, "")
