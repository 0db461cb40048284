"""Formats that GDAL reads: each file is opened only after its first bytes said what it is."""

from __future__ import annotations

import io
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from layers.own.causes import (
    DamagedOverlay,
    EmptyOverlay,
    OverlayWithoutCrs,
    OverlayWithoutGeometry,
    WrongOverlay,
)
from layers.own.dbf import read_table, with_plain_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHP = b"\x00\x00\x27\x0a"
PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}


def geopackage(content: bytes) -> list[gpd.GeoDataFrame]:
    """Return the layers of a GeoPackage that hold shapes, each in its own CRS.

    Raises
    ------
    DamagedOverlay
        It cannot be read.
    EmptyOverlay, OverlayWithoutGeometry
        It has no layer, or tables only.
    """
    with _file({".gpkg": content}) as path:
        # the prefix leaves all other drivers out
        found = f"GPKG:{path}"
        names = pyogrio.list_layers(found)
        drawn = [str(name) for name, kind in names if kind is not None]
        if not drawn:
            raise OverlayWithoutGeometry("tables") if len(names) else EmptyOverlay("no_layer")
        frames = [_located(pyogrio.read_dataframe(found, layer=name)) for name in drawn]
    return _named(dict(zip(drawn, frames, strict=True)))


def flatgeobuf(content: bytes) -> list[gpd.GeoDataFrame]:
    """Return the one layer of a FlatGeobuf file.

    Raises
    ------
    DamagedOverlay
        It cannot be read.
    """
    with _file({".fgb": content}) as path:
        return [_located(pyogrio.read_dataframe(path))]


def geoparquet(content: bytes) -> list[gpd.GeoDataFrame]:
    """Return the rows of a GeoParquet file.

    Raises
    ------
    DamagedOverlay
        It cannot be read, or no column holds shapes.
    """
    try:
        return [_located(gpd.read_parquet(io.BytesIO(content)))]
    except WrongOverlay:
        raise
    except Exception as error:  # noqa: BLE001 - the library's errors have no common kind
        raise DamagedOverlay("unreadable", reason=str(error).splitlines()[0][:200]) from None


def shapefile(parts: dict[str, bytes], name: str) -> gpd.GeoDataFrame:
    """Return a Shapefile, given by the suffixes of its parts.

    Raises
    ------
    DamagedOverlay
        A part is missing or broken, or no encoding fits its texts.
    OverlayWithoutCrs
        It has no .prj, or one that says nothing.
    """
    for part in (".shx", ".dbf"):
        if part not in parts:
            raise DamagedOverlay("part", part=part, name=name)
    if not parts.get(".prj", b"").strip():
        raise OverlayWithoutCrs("prj", name=name)
    if not parts[".shp"].startswith(_SHP):
        raise DamagedOverlay("part_broken", part=".shp", name=name)
    declared = parts.get(".cpg", b"").decode("ascii", "ignore")
    table = pd.DataFrame(read_table(parts[".dbf"], declared), dtype=object)
    plain = parts | {".dbf": with_plain_names(parts[".dbf"]), ".cpg": b"UTF-8"}
    with _file(plain) as path:
        bare = pyogrio.read_dataframe(path, columns=[], fid_as_index=True)
    shapes = _located(bare)
    rows = np.asarray(shapes.index)
    found = table.reindex(rows).set_axis(shapes.index)
    return gpd.GeoDataFrame(found, geometry=shapes.geometry.array, crs=shapes.crs)


@contextmanager
def _file(parts: dict[str, bytes]) -> Iterator[Path]:
    """Lay the parts of a file into a folder of their own; what GDAL says of them is one error."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for suffix, raw in parts.items():
            Path(folder, f"layer{suffix}").write_bytes(raw)
        try:
            yield Path(folder, f"layer{next(iter(parts))}")
        except WrongOverlay:
            raise
        except Exception as error:  # noqa: BLE001 - the library's errors have no common kind
            reason = str(error).replace(folder, "").splitlines()[0][:200]
            raise DamagedOverlay("unreadable", reason=reason) from None


def _located(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if not isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")
    if frame.crs is None:
        raise OverlayWithoutCrs("crs_missing")
    return frame


def _named(layers: dict[str, gpd.GeoDataFrame]) -> list[gpd.GeoDataFrame]:
    """Return the layers; where several hold something, each thing says which it is of."""
    filled = {name: frame for name, frame in layers.items() if len(frame)}
    if len(filled) <= 1:
        return list(layers.values())
    return [frame.assign(layer=name) for name, frame in filled.items()]
