"""The service: what is chosen is what is answered, kept answers are true, bad questions refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
import requests
import shapely
from geojson_pydantic import FeatureCollection
from openapi_spec_validator import validate
from owslib.ogcapi.features import Features

import building
import layers
from geo import project
from layers.service.addresses import selection_of
from tests import toys
from tests.serving import Town, served, toy_town
from tests.test_export import random_selection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ITEMS = "collections/projects/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    """Address of the toy town's service."""
    town = toy_town()
    with served(lambda: town) as url:
        yield url


@pytest.fixture(scope="module")
def real() -> Iterator[tuple[str, building.Built]]:
    """Address of the service of the real catalogue, and what it serves."""
    built = building.load()
    with served(lambda: built) as url:
        yield url, built


def ask(api: str, path: str, **asked: Any) -> requests.Response:
    """Return the answer to a question."""
    named = {name.replace("_", "-") if name != "sortby" else name: asked[name] for name in asked}
    return requests.get(f"{api}/{path}", params=named, timeout=60)


def names(answer: requests.Response) -> list[str]:
    """Return the names of the things in an answer."""
    assert answer.status_code == 200, answer.text
    return [feature["properties"]["name"] for feature in answer.json()["features"]]


def test_all_rows_are_served_with_their_statements(api: str) -> None:
    """Without a question all things come, placed or not, as valid GeoJSON with statements."""
    answer = ask(api, ITEMS)
    assert answer.headers["content-type"] == "application/geo+json"
    assert names(answer) == list(toys.table()["name"])
    FeatureCollection.model_validate(
        {"type": "FeatureCollection", "features": answer.json()["features"]}
    )
    said = [len(feature["properties"]["statements"]) for feature in answer.json()["features"]]
    assert said == [len(each) for each in toys.table()["statements"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"stage": "completed"}, ["青溪湿地公园"]),
        ({"promised": "false", "category": "road"}, ["望月路"]),
        ({"radius_m": "300"}, ["青溪湿地公园"]),
        ({"units": "市水利局"}, ["青溪湿地公园"]),
        ({"status": "completed,started"}, ["青溪湿地公园", "望月路"]),
        ({"unit": "市发改局"}, ["云岭中学"]),
        ({"q": "停车位"}, ["停车位"]),
        ({"bbox": "120.29,27.49,120.31,27.51"}, ["青溪湿地公园"]),
        ({"bbox": "0,0,1,1"}, []),
        ({"datetime": "2021-04-01/2021-04-30"}, ["青溪湿地公园", "望月路"]),
        ({"datetime": "2017", "category": "parking"}, ["停车位"]),
        ({"datetime": "../2016-12-31"}, []),
        ({"filter": "stage = 'completed' OR category = 'education'"}, ["青溪湿地公园", "云岭中学"]),
        ({"filter": "radius_m > 500 AND radius_m < 1000"}, ["望月路"]),
        ({"filter": "name LIKE '%公园'"}, ["青溪湿地公园"]),
        ({"filter": "NOT (radius_m IS NULL) AND name NOT LIKE '青溪%'"}, ["望月路"]),
        ({"filter": "category IN ('parking','water_supply')"}, ["停车位", "白鹭洲水厂"]),
        ({"filter": "radius_m BETWEEN 299 AND 301"}, ["青溪湿地公园"]),
        ({"filter": "S_INTERSECTS(geometry, POINT(120.3 27.5))"}, ["青溪湿地公园"]),
        ({"filter": "name = 'x' AND category = 'road'"}, []),
        ({"sortby": "-radius_m", "limit": "1"}, ["青溪新城"]),
    ],
)
def test_a_question_is_answered(api: str, asked: dict[str, str], found: list[str]) -> None:
    """Properties, filters of the app, words, boxes, times, CQL2 and order choose as they say."""
    answer = requests.get(f"{api}/{ITEMS}", params=asked, timeout=60)
    assert names(answer) == found


def test_pages_make_the_whole(api: str) -> None:
    """Following the links to the next page gives each thing once."""
    seen, url = [], f"{api}/{ITEMS}?limit=3"
    while url:
        answer = requests.get(url, timeout=60)
        seen += names(answer)
        assert answer.json()["numberMatched"] == len(toys.table())
        url = next((link["href"] for link in answer.json()["links"] if link["rel"] == "next"), "")
    assert seen == list(toys.table()["name"])


