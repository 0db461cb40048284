"""The base layers from OpenStreetMap, by a stand-in for its server, with its troubles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from shapely.geometry import box

import disk
import planmap
from geo import ServiceTrouble, fetch_osm, fetched_osm, osm
from geo.services import NoAnswer
from layers import base_map
from layers.webmap import base_script
from scripts.manifest import listed
from store import DATA
from tests import toys
from tests.standins import HTML, PAGE, Reply, as_json, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OUTLINE = box(120.9, 28.0, 121.0, 28.1)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders for the layers and the cache of one test."""
    monkeypatch.setenv("PLANMAP_OSM", str(tmp_path / "osm"))
    monkeypatch.setenv("PLANMAP_ONLINE", str(tmp_path / "online"))
    base_map.cache_clear()
    return tmp_path / "osm"


def way(number: int, tags: dict[str, str], *points: tuple[float, float]) -> list[dict[str, Any]]:
    """Return a way and its nodes as Overpass lists them."""
    nodes = [
        {"type": "node", "id": number * 100 + n, "lon": lon, "lat": lat}
        for n, (lon, lat) in enumerate(points)
    ]
    ids = [node["id"] for node in nodes]
    if points[0] == points[-1]:
        nodes, ids = nodes[:-1], [*ids[:-1], ids[0]]
    return [*nodes, {"type": "way", "id": number, "nodes": ids, "tags": tags}]


LINE = ((120.8, 28.05), (121.2, 28.05))
RING = ((120.92, 28.02), (120.95, 28.02), (120.95, 28.05), (120.92, 28.02))
KNOWN = {
    "admin_level": way(
        1, {"admin_level": "8", "boundary": "administrative", "name": "柳市镇"}, *RING
    )
    + way(2, {"admin_level": "8", "boundary": "other", "name": "别的"}, *RING),
    "highway": way(3, {"highway": "motorway", "name": "沈海高速<b>"}, *LINE)
    + way(4, {"highway": "primary", "name": "外面"}, (121.2, 28.2), (121.3, 28.2)),
    "railway": way(5, {"railway": "rail"}, *LINE),
    "waterway": [],
}


def overpass(words: dict[str, str]) -> Reply:
    """Answer as Overpass does what was asked for."""
    tag = next(name for name in KNOWN if f"['{name}'" in words["data"])
    return as_json({"version": 0.6, "generator": "Overpass API", "elements": KNOWN[tag]})


def fetched(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Any]) -> dict[str, int]:
    """Fetch all layers from a stand-in."""
    with serving(answer) as stand_in:
        monkeypatch.setenv("PLANMAP_OVERPASS", stand_in.url)
        return fetch_osm(OUTLINE)


def test_the_layers_are_cut_named_and_credited(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind is a file of its own with its licence; what lies outside is left out."""
    counts = fetched(monkeypatch, overpass)
    assert counts == {"townships": 1, "roads": 1, "railways": 1, "waterways": 0}
    layers = fetched_osm()
    assert {layer.licence for layer in layers.values()} == {"ODbL 1.0"}
    assert {layer.attribution for layer in layers.values()} == {osm.ATTRIBUTION}
    (road,) = layers["roads"].collection["features"]
    assert road["properties"] == {"name": "沈海高速<b>", "kind": "motorway"}
    assert layers["roads"].geometries[0].within(OUTLINE.buffer(1e-6))
    (town,) = layers["townships"].collection["features"]
    assert town["properties"]["name"] == "柳市镇"
    assert sorted(path.name for path in own_folder.iterdir()) == [
        "manifest.csv",
        "railways.geojson",
        "roads.geojson",
        "townships.geojson",
        "waterways.geojson",
    ]


def test_a_full_disk_leaves_the_layers_of_before(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the fresh layers cannot be put in their place, those of before stay whole."""
    fetched(monkeypatch, overpass)
    before = {path.name: path.read_bytes() for path in own_folder.iterdir()}

    def full(*_: object) -> None:
        raise disk.DiskFull

    with monkeypatch.context() as broken:
        broken.setattr(disk, "place_folder", full)
        with pytest.raises(disk.DiskFull):
            fetched(monkeypatch, overpass)
    assert {path.name: path.read_bytes() for path in own_folder.iterdir()} == before
    assert fetched(monkeypatch, overpass)["roads"] == 1
    assert [path.name for path in own_folder.parent.glob(f"{disk.FRESH}*")] == []


def test_what_was_fetched_is_drawn_with_its_credit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The base map has the layers, and their attribution stands with it; before it has neither."""
    assert base_map().details.empty
    fetched(monkeypatch, overpass)
    base_map.cache_clear()
    base = base_map()
    assert set(base.details["kind"]) == {"townships", "roads", "railways"}
    assert osm.ATTRIBUTION in base.attribution
    script = toys.base_of_script(base_script(base))
    assert len(script["details"]["features"]) == 3
    base_map.cache_clear()


TROUBLES = {
    "a page instead of data": PAGE,
    "an error page": (500, HTML, b"<h1>oops</h1>"),
    "no JSON": (200, "application/json", b"{"),
    "another form": as_json({"elements": [{"type": "way"}]}),
    "a list": as_json([1, 2]),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_is_named_and_leaves_the_old_layers(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever the server sends, the layers are all new or all old."""
    fetched(monkeypatch, overpass)
    before = {path.name: path.read_bytes() for path in own_folder.iterdir()}
    monkeypatch.setenv("PLANMAP_ONLINE", str(own_folder.parent / "other"))
    with pytest.raises(NoAnswer) as caught:
        fetched(
            monkeypatch,
            lambda words: TROUBLES[name] if "rail" in words["data"] else overpass(words),
        )
    assert "\n" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in own_folder.iterdir()} == before
    assert [path.name for path in own_folder.parent.iterdir() if path.name[0] == "."] == []


