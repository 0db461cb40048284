"""Files for GIS users: exactly the selection, in every format, the same bytes each time."""

from __future__ import annotations

import base64
import io
import json
import random
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import geopandas as gpd
import openpyxl
import pytest
import shapely
from lxml import etree
from pyproj import Geod

import building
import layers
from geo import Location, UnknownCrs, surroundings
from layers.export import writer
from layers.export.fields import fields
from layers.export.icons import icon
from layers.outcomes import progress
from layers.symbols import known_codes, known_mark
from layers.words import codes
from tests import crowds, read_back, toys

if TYPE_CHECKING:
    from layers import Content

FORMATS = list(layers.formats())
WHOLE = [code for code in FORMATS if code != "circles"]
LAYERS = ("projects", "circles", "statements", "units", "sources", "documents")


def content(table: gpd.GeoDataFrame | None = None) -> Content:
    """Return the toy town's content, or that of a part of its table."""
    chosen = toys.table() if table is None else table
    return layers.Content(chosen, toys.PAPERS, toys.base(), ("全部项目", "all projects"))


@cache
def written(code: str, crs: int | None = None) -> bytes:
    """Return the toy town in a format, written once."""
    return layers.to_file(content(), code, crs).content


@pytest.mark.parametrize("code", WHOLE)
def test_a_file_holds_all_rows(code: str) -> None:
    """Every format names every project, placed or not, once."""
    assert read_back.ids(code, written(code)) == sorted(toys.table()["id"])


def test_circles_are_those_of_the_placed() -> None:
    """The layer of circles has one area per project with a position."""
    table = toys.table()
    assert read_back.ids("circles", written("circles")) == sorted(
        table["id"][table.geometry.notna()]
    )


@pytest.mark.parametrize("code", FORMATS)
def test_the_same_content_gives_the_same_bytes(code: str) -> None:
    """Nothing in a file depends on when it is made."""
    assert layers.to_file(content(), code).content == written(code)


@pytest.mark.parametrize("code", FORMATS)
def test_nothing_is_a_file_too(code: str) -> None:
    """An empty selection gives a readable file without projects."""
    empty = layers.to_file(content(toys.table()[:0]), code).content
    assert read_back.ids(code, empty) == []


@pytest.mark.parametrize("code", FORMATS)
def test_every_offered_system_can_be_written(code: str) -> None:
    """A format is written in each coordinate system that its row of the table names."""
    for crs in layers.formats()[code].crs if code != "zip" else ():  # made of the others
        assert written(code, crs)


def test_an_unknown_system_is_refused() -> None:
    """A system that a format does not have is one clear line, and so is an unknown format."""
    with pytest.raises(UnknownCrs, match=r"EPSG:4549 is not offered for kml; offered are 4326"):
        layers.to_file(content(), "kml", 4549)
    with pytest.raises(UnknownCrs, match="EPSG:1 is not offered for gpkg"):
        layers.to_file(content(), "gpkg", 1)
    with pytest.raises(layers.UnknownCode, match="unknown format 'doc'"):
        layers.to_file(content(), "doc")


def test_every_format_has_a_writer_and_a_name() -> None:
    """The table of formats, the writers and the words agree."""
    for code in FORMATS:
        assert callable(writer(code))
        assert layers.label("format", code, "zh")
    assert len({form.file_name("planmap") for form in layers.formats().values()}) == len(FORMATS)


def random_selection(seed: int, table: gpd.GeoDataFrame) -> layers.Selection:
    """Return some values of one to three filters, as a visitor would set them."""
    chance = random.Random(seed)
    names = chance.sample(["status", "strategy", "unit", "lead", "category", "document"], 3)
    wanted = {}
    for name in names[: chance.randint(1, 3)]:
        known = layers.choices(table, name)
        wanted[name] = tuple(chance.sample(known, min(len(known), chance.randint(1, 4))))
    return layers.Selection(**wanted)


@pytest.fixture(scope="module")
def built() -> building.Built:
    """The catalogue as built."""
    return building.load()


@pytest.mark.parametrize("seed", range(30))
def test_what_is_chosen_is_in_every_file(seed: int, built: building.Built) -> None:
    """For random selections of the real catalogue each format holds just the selected ids."""
    chosen = layers.select(built.table, random_selection(seed, built.table))
    whole = layers.Content(chosen, built.documents, layers.base_map())
    wanted = sorted(chosen["id"])
    for code in WHOLE:
        if code not in {"zip", "qgis", "kmz"}:  # made of the others
            assert read_back.ids(code, layers.to_file(whole, code).content) == wanted, code