def test_coordinates_come_in_the_system_asked_for(api: str) -> None:
    """In EPSG:4549 northing comes first, as the authority says, and the header names the system."""
    answer = ask(api, ITEMS, crs=f"{EPSG}4549", stage="completed")
    assert answer.headers["Content-Crs"] == f"<{EPSG}4549>"
    northing, easting = answer.json()["features"][0]["geometry"]["coordinates"]
    assert project(shapely.Point(120.3, 27.5), 4549).equals_exact(
        shapely.Point(easting, northing), 0.001
    )
    box = f"{northing - 10},{easting - 10},{northing + 10},{easting + 10}"
    assert names(ask(api, ITEMS, bbox=box, bbox_crs=f"{EPSG}4549")) == ["青溪湿地公园"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("bbox=121,28,120,27", "lower bound"),
        ("bbox=120,28,121,27", "lower bound"),
        ("bbox=nan,27,121,28", "finite"),
        ("bbox=inf,27,inf,28", "finite"),
        ("bbox=1,2,3", "four numbers"),
        ("bbox=a,b,c,d", "no number"),
        ("limit=1000000000", "10000"),
        ("limit=0", "positive"),
        ("limit=x", "integer"),
        ("offset=-1", "positive"),
        ("filter=no filter at all", "CQL"),
        ("filter=nothing = 3", "no property"),
        ("filter=name > 3", "cannot be applied"),
        ("filter=1 = 1", "no condition"),
        ("filter=as_of T_AFTER DATE('2020-01-01')", "CQL2 from its character 7 on"),
        ("filter=" + "(" * 300, "CQL"),
        ("filter-lang=sql", "cql2-text"),
        ("datetime=yesterday", "yesterday"),
        ("datetime=2020/2021/2022", ""),
        ("crs=EPSG:1", "not supported"),
        ("bbox=1,1,2,2&bbox-crs=EPSG:1", "not supported"),
        ("f=xml", "format"),
        ("sortby=nothing", "sort"),
        ("sortby=", "sortby"),
        ("properties=nothing", "unknown"),
        ("nothing=1", "unknown parameter"),
        ("strategy=nothing", "unknown strategy"),
        ("stage=a&stage=b", "twice"),
    ],
)
def test_a_bad_question_is_refused(api: str, asked: str, reason: str) -> None:
    """Whatever cannot be answered is one line with status 400, without a trace of the program."""
    answer = requests.get(f"{api}/{ITEMS}?{asked}", timeout=60)
    assert answer.status_code == 400, answer.text
    assert reason in answer.json()["description"]
    assert "Traceback" not in answer.text
    assert len(names(ask(api, ITEMS))) == len(toys.table())


@pytest.mark.parametrize(
    "path", [f"{ITEMS}/nothing", "collections/nothing", "nothing", "selection.doc"]
)
def test_what_is_not_there_is_not_found(api: str, path: str) -> None:
    """An unknown thing, collection, page or format has status 404."""
    assert ask(api, path).status_code == 404


def test_a_like_with_many_signs_takes_no_time(api: str) -> None:
    """A pattern that makes other programs run for years is answered."""
    assert names(ask(api, ITEMS, filter="quotes LIKE '" + "%a" * 400 + "'")) == []


def test_an_answer_that_has_not_changed_is_not_sent_again() -> None:
    """The mark of an answer is the same as long as the data are, and another one after."""
    towns = [toy_town()]
    with served(lambda: towns[-1]) as api:
        for path in (ITEMS, "selection.geojson", "selection.csv"):
            first = ask(api, path)
            mark = {"If-None-Match": first.headers["ETag"]}
            again = requests.get(f"{api}/{path}", headers=mark, timeout=60)
            assert (again.status_code, again.content) == (304, b"")
            assert first.headers["Access-Control-Allow-Origin"] == "*"
        mark = {"If-None-Match": ask(api, "selection.geojson").headers["ETag"]}
        towns.append(Town(toys.table()[:1], toys.PAPERS))
        changed = requests.get(f"{api}/selection.geojson", headers=mark, timeout=60)
        assert names(changed) == [toys.table()["name"][0]]
        assert names(ask(api, ITEMS)) == names(changed)


def test_pages_for_people_ask_no_other_host(api: str) -> None:
    """The HTML pages load nothing from elsewhere, and show texts of documents as text."""
    for path in (
        "",
        "collections",
        "collections/projects",
        "conformance",
        ITEMS,
        "openapi",
        f"{ITEMS}/{toys.table()['id'][3]}",
        "collections/projects/queryables",
        "collections/projects/schema",
    ):
        page = ask(api, path, f="html")
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert not any(sign in page.text for sign in ("<script", "src=", "unpkg", "<b>300"))


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_pages_for_people_say_no_code_and_no_field_name(api: str, spoken: str) -> None:
    """What is a code in JSON is a word of the page's language; nothing is left untranslated."""
    names = [f"{ITEMS}/{name}" for name in toys.table()["id"]]
    for path in ("collections/projects", ITEMS, "collections/circles/items", *names):
        page = ask(api, path, f="html", lang=spoken).content.decode()
        shown = re.sub(
            "<blockquote>.*?<br>|<[^>]*>", " ", page.partition("<main>")[2], flags=re.DOTALL
        )
        assert re.findall(r"[a-z]+_[a-z_]+|[a-z]+=[a-z]+|\(next\)", shown) == []
        found = (*re.findall("<h2>(.*?)</h2", page), *re.findall("<th>(.*?)</th", page))
        heads = "".join(found)
        assert bool(re.search("[一-鿿]", heads)) == (spoken == "zh" and bool(heads))