def test_a_server_that_is_silent_or_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a timeout nor a closed port is a stack trace."""
    monkeypatch.setattr(osm, "_TIMEOUT_S", 0.3)
    with pytest.raises(NoAnswer, match="OpenStreetMap's server"):
        fetched(monkeypatch, lambda _: None)
    monkeypatch.setenv("PLANMAP_OVERPASS", "http://127.0.0.1:9")
    with pytest.raises(NoAnswer, match="OpenStreetMap's server"):
        fetch_osm(OUTLINE)


def test_a_busy_server_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """On "too many requests" osmnx waits and asks again; no layer is lost."""
    from osmnx import _overpass  # noqa: PLC0415 - an optional package

    pauses: list[float] = []
    monkeypatch.setattr(_overpass.time, "sleep", pauses.append)
    replies = iter([as_json({}, 429)])
    assert fetched(monkeypatch, lambda words: next(replies, None) or overpass(words))["roads"] == 1
    assert max(pauses) > 30


def test_a_second_run_goes_on_from_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before a run broke off is not asked for again."""
    with serving(overpass) as stand_in:
        monkeypatch.setenv("PLANMAP_OVERPASS", stand_in.url)
        fetch_osm(OUTLINE)
        count = len(stand_in.asked)
        fetch_osm(OUTLINE)
        assert len(stand_in.asked) == count


def test_without_osmnx_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is optional: the message names the extra that brings it."""
    monkeypatch.setattr(osm, "find_spec", lambda _: None)
    with pytest.raises(ServiceTrouble, match=re.escape("planmap[online]")):
        fetch_osm(OUTLINE)


def test_the_command_says_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each layer is told with its number; a trouble is one line and exit code 2."""
    with serving(overpass) as stand_in:
        monkeypatch.setenv("PLANMAP_OVERPASS", stand_in.url)
        result = CliRunner().invoke(planmap.main, ["basemap"])
    assert result.exit_code == 0, result.output
    assert "townships: 1" in result.output
    monkeypatch.setenv("PLANMAP_ONLINE", str(osm.folder().parent / "other"))
    with serving(lambda _: PAGE) as stand_in:
        monkeypatch.setenv("PLANMAP_OVERPASS", stand_in.url)
        result = CliRunner().invoke(planmap.main, ["basemap"])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_what_was_fetched_is_no_part_of_the_committed_data(tmp_path: Path) -> None:
    """The manifest of the data leaves out the folder that has one of its own."""
    (tmp_path / "osm").mkdir()
    (tmp_path / "osm" / "roads.geojson").write_text("{}", encoding="utf-8")
    (tmp_path / "a.csv").write_text("a\n", encoding="utf-8")
    assert listed(tmp_path) == ["a.csv"]
    assert not [name for name in listed(DATA) if name.startswith("osm/")]
