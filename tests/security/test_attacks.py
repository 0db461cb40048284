"""Small files that would take the machine, and files that reach for others."""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import layers
import plans
from isolation import CAUSES, Stopped
from layers.overlay import read_overlay
from layers.own import apart as own_apart
from layers.own.causes import WrongOverlay
from layers.words import LANGUAGES
from plans.formats import apart as plan_apart
from plans.formats import read_outside
from plans.formats.errors import TooLarge
from store import BrokenFile
from tests.reading import read_overlay as read_here
from tests.security import attacks

if TYPE_CHECKING:
    from collections.abc import Callable


def spoken(error: Exception) -> dict[str, str]:
    """Return what a visitor is told of an error, in each language."""
    whole = isinstance(error, WrongOverlay)  # it has said all in its first line
    return {
        language: layers.problem(error, language)
        + ("" if whole else layers.detail(error, language))
        for language in LANGUAGES
    }


def check_told(error: Exception) -> None:
    """An error is told in both languages, in words of each, with nothing left to fill in."""
    told = spoken(error)
    assert re.search("[一-鿿]", told["zh"])
    assert not re.search("[一-鿿]", told["en"])
    assert "{" not in "".join(told.values())


@pytest.mark.parametrize("name", attacks.PLANS)
def test_a_small_plan_that_asks_for_much_is_refused(name: str) -> None:
    """Each is refused with its reason, counted before anything is built from it."""
    file, make, words = attacks.PLANS[name]
    with pytest.raises(TooLarge, match=words) as caught:
        read_outside(Path(file), make())
    assert caught.value.cause.code
    assert not caught.value.cause.code.startswith("reading_"), "its reader knew, not the bound"
    check_told(caught.value)


@pytest.mark.parametrize("name", attacks.LAYERS)
def test_a_small_layer_that_asks_for_much_is_refused(name: str) -> None:
    """Views without end, collections in collections and millions of points are refused."""
    with pytest.raises(WrongOverlay) as caught:
        read_overlay("a", attacks.LAYERS[name]())
    assert caught.value.cause in {"view", "unpacked", "deep", "too_many"}
    check_told(caught.value)


def test_boxes_in_boxes_are_read_once() -> None:
    """The text of the innermost of sixty boxes is printed once, not 2 to the 60 times."""
    read = read_outside(Path("a.docx"), attacks.boxes(60))
    assert read.text.split().count("开工建设望月大道。") == 1


def test_what_is_honest_and_large_is_read_and_tells_how_far_it_is() -> None:
    """A table of 10,000 rows and a PDF of many pages are read, with progress."""
    for file, raw in (("a.xlsx", attacks.table(10_000)), ("a.pdf", PAGES(30))):
        seen: list[tuple[int, int]] = []
        read = read_outside(Path(file), raw, lambda *told, seen=seen: seen.append(told))  # type: ignore[misc]
        assert len(read.text.split("\n")) >= 900
        told = [done for done, of in seen if of]
        assert told == sorted(told)
        assert len(set(told)) >= 3, "how far it is, several times within a second"


PAGES = attacks.honest_pages


def test_a_view_is_read_and_a_trigger_is_not_run() -> None:
    """An honest view is a layer; a trigger finds nothing to react to."""
    trigger = "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END"
    for raw in (
        attacks.geopackage("CREATE VIEW a AS SELECT geom, upper(name) AS name FROM t"),
        attacks.geopackage("ALTER TABLE t RENAME TO a"),
        attacks.geopackage(trigger, "CREATE VIEW a AS SELECT * FROM t"),
    ):
        assert list(read_here("a", raw).frame["name"]) == ["望月桥"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW a AS SELECT geom, load_extension('x') AS x FROM t",
        "CREATE VIEW a AS SELECT geom, (SELECT count(*) FROM pragma_database_list) AS x FROM t",
    ],
)
def test_a_view_that_reaches_out_of_its_file_is_refused(statement: str) -> None:
    """What SQLite offers beside reading is not allowed to a view."""
    with pytest.raises(WrongOverlay):
        read_here("a", attacks.geopackage(statement))


