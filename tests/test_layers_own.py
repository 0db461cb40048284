"""Own layers as other programs write them: what those open is drawn here, with all it says."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

import layers
from layers.overlay import (
    DamagedOverlay,
    EmptyOverlay,
    OverlayWithoutCrs,
    OverlayWithoutGeometry,
    UnknownOverlay,
    WrongOverlay,
)
from layers.own.dbf import read_table
from layers.own.letters import codec, told_encoding
from layers.own.markup import plain
from layers.own.readable import readable
from layers.words import LANGUAGES, UnknownCaption
from tests import toys
from tests.reading import read_overlay
from tests.test_export import written
from tests.tree import ROOT

CASES = ROOT / "tests" / "cases"
WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)


def rows(raw: bytes) -> list[dict[str, str]]:
    """Return what a layer says of its things, blank fields left out."""
    found = read_overlay("a", raw).frame.drop(columns="geometry").to_dict("records")
    return [{name: text for name, text in row.items() if text} for row in found]


def case(name: str) -> bytes:
    """Return a file of the cases."""
    return (CASES / name).read_bytes()


def packed(members: dict[str, bytes]) -> bytes:
    """Return an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


def kml(inner: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """Return a KML document."""
    space = "http://www.opengis.net/kml/2.2"
    return f'{head}<kml xmlns="{space}"><Document>{inner}</Document></kml>'.encode()


def placemark(inner: str, name: str = "石桥公园") -> str:
    """Return a placemark with a point."""
    point = "<Point><coordinates>120.9,28.05</coordinates></Point>"
    return f"<Placemark><name>{name}</name>{inner}{point}</Placemark>"


def geojson(properties: dict[str, Any], **more: Any) -> bytes:
    """Return one point with properties."""
    shape = {"type": "Point", "coordinates": [120.9, 28.05]}
    feature = {"type": "Feature", "geometry": shape, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **more}).encode()


# GeoJSON


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("list", [{"name": "青溪大道", "lanes": "2、3"}, {"name": "石桥路", "lanes": "2"}]),
        ("empty_list", [{"name": "青溪大道"}]),
        ("dict", [{"name": "青溪大道", "tags": "highway: primary"}]),
    ],
)
def test_lists_and_objects_are_texts(name: str, expected: list[dict[str, str]]) -> None:
    """A property may be a list or an object: a person reads it as an enumeration."""
    assert rows(case(f"29_geojson_lists/{name}.geojson")) == expected


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1, max_size=4), VALUES, max_size=4))
def test_any_property_is_drawn(properties: dict[str, Any]) -> None:
    """Whatever JSON can say of a thing, it is drawn, and what it says is text."""
    record = read_overlay("a", geojson(properties)).record()
    (feature,) = record["shapes"]["features"]
    assert feature["geometry"]["coordinates"] == (120.9, 28.05)
    assert all(isinstance(text, str) for text in feature["properties"].values())


@given(st.lists(st.text("甲乙丙丁", min_size=1), min_size=1))
def test_no_member_of_a_list_is_lost(values: list[str]) -> None:
    """Each member of a list, nested or not, stands in its text."""
    for shape in (values, {"a": values}, [{"a": value} for value in values], [[values]]):
        assert all(value in readable(shape) for value in values)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (True, "true"),
        (3.0, "3"),
        (0, "0"),
        (0.5, "0.5"),
        ([], ""),
        ([None, "甲"], "甲"),
        ([{"a": 1}, {"a": 2}], "a: 1 ；a: 2"),
        ({"a": {"b": 1}}, "a: （b: 1）"),
        (b"\x00", ""),
    ],
)
def test_values_read_as_people_write_them(value: Any, text: str) -> None:
    """Nothing is an empty text, a whole number has no decimals, nested things have brackets."""
    assert readable(value) == text


