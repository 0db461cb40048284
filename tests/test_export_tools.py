"""The files as tools that others wrote read them; a tool that is not here is skipped and named."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from fastkml.validator import validate
from geojson_pydantic import FeatureCollection
from geojson_validator import validate_geometries, validate_structure
from libcoveoc4ids.api import oc4ids_json_output
from libcoveoc4ids.config import LibCoveOC4IDSConfig

import building
import layers
from store import ROOT
from tests import read_back
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STANDARD = ROOT.parent / "shared" / "standards" / "oc4ids"
ADDRESS = "https://standard.open-contracting.org/infrastructure/schema/0__9__5/"
SYSTEM_PYTHON = "/usr/bin/python3"
CHECK = """
const {readFileSync} = require('fs');
const text = readFileSync(process.argv[1], 'utf8');
const hint = require('@mapbox/geojsonhint').hint(text);
import('@placemarkio/check-geojson').then(({check}) => {
  check(text);
  console.log(JSON.stringify(hint));
});
"""
READABLE = ("geojson", "circles", "gpkg", "fgb", "kml", "kmz", "csv", "xlsx")


@pytest.fixture(scope="module")
def built() -> building.Built:
    """The real catalogue."""
    return building.load()


@pytest.fixture(scope="module")
def folder(built: building.Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real catalogue in every format, archives unpacked."""
    made = tmp_path_factory.mktemp("files")
    content = layers.Content(built.table, built.documents, layers.base_map())
    for code in layers.formats():
        if code == "zip":
            continue
        file = layers.to_file(content, code)
        (made / file.name).write_bytes(file.content)
        if file.name.endswith(".zip"):
            (made / code).mkdir()
            for name, part in read_back.unzipped(file.content).items():
                (made / code / name).write_bytes(part)
    return made


def program(name: str) -> str:
    """Return the path of a program, or skip."""
    return shutil.which(name) or pytest.skip(f"{name} is not installed here")


def system_python(module: str) -> str:
    """Return the system's own Python if it has a module, or skip."""
    if not os.access(SYSTEM_PYTHON, os.X_OK):
        pytest.skip(f"no {SYSTEM_PYTHON} here")
    asked = subprocess.run(
        [SYSTEM_PYTHON, "-c", f"import {module}"], capture_output=True, check=False
    )
    return (
        SYSTEM_PYTHON if asked.returncode == 0 else pytest.skip(f"{module} is not installed here")
    )


@pytest.mark.parametrize("name", ["planmap.geojson", "planmap.circles.geojson"])
def test_geojson_is_valid(folder: Path, name: str) -> None:
    """geojsonhint and check-geojson (npm) find no error, geojson-pydantic reads every feature."""
    command = [program("node"), "-e", CHECK, str(folder / name)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
    FeatureCollection.model_validate_json((folder / name).read_bytes())


@pytest.mark.parametrize("name", ["planmap.geojson", "planmap.circles.geojson"])
def test_geojson_keeps_to_its_standard(folder: Path, name: str) -> None:
    """geojson-validator (PyPI) finds nothing against RFC 7946, in structure and in geometries.

    It would have six decimals; that there are seven, a centimetre, is meant.
    """
    content = json.loads((folder / name).read_bytes())
    assert validate_structure(content, check_crs=True) == {}
    found = validate_geometries(content)
    assert found["invalid"] == {}
    assert set(found["problematic"]) <= {"excessive_coordinate_precision"}


@pytest.mark.parametrize("name", ["planmap.gpkg", "qgis/planmap.gpkg", "qgis/basemap.gpkg"])
def test_the_geopackage_is_valid(folder: Path, name: str) -> None:
    """GDAL's own validator, which walks through the requirements of the standard, is content."""
    command = [system_python("osgeo_utils"), "-m", "osgeo_utils.samples.validate_gpkg"]
    ran = subprocess.run([*command, folder / name], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("code", [*READABLE, "shp", "dxf"])
def test_ogrinfo_reads_it(folder: Path, code: str) -> None:
    """Debian's GDAL opens every format without an error, and reads Chinese as it was written."""
    names = {"shp": "shp", "dxf": "dxf/planmap.dxf"}
    path = folder / names.get(code, layers.formats()[code].file_name("planmap"))
    ran = subprocess.run(
        [program("ogrinfo"), "-al", path], capture_output=True, text=True, check=True
    )
    assert "ERROR" not in ran.stderr
    assert "林宅湿地公园" in ran.stdout


@pytest.mark.parametrize("name", ["planmap.kml", "planmap.kmz"])
def test_kml_keeps_to_its_schema(folder: Path, tmp_path: Path, name: str) -> None:
    """Fastkml's schema check finds nothing wrong."""
    path = folder / name
    if name.endswith("kmz"):
        path = tmp_path / "doc.kml"
        path.write_bytes(read_back.unzipped((folder / name).read_bytes())["doc.kml"])
    assert validate(file_to_validate=path) is True


@contextmanager
def standard(folder: Path) -> Iterator[LibCoveOC4IDSConfig]:
    """Serve the schema of the standard on loopback, its own address written over."""
    shutil.copytree(STANDARD, folder / "standard")
    handler = functools.partial(_Quiet, directory=str(folder / "standard"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}/"
        for path in (folder / "standard").glob("*.json"):
            path.write_text(path.read_text("utf-8").replace(ADDRESS, host), "utf-8")
        yield LibCoveOC4IDSConfig(
            {
                "schema_host": host,
                "schema_codelists": {"0.9": f"{host}codelists/"},
                "schema_version_choices": {"0.9.5": ("0.9.5", host)},
            }
        )
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_package_is_valid_oc4ids(folder: Path, tmp_path: Path) -> None:
    """libcoveoc4ids finds no validation error, no unknown field, and only known closed codes."""
    if not STANDARD.is_dir():
        pytest.skip("the schema of OC4IDS is not here: shared/standards/oc4ids beside the project")
    package = json.loads((folder / "planmap.oc4ids.json").read_bytes())
    with standard(tmp_path) as config:
        found = oc4ids_json_output(str(tmp_path), json_data=package, lib_cove_oc4ids_config=config)
    assert found["validation_errors"] == []
    assert found["additional_fields_count"] == 0
    assert found["additional_closed_codelist_values"] == {}


def test_qgis_opens_project_package_and_service(built: building.Built, folder: Path) -> None:
    """QGIS itself sees valid layers with Chinese names, aliases and styles, in all three ways."""
    command = [system_python("qgis.core"), ROOT / "tests" / "qgis_look.py"]
    with served(lambda: built) as url:
        ran = subprocess.run(
            [*command, folder / "qgis" / "planmap.qgz", folder / "planmap.gpkg", url],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            timeout=300,
        )
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert seen["crs"] == "EPSG:4326"
    assert [name for name, layer in seen["layers"].items() if not layer["valid"]] == []
    points = seen["layers"]["项目（点）"]
    assert {"编号", "名称", "状态"} <= set(points["aliases"])
    assert points["renderer"] == seen["style"] == "categorizedSymbol"
    drawn = built.table[built.table.geometry.geom_type == "Point"]
    assert points["names"] == sorted(drawn["name"])
    assert {"陆地", "县界", "表述"} <= set(seen["layers"])
    assert seen["served"] == sorted(built.table["name"])