def test_short_names_fit_a_shapefile() -> None:
    """Within a layer short names are ASCII, at most ten characters, and tell fields apart."""
    for layer in LAYERS:
        short = [one.short for one in fields(layer)]
        assert short
        assert all(name.isascii() and len(name) <= 10 for name in short)
        assert len(set(short)) == len({one.zh for one in fields(layer)}) == len(short)


def test_a_shapefile_says_what_its_fields_mean() -> None:
    """UTF-8 is declared, and the list of fields names each column of each table."""
    files = read_back.unzipped(written("shp"))
    assert files["project_points.cpg"].strip() == b"UTF-8"
    named = {(row["file"], row["short"]) for row in read_back.rows(files["fields.csv"])}
    assert ("project_lines.dbf", "loc_class") in named
    assert {"README.txt", "statements.csv", "position_circles.shp"} <= files.keys()


def test_a_long_text_is_cut_and_kept_beside() -> None:
    """A text of more than 254 bytes ends with an ellipsis in the table and is whole in the CSV."""
    long = "推进青溪湿地公园建设，" * 40
    made = [toys.project(toys.statement("青溪湿地公园", quote=long))]
    table = layers.project_table(made, toys.locate, toys.PAPERS)
    files = read_back.unzipped(layers.to_file(content(table), "shp").content)
    assert long.encode() not in files["project_points.dbf"]
    assert "…".encode() in files["project_points.dbf"]
    assert long in read_back.rows(files["project_points.csv"])[0]["quotes"]


def test_a_text_that_a_workbook_or_drawing_cannot_hold_says_that_it_is_cut() -> None:
    """A cell ends in words on the cut and its length; a drawing's text in an ellipsis."""
    long = "推进青溪湿地公园建设，" * 4000
    made = [toys.project(toys.statement(long, quote=long))]
    place = Location("site", shapely.Point(120.3, 27.5), 300.0, "gazetteer", "地名表", "MIT")
    table = layers.project_table(made, lambda _: place, toys.PAPERS)
    book = openpyxl.load_workbook(io.BytesIO(layers.to_file(content(table), "xlsx").content))
    cells = [str(cell.value) for row in book["表述"].iter_rows() for cell in row if cell.value]
    cut = [text for text in cells if len(text) > 30_000]
    assert cut
    assert {len(text) for text in cut} == {32_767}
    assert all(re.search(r"已截断；全文 \d{5} 字符〕$", text) for text in cut)
    files = read_back.unzipped(layers.to_file(content(table), "dxf").content)
    (drawing,) = [body.decode("gbk") for name, body in files.items() if name.endswith(".dxf")]
    texts = [line for line in drawing.splitlines() if line.startswith(long[:20])]
    assert texts
    assert all(line.endswith("…") and len(line.encode()) <= 250 for line in texts)
    assert "250" in files["README.txt"].decode("utf-8-sig")


def test_a_geopackage_tells_columns_in_chinese() -> None:
    """Every column of a project layer has its Chinese name in gpkg_data_columns."""
    named = read_back.query(
        written("gpkg"),
        "SELECT column_name, name FROM gpkg_data_columns WHERE table_name = 'project_points'",
    )
    assert ("name", "名称") in named
    columns = read_back.query(
        written("gpkg"), "SELECT name FROM pragma_table_info('project_points')"
    )
    assert {column for column, _ in named} == {name for (name,) in columns} - {"fid", "geom"}


def test_a_geopackage_relates_statements_to_projects() -> None:
    """From each project the relation leads to just its own statements."""
    package = written("gpkg")
    relations = read_back.query(
        package, "SELECT base_table_name, mapping_table_name FROM gpkgext_relations"
    )
    assert len(relations) == 4
    wrong = [
        read_back.query(
            package,
            f"SELECT count(*), sum(base.id <> s.project_id) FROM {mapping} m"
            f" JOIN {table} base ON base.fid = m.base_id JOIN statements s ON s.fid = m.related_id",
        )[0]
        for table, mapping in relations
    ]
    assert sum(count for count, _ in wrong) == sum(map(len, toys.table()["statements"]))
    assert sum(differing or 0 for _, differing in wrong) == 0


