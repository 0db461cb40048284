"""Resolving names with the real gazetteer: tables of what is asked and what must be answered."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo import Gazetteer, Location, Query, distance_m, locate
from geo.alignments import LOCALITY_M, SITE_M
from geo.measure import midpoint
from store import DATA

if TYPE_CHECKING:
    from geo.places import Place

TOWN, CITY = ("柳市镇",), ("乐清市",)


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def ask(name: str, areas: tuple[str, ...] = CITY, **more: object) -> Location:
    return locate(Query(name, areas=areas, **more), gazetteer())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "areas", "answer"),
    [
        ("林宅湿地公园", TOWN, ("locality", 1200, "derived")),
        ("林宅湿地公园", CITY, ("locality", 1200, "derived")),
        ("林宅湿地公园建设", CITY, ("locality", 1200, "derived")),  # the thing itself
        ("林宅湿地公园二期", TOWN, ("locality", 1800, "derived")),  # a phase: a larger circle
        ("林宅湿地公园二期建设工程", TOWN, ("locality", 1800, "derived")),
        ("甬台温高速柳市互通", CITY, ("site", 500, "gazetteer")),
        ("甬台温高速柳市北互通", TOWN, ("locality", 2000, "derived")),
        ("柳市东站", TOWN, ("site", 150, "gazetteer")),
        ("黄华堡旧村改造", TOWN, ("locality", 450, "derived")),
        ("湖头小微园", TOWN, ("locality", 2000, "derived")),
        ("中雁荡山", CITY, ("locality", 2000, "gazetteer")),
        ("市域铁路 S2 线", TOWN, ("locality", 1000, "gazetteer")),
        ("交通S2线", TOWN, ("locality", 1000, "gazetteer")),
        ("市域铁路S2线乐清段", CITY, ("locality", 1000, "gazetteer")),
        ("温州绕城高速北线二期", CITY, ("locality", 2000, "gazetteer")),
        ("228国道", TOWN, ("locality", 1500, "gazetteer")),
        ("瓯江北口大桥", TOWN, ("locality", 1000, "gazetteer")),
        ("市域铁路S2线柳市段", CITY, ("locality", 1500, "derived")),
        ("市域铁路S2线柳市镇段", CITY, ("locality", 1500, "derived")),
        ("象阳文化产业带", TOWN, ("locality", 2000, "derived")),
        ("淡溪状元故里", CITY, ("locality", 1500, "derived")),
        ("七里港小微园", TOWN, ("locality", 2000, "derived")),
        ("七里闸", TOWN, ("locality", 2000, "derived")),
        ("七里-黄华片", TOWN, ("locality", 2000, "gazetteer")),
        ("瓯江沿江休闲产业带", TOWN, ("locality", 2000, "gazetteer")),
        ("白石钟前湖库区", CITY, ("locality", 2000, "derived")),
        ("市职业中等专业学校二期", CITY, ("locality", 1725, "derived")),  # half as much again
    ],
)
def test_placed(name: str, areas: tuple[str, ...], answer: tuple[str, float, str]) -> None:
    """What has evidence of its own is placed, with the radius and the method that it deserves."""
    found = ask(name, areas)
    assert (found.location_class, found.radius_m, found.method) == answer
    assert found.geometry is not None
    assert found.source
    assert found.licence


@pytest.mark.parametrize(
    ("name", "areas", "townships"),
    [
        ("柳市中学", TOWN, ("柳市镇",)),
        ("柳中迁建", TOWN, ("柳市镇",)),
        ("柳市中学", CITY, ("柳市镇",)),
        ("东风垃圾中转站", TOWN, ("柳市镇",)),
        ("东风旧村改造", TOWN, ("柳市镇",)),
        ("东风老旧工业园区改造", TOWN, ("柳市镇",)),
        ("林宅城中村改造", TOWN, ("柳市镇",)),  # the village, not the park named after it
        ("林毛公园", TOWN, ("柳市镇",)),
        ("环城东路", TOWN, ("柳市镇",)),  # nobody knows where, but it is the town's own plan
        ("正大广场", CITY, ("城南街道",)),
        ("中心大道三期", CITY, ("乐成街道", "柳市镇", "北白象镇")),
        ("港区口岸", CITY, ("南岳镇",)),
        ("柳市镇", CITY, ("柳市镇",)),
        ("柳白新城", TOWN, ("柳市镇", "北白象镇")),
        ("乐清站", CITY, ("白石街道",)),
        ("雁荡山景区", CITY, ("雁荡镇",)),
        ("104国道虹桥至乐成段", CITY, ("乐成街道", "石帆街道", "天成街道", "虹桥镇")),
        ("虹三线蒲岐段", CITY, ("蒲岐镇",)),
        ("228国道柳市段", CITY, ("柳市镇",)),  # on a line that is known too coarsely for a part
        ("市域铁路S2线芙蓉段", CITY, ("芙蓉镇",)),  # S2 does not pass there: only the word counts
        ("某某线芙蓉段", CITY, ("芙蓉镇",)),  # no row: the township stands before 段
        ("大荆中心小学", CITY, ("大荆镇",)),  # no row: the township begins the name
        ("乐清市大荆中心小学", CITY, ("大荆镇",)),
        ("霞雪村文化礼堂", CITY, ("石帆街道",)),  # no row: the one village of this name
    ],
)
def test_township_only(name: str, areas: tuple[str, ...], townships: tuple[str, ...]) -> None:
    """What is known to the township only never becomes a pin on its town hall."""
    found = ask(name, areas)
    assert (found.location_class, found.townships) == ("township", townships)
    assert (found.geometry, found.radius_m, found.method) == (None, None, "")


@pytest.mark.parametrize(
    ("name", "areas", "reason"),
    [
        ("长江路", CITY, "not_found"),
        ("环城东路", CITY, "not_found"),
        ("虹桥路改造", CITY, "not_found"),  # a road is named after a place it need not lie in
        ("新城小学", CITY, "not_found"),  # 新城村 is no reason
        ("老年大学", CITY, "not_found"),  # an everyday name: the row means that of 柳市镇
        ("西门村卫生室", CITY, "not_found"),  # two townships have a 西门
        ("324省道乐清段", CITY, "not_found"),
        ("乐泰物联网产业引导基金", CITY, "not_spatial"),
        ("天网工程", TOWN, "not_spatial"),
        ("柳市镇志", TOWN, "not_spatial"),
        ("瑞安市中医院", CITY, "outside_area"),
        ("瓯江新城", TOWN, "outside_area"),
        ("中山大道", ("宁波市",), "outside_area"),  # another city's plan never lands here
        ("虹桥新城", ("上海市",), "outside_area"),
    ],
)
def test_nowhere(name: str, areas: tuple[str, ...], reason: str) -> None:
    """What cannot be placed says why; a generic name is never found by a part of it."""
    found = ask(name, areas)
    assert (found.location_class, found.unplaced_reason) == ("none", reason)
    assert found.geometry is None
    assert found.townships == ()


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (Query("公共停车位", kind="programme", areas=CITY), ("city", ())),
        (Query("公共停车位", kind="programme", areas=TOWN), ("township", ("柳市镇",))),
        (Query("大荆镇公厕", kind="programme", areas=CITY), ("township", ("大荆镇",))),
        (
            Query("公厕", kind="programme", areas=CITY, context=("在大荆镇新建公厕3座",)),
            ("township", ("大荆镇",)),
        ),
        (
            Query("市场", kind="programme", areas=CITY, context=("建成盐盆街道捕捞村等市场4家",)),
            ("city", ()),
        ),
        (Query("林宅湿地公园", kind="programme", areas=CITY), ("city", ())),
    ],
)
def test_programmes(query: Query, answer: tuple[str, tuple[str, ...]]) -> None:
    """A counted programme is never pinned: one township if one is named, else the city."""
    found = locate(query, gazetteer())
    assert (found.location_class, found.townships) == answer
    assert found.geometry is None


@pytest.mark.parametrize(
    ("context", "townships"),
    [
        ("开工建设芙蓉镇映月小学。", ("芙蓉镇",)),
        ("支持虹桥镇发展，开工映月小学", ()),  # another clause
        ("芙蓉镇、清江镇合建映月小学", ("芙蓉镇", "清江镇")),
        ("芙蓉镇联合其他单位和清江镇建设映月小学", ()),  # two, and no list
        ("芙蓉镇文化礼堂等项目和映月小学", ()),  # the township belongs to the list's first
        ("开工映 月 小 学（清江镇）", ("清江镇",)),  # blanks of the print do not matter
    ],
)
def test_township_in_the_clause(context: str, townships: tuple[str, ...]) -> None:
    """A township counts when it stands, in full, in the clause of the thing."""
    found = ask("映月小学", CITY, context=(context,))
    assert found.townships == townships


def test_sentences_that_disagree_say_nothing() -> None:
    """Two sentences with different townships are no evidence for either."""
    context = ("芙蓉镇映月小学开工", "清江镇映月小学开工")
    assert ask("映月小学", CITY, context=context).unplaced_reason == "not_found"


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("林宅湿地公园", ("locality", 1800)),
        ("柳市东站", ("locality", 225)),
        ("黄华", ("locality", 2000)),
        ("228国道", ("locality", 2000)),
        ("柳白新城", ("township", None)),
        ("柳市镇", ("township", None)),
        ("霞雪村", ("township", None)),
        ("无人知晓的地方", ("none", None)),
    ],
)
def test_hosts(host: str, answer: tuple[str, float | None]) -> None:
    """A thing in another is a locality when the other is placed, else it has its township."""
    found = ask("映月亭", CITY, host=host)
    assert (found.location_class, found.radius_m) == answer


def test_a_fragment_is_not_looked_up() -> None:
    """A name that lost its head is not resolved, even if it looks like one that is known."""
    found = ask("林宅湿地公园", TOWN, fragment=True)
    assert (found.location_class, found.unplaced_reason) == ("none", "fragment")


def test_the_town_plans_directions_are_no_townships() -> None:
    """城东 in a town's plan is a direction; in the city's plan it is 城东街道."""
    assert ask("城东小学", TOWN).townships == ("柳市镇",)
    assert ask("城东小学", CITY).townships == ("城东街道",)


@pytest.mark.parametrize("name", ["市域铁路S2线", "甬台温高速", "甬台温高速复线", "瓯江北口大桥"])
def test_lines_never_leave_the_city(name: str) -> None:
    """A line shared by several cities is shown within this one and kept whole in its alignment."""
    found = ask(name)
    area, whole = gazetteer().area, gazetteer().named(name)[0].geometry
    assert area is not None
    assert whole is not None
    assert found.geometry is not None
    assert area.buffer(1e-9).covers(found.geometry)
    assert not area.covers(whole)
    assert found.geometry.length > 0


def test_schematic_lines() -> None:
    """A line with guessed way points is schematic, one through stations is not."""
    assert ask("228国道").schematic
    assert ask("温州绕城高速北线二期").schematic
    assert not ask("市域铁路S2线").schematic


def test_look_alikes_stay_apart() -> None:
    """Names that differ by a word are different things."""
    pairs = [("甬台温高速", "甬台温高速复线"), ("黄华", "黄华堡"), ("盐盆站", "盐盆街道")]
    for one, other in pairs:
        assert gazetteer().named(one)[0] is not gazetteer().named(other)[0]


def test_several_candidates_remain_several() -> None:
    """Two places of one name are not guessed between; a township beside the name decides."""
    twins = _with_twins()
    found = locate(Query("映月小学", areas=CITY), twins)
    assert found.unplaced_reason == "ambiguous"
    assert found.candidates == ("映月小学（大荆镇）", "映月小学（虹桥镇）")
    told = locate(Query("映月小学", areas=CITY, context=("虹桥镇映月小学",)), twins)
    assert told.townships == ("虹桥镇",)
    own = locate(Query("映月小学", areas=("大荆镇",)), twins)
    assert own.townships == ("大荆镇",)


def test_the_kind_decides_between_things_of_one_name() -> None:
    """A road and a school of one name are told apart by what the project is; else both stay."""
    mixed = _with_twins("road", "school")
    for category, town in (("road", "大荆镇"), ("education", "虹桥镇")):
        found = locate(Query("映月小学", areas=CITY, category=category), mixed)
        assert found.townships == (town,)
    for category in ("health", "other"):
        found = locate(Query("映月小学", areas=CITY, category=category), mixed)
        assert found.unplaced_reason == "ambiguous"
        assert len(found.candidates) == 2


def test_kinds_and_categories_are_known() -> None:
    """The table of kinds speaks of categories of the vocabulary only."""
    with (DATA / "codes.csv").open(encoding="utf-8") as table:
        known = {row["code"] for row in csv.DictReader(table) if row["list"] == "category"}
    assert {category for _, category in gazetteer().words.kinds} <= known
    assert {kind for kind, _ in gazetteer().words.kinds} <= {p.kind for p in gazetteer().places}


def _with_twins(*kinds: str) -> Gazetteer:
    from dataclasses import replace  # noqa: PLC0415 - for this maker only

    def twin(town: str, kind: str) -> Place:
        pattern = gazetteer().named("柳市中学")[0]
        return replace(pattern, name="映月小学", aliases=(), townships=(town,), kind=kind)

    one, other = kinds or ("school", "school")
    twins = (twin("大荆镇", one), twin("虹桥镇", other))
    return replace(gazetteer(), by_name={"映月小学": twins})


@pytest.mark.parametrize(
    ("name", "areas", "answer"),
    [
        ("林宅湿地公园", TOWN, ("township", ("柳市镇",))),
        ("林宅湿地公园", CITY, ("none", ())),
        ("大荆敬老院", CITY, ("township", ("大荆镇",))),
        ("停车系统", CITY, ("city", ())),
    ],
)
def test_an_empty_gazetteer_works(
    name: str, areas: tuple[str, ...], answer: tuple[str, tuple[str, ...]]
) -> None:
    """Without any place, things fall to township, city or none, and nothing breaks."""
    found = locate(Query(name, areas=areas), Gazetteer.empty())
    assert (found.location_class, found.townships) == answer


names = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "村", "段", "至", "一期", "工程", "乐清", "柳市", "（", "S2"]),
    st.text("柳市林宅湿地公园二期乐清段路村工程大荆至虹桥东风", max_size=14),
)


@given(
    query=st.builds(
        Query,
        name=names,
        aliases=st.tuples(names),
        kind=st.sampled_from(["project", "programme", "place"]),
        context=st.tuples(names),
        host=names,
        areas=st.sampled_from([(), TOWN, CITY, ("宁波市",)]),
        fragment=st.booleans(),
    )
)
def test_every_question_has_a_lawful_answer(query: Query) -> None:
    """Whatever is asked: geometry, radius and source go together, classes keep their limits."""
    found = locate(query, gazetteer())
    placed = found.location_class in ("site", "locality")
    assert placed == (found.geometry is not None) == (found.radius_m is not None)
    assert placed == bool(found.source) == bool(found.licence) == bool(found.method)
    assert (found.location_class == "none") == bool(found.unplaced_reason)
    assert bool(found.townships) or found.location_class in ("city", "none")
    limit = SITE_M if found.location_class == "site" else LOCALITY_M
    assert (found.radius_m or 0) <= limit


def test_villages_resolve_to_their_township() -> None:
    """Each village of the official list gives its township, unless several have one of its name."""
    towns: dict[str, set[str]] = defaultdict(set)
    with (DATA / "villages.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    names = {town.code: town.name for town in gazetteer().townships.by_name.values()}
    for row in rows:
        towns[row["short"]].add(names[row["township"]])
    for short, of in towns.items():
        for ending in ("村", "社区", "村委会"):
            found = ask(f"{short}{ending}文化礼堂", CITY)
            if len(of) == 1:
                assert (found.location_class, {*found.townships}) == ("township", of), short
            else:
                assert (found.unplaced_reason, found.townships) == ("not_found", ()), short


def test_derived_pins_do_not_stand_on_town_halls() -> None:
    """No placed point lies on the seat of a township, nor halfway between two of them."""
    towns = [
        Point(town.lon, town.lat)
        for town in gazetteer().townships.by_name.values()
        if town.seat_basis == "seat"
    ]
    middles = [midpoint(one, other) for one, other in combinations(towns, 2)]
    assert len(towns) > 15
    for place in gazetteer().places:
        if place.placed and place.point is not None:
            assert min(distance_m(place.point, town) for town in towns) > 200, place.name
            if place.rule:
                assert min(distance_m(place.point, at) for at in middles) > 200, place.name


def test_the_data_folder_is_the_committed_one() -> None:
    """The tests read what the application reads."""
    assert len(gazetteer().places) == len(Gazetteer.load(DATA).places) > 300
