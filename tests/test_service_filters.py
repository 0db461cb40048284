"""CQL2 filters: as text and as JSON, on times and places, beside other questions, and refused."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import cql2
import pytest
import requests
import shapely
from owslib.ogcapi.features import Features

from layers.service.conformance import CLASSES
from layers.service.filters import BadFilter, like, matching, parse_filter
from layers.service.layer import Stock
from layers.service.times import RELATIONS, span
from tests import toys
from tests.serving import served, toy_town

if TYPE_CHECKING:
    from collections.abc import Iterator

ITEMS = "collections/projects/items"
FRAME = Stock(toys.table(), toys.PAPERS, None).layers["projects"].nullable  # type: ignore[arg-type]
ROAD, PARK, TOWN = "望月路", "青溪湿地公园", "青溪新城"
OF_2021 = [PARK, ROAD]
OF_2017 = [name for name in FRAME["name"] if name not in OF_2021]


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    """Address of the toy town's service."""
    town = toy_town()
    with served(lambda: town) as url:
        yield url


def found(text: str) -> list[str]:
    """Return the names of the things that a filter means."""
    return list(FRAME[matching(FRAME, parse_filter(text))]["name"])


def named(answer: requests.Response) -> list[str]:
    """Return the names of the things in an answer."""
    assert answer.status_code == 200, answer.text
    return [feature["properties"]["name"] for feature in answer.json()["features"]]