def test_a_geopackage_brings_its_styles() -> None:
    """Each drawn layer has a default style for QGIS that names the stages that occur."""
    styles = dict(
        read_back.query(written("gpkg"), "SELECT f_table_name, styleQML FROM layer_styles")
    )
    assert set(styles) == {"project_points", "project_lines", "project_areas", "position_circles"}
    point = etree.fromstring(styles["project_points"].encode())
    assert [one.get("label") for one in point.iter("category")] == ["已建成"]
    assert {one.get("name") for one in point.iter("alias")} >= {"名称", "状态"}


def known_everywhere(stage: str) -> Content:
    """Return a toy as point, line and area, of all of which something is known."""
    point = shapely.Point(120.9, 28.0)
    shapes = [point, shapely.LineString([(120.9, 28.0), (120.95, 28.02)]), point.buffer(0.01)]
    table = crowds.table(len(shapes)).assign(radius_m=100.0)
    known = layers.with_known(
        table.set_geometry(gpd.GeoSeries(shapes, index=table.index, crs=4326)),
        [toys.outcome(name, stage) for name in table["name"]],
    )
    return content(known)


@pytest.mark.parametrize("stage", codes("known_stage"))
def test_icons_of_a_kmz_are_marked_with_what_is_known(stage: str) -> None:
    """A pin's icon carries the mark of its outcome; a line or an area has it in its middle."""
    made = known_everywhere(stage)
    files = read_back.unzipped(layers.to_file(made, "kmz").content)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    tree = etree.fromstring(files["doc.kml"])
    icons = {
        f"#{style.get('id')}": href.text
        for style in tree.iterfind(".//k:Style", space)
        for href in style.iterfind(".//k:href", space)
    }
    marks = {one.get("id"): one for one in tree.iterfind(".//k:Placemark", space)}
    placed = made.table[made.table.geometry.notna()]
    assert len(set(placed.geometry.geom_type)) == 3
    for row in placed.itertuples():
        is_point = row.geometry.geom_type == "Point"
        mark = marks[f"{'project' if is_point else 'known'}-{row.id}"]
        assert mark.find(".//k:Point", space) is not None
        drawn = files[icons[mark.findtext("k:styleUrl", namespaces=space)]]
        plain = icon(row.stage, row.category)
        assert drawn not in {plain, icon(row.stage, "other")}
        expected = (row.stage, row.category) if is_point else ("", "")
        assert drawn == icon(*expected, progress(stage))
    assert len({icon("", "", code) for code in known_codes()}) == len(known_codes())


@pytest.mark.parametrize("code", ["gpkg", "qgis"])
def test_qgis_draws_a_mark_of_what_is_known(code: str) -> None:
    """Every symbol has the mark of each known stage above it, shown only where one is known."""
    made = layers.to_file(known_everywhere("completed"), code).content
    if code == "gpkg":
        found = read_back.query(made, "SELECT styleQML FROM layer_styles WHERE f_table_name <> ''")
        trees = [etree.fromstring(style.encode()) for (style,) in found]
    else:
        project = read_back.unzipped(read_back.unzipped(made)["planmap.qgz"])["planmap.qgs"]
        trees = list(etree.fromstring(project).iter("maplayer"))
    by_stage = [tree for tree in trees if tree.find(".//renderer-v2[@attr='stage']") is not None]
    assert len(by_stage) == 3
    for tree in by_stage:
        symbols = tree.findall(".//renderer-v2/symbols/symbol")
        assert symbols
        for symbol in symbols:
            last = symbol.findall("layer")[-1].xpath("descendant-or-self::layer")[-1]
            depending = {
                one.get("name"): one.find("Option[@name='expression']").get("value")
                for one in last.findall(".//Option[@name='properties']/Option")
            }
            assert '"known_stage"' in depending["enabled"]
            shown = dict(re.findall(r"= '(\w+)' THEN 'base64:([^']+)'", depending["name"]))
            assert set(shown) == set(codes("known_stage"))
            for known, drawing in shown.items():
                glyph = known_mark(progress(known)).glyph
                assert glyph in base64.b64decode(drawing).decode()


def test_circles_have_their_radius() -> None:
    """Each circle lies at its radius from its middle, measured on the ellipsoid, within 0.1 %."""
    middle, radius = shapely.Point(120.9, 28.1), 2000.0
    (area,) = surroundings(shapely.points([[120.9, 28.1]]), gpd.pd.Series([radius]).to_numpy())
    lon, lat = shapely.get_coordinates(area.exterior).T
    around = Geod(ellps="WGS84").inv([middle.x] * len(lon), [middle.y] * len(lon), lon, lat)[2]
    assert max(abs(distance - radius) for distance in around) < radius / 1000