POINT = {"type": "Point", "coordinates": [120.9, 28.05]}
FEATURE = {"type": "Feature", "geometry": POINT, "properties": {"name": "石桥公园"}}


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps(FEATURE, ensure_ascii=False).encode(),
        b"\xef\xbb\xbf" + json.dumps(FEATURE, ensure_ascii=False).encode(),
        json.dumps(FEATURE, ensure_ascii=False).encode("gb18030"),
        json.dumps(FEATURE, ensure_ascii=False).encode("utf-16"),
        "\n".join([json.dumps(FEATURE)] * 1).encode() + b"\n",
        b"\x1e" + json.dumps(FEATURE).encode() + b"\n",
        json.dumps({"type": "FeatureCollection", "features": [FEATURE]}).encode(),
        json.dumps(FEATURE)[:-1].encode() + b', "bbox": [NaN, NaN, NaN, NaN]}',
    ],
)
def test_geojson_in_the_forms_people_have(raw: bytes) -> None:
    """Marks, encodings, one feature a line and NaN are taken as other programs take them."""
    assert rows(raw) == [{"name": "石桥公园"}]


def test_features_one_a_line_are_all_drawn() -> None:
    """A file with a feature in each line is a layer like any other."""
    lines = [FEATURE, FEATURE | {"properties": {"名称": "青溪大道"}}]
    assert rows("\n".join(map(json.dumps, lines)).encode()) == [
        {"name": "石桥公园"},
        {"名称": "青溪大道"},
    ]


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        ({"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2]]]}, 0.5),
        ({"type": "Polygon", "coordinates": [[[1, 1, 9, 9], [2, 1, 9, 9], [2, 2, 9, 9]]]}, 0.5),
        ({"type": "MultiPolygon", "coordinates": [[[[1, 1], [2, 1], [2, 2]]]]}, 0.5),
        ({"type": "GeometryCollection", "geometries": [POINT]}, 0),
    ],
)
def test_sloppy_shapes_are_mended_as_others_do(shape: dict[str, Any], area: float) -> None:
    """Open rings are closed, and of a point's numbers the first two count."""
    found = read_overlay("a", json.dumps(shape).encode()).frame
    assert found.geometry[0].area == area


@pytest.mark.parametrize(
    "name",
    ["EPSG:4549", "urn:ogc:def:crs:EPSG::4549", "urn:ogc:def:crs:EPSG:9.9.1:4549", "epsg:4549"],
)
def test_the_old_member_crs_is_understood(name: str) -> None:
    """Numbers in metres lie where they should, however the system is written."""
    there = gpd.GeoSeries([Point(120.9, 28.05)], crs=4326).to_crs(4549)[0]
    shape = {"type": "Point", "coordinates": [there.x, there.y]}
    raw = {**shape, "crs": {"type": "name", "properties": {"name": name}}}
    found = read_overlay("a", json.dumps(raw).encode()).frame
    assert found.geometry[0].distance(Point(120.9, 28.05)) < 1e-6


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "+init=/etc/passwd:1"}},
        {"type": "name", "properties": {"name": "/etc/passwd"}},
        {"type": "name", "properties": {"name": "EPSG:999999"}},
        {"type": "name"},
        {"type": "link", "properties": {"href": "http://127.0.0.1/x"}},
        "EPSG:4326",
    ],
)
def test_a_crs_is_an_authority_and_a_number(crs: Any) -> None:
    """Nothing else is handed on: a text could name a file or an address."""
    with pytest.raises(OverlayWithoutCrs):
        read_overlay("a", geojson({}, crs=crs))


# KML


@pytest.mark.parametrize("name", ["declared", "undeclared_xsi", "undeclared_gx"])
def test_prefixes_need_no_declaration(name: str) -> None:
    """Google Earth and GDAL draw it, so it is drawn here."""
    found = read_overlay("a.kml", case(f"02_kml_xsi/{name}.kml")).frame
    assert found["name"].tolist() == ["青溪大道"]
    assert found.geometry[0].wkt == "LINESTRING (120.9 28.05, 120.92 28.06)"