# The plans of 2017 are dated by the year alone: such a date lasts the whole year.
TIMES = [
    ("T_AFTER(as_of, DATE('2021-04-26'))", OF_2021),
    ("T_AFTER(as_of, DATE('2021-04-27'))", []),
    ("T_AFTER(as_of, DATE('2017-06-01'))", OF_2021),
    ("T_BEFORE(as_of, DATE('2018-01-01'))", OF_2017),
    ("T_BEFORE(as_of, DATE('2017-06-01'))", []),
    ("T_BEFORE(as_of, TIMESTAMP('2021-04-28T00:00:00Z'))", list(FRAME["name"])),
    ("T_DURING(as_of, INTERVAL('2021-01-01','2021-12-31'))", OF_2021),
    ("T_DURING(as_of, INTERVAL('2016-12-31','2018-01-01'))", OF_2017),
    ("T_DURING(as_of, INTERVAL('2017-02-01','2018-01-01'))", []),
    ("T_INTERSECTS(as_of, DATE('2017-06-01'))", OF_2017),
    ("T_INTERSECTS(as_of, INTERVAL('2021-04-27','..'))", OF_2021),
    ("T_INTERSECTS(as_of, INTERVAL('..','2017-01-01'))", OF_2017),
    ("T_INTERSECTS(as_of, TIMESTAMP('2021-04-27T08:30:00Z'))", OF_2021),
    ("T_INTERSECTS(as_of, INTERVAL('2021-04-27T00:00:00Z','2021-04-28T00:00:00Z'))", OF_2021),
    ("T_EQUALS(as_of, DATE('2021-04-27'))", OF_2021),
    ("T_EQUALS(as_of, INTERVAL('2017-01-01','2017-12-31'))", OF_2017),
    ("T_DISJOINT(as_of, DATE('2017-06-01'))", OF_2021),
    ("T_CONTAINS(as_of, DATE('2017-06-01'))", OF_2017),
    ("T_STARTEDBY(as_of, DATE('2017-01-01'))", OF_2017),
    ("T_FINISHEDBY(as_of, DATE('2017-12-31'))", OF_2017),
    ("T_STARTS(as_of, INTERVAL('2017-01-01','2018-12-31'))", OF_2017),
    ("T_FINISHES(as_of, INTERVAL('2016-01-01','2017-12-31'))", OF_2017),
    ("T_MEETS(as_of, INTERVAL('2017-12-31','2018-12-31'))", OF_2017),
    ("T_METBY(as_of, INTERVAL('2016-01-01','2017-01-01'))", OF_2017),
    ("T_OVERLAPS(as_of, INTERVAL('2017-06-01','2018-06-01'))", OF_2017),
    ("T_OVERLAPPEDBY(as_of, INTERVAL('2016-06-01','2017-06-01'))", OF_2017),
    ("T_INTERSECTS(INTERVAL(as_of, '..'), DATE('2019-01-01'))", OF_2017),
    ("as_of > DATE('2019-01-01')", OF_2021),
    ("as_of <= DATE('2019-01-01')", OF_2017),
    ("as_of = DATE('2021-04-27')", OF_2021),
    ("as_of <> DATE('2021-04-27')", OF_2017),
]
PLACES = [
    ("S_INTERSECTS(geometry, BBOX(120.29,27.49,120.31,27.51))", [PARK]),
    ("S_WITHIN(geometry, BBOX(120.29,27.49,120.31,27.51))", [PARK]),
    ("S_CONTAINS(geometry, POINT(120.37 27.52))", [TOWN]),
    ("S_WITHIN(POINT(120.37 27.52), geometry)", [TOWN]),
    ("S_DISJOINT(geometry, POLYGON((120.3 27.4,121 27.4,121 28,120.3 28,120.3 27.4)))", []),
    ("S_DISJOINT(geometry, POINT(0 0))", [TOWN, PARK, ROAD]),
    ("S_EQUALS(geometry, POINT(120.3 27.5))", [PARK]),
    ("S_TOUCHES(geometry, LINESTRING(120.35 27.5, 120.35 27.4))", [TOWN]),
    ("S_CROSSES(geometry, LINESTRING(120.25 27.3, 120.25 27.6))", [ROAD]),
    ("S_OVERLAPS(geometry, BBOX(120.36,27.45,120.38,27.51))", [TOWN]),
    ("S_INTERSECTS(geometry, MULTIPOINT((120.3 27.5),(0 0)))", [PARK]),
    ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(120.3 27.5),POINT(0 0)))", [PARK]),
    ("NOT S_INTERSECTS(geometry, POINT(120.3 27.5))", [TOWN, ROAD]),
]
WORDS = [
    ("name = '望月路' OR name = '停车位' AND category = 'road'", [ROAD]),
    ("(name = '望月路' OR name = '停车位') AND category = 'parking'", ["停车位"]),
    ("name = 'it''s'", []),
    ("name LIKE '青溪%' AND NOT (radius_m > 1000)", [PARK]),
    ("NOT (radius_m > 1000)", [PARK, ROAD]),
    ("radius_m * 2 - 100 = 500", [PARK]),
    ("promised = FALSE AND category NOT IN ('road','parking')", [PARK]),
    ("\"stage\" = 'completed'", [PARK]),
]


@pytest.mark.parametrize(("text", "names"), [*TIMES, *PLACES, *WORDS])
def test_a_filter_means_the_same_as_text_and_as_json(text: str, names: list[str]) -> None:
    """Text and JSON choose the same things: those that the words mean."""
    assert found(text) == names
    assert found(json.dumps(cql2.parse_text(text).to_json())) == names


def test_spans_of_time_lie_to_each_other_in_one_way() -> None:
    """Of the relations of ISO 19108 exactly one holds between two spans of several days."""
    apart = set(RELATIONS) - {"t_disjoint", "t_intersects"}
    days = ["2017-01-01", "2017-02-01", "2017-03-01", "2017-04-01"]
    spans = [span((a, b)) for number, a in enumerate(days) for b in days[number + 1 :]]
    for one in spans:
        for other in spans:
            held = {name for name in apart if RELATIONS[name](one, other)}
            assert len(held) == 1, (one, other, held)
            assert RELATIONS["t_disjoint"](one, other) != RELATIONS["t_intersects"](one, other)


