"""One layer in one file of text: GeoJSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.credit import credits_of
from layers.export import frames
from layers.files import collection, to_csv, to_geojson

if TYPE_CHECKING:
    from layers.export.content import Content


def geojson(content: Content, crs: int) -> bytes:  # noqa: ARG001 - RFC 7946 knows one system
    """Return the chosen rows as GeoJSON (RFC 7946), nested values nested."""
    return to_geojson(content.table, credits_of(content.table))


def circles(content: Content, crs: int) -> bytes:
    """Return the areas that the placed things lie in as GeoJSON."""
    made = frames.circles(content, crs).rename(columns={"project_id": "id"}).astype(object)
    return collection(made, made.geometry.to_numpy())


def csv(content: Content, crs: int) -> bytes:
    """Return the chosen rows as CSV; its column ``wkt`` is in EPSG:``crs``, easting first."""
    return to_csv(content.table, crs)
