"""Every reader on broken files, with a fixed seed: a value or a named error, nothing else.

The readers run here without their child process: what would only end the child is a fault too.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import plans
from layers import WrongOverlay
from store import BrokenFile
from tests import files
from tests.reading import read_document, read_overlay
from tests.security import attacks

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 40


def broken(raw: bytes, seed: int) -> Iterator[bytes]:
    """Yield a file cut, with signs turned, with parts doubled, taken out and put elsewhere."""
    dice = random.Random(seed)
    for _ in range(ROUNDS):
        out = bytearray(raw)
        for _ in range(dice.randint(1, 4)):
            at, length = dice.randrange(len(out) or 1), dice.randint(1, 40)
            way = dice.randrange(5)
            if way == 0:
                del out[at:]
            elif way == 1:
                out[at : at + length] = dice.randbytes(len(out[at : at + length]))
            elif way == 2:
                del out[at : at + length]
            elif way == 3:
                out[at:at] = out[at : at + length] * dice.randint(1, 20)
            elif out:
                out[at % len(out)] ^= 1 << dice.randrange(8)
        yield bytes(out)


def feature() -> bytes:
    """A small GeoJSON with several kinds of shapes."""
    return (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a","n":[1]},'
        b'"geometry":{"type":"Point","coordinates":[120.9,28.1]}},{"type":"Feature","properties":null,'
        b'"geometry":{"type":"GeometryCollection","geometries":[{"type":"LineString",'
        b'"coordinates":[[120,28],[121,29]]}]}}]}'
    )


KML = (
    b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
    b"<name>a</name><ExtendedData><Data name='n'><value>1</value></Data></ExtendedData><Point>"
    b"<coordinates>120.9,28.1</coordinates></Point></Placemark></Document></kml>"
)


def _a_paragraph(document: Any) -> None:
    document.add_paragraph("开工建设望月大道。")


PLANS = {
    "a.txt": "一、开工建设望月大道。\n责任单位：县交通局".encode,
    "a.html": "<h1>a</h1><table><tr><td>望月大道<td>开工</table>".encode,
    "a.csv": lambda: "项目,状态\n望月大道,开工\n".encode("gb18030"),
    "a.md": "# a\n\n- 望月大道\n".encode,
    "a.docx": lambda: files.word(_a_paragraph),
    "a.xlsx": lambda: attacks.table(3),
    "a.pdf": lambda: attacks.honest_pages(1),
}
LAYERS = {
    "geojson": feature,
    "kml": lambda: KML,
    "kmz": lambda: attacks.zipped({"doc.kml": KML}),
    "gpkg": attacks.geopackage,
}


@pytest.mark.parametrize("name", PLANS)
def test_a_broken_plan_is_read_or_named(name: str) -> None:
    """Nothing but a document or a named error comes out."""
    for raw in broken(PLANS[name](), seed=7):
        try:
            assert isinstance(read_document(Path(name), raw), plans.Document)
        except BrokenFile:
            continue


@pytest.mark.parametrize("kind", LAYERS)
def test_a_broken_layer_is_read_or_named(kind: str) -> None:
    """Nothing but a layer or a named error comes out."""
    for raw in broken(LAYERS[kind](), seed=11):
        try:
            assert len(read_overlay(kind, raw).frame)
        except WrongOverlay:
            continue