@given(st.sampled_from(["gx", "xsi", "atom", "xal", "mwm", "青"]), st.integers(0, 200))
def test_half_a_kml_is_never_taken_for_a_whole(prefix: str, cut: int) -> None:
    """Only missing declarations are let pass: a file that breaks off says so."""
    extra = f"<{prefix}:note>a</{prefix}:note>"
    whole = kml(placemark(extra) * 3).decode()
    assert len(rows(whole.encode())) == 3
    with pytest.raises((DamagedOverlay, UnknownOverlay)):
        read_overlay("a.kml", whole[: len(whole) - 1 - cut].encode())


def test_all_files_of_a_kmz_are_drawn() -> None:
    """Whether doc.kml leads to them or not, and with the names it gives them."""
    assert rows(case("07_kmz_two_kml/two.kmz")) == [
        {"name": "青溪大道", "folder": "道路"},
        {"name": "石桥公园", "folder": "公园"},
    ]
    (only,) = rows(case("07_kmz_two_kml/gdal_one_layer.kmz"))
    assert (only["name"], only["tags"]) == ("青溪大道", '{ "highway": "primary" }')
    unlinked = {"a/one.kml": kml(placemark("")), "b/two.KML": kml(placemark("", "青溪大道"))}
    noise = {"__MACOSX/a/._one.kml": b"\0", "images/pin.png": b"x"}
    assert [row["name"] for row in rows(packed(unlinked | noise))] == ["石桥公园", "青溪大道"]


def test_gdal_writes_what_comes_back(tmp_path: Path) -> None:
    """A KMZ of two layers by GDAL's own writer is whole here."""
    for layer, name in (("roads", "青溪大道"), ("parks", "石桥公园")):
        frame = gpd.GeoDataFrame({"Name": [name]}, geometry=[Point(120.9, 28.05)], crs=4326)
        frame.to_file(tmp_path / "a.kmz", driver="LIBKML", layer=layer)
    assert {row["name"] for row in rows((tmp_path / "a.kmz").read_bytes())} == {
        "青溪大道",
        "石桥公园",
    }


def test_own_fields_stand_first_and_drawing_says_nothing() -> None:
    """Fields by schema and without are shown; extrude, tessellate and visibility are not."""
    assert rows(case("26_kml_html/ext.kml")) == [
        {"name": "石桥公园", "年份": "2024", "用地性质": "公园绿地"}
    ]
    assert rows(case("26_kml_html/data_only.kml")) == [{"name": "石桥公园", "负责单位": "县住建局"}]


def test_all_a_placemark_says_is_shown_in_order() -> None:
    """Name, own fields by the names shown, time, description as text, folder: in this order."""
    schema = (
        '<Schema name="规划" id="s"><SimpleField name="yr" type="int">'
        "<displayName><![CDATA[<b>年份</b>]]></displayName></SimpleField></Schema>"
    )
    said = (
        "<visibility>0</visibility><open>1</open><address>青溪路1号</address>"
        "<description><![CDATA[<h1>说明</h1><table><tr><td>面积</td><td>1.2&nbsp;公顷</td></tr></table>"
        "<script>alert(1)</script><img src='http://127.0.0.1/x.png'>"
        "<a href='http://example.invalid/a'>详情</a>]]></description>"
        "<TimeSpan><begin>2024</begin><end>2026</end></TimeSpan><styleUrl>#x</styleUrl>"
        "<ExtendedData xmlns:c='urn:c'><SchemaData schemaUrl='#s'>"
        "<SimpleData name='yr'>2024</SimpleData></SchemaData>"
        "<Data name='lead'><displayName>牵头单位</displayName><value>县住建局</value></Data>"
        "<Data name='name'><value>公园</value></Data><c:number>14</c:number></ExtendedData>"
    )
    park_folder = f"<Folder><name>公园</name>{placemark(said)}</Folder>"
    road_folder = f"<Folder><name>道路</name>{placemark('')}</Folder>"
    (park, _) = rows(kml(schema + park_folder + road_folder))
    assert list(park.items()) == [
        ("name", "石桥公园"),
        ("年份", "2024"),
        ("牵头单位", "县住建局"),
        ("name_2", "公园"),
        ("number", "14"),
        ("address", "青溪路1号"),
        ("time", "2024 – 2026"),
        ("description", "说明\n面积 1.2 公顷\n详情 (http://example.invalid/a)"),
        ("folder", "公园"),
    ]


