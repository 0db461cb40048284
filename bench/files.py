"""Files of 100,000 features against a bare pyogrio write of the same: ``python -m bench.files``."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely.affinity

import building
import layers
from bench.figure import Figure
from layers.export import frames
from layers.export.geopackage import tables

if TYPE_CHECKING:
    from collections.abc import Callable

FEATURES = 100_000
_SPREAD = 0.2  # degrees that copies of a thing lie apart at most
_AIM = "at least 0.8"


def many(built: building.Built) -> layers.Content:
    """Return the placed things of the catalogue, copied about until they are 100,000."""
    placed = built.table[built.table.geometry.notna()]
    copies = -(-FEATURES // len(placed))
    table = pd.concat([placed] * copies, ignore_index=True).iloc[:FEATURES]
    table["id"] = [f"p{number:06d}" for number in range(FEATURES)]
    moves = np.random.default_rng(0).uniform(-_SPREAD, _SPREAD, (FEATURES, 2))
    shapes = [
        shapely.affinity.translate(shape, *move)
        for shape, move in zip(table.geometry, moves, strict=True)
    ]
    made = gpd.GeoDataFrame(table.drop(columns="geometry"), geometry=shapes, crs=4326)
    return layers.Content(made, built.documents, layers.base_map())


def seconds(write: Callable[[], object]) -> float:
    """Return how long something takes, once."""
    started = time.perf_counter()
    write()
    return time.perf_counter() - started


def bare_geojson(content: layers.Content, folder: Path) -> float:
    """Return the seconds of pyogrio's write of the flat frame, which is made before."""
    frame = frames.projects(content, 4326)
    path = folder / "bare.geojson"
    return seconds(lambda: pyogrio.write_dataframe(frame, path, driver="GeoJSON", RFC7946="YES"))


def bare_geopackage(content: layers.Content, folder: Path) -> float:
    """Return the seconds of pyogrio's write of the same tables, which are made before."""
    made, path = tables(content, 4326), folder / "bare.gpkg"

    def write() -> None:
        for part, frame in made.items():
            kind: dict[str, Any] = {"geometry_type": part.geometry} if part.geometry else {}
            if str(part.geometry).startswith("Multi"):
                kind["promote_to_multi"] = True
            append = path.exists()
            pyogrio.write_dataframe(
                frame, path, layer=part.name, driver="GPKG", append=append, **kind
            )

    return seconds(write)


def ours(content: layers.Content, code: str, folder: Path) -> float:
    """Return the seconds from the nested table to the finished file of a format."""
    path = folder / layers.formats()[code].file_name("bench")
    return seconds(lambda: path.write_bytes(layers.to_file(content, code).content))


def files() -> list[Figure]:
    """Measure GeoJSON and GeoPackage, each in turn with its peer."""
    content = many(building.load())
    figures = []
    with tempfile.TemporaryDirectory() as name:
        for code, peer in (("geojson", bare_geojson), ("gpkg", bare_geopackage)):
            mine, bare = ours(content, code, Path(name)), peer(content, Path(name))
            what = f"{code} of {FEATURES:,} features, from the table to the file"
            figures += [
                Figure(what, f"{mine:.1f} s"),
                Figure(f"pyogrio's write of the same as {code}, in turn", f"{bare:.1f} s"),
                Figure("its time by ours", f"{bare / mine:.2f}", _AIM),
            ]
    return figures


if __name__ == "__main__":
    for figure in files():
        print(f"| {figure.what} | {figure.value} | {figure.aim} |")
