"""The committed tables keep their contract, and a broken one is named by file, line and field."""

from __future__ import annotations

import csv
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

from geo import Gazetteer, Query, distance_m, locate
from geo.alignments import CLOSE_RATIO, LOCALITY_M, SITE_M
from geo.rules import read_rule
from store import DATA, BrokenFile

if TYPE_CHECKING:
    from pathlib import Path

    from geo.alignments import Alignment, WayPoint
    from geo.places import Place

TABLES = (
    "area",
    "gazetteer",
    "alignments",
    "waypoints",
    "townships",
    "villages",
    "sources",
    "name_parts",
    "scopes",
    "place_kinds",
)

SQUARE = "POLYGON ((120.86 28.03, 120.88 28.03, 120.88 28.05, 120.86 28.05, 120.86 28.03))"
BOW_TIE = "POLYGON ((120.86 28.03, 120.88 28.05, 120.88 28.03, 120.86 28.05, 120.86 28.03))"
MAY_BE_BLAMED = ("lon", "location_class", "radius_m")  # checks over several fields name one of them


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def things() -> list[Place | Alignment | WayPoint]:
    """Everything that has a position: places, lines and the points they pass."""
    known = gazetteer()
    points = [p for line in known.alignments.values() for part in line.parts for p in part]
    return [*known.places, *known.alignments.values(), *points]


def test_every_row_has_source_and_licence() -> None:
    """No place, line or way point without a source, and every source has licence and words."""
    known = gazetteer()
    for thing in things():
        assert thing.sources, thing
        assert all(known.sources[key].licence for key in thing.sources)
        assert all(known.sources[key].attribution for key in thing.sources)


def test_share_alike_data_is_in_no_table() -> None:
    """Share-alike data stays in files of its own: no row of these tables rests on it."""
    known = gazetteer()
    for thing in things():
        assert not [key for key in thing.sources if known.sources[key].share_alike], thing


def test_classes_keep_their_limits() -> None:
    """Sites are good to 500 m, localities to 2,000 m, and both say in which township they lie."""
    for place in gazetteer().places:
        limit = {"site": SITE_M, "locality": LOCALITY_M}.get(place.location_class)
        if limit is not None:
            assert place.radius_m is not None
            assert 0 < place.radius_m <= limit, place.name
            assert place.townships, place.name


def test_points_lie_in_the_county_and_lines_meet_it() -> None:
    """All positions of the gazetteer are inside the county's outline."""
    area = gazetteer().area
    assert area is not None
    for place in gazetteer().places:
        if place.point is not None:
            assert area.contains(place.point), place.name
        if place.alignment is not None:
            assert area.intersects(place.alignment.geometry), place.name


def test_badges_lie_in_the_county() -> None:
    """All 25 townships have a point for their badge, inside the county."""
    area = gazetteer().area
    places = {place.name: place for place in gazetteer().places}
    assert area is not None
    assert len(gazetteer().townships.by_name) == 25
    for town in gazetteer().townships.by_name.values():
        point = places[town.name].point
        assert point is not None
        assert (point.x, point.y) == (town.lon, town.lat)


def test_rules_can_be_computed_again() -> None:
    """The position of every derived row follows from its rule within 50 m."""
    points = {p.name: p.point for p in gazetteer().places if p.point is not None}
    derived = [p for p in gazetteer().places if p.rule]
    assert len(derived) > 10
    for place in derived:
        assert place.point is not None
        assert distance_m(read_rule(place.rule).position(points), place.point) < 50, place.name


def test_no_rule_rests_on_two_centres() -> None:
    """A township's centre is no evidence: only a direction from one may stand in a rule."""
    towns = set(gazetteer().townships.by_name)
    for place in gazetteer().places:
        if place.rule:
            rule = read_rule(place.rule)
            assert rule.verb == "offset" or not towns & set(rule.names), place.name


def test_hosts_are_rows() -> None:
    """A thing's host is a row too, and chains of hosts end."""
    places = {place.name: place for place in gazetteer().places}
    for place in places.values():
        seen = [place.name]
        while host := places[seen[-1]].host:
            assert host in places, seen
            assert host not in seen, seen
            seen.append(host)


