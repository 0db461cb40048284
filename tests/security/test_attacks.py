"""Small files that ask for much or reach for others: each ends with a clear message."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import plans
from isolation import Stopped
from layers import WrongOverlay, read_overlay
from store import BrokenFile
from tests import files
from tests.security import attacks

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "SECRET-7d1c"
SERVER = "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{source}</SrcDataSource>"
VRT = (
    f"{SERVER}<SrcSQL dialect='sqlite'>SELECT *, 'POINT(120.9 28.1)' AS wkt FROM {{table}}</SrcSQL>"
    "<GeometryType>wkbPoint</GeometryType><LayerSRS>EPSG:4326</LayerSRS>"
    "<GeometryField encoding='WKT' field='wkt'/></OGRVRTLayer></OGRVRTDataSource>"
)


@pytest.mark.parametrize("name", attacks.PLANS)
def test_a_plan_that_asks_for_too_much_is_refused_by_what_is_too_much(name: str) -> None:
    """The message names the cause, in English here; nothing of the machine is taken for it."""
    file, make, words = attacks.PLANS[name]
    with pytest.raises(BrokenFile) as refused:
        plans.read_document(Path(file), make())
    assert words in str(refused.value)
    assert "too much memory" not in str(refused.value)


def test_boxes_in_one_another_are_read_once_each() -> None:
    """What stood in sixty boxes was read 2^60 times; the sentence stands there once."""
    document = plans.read_document(Path("a.docx"), attacks.boxes(60))
    assert document.text.count("望月大道") == 1


@pytest.mark.parametrize("name", attacks.LAYERS)
def test_a_layer_that_asks_for_too_much_is_refused(name: str) -> None:
    """Every kind has words in both languages."""
    with pytest.raises(WrongOverlay) as refused:
        read_overlay("a", attacks.LAYERS[name]())
    assert refused.value.told("zh") != refused.value.told("en")


@pytest.mark.parametrize(
    "trigger",
    [
        "CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT load_extension('x'); END",
        "CREATE TRIGGER x AFTER UPDATE ON t BEGIN DELETE FROM t; END",
    ],
)
def test_a_trigger_never_runs(trigger: str) -> None:
    """A GeoPackage with triggers is read, and they stay where they are."""
    layer = read_overlay(
        "a.gpkg", attacks.geopackage("ALTER TABLE t RENAME TO a", trigger.replace(" t ", " a "))
    )
    assert list(layer.frame["name"]) == ["望月桥"]


@pytest.fixture
def reaching(tmp_path: Path) -> dict[str, bytes]:
    """Files that name a file of the server or an address of its network."""
    (tmp_path / "secret.csv").write_text(f"a,b\n{SECRET},1\n")
    inner = tmp_path / "inner.geojson"
    feature = {
        "type": "Feature",
        "properties": {"a": SECRET},
        "geometry": {"type": "Point", "coordinates": [120.9, 28.1]},
    }
    inner.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    vrt = VRT.format(source=f"CSV:{tmp_path / 'secret.csv'}", table="secret")
    passwd = VRT.format(source="CSV:/etc/passwd", table="passwd")
    command = {
        "type": "gdal_streamed_alg",
        "command_line": f"gdal vector pipeline read {inner}",
        "features": [1],
    }
    entity = (
        f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{inner.as_uri()}">]><kml><Placemark><name>&x;</name>'
        "<Point><coordinates>120.9,28.1</coordinates></Point></Placemark></kml>"
    )
    linked = f"<kml><NetworkLink><Link><href>{inner}</href></Link></NetworkLink></kml>"
    return {
        "vrt in GeoJSON": ('{"features":[1],"x":"' + vrt + '"}').encode(),
        "vrt": vrt.encode(),
        "accounts": ('{"features":[1],"x":"' + passwd + '"}').encode(),
        "pipeline": json.dumps(command).encode(),
        "path as content": str(inner).encode(),
        "entity": entity.encode(),
        "network link": linked.encode(),
        "vrt in KMZ": attacks.zipped({"doc.kml": vrt.encode()}),
        "vrt in a Shapefile": attacks.zipped({"a.shp": vrt.encode(), "a.shx": b"", "a.dbf": b""}),
        "way out of an archive": attacks.zipped({"../../a.kml": linked.encode()}),
    }


REACHING = (
    *("vrt in GeoJSON", "vrt", "accounts", "pipeline", "path as content", "entity"),
    *("network link", "vrt in KMZ", "vrt in a Shapefile", "way out of an archive"),
)


@pytest.mark.parametrize("name", REACHING)
def test_no_layer_reaches_another_file(name: str, reaching: dict[str, bytes]) -> None:
    """Whatever it is taken for, nothing of another file stands in what comes back."""
    assert set(REACHING) == set(reaching)
    try:
        layer = read_overlay(name, reaching[name])
    except WrongOverlay as refused:
        told = f"{refused} {refused.told('zh')}"
    else:
        told = json.dumps(layer.record(), ensure_ascii=False)
    assert SECRET not in told
    assert "root:" not in told


def test_no_layer_reaches_an_address() -> None:
    """A server of this machine is asked nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = f"/vsicurl/http://127.0.0.1:{server.getsockname()[1]}/hit.csv"
        content = '{"features":[1],"x":"' + VRT.format(source=source, table="hit") + '"}'
        with pytest.raises(WrongOverlay):
            read_overlay("a.geojson", content.encode())
        server.settimeout(0)
        with pytest.raises(BlockingIOError):  # nobody waits to be let in
            server.accept()


@pytest.mark.parametrize(
    ("name", "make", "count"),
    [
        ("a.xlsx", lambda: attacks.table(10_000), 10_000),
        (
            "a.pdf",
            lambda: attacks.honest_pages(60),
            60 * 20,
        ),  # what stands on every page is a head or foot
    ],
)
def test_what_is_large_and_honest_is_read(name: str, make: Callable[[], bytes], count: int) -> None:
    """With progress that ends where all is read, and every line of it."""
    told: list[tuple[int, int]] = []
    document = plans.read_document(Path(name), make(), lambda done, of: told.append((done, of)))
    assert sum(bool(line.strip()) for line in document.text.splitlines()) >= count
    assert any(0 < done <= of for done, of in told)


class Left(Exception):  # noqa: N818 - the visitor has
    """The visitor went."""


def test_a_reading_ends_when_the_visitor_goes() -> None:
    """What the progress raises comes out, and no child is left."""

    def go(_done: int, _of: int) -> None:
        raise Left

    with pytest.raises(Left):
        plans.read_document(Path("a.xlsx"), attacks.table(10_000), go)
    assert [one for one in children() if "plans.formats" in one] == []


def children() -> list[str]:
    """Return the command lines of this process's children; empty where the system has no list."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found.append((folder / "cmdline").read_text())
    return found


def test_a_word_file_of_nothing_but_a_bomb_is_refused() -> None:
    """A package that unpacks to a thousand times its size."""
    bomb = files.repacked(
        files.word(lambda document: document.add_paragraph("x")),
        "word/document.xml",
        lambda xml: xml + b" " * 60_000_000,
    )
    with pytest.raises((BrokenFile, Stopped)):
        plans.read_document(Path("a.docx"), bomb)