def test_a_posted_filter_is_answered(api: str) -> None:
    """A filter sent as JSON chooses like the same in the address, and the next page knows it."""
    tree = {"op": "t_before", "args": [{"property": "as_of"}, {"date": "2018-01-01"}]}
    url = f"{api}/{ITEMS}?filter-lang=cql2-json&limit=3"
    first = requests.post(url, json=tree, timeout=60)
    (link,) = [one["href"] for one in first.json()["links"] if one["rel"] == "next"]
    assert named(first) + named(requests.get(link, timeout=60)) == OF_2017
    asked = {"filter": json.dumps(tree), "filter-lang": "cql2-json"}
    assert named(requests.get(f"{api}/{ITEMS}", params=asked, timeout=60)) == OF_2017


def test_all_ways_of_asking_go_together(api: str) -> None:
    """Property, box, time and CQL2 in one question: what fits all of them comes."""
    asked = {"datetime": "2021", "bbox": "120,27,121,28", "category": "road,park_green"}
    assert named(requests.get(f"{api}/{ITEMS}", params=asked, timeout=60)) == OF_2021
    asked["filter"] = "radius_m > 500 AND T_AFTER(as_of, DATE('2020-01-01'))"
    assert named(requests.get(f"{api}/{ITEMS}", params=asked, timeout=60)) == [ROAD]
    tree = cql2.parse_text(asked.pop("filter")).to_json()
    posted = requests.post(f"{api}/{ITEMS}", params=asked, json=tree, timeout=60)
    assert named(posted) == [ROAD]


def test_coordinates_of_a_filter_have_a_system(api: str) -> None:
    """With filter-crs the coordinates of a filter are those of another system."""
    asked = {
        "filter": "S_INTERSECTS(geometry, BBOX(27.49,120.29,27.51,120.31))",
        "filter-crs": "http://www.opengis.net/def/crs/EPSG/0/4326",
    }
    assert named(requests.get(f"{api}/{ITEMS}", params=asked, timeout=60)) == [PARK]
    asked["filter-crs"] = "EPSG:1"
    assert requests.get(f"{api}/{ITEMS}", params=asked, timeout=60).status_code == 400


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("stage == 'x'", "no CQL2 from its character 8 on"),
        ("as_of T_AFTER DATE('2020-01-01')", "no CQL2"),
        ("T_AFTER(as_of, DATE('2020-13-45'))", "no CQL2"),
        ("T_AFTER(name, DATE('2020-01-01'))", "is no time"),
        ("T_AFTER(radius_m, DATE('2020-01-01'))", "is no time"),
        ("T_SOON(as_of, DATE('2020-01-01'))", "t_soon|T_SOON"),
        ("S_DWITHIN(geometry, POINT(1 2), 3)", "S_DWITHIN"),
        ("CASEI(name) = 'x'", "casei"),
        ("A_CONTAINS(units, ('a','b'))", "a_contains"),
        ("as_of IN (DATE('2017-01-01'))", "IN takes"),
        ("radius_m ^ 2 > 3", r"\^"),
        ("BBOX(geometry, 1, 2, 3, 4)", "no CQL2|BBOX|bbox"),
        ("name ILIKE 'x'", "no CQL2"),
        ("as_of BETWEEN DATE('2021-01-01') AND DATE('2021-12-31')", "no CQL2"),
        ("(" * 300, "brackets"),
        ("(" * 8 + "a = " + ")" * 8, "no CQL2"),
        ("a = 1 AND " * 500, "longer"),
        ('{"op": "="}', "no CQL2"),
        ('{"op": "=", "args": [{"property": "stage"}]}', "no CQL2"),
        ('{"op": "and", "args": [' * 100, "no CQL2"),
    ],
)
def test_what_is_not_supported_is_refused(text: str, reason: str) -> None:
    """A filter that is not CQL2, or asks for more than there is, is told what is wrong."""
    with pytest.raises(BadFilter, match=reason):
        found(text)