def test_names_are_shared_by_no_two_rows() -> None:
    """In the committed table every name and alias means one thing."""
    twice = {
        name: [p.name for p in same] for name, same in gazetteer().by_name.items() if len(same) > 1
    }
    assert twice == {}


def test_lines_say_how_long_they_are() -> None:
    """A line is schematic when a point is a guess or its length is a tenth off, and only then."""
    low, high = CLOSE_RATIO
    for line in gazetteer().alignments.values():
        guessed = any(point.guess for part in line.parts for point in part)
        far = line.ratio is not None and not low <= line.ratio <= high
        assert line.schematic == (guessed or far), line.key


@pytest.mark.parametrize(
    ("key", "ratio"),
    [
        ("s2", 0.913),
        ("g228-lecheng-huanghua", 1.043),
        ("g15-leg-east", 0.968),
        ("g15-leg-west", 0.996),
        ("beikou-bridge", 1.077),
        ("s325-yueqing", 0.882),
        ("leyongqing", 0.790),
    ],
)
def test_length_by_published_length(key: str, ratio: float) -> None:
    """The ratios that SOURCES.md prints are those of the way points."""
    assert gazetteer().alignments[key].ratio == pytest.approx(ratio, abs=0.001)


def test_base_lines_by_town_centres_locate_nothing() -> None:
    """A line that runs by town centres is for orientation: no placed row uses it."""
    for place in gazetteer().places:
        if place.placed and place.alignment is not None:
            assert place.alignment.use == "place"
            assert all(
                "amap-centres" not in p.sources for part in place.alignment.parts for p in part
            )


def test_way_points_agree_with_the_gazetteer() -> None:
    """A way point that has the name of a row stands where the row stands."""
    places = {place.name: place for place in gazetteer().places}
    points = [p for line in gazetteer().alignments.values() for part in line.parts for p in part]
    same = [p for p in points if p.name in places]
    assert len(same) > 20
    for point in same:
        there = places[point.name].point
        assert there is not None
        assert (point.lon, point.lat) == (there.x, there.y), point.name


def test_townships_and_villages_are_complete() -> None:
    """The official lists: 25 townships, 514 villages, 94 of them in 柳市镇."""
    villages = _rows(DATA / "villages.csv")
    assert len(villages) == len({row["code"] for row in villages}) == 514
    assert sum(row["township"] == "330382114" for row in villages) == 94
    for row in villages:
        assert row["code"].startswith(row["township"])
        assert row["name"].startswith(row["short"])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may break."""
    for name in TABLES:
        shutil.copy(DATA / f"{name}.csv", tmp_path)
    shutil.copytree(DATA / "boundaries", tmp_path / "boundaries")
    return tmp_path


def spoil(folder: Path, table: str, column: str, value: str, name: str) -> int:
    """Write a value into the row that has this name or key; return the row's line."""
    path = folder / f"{table}.csv"
    rows = _rows(path)
    index = next(i for i, row in enumerate(rows) if name in row.values())
    rows[index][column] = value
    _write(path, rows)
    return index + 2