def test_a_balloon_with_words_of_its_own_is_shown() -> None:
    """Its blanks are filled; one that only repeats the fields is left out."""
    data = "<ExtendedData><Data name='lead'><value>县住建局</value></Data></ExtendedData>"
    style = (
        "<Style id='a'><BalloonStyle><text><![CDATA[<b>$[name]</b><br>由$[lead]牵头]]></text>"
        "</BalloonStyle></Style>"
        "<StyleMap id='m'><Pair><key>normal</key><styleUrl>#a</styleUrl></Pair></StyleMap>"
        "<Style id='b'><BalloonStyle><text>$[name] $[lead]</text></BalloonStyle></Style>"
        "<StyleMap id='loop'><Pair><key>normal</key><styleUrl>#loop</styleUrl></Pair></StyleMap>"
    )

    def balloon(name: str) -> str:
        raw = kml(style + placemark(f"<styleUrl>#{name}</styleUrl>{data}"))
        return rows(raw)[0].get("balloon", "")

    assert [balloon(name) for name in ("a", "m", "b", "loop", "none")] == [
        "石桥公园\n由县住建局牵头",
        "石桥公园\n由县住建局牵头",
        "",
        "",
        "",
    ]


def ring(pairs: str) -> str:
    """Return a ring of a KML polygon."""
    return f"<LinearRing><coordinates>{pairs}</coordinates></LinearRing>"


def shape(kind: str, pairs: str) -> str:
    """Return a shape of KML that is one row of coordinates."""
    return f"<{kind}><coordinates>{pairs}</coordinates></{kind}>"


SHELL = f"<outerBoundaryIs>{ring('0,0 9,0 9,9')}</outerBoundaryIs>"
HOLE = f"<innerBoundaryIs>{ring('5,1 6,1 6,2 5,1')}</innerBoundaryIs>"
NESTED = f"<MultiGeometry>{shape('Point', '2,2')}</MultiGeometry>"
TRACK = "<gx:coord>1 1 0</gx:coord><gx:coord>2 2 0</gx:coord>"
MODEL = "<Location><longitude>1</longitude><latitude>2</latitude></Location>"


@pytest.mark.parametrize(
    ("drawn", "kind", "count"),
    [
        (shape("Point", " 120.9, 28.05, 0 "), "Point", 1),
        (shape("LineString", "\n120.9, 28.05\n120.92,28.06,\n"), "LineString", 2),
        (ring("1,1 2,1 2,2 1,1"), "LineString", 4),
        (f"<Polygon>{SHELL}{HOLE}</Polygon>", "Polygon", 8),
        (f"<MultiGeometry>{shape('Point', '1,1')}{NESTED}</MultiGeometry>", "MultiPoint", 2),
        (
            f"<MultiGeometry>{shape('Point', '1,1')}{ring('2,2 3,3')}</MultiGeometry>",
            "GeometryCollection",
            3,
        ),
        (f"<gx:Track><when>2024</when>{TRACK}</gx:Track>", "LineString", 2),
        (f"<Model>{MODEL}</Model>", "Point", 1),
    ],
)
def test_every_shape_of_kml_is_drawn(drawn: str, kind: str, count: int) -> None:
    """Parts in parts, recorded tracks, models, open rings, and blanks behind commas."""
    found = read_overlay("a", kml(f"<Placemark>{drawn}</Placemark>")).frame.geometry[0]
    assert (found.geom_type, shapely.get_num_coordinates(found)) == (kind, count)