def hostile(secret: Path) -> dict[str, bytes]:
    """Return files that name another file or an address, in every form that GDAL would follow."""
    vrt = (
        "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{source}</SrcDataSource>"
        "<SrcSQL dialect='sqlite'>SELECT *, 'POINT(120.9 28.1)' AS wkt FROM secret</SrcSQL>"
        "<GeometryField encoding='WKT' field='wkt'/></OGRVRTLayer></OGRVRTDataSource>"
    )
    command = f"gdal vector pipeline read {secret}"
    pipeline = {"type": "gdal_streamed_alg", "command_line": command, "features": [1]}
    whole = {"source": vrt.format(source=f"CSV:{secret}")}
    address = vrt.format(source="/vsicurl/http://127.0.0.1:9/hit.csv")
    return {
        "vrt": json.dumps({"features": [1], **whole}).encode(),
        "bare vrt": whole["source"].encode(),
        "address": json.dumps({"features": [1], "x": address}).encode(),
        "pipeline": json.dumps(pipeline).encode(),
        "flatgeobuf": b"fgb\x03fgb\x01" + whole["source"].encode(),
        "archive": attacks.zipped({"a.geojson": json.dumps(pipeline).encode()}),
        "shapefile": attacks.zipped(
            {f"a{suffix}": whole["source"].encode() for suffix in (".shp", ".shx", ".dbf", ".prj")}
        ),
    }


@pytest.mark.parametrize("name", hostile(Path("x")))
def test_a_layer_that_names_another_file_does_not_get_it(name: str, tmp_path: Path) -> None:
    """No part of the other file comes back, neither as a layer nor in an error."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\nSECRET,1\n")
    with pytest.raises(WrongOverlay) as caught:
        read_overlay("a.geojson", hostile(secret)[name])
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("cause", CAUSES)
def test_every_end_from_outside_has_its_words(cause: str) -> None:
    """Why a reading was ended is told in both languages, of plans and of layers."""
    check_told(plan_apart.stopped_as_broken(Path("a.txt"), Stopped(cause)))
    for language in LANGUAGES:
        assert layers.caption(f"layer_stopped_{cause}", language)


STRANGE = [
    *([], {}, None, 1, "x", {"text": 1}, {"text": "a", "title": "", "notes": [1], "merged": []}),
    *(
        {"broken": 1},
        {"broken": {"kind": "object"}},
        {"wrong": {"kind": "str", "cause": "", "about": {}}},
    ),
    {"wrong": {"kind": "DamagedOverlay", "cause": "nothing known", "about": {}}},
    {"columns": {"a": ["x", "y"]}, "shapes": [{"type": "Point", "coordinates": [1, 2]}]},
    {"columns": {}, "shapes": [{"type": "Point", "coordinates": [None, "x"]}]},
    {"columns": {}, "shapes": [{"type": "Nothing", "coordinates": []}]},
]


@pytest.mark.parametrize("said", STRANGE, ids=range(len(STRANGE)))
def test_a_strange_answer_is_a_damaged_file(said: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a child says that is no answer of a reader, the parent has one error for it."""
    monkeypatch.setattr(plan_apart, "read_apart", lambda *_, **__: said)
    monkeypatch.setattr(own_apart, "read_apart", lambda *_, **__: said)
    tries: list[tuple[Callable[[], object], type[Exception]]] = [
        (partial(read_outside, Path("a.txt"), b"x"), BrokenFile),
        (partial(read_overlay, "a", b"{}"), WrongOverlay),
    ]
    for read, kind in tries:
        with pytest.raises(kind):
            read()


def test_edits_from_elsewhere_are_read_apart(tmp_path: Path) -> None:
    """They come back as they were, with their lines; what is too deep or too long is named."""
    line = {
        "version": 1,
        "id": "a",
        "kind": "name",
        "project": "p",
        "name": "n",
        "value": {"to": "x"},
        "reason": "r",
        "who": "w",
        "after": [],
        "share_alike": False,
        "when": "2026-01-31T08:00:00.000000+00:00",
    }
    path = tmp_path / "a.jsonl"
    (edit,) = plans.read_incoming(b"\n" + json.dumps(line).encode(), path)
    assert edit.origin
    assert (edit.id, edit.value, edit.origin.line) == ("a", {"to": "x"}, 2)
    for raw in (b"[" * 100_000, b"x" * 1_100_000, b'{"version": 2}'):
        with pytest.raises(BrokenFile) as caught:
            plans.read_incoming(raw, path)
        assert caught.value.line == 1
        check_told(caught.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bounds of Linux")
def test_gdal_has_no_other_drivers_in_the_child() -> None:
    """The child does not even start where a driver is loaded that is not wanted."""
    assert "GeoJSON" in own_apart.unwanted_drivers().split(",")
    assert "FlatGeobuf" not in own_apart.unwanted_drivers().split(",")
    with pytest.raises(Stopped):
        own_apart.read_apart("layers.own", {}, b"{}")
