"""The committed base layers: what they hold, what they weigh, and what must be said of them."""

from __future__ import annotations

import csv
import hashlib
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest
from shapely import get_parts
from shapely.geometry import Point, box

from geo import Layer, area_m2, area_polygon, load_layers
from geo.boundaries import FOLDER
from store import BrokenFile, MissingFile

if TYPE_CHECKING:
    from pathlib import Path

NEIGHBOURS = {
    "永嘉县",
    "鹿城区",
    "龙湾区",
    "洞头区",
    "瓯海区",
    "瑞安市",
    "温岭市",
    "玉环市",
    "黄岩区",
}
MOST_BYTES = 300_000


@cache
def layers() -> dict[str, Layer]:
    return load_layers()


def test_the_three_layers_are_there() -> None:
    """County, neighbours and land, each with features."""
    assert set(layers()) == {"county", "neighbours", "land"}
    assert all(layer.geometries for layer in layers().values())


def test_neighbours_are_named() -> None:
    """The counties around the city are there by name, the city itself is not among them."""
    names = {f["properties"]["name"] for f in layers()["neighbours"].collection["features"]}
    assert names >= NEIGHBOURS
    assert "乐清市" not in names


def test_shapes_are_valid_areas() -> None:
    """Every shape is a valid polygon or several, with real coordinates of this corner."""
    corner = box(120.2, 27.6, 121.8, 28.9)
    for layer in layers().values():
        for geometry in layer.geometries:
            assert geometry.geom_type in ("Polygon", "MultiPolygon")
            assert geometry.is_valid
            assert corner.covers(geometry)


def test_the_county_has_its_size() -> None:
    """The outline holds some 1,440 km2 with its share of the sea."""
    assert area_m2(area_polygon()) == pytest.approx(1_440e6, rel=0.02)


def test_neighbours_do_not_overlap() -> None:
    """Simplified together, two counties share their border and nothing more."""
    shapes = [*layers()["county"].geometries, *layers()["neighbours"].geometries]
    for i, one in enumerate(shapes):
        for other in shapes[i + 1 :]:
            assert area_m2(one.intersection(other)) < 10_000


@pytest.mark.parametrize(
    ("lon", "lat", "on_land"),
    [
        (120.888286, 28.041673, True),  # 柳市
        (120.963135, 28.119438, True),  # 乐成
        (121.15369, 28.411797, True),  # 大荆
        (120.90, 27.987, False),  # the mouth of the 瓯江
        (121.13, 28.20, False),  # 乐清湾
        (121.6, 28.0, False),  # open sea
    ],
)
def test_land_and_sea(lon: float, lat: float, *, on_land: bool) -> None:
    """Towns stand on land; river mouth, bay and open sea do not."""
    (land,) = layers()["land"].geometries
    assert land.contains(Point(lon, lat)) == on_land


def test_land_has_no_holes() -> None:
    """Inland water is left out: the package has only fragments of it."""
    (land,) = layers()["land"].geometries
    assert not [ring for part in get_parts(land) for ring in part.interiors]


def test_share_alike_land_stands_alone() -> None:
    """The ODbL layer is the only one of its licence and says whose it is."""
    licences = {name: layer.licence for name, layer in layers().items()}
    assert licences == {"county": "MIT", "neighbours": "MIT", "land": "ODbL 1.0"}
    assert "© OpenStreetMap contributors" in layers()["land"].attribution


def test_manifest_is_true_and_the_files_are_small() -> None:
    """Every layer has the sum that the manifest says, none is unlisted, all are small."""
    with (FOLDER / "manifest.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    files = sorted(path for path in FOLDER.glob("*.geojson"))
    assert sorted(row["file"] for row in rows) == [path.name for path in files]
    for row in rows:
        assert hashlib.sha256((FOLDER / row["file"]).read_bytes()).hexdigest() == row["sha256"]
        assert all(row.values())
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


def test_a_folder_without_the_county_is_named(tmp_path: Path) -> None:
    """A missing manifest or outline is a named error."""
    with pytest.raises(MissingFile, match=r"manifest\.csv"):
        load_layers(tmp_path)
    head, *rows = (FOLDER / "manifest.csv").read_text("utf-8").splitlines()
    land = [row for row in rows if row.startswith("land")]
    (tmp_path / "manifest.csv").write_text("\n".join([head, *land]) + "\n", "utf-8")
    shutil.copy(FOLDER / "land.geojson", tmp_path)
    with pytest.raises(MissingFile, match=r"county\.geojson"):
        area_polygon(tmp_path)


def test_a_broken_layer_is_named(tmp_path: Path) -> None:
    """A layer that is no JSON is named by file and line."""
    for path in FOLDER.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "land.geojson").write_text("{\n oops", "utf-8")
    with pytest.raises(BrokenFile, match=r"land\.geojson, line 2"):
        load_layers(tmp_path)