@pytest.mark.parametrize(
    ("asked", "body", "reason"),
    [
        ("", b"", "no filter is posted"),
        ("", b"\xff", "no UTF-8"),
        ("", b"stage = 'completed'", "not in the language"),
        ("", b"{" * 9000, "longer than 8000 bytes"),
        ("filter=stage='x'", b"{}", "either posted or part"),
        ("filter-lang=cql2-text", b"{}", "a posted filter is cql2-json"),
        ("", b"{}", "no CQL2"),
    ],
)
def test_a_bad_post_is_refused(api: str, asked: str, body: bytes, reason: str) -> None:
    """What is posted and no filter is one clear line with status 400."""
    answer = requests.post(f"{api}/{ITEMS}?{asked}", data=body, timeout=60)
    assert answer.status_code == 400, answer.text
    assert reason in answer.json()["description"]


def test_a_filter_is_told_apart_by_its_language(api: str) -> None:
    """Text under the name of JSON, and JSON under that of text, are refused."""
    for text, language in (("stage = 'x'", "cql2-json"), ("{}", "cql2-text")):
        asked = {"filter": text, "filter-lang": language}
        answer = requests.get(f"{api}/{ITEMS}", params=asked, timeout=60)
        assert answer.status_code == 400
        assert language in answer.json()["description"]


def test_pages_elsewhere_may_post(api: str) -> None:
    """A browser that asks first is told that it may send a filter; other pages take no post."""
    asked = requests.options(f"{api}/{ITEMS}", timeout=60)
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert requests.post(f"{api}/collections", json={}, timeout=60).status_code == 405


def test_just_these_classes_are_declared(api: str) -> None:
    """The service says that it conforms to what the tests here show, and to no more."""
    said = requests.get(f"{api}/conformance", timeout=60).json()["conformsTo"]
    parts = {each.rsplit("/", 1)[-1] for each in said if "/cql2/" in each}
    assert parts == {
        *("cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators"),
        *("basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions"),
        "temporal-functions",
    }
    assert set(CLASSES) <= set(said)
    assert not any("create-replace-delete" in each for each in said)


def test_owslib_sends_filters(api: str) -> None:
    """OWSLib's filter on a time and a place arrives as it was meant."""
    text = "T_AFTER(as_of, DATE('2020-01-01')) AND S_INTERSECTS(geometry, BBOX(120,27,121,28))"
    answer = Features(f"{api}/").collection_items("projects", filter=text)
    assert [feature["properties"]["name"] for feature in answer["features"]] == OF_2021


def test_gdal_filters_on_the_server(api: str) -> None:
    """GDAL's driver turns an attribute filter and a box into questions that are answered right."""
    code = (
        "import json, sys, pyogrio; "
        "f = pyogrio.read_dataframe(sys.argv[1], layer='projects', "
        "where=\"stage = 'completed' OR category = 'road'\", bbox=(120.1, 27.3, 120.5, 27.7)); "
        "print(json.dumps(list(f.name)))"
    )
    words = [sys.executable, "-c", code, f"OAPIF:{api}"]
    ran = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(ran.stdout) == OF_2021


@pytest.mark.parametrize(
    ("text", "pattern", "alike"),
    [
        ("望月路", "望%", True),
        ("望月路", "%月%", True),
        ("望月路", "望_路", True),
        ("望月路", "望_", False),
        ("abab", "%ab", True),
        ("aXa", "a%a%a", False),
        ("ab", "AB", False),
        ("a.c", "a.c", True),
        ("abc", "a.c", False),
        ("a%c", r"a\%c", True),
        ("abc", r"a\%c", False),
        ("a_c", r"%\_c", True),
        ("abc", r"%\_c", False),
        ("a\\c", r"a\\c", True),
        ("", "%", True),
        (None, "%", False),
    ],
)
def test_like_is_like(text: Any, pattern: str, alike: bool) -> None:  # noqa: FBT001 - columns
    """Percent stands for any text, underscore for one character, all else for itself."""
    assert like(text, pattern) is alike


def test_a_missing_value_fits_no_condition() -> None:
    """Neither a condition nor its contrary holds where a value is missing."""
    for text in ("radius_m > 0", "S_INTERSECTS(geometry, BBOX(0,0,180,90))"):
        assert found(text) == [TOWN, PARK, ROAD]
        assert found(f"NOT {text}") == []
    assert not FRAME.geometry.map(shapely.is_empty).any()
