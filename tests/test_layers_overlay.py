"""A user's own layers: each format and CRS, and the name of all that cannot be shown."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, box

from layers import LANGUAGES, overlay_line
from layers.overlay import (
    DamagedOverlay,
    EmptyOverlay,
    OverlayTooLarge,
    OverlayWithoutCrs,
    OverlayWithoutGeometry,
    UnknownOverlay,
    WrongOverlay,
)
from layers.own import amounts
from tests.reading import read_overlay

if TYPE_CHECKING:
    from pathlib import Path

FRAME = gpd.GeoDataFrame(
    {"name": ["望月桥", "<b>桥</b>"]},
    geometry=[Point(120.95, 28.05), Point(120.97, 28.06)],
    crs=4326,
)


def packed(frame: gpd.GeoDataFrame, folder: Path, *leave_out: str, **more: object) -> bytes:
    """Return a frame as a zipped Shapefile, without some of its parts."""
    frame.to_file(folder / "bridges.shp", **more)
    return zipped(
        {p.name: p.read_bytes() for p in folder.glob("bridges.*") if p.suffix not in leave_out}
    )


def zipped(members: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


def written(frame: gpd.GeoDataFrame, folder: Path, name: str, **more: object) -> bytes:
    """Return a frame as a file of another format."""
    frame.to_file(folder / name, **more)
    return (folder / name).read_bytes()


@pytest.mark.parametrize("crs", [4326, 4490, 4549, 3857, 32651])
@pytest.mark.parametrize("form", ["shp", "gpkg", "geojson", "kml", "kmz"])
def test_each_format_in_any_crs_lies_where_it_should(form: str, crs: int, tmp_path: Path) -> None:
    """Whatever format and CRS a file is in, its things lie within a metre of where they are."""
    frame = FRAME.to_crs(crs)
    if form == "shp":
        raw = packed(frame, tmp_path, encoding="utf-8")
    elif form in {"kml", "kmz"}:
        raw = written(FRAME, tmp_path, "a.kml", driver="KML")
        raw = zipped({"doc.kml": raw}) if form == "kmz" else raw
    else:
        raw = written(frame, tmp_path, f"a.{form}")
    found = read_overlay(f"a.{form}", raw).frame
    assert found.crs == "EPSG:4326"
    assert found.to_crs(4549).distance(FRAME.to_crs(4549)).max() < 1
    texts = [" ".join(row) for row in found.drop(columns="geometry").to_numpy().tolist()]
    assert "望月桥" in texts[0]
    assert "<b>桥</b>" in texts[1]


def test_a_shapefile_in_gbk_is_read(tmp_path: Path) -> None:
    """Shapefiles made in China often are in GBK without saying so."""
    raw = packed(FRAME, tmp_path, ".cpg", encoding="gbk")
    assert read_overlay("a.zip", raw).frame["name"][0] == "望月桥"


def test_all_layers_of_a_geopackage_are_shown(tmp_path: Path) -> None:
    """Points of one layer and lines of another are one overlay."""
    FRAME.to_file(tmp_path / "a.gpkg", layer="one")
    line = gpd.GeoDataFrame({"kind": ["road"]}, geometry=[LineString([(120, 28), (121, 28)])])
    line.set_crs(4326).to_file(tmp_path / "a.gpkg", layer="two")
    found = read_overlay("a.gpkg", (tmp_path / "a.gpkg").read_bytes()).frame
    assert sorted(found.geom_type) == ["LineString", "Point", "Point"]


def test_what_is_sent_to_the_browser_is_plain() -> None:
    """Properties are texts, not too many and not too long; heights and blanks are gone."""
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [120.123456789, 28.0, 5.0]},
        "properties": {f"field{n}": "x" * 5000 if n else None for n in range(200)},
    }
    record = read_overlay("a.geojson", json.dumps(feature).encode()).record()
    (one,) = record["shapes"]["features"]
    assert one["geometry"]["coordinates"] == (120.123457, 28.0)
    assert len(one["properties"]) == 100
    assert {len(text) for text in one["properties"].values()} == {2000}
    assert "field0" not in one["properties"]


def geojson(*coordinates: float, **more: object) -> bytes:
    """Return one point as GeoJSON."""
    return json.dumps({"type": "Point", "coordinates": coordinates, **more}).encode()


LIAR = bytearray(zipped({"a.shp": b"\0" * 1000}, zipfile.ZIP_STORED))
WRONG = {
    "nothing": (b"", EmptyOverlay),
    "blanks": (b" \n", EmptyOverlay),
    "no feature": (b'{"type":"FeatureCollection","features":[]}', EmptyOverlay),
    "other text": (b"name,lon,lat\nx,1,2\n", UnknownOverlay),
    "other json": (b'{"a": 1}', UnknownOverlay),
    "json list": (b"[1, 2]", UnknownOverlay),
    "other xml": (b"<gpx/>", UnknownOverlay),
    "other zip": (zipped({"a.txt": b"x"}), UnknownOverlay),
    "two shapefiles in part": (zipped({"a.shp": b"", "b.shp": b""}), DamagedOverlay),
    "half a json": (b'{"type":"FeatureCollection","features":[', DamagedOverlay),
    "deep json": (b'{"features":' + b"[" * 100_000, DamagedOverlay),
    "half a kml": (b"<kml><Document>", DamagedOverlay),
    "half a zip": (zipped({"a.shp": b"x" * 100})[:80], DamagedOverlay),
    "half a geopackage": (b"SQLite format 3\x00" + b"\0" * 200, DamagedOverlay),
    "shp alone": (zipped({"a.shp": b"x"}), DamagedOverlay),
    "crs by address": (
        geojson(1, 2, crs={"type": "url", "properties": {"url": "http://example.org/1"}}),
        OverlayWithoutCrs,
    ),
    "metres": (geojson(40500000.0, 3100000.0), OverlayWithoutCrs),
    "no geometry": (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":1}}]}',
        OverlayWithoutGeometry,
    ),
    "large": (b"{" + b" " * amounts.LARGEST, OverlayTooLarge),
    "bomb": (zipped({"a.shp": b"\0" * (2 * amounts.LARGEST + 1)}), OverlayTooLarge),
    "many files": (zipped({f"{n}.shp": b"" for n in range(3000)}), OverlayTooLarge),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_shown_is_named(name: str) -> None:
    """Each kind of trouble has an error of its own, with one line of text."""
    raw, kind = WRONG[name]
    with pytest.raises(WrongOverlay) as caught:
        read_overlay("a", raw)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)


def test_a_file_that_names_files_of_the_server_is_never_opened() -> None:
    """A virtual layer could read any file: it is told by its content and refused."""
    layer = b"<OGRVRTLayer name='a'><SrcDataSource>/a.csv</SrcDataSource></OGRVRTLayer>"
    vrt = b"<OGRVRTDataSource>" + layer + b"</OGRVRTDataSource>"
    with pytest.raises(UnknownOverlay):
        read_overlay("a.geojson", vrt)
    entity = b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///a">]><kml>&x;</kml>'
    with pytest.raises(WrongOverlay):
        read_overlay("a.kml", entity)


def test_a_path_in_an_archive_leads_nowhere(tmp_path: Path) -> None:
    """Names inside an archive are never written to, wherever they point."""
    FRAME.to_file(tmp_path / "bridges.shp")
    evil = {f"../../evil{p.suffix}": p.read_bytes() for p in tmp_path.glob("bridges.*")}
    assert len(read_overlay("a.zip", zipped(evil)).frame) == 2
    assert not list(tmp_path.parent.parent.glob("evil*"))


def test_a_shapefile_without_crs_or_with_a_missing_part_says_so(tmp_path: Path) -> None:
    """The .prj names the CRS; without it nothing is guessed."""
    with pytest.raises(OverlayWithoutCrs, match=r"\.prj"):
        read_overlay("a.zip", packed(FRAME, tmp_path, ".prj"))
    with pytest.raises(DamagedOverlay, match=r"\.dbf"):
        read_overlay("a.zip", packed(FRAME, tmp_path, ".dbf"))


def test_a_geopackage_without_crs_or_of_tables_only_says_so(tmp_path: Path) -> None:
    """A layer whose CRS is undefined, and a file that holds only tables, cannot be drawn."""
    raw = written(FRAME.set_crs(None, allow_override=True), tmp_path, "a.gpkg")
    with pytest.raises(OverlayWithoutCrs):
        read_overlay("a.gpkg", raw)
    import pyogrio  # noqa: PLC0415 - only here

    table = FRAME.drop(columns="geometry")
    pyogrio.write_dataframe(table, tmp_path / "b.gpkg", layer="t")
    with pytest.raises(OverlayWithoutGeometry):
        read_overlay("b.gpkg", (tmp_path / "b.gpkg").read_bytes())


def test_too_many_features_and_points_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a browser could not draw is refused, by features and by points."""
    monkeypatch.setattr(amounts, "MOST_FEATURES", 1)
    with pytest.raises(OverlayTooLarge, match="features"):
        read_overlay("a", FRAME.to_json().encode())
    monkeypatch.setattr(amounts, "MOST_FEATURES", 10)
    monkeypatch.setattr(amounts, "MOST_POINTS", 4)
    area = gpd.GeoDataFrame(geometry=[box(120, 28, 121, 29)], crs=4326)
    with pytest.raises(OverlayTooLarge, match="points"):
        read_overlay("a", area.to_json().encode())