@pytest.mark.parametrize(
    "raw",
    [
        kml(placemark(""), head=""),
        kml(placemark(""), head="\ufeff<?xml version='1.0' encoding='UTF-8'?>"),
        kml(placemark(""), head='<?xml version="1.0" encoding="GB2312"?>').decode().encode("gbk"),
        kml(placemark("")).decode().encode("gb18030"),
        kml(placemark(""), head='<?xml version="1.0" encoding="utf-16"?>')
        .decode()
        .encode("utf-16"),
        kml(placemark("<phoneNumber>\x0b</phoneNumber>")),
        kml(placemark("<!-- <name>旧</name> --><?x y?>")),
        placemark("").encode(),
        placemark("").replace("<", "<kml:").replace("<kml:/", "</kml:").encode(),
        kml("<name>a&nbsp;b</name>" + placemark("")),
    ],
)
def test_kml_in_the_forms_people_have(raw: bytes) -> None:
    """Wrongly declared encodings, control signs, comments, prefixes and HTML's entities pass."""
    assert [row["name"] for row in rows(raw)] == ["石桥公园"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), max_size=4))
def test_plain_text_is_no_mark_up_and_mark_up_is_no_text(words: list[str]) -> None:
    """What HTML escapes comes back as written, in the order of its lines."""
    from html import escape  # noqa: PLC0415 - only here

    marked = "".join(f"<p>{escape(word)}</p>" for word in words)
    lines = (" ".join(word.split()) for word in words)
    assert plain(marked).split("\n") == (list(filter(None, lines)) or [""])


# Shapefiles


@pytest.mark.parametrize("name", ["cpg_", "cpg_ANSI_936", "cpg_OEM", "cpg_UTF-8"])
def test_a_cpg_that_lies_is_not_believed(name: str) -> None:
    """Texts in GBK are read as such, whatever stands beside them."""
    assert rows(case(f"18_shp_gbk/{name}.zip")) == [
        {"名称": "青溪大道", "乡镇名": "柳溪镇"},
        {"名称": "石桥公园", "乡镇名": "白石镇"},
    ]


def table(
    values: list[bytes], name: bytes = b"name", *, width: int = 20, language: int = 0
) -> bytes:
    """Return a .dbf file with one column of text."""
    head = struct.pack("<4BIHH16xBB2x", 3, 126, 1, 1, len(values), 65, width + 1, 0, language)
    column = struct.pack("<11sc4xBB14x", name, b"C", width, 0)
    return head + column + b"\r" + b"".join(b" " + value.ljust(width) for value in values) + b"\x1a"


NAMES = st.lists(st.text("青溪大道石桥公园松岭隧", min_size=2, max_size=6), min_size=1, max_size=5)
DECLARED = st.sampled_from(
    ["", "UTF-8", "GBK", "936", "ANSI 936", "OEM", "ISO-8859-1", "1252", "x"]
)


@given(NAMES, st.sampled_from(["utf-8", "gb18030"]), DECLARED, st.sampled_from([0, 0x4D, 0x57]))
def test_chinese_texts_are_read_whatever_is_declared(
    names: list[str], encoding: str, declared: str, language: int
) -> None:
    """UTF-8 and GBK are told by the bytes."""
    raw = table(
        [name.encode(encoding) for name in names], "名称".encode(encoding), language=language
    )
    assert read_table(raw, declared) == {"名称": names}


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("臺北市政府", "big5", "950"),
        ("Ägäis Straße", "cp1252", "1252"),
        ("Ägäis Straße", "cp1252", ""),
        ("plain", "ascii", "OEM"),
    ],
)
def test_other_encodings_are_read_where_they_are_declared(
    text: str, encoding: str, declared: str
) -> None:
    """What is not Chinese, or not of the mainland, is not taken for it."""
    assert read_table(table([text.encode(encoding)]), declared) == {"name": [text]}


