"""Files: valid, lossless, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import LineString, Point, Polygon

import layers
from geo.model import Location
from layers.files import read_geojson, to_csv, to_geojson
from layers.table import PROPERTIES, project_table
from store import BrokenFile
from tests import toys

if TYPE_CHECKING:
    import geopandas as gpd

TABLE = toys.table()


def features(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the features of a table's GeoJSON."""
    return json.loads(to_geojson(table))["features"]


def one_thing(shape: Any, name: str = "望月路") -> gpd.GeoDataFrame:
    """Return a table of one thing with a shape."""
    place = Location("site", shape, 10.0, "gazetteer", "地名表", "MIT")
    made = [toys.project(toys.statement(name))]
    return project_table(made, lambda _: place, toys.PAPERS)


def rows(table: gpd.GeoDataFrame) -> list[dict[str, str]]:
    """Return the rows of a table's CSV as a spreadsheet would read them."""
    return list(csv.DictReader(io.StringIO(to_csv(table).decode("utf-8-sig"), newline="")))


def test_features_are_the_rows() -> None:
    """One feature per row, in order, with its id, the contract's properties first."""
    made = features(TABLE)
    assert [feature["id"] for feature in made] == list(TABLE["id"])
    for feature in made:
        assert list(feature)[:2] == ["type", "id"]
        assert tuple(feature["properties"])[: len(PROPERTIES)] == PROPERTIES


def test_geometry_goes_with_the_class() -> None:
    """Site and locality have a geometry, all others null."""
    for feature in features(TABLE):
        placed = feature["properties"]["location_class"] in {"site", "locality"}
        assert (feature["geometry"] is not None) == placed


def test_no_crs_member_and_lon_comes_first() -> None:
    """RFC 7946: WGS 84 without saying so, longitude before latitude, at most seven decimals."""
    content = json.loads(to_geojson(one_thing(Point(120.123456789, 28.987654321))))
    assert "crs" not in content
    assert content["features"][0]["geometry"]["coordinates"] == [120.1234568, 28.9876543]


def test_rings_follow_the_right_hand_rule() -> None:
    """RFC 7946: outer rings run against the clock, holes with it, however they came."""
    shell = [(120, 28), (120, 29), (121, 29), (121, 28)]
    hole = [(120.4, 28.4), (120.6, 28.4), (120.6, 28.6), (120.4, 28.6)]
    ring, gap = features(one_thing(Polygon(shell, [hole])))[0]["geometry"]["coordinates"]
    assert area(ring) > 0 > area(gap)


def area(ring: list[list[float]]) -> float:
    """Return twice a ring's area, positive against the clock."""
    return sum(
        x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
    )


@pytest.mark.parametrize("keep", [[], [0], [2, 3]])
def test_any_choice_survives_a_file(keep: list[int]) -> None:
    """A part of the table, also an empty one, reads back to the same bytes and columns."""
    content = to_geojson(TABLE.iloc[keep])
    back = read_geojson(content)
    assert to_geojson(back) == content
    assert list(back.columns) == list(TABLE.columns)
    assert back.crs == "EPSG:4326"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not json", "no GeoJSON"),
        (b"[]", "no GeoJSON"),
        (b'{"features": [{"properties": {}, "geometry": {"type": "Blob"}}]}', "no GeoJSON"),
        (b'{"features": [{"properties": {"id": "x"}, "geometry": null}]}', "field "),
    ],
)
def test_a_broken_file_is_named(content: bytes, reason: str) -> None:
    """What is no export of ours is an error that names the file."""
    with pytest.raises(BrokenFile, match=f"toys.geojson.*{reason}"):
        read_geojson(content, "toys.geojson")


def test_another_system_is_refused() -> None:
    """A table in metres is never written as if it were degrees."""
    with pytest.raises(ValueError, match="EPSG:4326"):
        to_geojson(TABLE.to_crs(4549))


def test_csv_opens_in_a_spreadsheet() -> None:
    """The CSV has the mark that tells a spreadsheet its encoding, and one line per project."""
    assert to_csv(TABLE).startswith(b"\xef\xbb\xbf")
    assert [row["id"] for row in rows(TABLE)] == list(TABLE["id"])


def test_csv_flattens_lists_and_cites_quotes() -> None:
    """Lists are joined, each quote follows its document and line."""
    park = next(row for row in rows(TABLE) if row["name"] == "青溪湿地公园")
    assert park["units"] == "市园林局；市水利局"
    assert park["strategy_basis"] == "ecology:heading"
    assert park["statements"] == "[900:2] 推进青溪湿地公园建设；[901:1] 青溪湿地公园已建成"


def test_csv_points_stand_on_the_thing() -> None:
    """A bent line's point lies on the line, and a thing without a place has none."""
    bent = one_thing(LineString([(120, 28), (120, 29), (121, 29)]))
    row = rows(bent)[0]
    assert bent.geometry.iloc[0].distance(Point(float(row["lon"]), float(row["lat"]))) < 1e-6
    assert row["wkt"].startswith("LINESTRING")
    unplaced = next(row for row in rows(TABLE) if row["name"] == "云岭中学")
    assert (unplaced["lon"], unplaced["lat"], unplaced["wkt"]) == ("", "", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"])
def test_csv_runs_no_formula(name: str) -> None:
    """A name that a spreadsheet would compute arrives as text."""
    assert rows(one_thing(None, name))[0]["name"].startswith("'")


def test_csv_leaves_numbers_alone() -> None:
    """A western longitude keeps its sign: only texts are guarded."""
    assert rows(one_thing(Point(-70.5, -33.4)))[0]["lon"] == "-70.5"


def test_an_empty_choice_is_a_header() -> None:
    """Nothing chosen gives files with nothing in them but their form."""
    nothing = layers.select(TABLE, layers.Selection(search=("没有这个",)))
    assert features(nothing) == []
    assert to_csv(nothing).decode("utf-8-sig").splitlines()[0].startswith("id,name,aliases")
    assert rows(nothing) == []
