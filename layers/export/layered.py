"""Formats that hold one flat layer: FlatGeobuf by GDAL, GeoParquet by Arrow."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyogrio

from layers.export.frames import projects

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.export.content import Content


def flatgeobuf(content: Content, crs: int) -> bytes:
    """Return the chosen rows as one FlatGeobuf layer in EPSG:``crs``."""
    return to_flatgeobuf(projects(content, crs))


def geoparquet(content: Content, crs: int) -> bytes:
    """Return the chosen rows as GeoParquet 1.1 in EPSG:``crs``."""
    return to_geoparquet(projects(content, crs))


def to_flatgeobuf(frame: gpd.GeoDataFrame) -> bytes:
    """Return a frame as FlatGeobuf, with the spatial index where every row has a geometry.

    The format allows rows without geometry only where there is no index.
    """
    out = io.BytesIO()
    indexed = len(frame) > 0 and bool(frame.geometry.notna().all())
    pyogrio.write_dataframe(
        frame,
        out,
        driver="FlatGeobuf",
        layer="projects",
        geometry_type="Unknown",
        SPATIAL_INDEX="YES" if indexed else "NO",
    )
    return out.getvalue()


def to_geoparquet(frame: gpd.GeoDataFrame) -> bytes:
    """Return a frame as GeoParquet 1.1."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False, schema_version="1.1.0", compression="zstd")
    return out.getvalue()
