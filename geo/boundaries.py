"""The committed base layers: county lines, land, each with its attribution.

They are made by ``scripts/boundaries.py``; nothing is fetched here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shapely import union_all
from shapely.geometry import shape

from store import DATA, MissingFile, read_json, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

FOLDER = DATA / "boundaries"
AREA = "county"  # the layer that holds the city's own outline
COLUMNS = ("file", "sha256", "rows", "licence", "attribution", "source", "made_by")


@dataclass(frozen=True)
class Layer:
    """A base layer, EPSG:4326.

    Attributes
    ----------
    collection
        A GeoJSON FeatureCollection.
    attribution
        The words that must stand on every map that shows it.
    """

    name: str
    collection: dict[str, Any] = field(hash=False, repr=False)
    attribution: str
    licence: str
    source: str

    @property
    def geometries(self) -> list[BaseGeometry]:
        """The shapes of all features."""
        return [shape(feature["geometry"]) for feature in self.collection["features"]]


def load_layers(folder: Path = FOLDER) -> dict[str, Layer]:
    """Read all base layers, by name: ``county``, ``neighbours``, ``land``.

    Raises
    ------
    store.BrokenFile
        The folder has no manifest, or a file it names is missing or no JSON.
    """
    layers = {}
    for row in read_table(folder / "manifest.csv", COLUMNS):
        name = row["file"].removesuffix(".geojson")
        layers[name] = Layer(
            name=name,
            collection=read_json(folder / row["file"]),
            attribution=row["attribution"],
            licence=row["licence"],
            source=row["source"],
        )
    return layers


def area_polygon(folder: Path = FOLDER) -> BaseGeometry:
    """Return the outline of the city, EPSG:4326; it runs out to sea.

    Raises
    ------
    store.MissingFile
        The folder has no such layer.
    """
    layers = load_layers(folder)
    if AREA not in layers:
        raise MissingFile(folder / f"{AREA}.geojson", "no outline of the city")
    return union_all(layers[AREA].geometries)