@pytest.mark.parametrize(
    ("where", "value", "reason"),
    [
        ("gazetteer 柳市东站 source", "", "must not be blank"),
        ("gazetteer 柳市东站 source", "hearsay", "no key of sources.csv"),
        ("gazetteer 柳市东站 lon", "nan", "no number"),
        ("gazetteer 柳市东站 lat", "inf", "no number"),
        ("gazetteer 柳市东站 lat", "", "no number"),
        ("gazetteer 柳市东站 lon", "120°57'02\"", "has minutes"),
        ("gazetteer 柳市东站 lat", "27度59分", "has minutes"),
        ("gazetteer 柳市东站 lon", "500000", "metres"),
        ("gazetteer 柳市东站 lon", "27.9", "swapped"),
        ("gazetteer 柳市东站 lon", "120.1", "outside the area"),
        ("gazetteer 柳市东站 radius_m", "", "needs a radius"),
        ("gazetteer 柳市东站 radius_m", "0", "no radius"),
        ("gazetteer 柳市东站 radius_m", "501", "no site"),
        ("gazetteer 黄华 radius_m", "2001", "no locality"),
        ("gazetteer 柳市东站 location_class", "pin", "none of"),
        ("gazetteer 柳市东站 method", "", "needs a position and a method"),
        ("gazetteer 柳市东站 method", "guess", "none of"),
        ("gazetteer 柳市东站 townships", "柳市", "no township"),
        ("gazetteer 柳市东站 townships", "", "needs its township"),
        ("gazetteer 柳市东站 unplaced_reason", "not_found", "class none"),
        ("gazetteer 黄华 rule", "", "method derived"),
        ("gazetteer 黄华 rule", "near(黄华堡村)", "no rule"),
        ("gazetteer 黄华 rule", "offset(黄华堡村, 90)", "too few"),
        ("gazetteer 黄华 rule", "offset(黄华堡村, east, 9)", "could not convert"),
        ("gazetteer 黄华 rule", "at(桃花源)", "no row"),
        ("gazetteer 黄华 rule", "at(三里一路)", "no position"),
        ("gazetteer 黄华 rule", "at(柳市东站)", "elsewhere"),
        ("gazetteer 黄华 rule", "at(市域铁路S2线)", "no Point"),
        ("gazetteer 黄华 rule", "nearest(柳市东站, 黄华堡村)", "no LineString"),
        ("gazetteer 黄华 rule", "along(市域铁路S2线, 柳市东站, 99000)", "ends before"),
        ("gazetteer 黄华 rule", "crossing(市域铁路S2线, 228国道乐成至黄华段)", "elsewhere"),
        ("gazetteer 黄华 host", "桃花源", "no row"),
        ("gazetteer 柳白新城 outline", "POLYGON ((120.8 28, 120.9 28.1, 120.9 28", "no WKT"),
        ("gazetteer 柳白新城 outline", "LINESTRING (120.8 28, 120.9 28.1)", "no area"),
        ("gazetteer 柳白新城 outline", "POLYGON EMPTY", "no area"),
        ("gazetteer 柳白新城 outline", BOW_TIE, "Self-intersection"),
        ("gazetteer 柳白新城 outline", SQUARE.replace("28.", "3100000."), "metres"),
        ("gazetteer 柳白新城 outline", SQUARE.replace("120.", "20."), "swapped"),
        ("gazetteer 柳白新城 outline", SQUARE.replace("120.", "110."), "outside the area"),
        ("gazetteer 柳白新城 outline", SQUARE.replace("120.88", "nan"), "no number|no WKT"),
        ("gazetteer 柳白新城 outline", SQUARE, "needs a radius"),
        ("gazetteer 黄华 key", "p001", "line 2 too"),
        ("gazetteer 黄华 name", "乐清市", "line 2 too"),
        ("gazetteer 市域铁路S2线 alignment", "s3", "no key of alignments.csv"),
        ("gazetteer 柳市东站 match", "maybe", "none of"),
        ("waypoints 旭阳路站 position", "7", "where 2 is due"),
        ("waypoints 旭阳路站 guess", "perhaps", "none of"),
        ("waypoints 旭阳路站 radius_m", "some", "no number"),
        ("alignments s2 road_class", "path", "none of"),
        ("alignments s2 published_length_km", "long", "no number"),
        ("alignments s2 key", "g15", "comes twice"),
        ("area 330382 short", "", "must not be blank"),
        ("townships 柳市镇 lon", "", "must not be blank"),
        ("townships 柳市镇 code", "330382001", "comes twice"),
        ("villages 柳南村委会 township", "330382999", "no township"),
        ("sources geonames attribution", "", "must not be blank"),
        ("sources geonames share_alike", "perhaps", "none of"),
        ("sources metroman key", "geonames", "comes twice"),
        ("scopes 基金 scope", "anywhere", "none of"),
        ("name_parts 二期 part", "half", "none of"),
    ],
)
def test_a_broken_row_is_named(copy: Path, where: str, value: str, reason: str) -> None:
    """A row that breaks its contract stops the reading and is named by file, line and field."""
    table, name, column = where.split()
    line = spoil(copy, table, column, value, name)
    with pytest.raises(BrokenFile, match=reason) as caught:
        Gazetteer.load(copy)
    error = caught.value
    assert (error.path.name, bool(error.column)) == (f"{table}.csv", True)
    if column not in ("key", "code", "name"):  # of two that are alike the second is named
        assert (error.line, error.column in (column, *MAY_BE_BLAMED)) == (line, True)


