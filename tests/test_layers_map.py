"""The web map: what is drawn, that it stays the same between filters, and what it never does."""

from __future__ import annotations

import json
import re

import pytest
from shapely.geometry import Point
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from layers.assets import ASSETS
from layers.base import opening_view
from layers.drawing import draw_badges, draw_legend, draw_things, fans
from layers.online import base_maps
from layers.overlay import read_overlay
from layers.selection import Selection, select
from layers.webmap import WebMap, base_script, selection_layer, web_map
from tests import toys

TABLE, BASE = toys.table(), toys.base()
NOTHING = select(TABLE, Selection(search=("没有这个",)))


def script(table=TABLE, language="zh", **more) -> str:
    """Return the script that draws a selection, as the page sends it to the browser."""
    layer = selection_layer(table, BASE, language, **more)
    return _get_feature_group_string(layer, web_map((120.0, 27.0, 121.0, 28.0)))


def base_identity() -> str:
    """Return what the browser knows the base map by."""
    drawn = web_map(opening_view(TABLE, BASE))
    drawn.render()
    return generate_js_hash(_get_map_string(drawn), "map")


def test_things_drawn_are_those_with_a_place() -> None:
    """Just the rows of class site and locality are drawn, each under its own id."""
    placed = TABLE[TABLE["location_class"].isin(["site", "locality"])]
    assert [thing["id"] for thing in draw_things(TABLE, "zh")] == list(placed["id"])


def test_a_township_is_a_badge_and_never_a_pin() -> None:
    """What is known by township only is counted at the seat; programmes are not."""
    (badge,) = draw_badges(TABLE, BASE, "zh")
    assert (badge["id"], badge["count"], badge["names"]) == ("青溪镇", 1, ["云岭中学"])
    assert badge["at"] == [27.45, 120.25]
    assert not {thing["name"] for thing in draw_things(TABLE, "zh")} & set(badge["names"])


def test_legend_counts_what_is_drawn() -> None:
    """Each part of the legend adds up to the things drawn, and names only what is there."""
    groups = {group["kind"]: group["items"] for group in draw_legend(TABLE, "en")["groups"]}
    drawn = len(draw_things(TABLE, "en"))
    assert sum(item["count"] for item in groups["stage"]) == drawn
    assert sum(item["count"] for item in groups["category"]) == drawn
    assert {item["code"]: item["count"] for item in groups["sign"]} == {
        "site": 1,
        "locality": 2,
        "line": 1,
        "schematic": 1,
        "township": 1,
    }


def test_pins_that_share_a_place_stand_around_it() -> None:
    """A single pin stands above its place; several at one place stand apart from each other."""
    here, there = Point(120.3, 27.5), Point(120.4, 27.5)
    alone, *together = fans([there, *[here] * 12])
    assert alone == [0.0, -17]
    gaps = [
        (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
        for n, a in enumerate(together)
        for b in together[:n]
    ]
    assert min(gaps) > 24**2


def test_the_base_map_stays_the_same() -> None:
    """Made anew for each run the base map is the same to the browser, so it is never reloaded."""
    assert base_identity() == base_identity()


def test_a_filter_or_another_language_changes_only_the_layer() -> None:
    """The layer differs, and the map it is added to does not hold it in its own script."""
    before = base_identity()
    assert len({script(), script(NOTHING), script(language="en")}) == 3
    assert base_identity() == before
    assert "青溪" not in before


def test_texts_travel_as_data() -> None:
    """Mark-up in a name or quote reaches the browser as a text of the data, never as mark-up."""
    evil = "</script><img src=x onerror=alert(1)>'\"`${x}"
    table = TABLE.copy()
    table["name"] = evil
    sent = script(table)
    assert "<img" not in sent
    assert "</script" not in sent
    data = re.search(r"planmap\.draw\(\w+, (\{.*\})\);", sent)
    assert data
    assert json.loads(data[1])["things"][0]["name"] == evil


def test_every_file_comes_from_the_app_itself() -> None:
    """The map asks for no file but the app's own."""
    addresses = [address for _, address in WebMap.default_js + WebMap.default_css]
    assert addresses
    assert all(address.startswith(f"{ASSETS}/") for address in addresses)
    drawn = web_map((120.0, 27.0, 121.0, 28.0))
    assert "http" not in drawn.get_root().render().replace("http-equiv", "")


def test_the_online_base_map_is_off_unless_asked_for() -> None:
    """Only a user who asked for it gets tiles from another host."""
    assert '"tiles": null' in script()
    assert "openstreetmap.org" not in script()
    assert "https://tile.openstreetmap.org/" in script(online=base_maps()["osm"])


def test_a_base_map_that_needs_a_key_is_offered_only_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tianditu asks for the user's key: without it there is no such choice, with it it is sent."""
    monkeypatch.delenv("PLANMAP_TIANDITU_KEY", raising=False)
    assert list(base_maps()) == ["osm", "amap"]
    monkeypatch.setenv("PLANMAP_TIANDITU_KEY", "abc")
    assert all("tk=abc" in one for one in base_maps()["tianditu"].tiles()["addresses"])


def test_every_base_map_says_its_datum_and_whose_it_is() -> None:
    """AMap alone is shifted; each names its attribution and has the tile's numbers to fill in."""
    tiles = {code: one.tiles() for code, one in base_maps().items()}
    assert {code: one["datum"] for code, one in tiles.items()} == {"osm": "wgs84", "amap": "gcj02"}
    assert all(one["attribution"] for one in tiles.values())
    for one in tiles.values():
        for address in one["addresses"]:
            assert all(part in address for part in ("{z}", "{x}", "{y}"))


def test_own_layers_travel_with_the_selection() -> None:
    """A user's layer is drawn with the selection, its texts as plain values."""
    own = read_overlay("<b>.geojson", b'{"type":"Point","coordinates":[120.3,27.5]}')
    assert '"name": "\\u003cb\\u003e.geojson"' in script(own=[own])


def test_an_empty_choice_draws_nothing() -> None:
    """Nothing chosen is an empty layer with an empty legend, not an error."""
    assert draw_things(NOTHING, "zh") == []
    assert draw_badges(NOTHING, BASE, "zh") == []
    assert all(group["items"] == [] for group in draw_legend(NOTHING, "zh")["groups"])
    assert '"things": []' in script(NOTHING)


def test_the_base_map_file_holds_all_layers() -> None:
    """Land, county, ways, seats and signs travel in one file of plain data."""
    content = base_script(BASE).decode()
    data = json.loads(content.removeprefix("planmap.base = ").rstrip().removesuffix(";"))
    assert data["towns"] == [["青溪镇", 120.25, 27.45]]
    assert data["ways"]["features"][0]["properties"] == {
        "name": "青溪高速",
        "kind": "motorway",
        "schematic": True,
    }
    assert data["counties"]["features"][0]["properties"]["own"] is True
    assert len(data["land"]["features"]) == 1
    assert data["signs"]["stages"]["started"]["fill"].startswith("#")


@pytest.mark.parametrize(
    ("table", "expected"),
    [(NOTHING, (120.1, 27.2, 120.5, 27.8)), (TABLE, (120.1, 27.2, 120.5, 27.8))],
    ids=["nothing", "one point"],
)
def test_the_map_opens_on_the_county_without_points(table, expected) -> None:
    """With fewer than two points the map opens on the whole county."""
    assert opening_view(table, BASE) == pytest.approx(expected)
