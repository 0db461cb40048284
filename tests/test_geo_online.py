"""Online services: their formats and errors by stand-ins, the cache, and going on after a stop."""

from __future__ import annotations

import json
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

import pytest
from click.testing import CliRunner

import planmap
from geo import Gazetteer, ask, ask_all, bounds_of, geocoders, proposals, services, taken_over
from geo import place_by_hand as placed
from geo.datum import wgs84_to_gcj02
from geo.services import BadKey, NoAnswer, QuotaSpent, ServiceTrouble
from store import BrokenFile, read_table
from tests.standins import HTML, PAGE, Reply, as_json, serving

if TYPE_CHECKING:
    from collections.abc import Callable

GAZETTEER = Gazetteer.load()
AREA = bounds_of(GAZETTEER)
HERE = (120.95, 28.05)
FAR = (116.4, 39.9)
KEYS = {"amap": "PLANMAP_AMAP_KEY", "tianditu": "PLANMAP_TIANDITU_KEY"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys, and a folder for the answers of one test."""
    monkeypatch.setenv("PLANMAP_ONLINE", str(tmp_path / "online"))
    for key in KEYS.values():
        monkeypatch.setenv(key, "secret")
    return tmp_path / "online"


def amap(*found: tuple[float, float]) -> Reply:
    """Answer as AMap does: positions in GCJ-02, what is not known as an empty list."""
    shifted = [wgs84_to_gcj02(*at) for at in found]
    pois = [
        {
            "id": f"B0{n}",
            "name": f"柳市中学{n}",
            "type": "科教文化服务;学校;中学",
            "address": [] if n else "柳青路1号",
            "location": f"{lon:.6f},{lat:.6f}",
            "adname": "乐清市",
            "adcode": "330382",
        }
        for n, (lon, lat) in enumerate(shifted)
    ]
    said = {"status": "1", "info": "OK", "infocode": "10000", "count": str(len(pois))}
    return as_json({**said, "suggestion": {"keywords": [], "cities": []}, "pois": pois})


def tianditu(*found: tuple[float, float]) -> Reply:
    """Answer as Tianditu's place search V2.0 does; without a result it names no pois."""
    pois = [
        {
            "name": f"柳市中学{n}",
            "address": "柳青路1号",
            "lonlat": f"{lon},{lat}",
            "county": "乐清市",
        }
        for n, (lon, lat) in enumerate(found)
    ]
    said = {
        "count": str(len(pois)),
        "keyWord": "柳市中学",
        "resultType": 1,
        "status": {"infocode": 1000, "cndesc": "服务正常"},
    }
    return as_json({**said, "pois": pois} if pois else said)


def nominatim(*found: tuple[float, float]) -> Reply:
    """Answer as Nominatim does: numbers as texts, one display name."""
    return as_json(
        [
            {
                "place_id": n,
                "licence": "Data © OpenStreetMap contributors, ODbL 1.0.",
                "osm_type": "way",
                "osm_id": n,
                "lat": str(lat),
                "lon": str(lon),
                "display_name": f"柳市中学{n}, 柳青路, 柳市镇, 乐清市",
                "boundingbox": [str(lat), str(lat), str(lon), str(lon)],
            }
            for n, (lon, lat) in enumerate(found)
        ]
    )


FORMS = {"amap": amap, "tianditu": tianditu, "nominatim": nominatim}


def asked(code: str, reply: Reply | None) -> tuple[list[Any], dict[str, str]]:
    """Ask a stand-in of a service for one name; return the proposals and what was asked."""
    with serving(lambda _: reply) as stand_in:
        service = replace(services()[code], address=stand_in.url)
        found = ask("柳市中学", service, AREA)
    return found, stand_in.asked[0]


@pytest.mark.parametrize("code", FORMS)
def test_answers_are_read_shifted_and_kept_within_the_area(code: str) -> None:
    """Positions come out as WGS-84 to a metre; those of other cities are dropped."""
    found, _ = asked(code, FORMS[code](HERE, FAR))
    (one,) = found
    assert (one.lon, one.lat) == pytest.approx(HERE, abs=1e-5)
    assert (one.service, one.name) == (code, "柳市中学0")
    assert "柳青路" in one.address
    assert len(one.asked) == len("2026-01-01")


@pytest.mark.parametrize("code", FORMS)
def test_nothing_found_is_an_empty_answer(code: str) -> None:
    """A name that the service does not know is no error."""
    assert asked(code, FORMS[code]())[0] == []


def test_each_service_is_asked_for_its_area_only() -> None:
    """The question names the county, by code or by its box; the key goes where it belongs."""
    words = asked("amap", amap())[1]
    assert (words["city"], words["citylimit"], words["key"]) == ("330382", "true", "secret")
    words = asked("tianditu", tianditu())[1]
    assert json.loads(words["postStr"])["specify"] == "156330382"
    assert words["tk"] == "secret"
    words = asked("nominatim", nominatim())[1]
    assert words["bounded"] == "1"
    west, _, east, _ = (float(edge) for edge in words["viewbox"].split(","))
    assert (west, east) == pytest.approx((AREA.outline.bounds[0], AREA.outline.bounds[2]), abs=1e-6)


def amap_error(code: str, info: str) -> Reply:
    """Answer as AMap does when it refuses: status 200, the reason inside."""
    return as_json({"status": "0", "info": info, "infocode": code})


TROUBLES = [
    ("amap", amap_error("10001", "INVALID_USER_KEY"), BadKey, "INVALID_USER_KEY"),
    ("amap", amap_error("10003", "DAILY_QUERY_OVER_LIMIT"), QuotaSpent, "10003"),
    ("amap", amap_error("10021", "CUQPS_HAS_EXCEEDED_THE_LIMIT"), QuotaSpent, "10021"),
    ("amap", amap_error("20003", "UNKNOWN_ERROR"), NoAnswer, "UNKNOWN_ERROR"),
    ("amap", as_json({"status": "1", "infocode": "10000"}), NoAnswer, "not in its format"),
    ("amap", as_json([1]), NoAnswer, "not in its format"),
    ("tianditu", as_json({"code": 301001, "msg": "非法Key", "resolve": ""}, 403), BadKey, "403"),
    ("tianditu", as_json({"code": 301006, "msg": "超出限额"}, 418), QuotaSpent, "418"),
    ("tianditu", as_json({"code": 301006, "msg": "超出限额"}, 429), QuotaSpent, "429"),
    (
        "tianditu",
        as_json({"status": {"infocode": 2001, "cndesc": "参数错误"}}),
        NoAnswer,
        "参数错误",
    ),
    ("tianditu", as_json({"msg": "无权限", "code": 12}), NoAnswer, "无权限"),
    ("nominatim", as_json({"error": "Access blocked"}, 403), BadKey, "403"),
    ("nominatim", as_json({"error": "Bandwidth limit exceeded"}, 429), QuotaSpent, "429"),
    ("nominatim", as_json([{"lat": "x"}]), NoAnswer, "not in its format"),
    *((code, PAGE, NoAnswer, code) for code in FORMS),
    *((code, (500, HTML, b"<h1>oops</h1>"), NoAnswer, code) for code in FORMS),
    *((code, (200, "application/json", b""), NoAnswer, code) for code in FORMS),
]


@pytest.mark.parametrize(("code", "reply", "kind", "said"), TROUBLES)
def test_every_trouble_has_its_name(code: str, reply: Reply, kind: type, said: str) -> None:
    """Bad key, spent quota, and an answer that is none are told apart, in one line."""
    with pytest.raises(ServiceTrouble) as caught:
        asked(code, reply)
    assert type(caught.value) is kind
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("code", FORMS)
def test_a_service_that_does_not_answer_is_given_up(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the time allowed a silent service is named as such."""
    monkeypatch.setattr(geocoders, "_TIMEOUT_S", 0.3)
    with pytest.raises(NoAnswer, match=code):
        asked(code, None)


@pytest.mark.parametrize("code", KEYS)
@pytest.mark.parametrize("key", ["SECRET-7d1c", "SECRET 7/d1&c="])
def test_the_key_is_in_no_message(code: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody answers, the library prints the whole address; its key is taken out."""
    monkeypatch.setenv(KEYS[code], key)
    service = replace(services()[code], address="http://127.0.0.1:9/")
    with pytest.raises(NoAnswer) as caught:
        ask("柳市中学", service, AREA)
    told = "".join(traceback.format_exception(caught.value))
    assert not [form for form in (key, quote(key), quote_plus(key)) if form in told]


@pytest.mark.parametrize("code", KEYS)
def test_without_a_key_nothing_is_asked(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable that should hold the key."""
    monkeypatch.delenv(KEYS[code])
    with pytest.raises(BadKey, match=KEYS[code]):
        asked(code, FORMS[code](HERE))


SERVICE = services()["nominatim"]


def found(name: str) -> list[Any]:
    """Answer one name with a proposal named like it."""
    (one,) = asked("nominatim", nominatim(HERE))[0]
    return [replace(one, name=name)]


def test_names_are_asked_once_with_a_pause_between() -> None:
    """The second run takes everything from the cache; a repeated name is one question."""
    pauses: list[float] = []
    calls: list[str] = []

    def answer(name: str) -> list[Any]:
        calls.append(name)
        return found(name) if name == "甲" else []

    for _ in range(2):
        last = list(ask_all(["甲", "乙", "甲", "丙"], SERVICE, answer, pauses.append))
    assert calls == ["甲", "乙", "丙"]
    assert pauses == [SERVICE.pause_s] * 2
    assert [(one.name, one.cached, len(one.proposals)) for one in last] == [
        ("甲", True, 1),
        ("乙", True, 0),
        ("丙", True, 0),
    ]
    assert [one.name for one in proposals(["甲", "乙", "丁"])] == ["甲"]


def test_a_run_that_was_stopped_goes_on(own_folder: Path) -> None:
    """What was answered before the quota was spent is kept, even when the last line was torn."""

    def spent(name: str) -> list[Any]:
        if name == "丙":
            raise QuotaSpent("spent")
        return found(name)

    with pytest.raises(QuotaSpent):
        list(ask_all("甲乙丙", SERVICE, spent, lambda _: None))
    path = own_folder / "nominatim.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    calls: list[str] = []
    made = list(ask_all("甲乙丙", SERVICE, lambda n: calls.append(n) or found(n), lambda _: None))
    assert calls == ["乙", "丙"]
    assert [one.cached for one in made] == [True, False, False]
    assert len(proposals("甲乙丙")) == 3


def test_one_silent_name_is_told_and_three_in_a_row_end_the_run() -> None:
    """A single timeout does not lose the run; a service that is down does not keep it waiting."""

    def flaky(name: str) -> list[Any]:
        if name in "乙丁戊己":
            raise NoAnswer("slow")
        return []

    answers = []
    run = ask_all("甲乙丙丁戊己庚", SERVICE, flaky, lambda _: None)
    with pytest.raises(NoAnswer):
        answers.extend((one.name, one.trouble) for one in run)  # keeps what came before the end
    assert answers == [("甲", ""), ("乙", "slow"), ("丙", ""), ("丁", "slow"), ("戊", "slow")]


def test_a_broken_answer_in_the_cache_is_named(own_folder: Path) -> None:
    """A line of the cache that is no record says where it is."""
    own_folder.mkdir()
    (own_folder / "amap.jsonl").write_text('{"name": "甲"}\n', encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"amap\.jsonl, line 1"):
        proposals(["甲"])


@pytest.mark.parametrize("code", FORMS)
def test_an_accepted_proposal_is_a_place_with_source_and_day(code: str) -> None:
    """Method online, the service's licence, and the day of the answer stand with the place."""
    (one,) = asked(code, FORMS[code](HERE))[0]
    place = placed({**taken_over(one, services()[code]), "radius_m": 200}, GAZETTEER)
    assert (place.method, place.licence) == ("online", services()[code].licence)
    assert one.asked in place.source
    assert services()[code].share_alike is (code == "nominatim")


def test_a_service_says_all_that_its_use_needs() -> None:
    """Each names licence and attribution, and Nominatim is asked at most once a second."""
    assert services()["nominatim"].pause_s >= 1
    assert all(one.licence and one.attribution for one in services().values())


def own_services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Let all services be the stand-in, without pauses."""
    rows = read_table(
        Path("data/services.csv").resolve(),
        ("code", "zh", "en", "address", "pause_s", "datum", "licence", "share_alike"),
        ("attribution", "key"),
    )
    lines = [",".join(rows[0].values)]
    for row in rows:
        changed = row.values | {"address": url, "pause_s": "0"}
        lines.append(",".join(f'"{value}"' for value in changed.values()))
    table = tmp_path / "services.csv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("PLANMAP_SERVICES", str(table))


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: Callable[..., Any], *words: str):
    """Run the command with a stand-in; return its result and how often it was asked."""
    with serving(reply) as stand_in:
        own_services(tmp_path, monkeypatch, stand_in.url)
        result = CliRunner().invoke(planmap.main, ["locate", *words])
    return result, len(stand_in.asked)


def test_the_command_asks_for_what_has_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks the first names of the work list, goes on where it was, and says what it found."""
    words = ("--service", "amap", "--limit", "3")
    result, count = run(tmp_path, monkeypatch, lambda _: amap(HERE), *words)
    assert result.exit_code == 0, result.output
    assert count == 3
    assert "3 names, 3 asked now, 3 with proposals" in result.output
    result, count = run(tmp_path, monkeypatch, lambda _: amap(HERE), *words[:3], "5")
    assert count == 2
    assert "5 names, 2 asked now, 5 with proposals" in result.output


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (amap_error("10001", "INVALID_USER_KEY"), "INVALID_USER_KEY"),
        (amap_error("10003", "DAILY_QUERY_OVER_LIMIT"), "DAILY_QUERY_OVER_LIMIT"),
        (PAGE, "amap"),
    ],
)
def test_the_command_ends_with_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: Reply, said: str
) -> None:
    """A refused key, a spent quota or a sign-in page ends the run with exit code 2."""
    words = ("--service", "amap", "--limit", "4")
    result, _ = run(tmp_path, monkeypatch, lambda _: reply, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_the_command_without_a_key_says_which_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked without a key."""
    monkeypatch.delenv("PLANMAP_AMAP_KEY")
    result, count = run(tmp_path, monkeypatch, lambda _: amap(), "--service", "amap")
    assert (result.exit_code, count) == (2, 0)
    assert "PLANMAP_AMAP_KEY" in result.output


def test_two_runs_keep_all_answers_after_a_torn_one(own_folder: Path) -> None:
    """Answers that two runs keep at the same time are all there, and half a line is cut off."""
    own_folder.mkdir()
    service = services()["amap"]
    (own_folder / "amap.jsonl").write_bytes(b'{"name": "half')

    def run(letter: str) -> None:
        names = [f"{letter}{number}" for number in range(40)]
        assert len(list(ask_all(names, service, lambda _: [], lambda _: None))) == 40

    with ThreadPoolExecutor(2) as both:
        list(both.map(run, "ab"))
    lines = (own_folder / "amap.jsonl").read_bytes().splitlines()
    assert {json.loads(line)["name"] for line in lines} == {
        f"{letter}{number}" for letter in "ab" for number in range(40)
    }