@given(st.integers(1, 20), st.sampled_from(["utf-8", "gb18030"]))
def test_a_text_cut_by_its_column_keeps_its_whole_characters(width: int, encoding: str) -> None:
    """The edge of a column may fall inside a character; the layer is read all the same."""
    text = "青溪大道北延工程青溪大道"
    found = read_table(
        table([text.encode(encoding)[:width], "石桥".encode(encoding)[:width]], width=width), ""
    )
    kept = found["name"][0] or ""
    assert text.startswith(str(kept))
    assert len(str(kept).encode(encoding)) > width - 4


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UTF-8", "utf-8"),
        ("GBK", "gb18030"),
        ("gb2312", "gb18030"),
        ("cp936", "gb18030"),
        ("ANSI 936", "gb18030"),
        ("ANSI_936", "gb18030"),
        ("windows-1252", "cp1252"),
        ("88591", "iso8859-1"),
        ("OEM", ""),
        ("", ""),
        ("hex", ""),
        ("LDID/77", ""),
    ],
)
def test_names_of_encodings(printed: str, name: str) -> None:
    """As .cpg files write them; what names none is empty."""
    assert codec(printed) == name
    assert told_encoding([b"a"], [printed]) == "utf-8"


def test_an_archive_of_several_shapefiles_is_drawn_whole(tmp_path: Path) -> None:
    """Points and lines as two Shapefiles in folders of their own, names in any case."""
    members = {}
    for layer, name in (("路网", "青溪大道"), ("公园", "石桥公园")):
        frame = gpd.GeoDataFrame({"名称": [name]}, geometry=[Point(120.9, 28.05)], crs=4326)
        frame.to_file(tmp_path / f"{layer}.shp", encoding="gbk")
        parts = tmp_path.glob(f"{layer}.*")
        members |= {f"{layer}/{layer.upper()}{p.suffix.upper()}": p.read_bytes() for p in parts}
    assert rows(packed(members)) == [
        {"名称": "石桥公园" if layer == "公园" else "青溪大道", "layer": layer}
        for layer in dict.fromkeys(Path(name).parts[0] for name in members)
    ]


# What this product writes

DRAWN = ("geojson", "circles", "fgb", "parquet", "gpkg", "shp", "kml", "kmz", "qgis", "zip")


@pytest.mark.parametrize("code", DRAWN)
def test_what_this_product_writes_comes_back(code: str) -> None:
    """Every project that has a position is drawn with its name and its number."""
    placed = toys.table()[toys.table().geometry.notna()]
    said = [set(row.values()) for row in rows(written(code))]
    for row in placed.itertuples():
        assert any({row.name, row.id} <= values for values in said), row.name


def test_the_geojson_comes_back_with_all_attributes() -> None:
    """Each property that says something is there, each quote among them."""
    features = json.loads(written("geojson"))["features"]
    placed = [each["properties"] for each in features if each["geometry"]]
    found = rows(written("geojson"))
    assert len(found) == len(placed)
    for properties, row in zip(placed, found, strict=True):
        wanted = {name for name, value in properties.items() if readable(value)}
        assert wanted <= row.keys()
        assert all(said["quote"] in row["statements"] for said in properties["statements"])


# What cannot be drawn

