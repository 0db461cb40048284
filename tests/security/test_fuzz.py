"""Every reader with small valid files that are broken at random: a value or a named error."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
from shapely.geometry import Point

from isolation import read_apart
from layers.own.apart import unwanted_drivers
from tests import files
from tests.security import attacks

if TYPE_CHECKING:
    from pathlib import Path

EDIT = {
    "version": 1,
    "id": "a",
    "kind": "name",
    "project": "p",
    "name": "n",
    "value": {"to": "x"},
    "reason": "r",
    "who": "w",
    "when": "2026-01-31T08:00:00.000000+00:00",
    "after": [],
    "share_alike": False,
}


def written(folder: Path, name: str) -> bytes:
    """Return two points as a file of a format."""
    frame = gpd.GeoDataFrame({"name": ["望月桥", "桥"]}, geometry=[Point(120, 28)] * 2, crs=4326)
    path = folder / name
    if name.endswith(".parquet"):
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    if name.endswith(".shp"):
        return attacks.zipped({p.name: p.read_bytes() for p in sorted(folder.glob("layer.*"))})
    return path.read_bytes()


def valid(name: str, folder: Path) -> bytes:
    """Return a small valid file of a name."""
    kind = name.rpartition(".")[2]
    made = {
        "txt": "青溪镇计划\n开工建设望月大道。\n".encode,
        "csv": "项目,单位\n望月大道,交通局\n".encode,
        "html": "<html><body><table><tr><td>望月大道<td>开工</table>".encode,
        "docx": lambda: files.word(lambda document: document.add_paragraph("建设望月大道。")),
        "xlsx": lambda: files.workbook(lambda book: book.active.append(["望月大道", 1])),
        "pdf": lambda: attacks.honest_pages(1),
        "kml": lambda: attacks.lines_of_kml(3),
        "kmz": lambda: attacks.zipped({"doc.kml": attacks.lines_of_kml(3)}),
        "jsonl": lambda: json.dumps(EDIT).encode() + b"\n",
    }
    return made[kind]() if kind in made else written(folder, name)


COUNTS = {
    "a.txt": 150,
    "a.csv": 150,
    "a.html": 150,
    "a.docx": 60,
    "a.xlsx": 60,
    "a.pdf": 40,
    "layer.geojson": 150,
    "layer.kml": 150,
    "layer.kmz": 100,
    "layer.gpkg": 100,
    "layer.shp": 100,
    "layer.fgb": 100,
    "layer.parquet": 100,
    "edits.jsonl": 150,
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_broken_file_gives_a_value_or_a_named_error(name: str, tmp_path: Path) -> None:
    """Bytes flipped, cut off, doubled: no reader crashes, hangs, or raises what has no name."""
    request = {"name": name, "count": COUNTS[name]}
    skipped = {"GDAL_SKIP": unwanted_drivers()}
    seen = read_apart("tests.security.fuzzer", request, valid(name, tmp_path), environment=skipped)
    assert sum(seen.values()) == COUNTS[name]
    assert len(seen) > 1, "some of them are broken and some are not"
    assert [what for what in seen if what.startswith("unnamed")] == []
