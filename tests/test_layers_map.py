"""The web map: what is drawn, that it stays the same between filters, and what it never does."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from shapely.geometry import Point
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from layers.assets import ASSETS, PROGRAMS, STATIC
from layers.base import base_map, opening_view
from layers.drawing import draw_badges, draw_legend, draw_things, fans, popup_lines
from layers.index import Index
from layers.online import base_maps
from layers.packing import MOST_TEXTS, mask_text, pack, texts
from layers.selection import Selection, select
from layers.webmap import (
    MAP_PROGRAM,
    MAP_STYLES,
    Look,
    WebMap,
    base_script,
    drawing_layer,
    index_records,
    map_script,
    web_map,
)
from tests import toys
from tests.reading import read_overlay

if TYPE_CHECKING:
    from pathlib import Path

TABLE, BASE = toys.table(), toys.base()
NOTHING = select(TABLE, Selection(search=("没有这个",)))
INDEX = Index(TABLE)


def script(selection=Selection(), language="zh", look=None, index=INDEX) -> str:  # noqa: B008 - frozen
    """Return the script that draws a selection, as the page sends it to the browser."""
    records = index_records(index, index.mask(selection), BASE, language, look or Look())
    layer = drawing_layer(records)
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
    """Each part of the legend adds up to the things drawn, and names only what is there.

    A line is under one sign only: in a circle it is not.
    """
    groups = {group["kind"]: group["items"] for group in draw_legend(TABLE, "en")["groups"]}
    drawn = len(draw_things(TABLE, "en"))
    assert sum(item["count"] for item in groups["stage"]) == drawn
    assert sum(item["count"] for item in groups["category"]) == drawn
    signs = [item["count"] for item in groups["sign"] if item["code"] != "township"]
    assert sum(signs) == drawn
    assert {item["code"]: item["count"] for item in groups["sign"]} == {
        "site": 1,
        "locality": 1,
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
    assert len({script(), script(Selection(status=("started",))), script(language="en")}) == 3
    assert base_identity() == before
    assert "青溪" not in before


def test_texts_travel_as_data() -> None:
    """Mark-up in a name or quote reaches the browser as a text of the data, never as mark-up."""
    evil = "</script><img src=x onerror=alert(1)>'\"`${x}"
    table = TABLE.copy()
    table["name"] = table["title"] = evil
    sent = script(index=Index(table))
    assert "<img" not in sent
    assert "</script" not in sent
    data = re.search(r"planmap\.draw\((\{.*\})\);", sent)
    assert data
    assert json.loads(data[1])["badges"][0]["names"] == [evil]
    assert set(unpacked(table)["names"]) == {evil}
    assert json.loads(texts(table, [0], "zh"))[0]["name"] == evil


def unpacked(table=TABLE) -> dict[str, Any]:
    """Return what the browser unpacks."""
    return json.loads(gzip.decompress(pack(table).content))


def test_the_pack_holds_all_things_with_a_place() -> None:
    """Each placed row is packed with place and look, in the order of the table."""
    packed, placed = unpacked(), TABLE[TABLE.geometry.notna()]
    assert packed["ids"] == list(placed["id"])
    assert packed["names"] == list(placed["name"])
    rows = [sum(packed["rows"][: at + 1]) for at in range(len(placed))]
    assert list(TABLE["id"].iloc[rows]) == packed["ids"]
    for field, listed in (("stage", "stages"), ("category", "categories"), ("radius", "radii")):
        column = {"radius": "radius_m"}.get(field, field)
        assert [packed[listed][number] for number in packed[field]] == list(placed[column])
    assert packed["locality"] == [int(one == "locality") for one in placed["location_class"]]
    for at, shape in enumerate(placed.geometry):
        place = Point(packed["lon"][at] / packed["scale"], packed["lat"][at] / packed["scale"])
        assert shape.distance(place) < 2e-5
        assert (shape.geom_type == "Point") == (str(at) not in packed["shapes"])


def test_the_version_of_a_pack_is_its_content() -> None:
    """The same things have the same version, other things another."""
    assert pack(TABLE).version == pack(TABLE.copy()).version
    changed = TABLE.copy()
    changed["stage"] = "completed"
    assert pack(changed).version != pack(TABLE).version
    assert unpacked()["version"] == pack(TABLE).version
    assert unpacked(NOTHING)["rows"] == []


def test_a_pack_comes_along_only_if_it_is_small() -> None:
    """What the first map is given beforehand is the packed file itself, or nothing."""
    packed = pack(TABLE)
    assert packed.record(len(packed.content)) == unpacked()
    assert packed.record(len(packed.content) - 1) == {}


def test_a_mask_has_a_bit_for_each_row() -> None:
    """The first row is the highest bit of the first byte, as the browser reads it."""
    mask = np.zeros(12, dtype=bool)
    mask[[0, 9]] = True
    assert base64.b64decode(mask_text(mask)) == bytes([0b1000_0000, 0b0100_0000])


def test_texts_are_told_row_by_row() -> None:
    """Id, name and lines of the rows asked for, in their order; strangers are refused."""
    told = json.loads(texts(TABLE, [2, 0], "en"))
    assert [one["id"] for one in told] == [TABLE["id"].iloc[2], TABLE["id"].iloc[0]]
    assert told[1]["lines"] == popup_lines(next(TABLE.itertuples()), "en")
    assert json.loads(texts(TABLE, [], "zh")) == []
    for rows in ([-1], [len(TABLE)], [0] * (MOST_TEXTS + 1)):
        with pytest.raises(IndexError):
            texts(TABLE, rows, "zh")


def test_a_jump_goes_to_the_thing_or_to_its_township() -> None:
    """A thing with a place is jumped to; one known by township at the seat; others not at all."""
    jumps = {}
    for name in ("青溪湿地公园", "云岭中学", "全域绿道网"):
        sent = script(look=Look(f"toy-{name}", 1))
        jumps[name] = json.loads(re.search(r"planmap\.draw\((\{.*\})\);", sent)[1])["jump"]
    assert jumps["青溪湿地公园"]["at"] == [27.5, 120.3]
    assert jumps["云岭中学"]["at"] == [27.45, 120.25]
    assert jumps["全域绿道网"] is None
    assert '"jump": null' in script(look=Look("toy-望月路"))


def test_every_file_comes_from_the_app_itself() -> None:
    """The map asks for no file, and its frame for none but the app's own."""
    assert WebMap.default_js == WebMap.default_css == []
    addresses = [MAP_PROGRAM, *MAP_STYLES]
    assert all(address.startswith(f"{ASSETS}/") for address in addresses)
    drawn = web_map((120.0, 27.0, 121.0, 28.0))
    assert "http" not in drawn.get_root().render().replace("http-equiv", "")


