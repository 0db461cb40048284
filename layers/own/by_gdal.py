"""Formats that GDAL and Arrow read: opened only after their first bytes said what they are.

Nothing is written to a disk: GDAL reads from memory. In the child process it has the drivers of
``DRIVERS`` only.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from pyarrow.parquet import ParquetFile

from layers.own import amounts
from layers.own.causes import (
    DamagedOverlay,
    OverlayTooLarge,
    OverlayWithoutCrs,
    WrongOverlay,
)
from layers.own.dbf import read_table, with_plain_names

if TYPE_CHECKING:
    from collections.abc import Iterator

DRIVERS = {"ESRI Shapefile", "FlatGeobuf"}
_IN_MEMORY = re.compile(r"/vsi\S*")
_SHP = b"\x00\x00\x27\x0a"
_SHX_RECORD, _SHX_HEAD = 8, 13  # bytes of a record of .shx, and how many of it its head takes
PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}


def flatgeobuf(content: bytes) -> list[gpd.GeoDataFrame]:
    """Return the one layer of a FlatGeobuf file.

    Raises
    ------
    DamagedOverlay
        It cannot be read.
    """
    with _one_error():
        amounts.check(features=pyogrio.read_info(content)["features"])
        return [located(pyogrio.read_dataframe(content, max_features=amounts.MOST_FEATURES + 1))]


def geoparquet(content: bytes) -> list[gpd.GeoDataFrame]:
    """Return the rows of a GeoParquet file.

    Raises
    ------
    DamagedOverlay
        It cannot be read, or no column holds shapes.
    OverlayTooLarge
        It says of itself that it holds more than is drawn.
    """
    with _one_error():
        about = ParquetFile(io.BytesIO(content)).metadata
        amounts.check(features=about.num_rows)
        groups = range(about.num_row_groups)
        if sum(about.row_group(n).total_byte_size for n in groups) > 2 * amounts.LARGEST:
            raise OverlayTooLarge("unpacked", most=f"{2 * amounts.LARGEST / 2**20:.0f}")
        return [located(gpd.read_parquet(io.BytesIO(content)))]


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
    amounts.check(features=len(parts[".shx"]) // _SHX_RECORD - _SHX_HEAD)
    declared = parts.get(".cpg", b"").decode("ascii", "ignore")
    table = pd.DataFrame(read_table(parts[".dbf"], declared), dtype=object)
    plain = parts | {".dbf": with_plain_names(parts[".dbf"]), ".cpg": b"UTF-8"}
    with _one_error():
        bare = pyogrio.read_dataframe(_zipped(plain), columns=[], fid_as_index=True)
    shapes = located(bare)
    rows = np.asarray(shapes.index)
    found = table.reindex(rows).set_axis(shapes.index)
    return gpd.GeoDataFrame(found, geometry=shapes.geometry.array, crs=shapes.crs)


@contextmanager
def _one_error() -> Iterator[None]:
    """Make one error of all that a library says of a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (WrongOverlay, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - the library's errors have no common kind
            raise DamagedOverlay("unreadable", reason=reason_of(error)) from None


def reason_of(error: Exception) -> str:
    """Return what a library says of a file, in one line and without where it lay in memory."""
    lines = _IN_MEMORY.sub("", str(error)).splitlines() or [type(error).__name__]
    return lines[0][:200]


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Return the parts of a Shapefile as one archive, which GDAL reads without any folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for suffix, raw in parts.items():
            archive.writestr(f"layer{suffix}", raw)
    return out.getvalue()


def located(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame that names its CRS.

    Raises
    ------
    OverlayWithoutCrs
        It names none.
    """
    if not isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")
    if frame.crs is None:
        raise OverlayWithoutCrs("crs_missing")
    return frame