@pytest.mark.parametrize("left_out", range(4))
def test_features_without_a_shape_are_counted(left_out: int) -> None:
    """What cannot be drawn is not silently gone: shown and left out are all of the file."""
    point = {"type": "Point", "coordinates": [120.9, 28.0]}
    shapes = [point, point, *[None] * left_out]
    file = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": one} for one in shapes],
    }
    layer = read_overlay("a.geojson", json.dumps(file).encode())
    assert (len(layer.frame), layer.without_shape) == (2, left_out)
    for language in LANGUAGES:
        told = overlay_line(layer, (120, 27, 121, 29), language).removeprefix("a.geojson")
        assert re.findall(r"\d+", told) == ["2", str(left_out)][: 1 + bool(left_out)]


@pytest.mark.parametrize(("lon", "away"), [(120.9, 0), (121.0, 0), (122.0, 98), (87.6, 3240)])
def test_a_layer_outside_the_map_says_how_far(lon: float, away: float) -> None:
    """The distance is the one from the layer's nearest edge to the map's."""
    frame = gpd.GeoDataFrame({"name": ["x"]}, geometry=[Point(lon, 28.0)], crs=4326)
    layer = read_overlay("a.geojson", frame.to_json().encode())
    view = (120.5, 27.5, 121.0, 28.5)
    assert layer.away_m(view) / 1000 == pytest.approx(away, rel=0.02)
    for language in LANGUAGES:
        assert bool(away) == (
            f"{layer.away_m(view) / 1000:,.0f}" in overlay_line(layer, view, language)
        )


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>x</title></head><body><p>a<br>b</body></html>",
        "\ufeff\n<html lang=zh><meta charset=utf-8><body>&nbsp;<p>未闭合",
        "<!-- saved from url=(0030)https://example.org/ -->\n<!doctype HTML public 'x'><HTML>",
    ],
)
def test_a_web_page_is_called_one(page: str) -> None:
    """A page saved instead of the file it offers is no damaged XML."""
    with pytest.raises(UnknownOverlay) as told:
        read_overlay("a.geojson", page.encode())
    assert told.value.cause == "web_page"
    assert "网页" in told.value.told("zh")