def test_a_line_of_one_point_is_named(copy: Path) -> None:
    """A part with a single way point is no line."""
    path = copy / "waypoints.csv"
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("beikou-bridge,1,2")]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    with pytest.raises(BrokenFile, match="a line of one point"):
        Gazetteer.load(copy)


def test_a_way_point_of_no_line_is_named(copy: Path) -> None:
    """A way point must belong to a line of the table."""
    path = copy / "waypoints.csv"
    text = path.read_text("utf-8").replace("\ng15-leg-east,", "\ng99,")
    path.write_text(text, "utf-8")
    with pytest.raises(BrokenFile, match=r"g15-leg-east|g99"):
        Gazetteer.load(copy)


def test_a_folder_without_boundaries_still_loads(copy: Path) -> None:
    """Without base layers nothing is cut, and everything else works."""
    shutil.rmtree(copy / "boundaries")
    assert Gazetteer.load(copy).area is None


@pytest.mark.parametrize("rows", ["", "330382,乐清市,乐清\n330381,瑞安市,瑞安\n"])
def test_a_gazetteer_covers_one_area(copy: Path, rows: str) -> None:
    """No area, or two, is a fault of the table."""
    (copy / "area.csv").write_text(f"code,name,short\n{rows}", "utf-8")
    with pytest.raises(BrokenFile, match="one area"):
        Gazetteer.load(copy)


def test_the_area_is_data(copy: Path) -> None:
    """Another area's name is all that must change for its plans to be spoken for."""
    (copy / "area.csv").write_text("code,name,short\n330381,瑞安市,瑞安\n", "utf-8")
    other = Gazetteer.load(copy)
    assert other.townships.speaks_of_us(["瑞安市"])
    assert not other.townships.speaks_of_us(["乐清市"])
    query = Query("甬台温高速复线瑞安段", areas=("瑞安市",))
    assert locate(query, other).location_class == "locality"


def test_a_thing_may_have_an_area(copy: Path) -> None:
    """An outline makes a thing an area; a part of it is in it with a larger radius."""
    for column, value in {
        "outline": SQUARE,
        "radius_m": "100",
        "location_class": "site",
        "method": "gazetteer",
    }.items():
        path = copy / "gazetteer.csv"
        rows = _rows(path)
        next(row for row in rows if row["name"] == "柳白新城")[column] = value
        _write(path, rows)
    known = Gazetteer.load(copy)
    found = locate(Query("柳白新城", areas=("乐清市",)), known)
    assert (found.location_class, found.radius_m) == ("site", 100)
    assert found.geometry is not None
    assert found.geometry.equals(known.named("柳白新城")[0].outline)
    part = locate(Query("柳白新城二期", areas=("乐清市",)), known)
    assert (part.location_class, part.radius_m) == ("locality", 150)


def test_two_townships_may_have_a_thing_of_one_name(copy: Path) -> None:
    """A name may come twice in different townships; then neither is guessed."""
    path = copy / "gazetteer.csv"
    rows = _rows(path)
    pattern = next(row for row in rows if row["name"] == "三里一路")
    rows.append(pattern | {"key": "twin", "townships": "虹桥镇", "match": ""})
    next(row for row in rows if row["name"] == "三里一路")["match"] = ""
    _write(path, rows)
    twins = Gazetteer.load(copy)
    asked = Query("三里一路", areas=("乐清市",))
    assert locate(asked, twins).unplaced_reason == "ambiguous"
    assert locate(asked, twins).candidates == ("三里一路（柳市镇）", "三里一路（虹桥镇）")
    told = Query("三里一路", areas=("乐清市",), context=("开工虹桥镇三里一路",))
    assert locate(told, twins).townships == ("虹桥镇",)
    rows[-1]["townships"] = "柳市镇|虹桥镇"
    _write(path, rows)
    with pytest.raises(BrokenFile, match="is in line 153 too"):
        Gazetteer.load(copy)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