def test_metres_are_metres() -> None:
    """In EPSG:4549 and 3857 eastings come first and are what PROJ makes of the position."""
    for crs, code in ((4549, "parquet"), (3857, "parquet"), (4549, "fgb")):
        content_ = io.BytesIO(written(code, crs))
        read = gpd.read_parquet(content_) if code == "parquet" else gpd.read_file(content_)
        assert read.crs.to_epsg() == crs
        placed = read[read["name"] == "青溪湿地公园"].geometry.iloc[0]
        back = gpd.GeoSeries([placed], crs=crs).to_crs(4326).iloc[0]
        assert back.distance(shapely.Point(120.3, 27.5)) < 1e-7


def test_text_of_a_workbook_is_never_a_formula() -> None:
    """A quote that looks like a formula, or holds mark-up, arrives as the text it is."""
    evil = '=HYPERLINK("http://example.org")<b>'
    made = [toys.project(toys.statement("青溪湿地公园", quote=evil))]
    table = layers.project_table(made, toys.locate, toys.PAPERS)
    book = openpyxl.load_workbook(io.BytesIO(layers.to_file(content(table), "xlsx").content))
    assert book.sheetnames == ["项目", "表述", "单位", "位置来源", "文件"]
    cells = [cell for row in book["表述"].iter_rows() for cell in row if cell.value == evil]
    assert [cell.data_type for cell in cells] == ["s"]
    assert evil not in written_kml(table)


def written_kml(table: gpd.GeoDataFrame) -> str:
    """Return a table as KML text; reading it fails where a text broke the mark-up."""
    made = layers.to_file(content(table), "kml").content
    etree.fromstring(made)
    return made.decode()


def test_control_characters_do_not_break_xml() -> None:
    """A name with a control character or a mark-up sign gives well-formed KML."""
    made = [toys.project(toys.statement("青溪\x0b湿地<公园>&", quote="\x00建成"))]
    assert "青溪湿地&lt;公园&gt;&amp;" in written_kml(
        layers.project_table(made, toys.locate, toys.PAPERS)
    )


def test_the_archive_has_readme_and_licences() -> None:
    """All formats lie in one archive with a README in both languages and licence texts."""
    files = read_back.unzipped(written("zip"))
    assert {
        form.file_name("planmap") for form in layers.formats().values() if form.code != "zip"
    } < set(files)
    readme = files["README.txt"].decode("utf-8-sig")
    assert "6 个项目 + 1 项批量任务" in readme
    assert "6 projects + 1 counted programme" in readme
    assert "Toy press" in readme
    assert b"MIT License" in files["licences/planmap-MIT.txt"]


@pytest.mark.parametrize("code", ["zip", "qgis", "dxf"])
def test_files_in_an_archive_are_called_by_what_they_hold(code: str) -> None:
    """What is unpacked has the name of the download, and a project finds its data under it."""
    stem = "青溪镇_道路_3个项目_2026-12-01"
    made = replace(content(), stem=stem)
    files = read_back.unzipped(layers.to_file(made, code).content)
    assert any(name.startswith(f"{stem}.") for name in files)
    assert not [name for name in files if name.startswith("planmap.")]
    if code == "qgis":
        project = read_back.unzipped(files[f"{stem}.qgz"])[f"{stem}.qgs"].decode()
        sources = set(re.findall(r"<datasource>\./([^|]+)\|", project))
        assert f"{stem}.gpkg" in sources
        assert sources <= set(files)


def test_a_package_maps_stage_sector_and_units() -> None:
    """OC4IDS: status and sector by the table of codes, units as parties, positions as geometry."""
    (park,) = [
        one for one in json.loads(written("oc4ids"))["projects"] if one["title"] == "青溪湿地公园"
    ]
    assert (park["status"], park["sector"]) == ("completion", ["cultureSportsAndRecreation"])
    assert park["publicAuthority"] == {"id": "市园林局", "name": "市园林局"}
    assert {party["name"]: party["roles"] for party in park["parties"]} == {
        "市园林局": ["publicAuthority"],
        "市水利局": ["administrativeEntity"],
    }
    assert park["locations"][0]["geometry"] == {"type": "Point", "coordinates": [120.3, 27.5]}
    assert [document["title"] for document in park["documents"]] == [
        toys.PAPERS[key].title for key in ("900", "901")
    ]