def test_the_document_of_the_service_is_valid(api: str) -> None:
    """The OpenAPI document is valid, refers to nothing elsewhere, and names this address."""
    document = ask(api, "openapi").json()
    validate(document)
    assert '"$ref": "http' not in json.dumps(document)
    assert document["servers"] == [{"url": api}]


@pytest.mark.parametrize("seed", range(30))
def test_selection_and_service_agree(seed: int, real: tuple[str, building.Built]) -> None:
    """For random selections the plain address and the collection hold just the selected ids."""
    url, built = real
    selection = random_selection(seed, built.table)
    wanted = list(layers.select(built.table, selection)["id"])
    words = layers.parameters(selection)
    plain = requests.get(f"{url}/selection.geojson?{words}", timeout=60).json()
    assert [feature["id"] for feature in plain["features"]] == wanted
    asked = {name: ",".join(values) for name, values in vars(selection).items() if values}
    found = requests.get(f"{url}/{ITEMS}", params=asked | {"limit": "10000"}, timeout=60).json()
    assert [feature["id"] for feature in found["features"]] == wanted
    assert found["numberMatched"] == len(wanted)


def test_an_address_leads_back_to_its_selection() -> None:
    """What is written into an address is read out of it again; looks of the app are let through."""
    selection = layers.Selection(
        status=("started", "completed"),
        unit=("市教育局",),
        search=("路 & <桥>",),
        include_issuer=True,
    )
    assert selection_of(parse_qsl(layers.parameters(selection))) == selection
    lead = selection_of([("unit", "市教育局"), ("role", "lead"), ("lang", "en")])
    assert lead == layers.Selection(lead=("市教育局",))
    with pytest.raises(ValueError, match="unknown parameter 'color'; known are status"):
        selection_of([("color", "red")])


def test_owslib_reads_the_service(api: str) -> None:
    """OWSLib lists the collections, their queryables and their items."""
    client = Features(f"{api}/")
    assert client.feature_collections() == ["projects", "circles"]
    found = client.collection_items("projects", limit=2, filter="stage = 'completed'")
    assert [feature["properties"]["name"] for feature in found["features"]] == ["青溪湿地公园"]
    assert "stage" in client.collection_queryables("projects")["properties"]


def test_gdal_reads_the_service(api: str) -> None:
    """GDAL's driver for OGC API - Features reads all rows with Chinese names and geometries."""
    # In a program of its own: GDAL waits for the answer with all other threads standing still.
    code = (
        "import json, sys, pyogrio; "
        "all = [pyogrio.read_dataframe(sys.argv[1], layer=n) for n in ('projects', 'circles')]; "
        "print(json.dumps([[list(f.name), int(f.geometry.notna().sum())] for f in all]))"
    )
    words = [sys.executable, "-c", code, f"OAPIF:{api}"]
    ran = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    (found, placed), (_, circles) = json.loads(ran.stdout)
    assert found == list(toys.table()["name"])
    assert placed == circles == int(toys.table().geometry.notna().sum())


def test_the_service_keeps_its_promises(api: str, tmp_path: Path) -> None:
    """Schemathesis, asking by the OpenAPI document, finds no error and no undocumented answer."""
    checks = "not_a_server_error,status_code_conformance,content_type_conformance"
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{api}/openapi"]
    bounds = ["--max-examples", "8", "--phases", "fuzzing", "--generation-deterministic"]
    ran = subprocess.run(
        [*command, *bounds, "--checks", checks, "--request-timeout", "60"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert "Tested: 15" in ran.stdout
    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.mark.parametrize(
    "spoken",
    ["zh", "zh-CN", "zh-TW", "zh-Hans", "zh_CN", "zh,en;q=0.5", "en", "fr", "xx", "--", ""],
)
def test_any_language_that_a_browser_speaks_is_answered(api: str, spoken: str) -> None:
    """Chinese under every of its names, another language in the first; none is an error."""
    for asked in ({"params": {"lang": spoken}}, {"headers": {"Accept-Language": spoken}}):
        answer = requests.get(f"{api}/collections?f=html", timeout=60, **asked)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert ('<html lang="zh">' in page) == spoken.startswith("zh")
        assert ("数据集</title>" in page) == spoken.startswith("zh")