GROUND = "<GroundOverlay><Icon><href>a.png</href></Icon></GroundOverlay>"
LINK = "<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>"
SHP = {"a.shp": b"\x00\x00\x27\x0a", "a.shx": b"", "a.dbf": table([b"x"]), "a.prj": WGS84.encode()}
WRONG = {
    "swapped": (json.dumps({"type": "Point", "coordinates": [28.0, 120.9]}), DamagedOverlay),
    "topojson": ('{"type": "Topology", "objects": {}, "arcs": []}', UnknownOverlay),
    "esri_json": ('{"geometryType": "esriGeometryPoint", "features": []}', UnknownOverlay),
    "shape": (json.dumps({"type": "Point", "coordinates": ["a", "b"]}), DamagedOverlay),
    "feature": ('{"type": "FeatureCollection", "features": [1]}', DamagedOverlay),
    "json": ('{"type": "Point", "coordinates": [1, 2}', DamagedOverlay),
    "letters": (b'{"type": "\xff\xff"}', DamagedOverlay),
    "other_xml": ("<gpx><wpt lat='1' lon='2'/></gpx>", UnknownOverlay),
    "doctype": ("<!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>", UnknownOverlay),
    "xml": (kml("<Placemark>a & b</Placemark>"), DamagedOverlay),
    "coordinates": (kml(placemark("").replace("120.9,28.05", "120.9")), DamagedOverlay),
    "pictures": (kml(GROUND), OverlayWithoutGeometry),
    "network_link": (kml(LINK), OverlayWithoutGeometry),
    "no_placemark": (kml(""), EmptyOverlay),
    "shp_alone": (b"\x00\x00\x27\x0a" + bytes(100), UnknownOverlay),
    "other_archive": (b"Rar!\x1a\x07\x00", UnknownOverlay),
    "prj": (packed(SHP | {"a.prj": b" "}), OverlayWithoutCrs),
    "dbf": (packed(SHP | {"a.dbf": b"x"}), DamagedOverlay),
    "part_broken": (packed(SHP | {"a.shp": b"x"}), DamagedOverlay),
    "unreadable": (packed(SHP), DamagedOverlay),
    "archive": (packed({"a.zip": b"PK", "readme.txt": b""}), UnknownOverlay),
}


@pytest.mark.parametrize("cause", WRONG)
def test_the_true_cause_is_named_in_both_languages(cause: str) -> None:
    """What is said is of the kind and the cause, in either language, with a way out."""
    raw, kind = WRONG[cause]
    with pytest.raises(WrongOverlay) as caught:
        read_overlay("a", raw.encode() if isinstance(raw, str) else raw)
    error = caught.value
    assert (type(error), error.cause) == (kind, cause)
    told = {layers.problem(error, language) for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)
    assert "{" not in "".join(told)


def test_every_cause_in_the_code_has_its_words() -> None:
    """No reader can name a cause for which there are none."""
    sources = "".join(path.read_text() for path in sorted((ROOT / "layers").glob("o*/*.py")))
    sources += (ROOT / "layers" / "overlay.py").read_text()
    raised = set(re.findall(r"(?:Overlay\w*|Overlay)\(\"(\w+)\"", sources))
    assert set(WRONG) - raised <= {"shp_alone", "other_archive"}
    for cause in raised | {"shp_alone", "other_archive", "other_pdf", "other"}:
        for language in LANGUAGES:
            try:
                layers.caption(f"layer_{cause}", language)
            except UnknownCaption:
                pytest.fail(f"no words for {cause}")


def test_what_stands_in_a_file_is_no_mark_up_on_the_page() -> None:
    """A name of the file's own inside a message is shown letter by letter."""
    raw = geojson({}, crs={"type": "name", "properties": {"name": "![x](http://a/)"}})
    with pytest.raises(OverlayWithoutCrs) as caught:
        read_overlay("a", raw)
    assert "![x](" not in layers.problem(caught.value, "zh")


def test_what_points_elsewhere_is_never_opened(tmp_path: Path) -> None:
    """Programs and addresses hidden in a layer reach no file and no host."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\nSECRET,1\n")
    vrt = (
        f"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>CSV:{secret}</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    inside = geojson({"name": vrt, "type": "gdal_streamed_alg", "command_line": "gdal vector"})
    assert "SECRET" not in str(rows(inside))
    for raw in (
        json.dumps({"features": [1], "x": vrt}).encode(),
        json.dumps({"type": "gdal_streamed_alg", "command_line": f"read {secret}"}).encode(),
        kml(f"<Placemark><name>{vrt}</name></Placemark>"),
        b"PAR1" + vrt.encode(),
        b"fgb\x03fgb\x00" + vrt.encode(),
        b"SQLite format 3\x00" + vrt.encode(),
        packed({"a.geojson": vrt.encode()}),
    ):
        with pytest.raises(WrongOverlay) as caught:
            read_overlay("a", raw)
        assert "SECRET" not in str(caught.value)