def test_one_file_draws_the_map(tmp_path: Path) -> None:
    """Libraries, drawing programs and base map come in the order in which they need each other."""
    library = tmp_path / "library.js"
    library.write_text("var L = {};", encoding="utf-8")
    program = map_script(BASE, [library]).decode()
    parts = ["var L = {};", *(f"planmap.{name} = " for name in ("dark", "things", "base"))]
    places = [program.index(part) for part in parts]
    assert places == sorted(places)
    assert all((STATIC / f"{name}.js").read_text("utf-8") in program for name in PROGRAMS)


def test_the_online_base_map_is_off_unless_asked_for() -> None:
    """Only a user who asked for it gets tiles from another host."""
    assert '"tiles": null' in script()
    assert "openstreetmap.org" not in script()
    assert "https://tile.openstreetmap.org/" in script(look=Look(online=base_maps()["osm"]))


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
    assert '"name": "\\u003cb\\u003e.geojson"' in script(look=Look(own=[own]))


def test_an_empty_choice_draws_nothing() -> None:
    """Nothing chosen is an empty layer with an empty legend, not an error."""
    assert draw_things(NOTHING, "zh") == []
    assert draw_badges(NOTHING, BASE, "zh") == []
    assert all(group["items"] == [] for group in draw_legend(NOTHING, "zh")["groups"])
    assert f'"mask": "{mask_text(np.zeros(len(TABLE), dtype=bool))}"' in script(
        Selection(search=("没有这个",))
    )


def test_the_base_map_file_holds_all_layers() -> None:
    """Land, county, ways, seats and signs travel in one file of plain data."""
    data = toys.base_of_script(base_script(BASE))
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


def test_beyond_what_the_base_map_covers_is_no_sea() -> None:
    """The browser is told how far land and borders are known, and where all things lie within."""
    base = base_map()
    covered = toys.base_of_script(base_script(base))["covered"]
    west, south, east, north = covered
    for shapes in (base.land, base.counties, base.ways):
        bounds = shapes.total_bounds
        assert west <= bounds[0]
        assert south <= bounds[1]
        assert bounds[2] <= east
        assert bounds[3] <= north
    assert {"no_data", "sea"} <= set(toys.base_of_script(base_script(base))["signs"]["base"])
    assert toys.base_of_script(base_script(BASE))["covered"] is None
