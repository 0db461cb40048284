"""What the service serves: the flat tables of the built catalogue as layers of features."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson
import shapely

from layers.base import base_map
from layers.comparison import cities
from layers.export import frames
from layers.export.content import Content
from layers.facets import Known
from layers.files import WGS84, to_geojson
from layers.known import as_of
from layers.selection import Selection, select
from layers.service.times import BadTime, bound

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from layers.index import Index

_KINDS = {"b": "boolean", "f": "number", "i": "integer"}
_NESTED = "statements"


@dataclass(frozen=True)
class Layer:
    """One collection.

    Attributes
    ----------
    frame
        Its rows, EPSG:4326; the plain columns are what can be asked for.
    features
        The same rows as GeoJSON features.
    projects
        Per row the id of its project, which filters of the app choose by.
    key
        The column that holds the id of a feature.
    """

    frame: gpd.GeoDataFrame
    features: list[dict[str, Any]]
    projects: list[str]
    key: str

    @cached_property
    def fields(self) -> dict[str, dict[str, str]]:
        """Names and JSON types of the columns that can be asked for."""
        plain = self.frame.drop(columns="geometry")
        return {
            name: {"type": _KINDS.get(kind.kind, "string")} for name, kind in plain.dtypes.items()
        }

    @cached_property
    def nullable(self) -> gpd.GeoDataFrame:
        """The frame with types that know missing values, as filters do."""
        return self.frame.convert_dtypes()


@dataclass(frozen=True)
class Stock:
    """All that is served from one build of the catalogue; made once and then only read."""

    table: gpd.GeoDataFrame
    documents: Mapping[str, Any]
    index: Index

    @cached_property
    def stamp(self) -> str:
        """A digest that changes with the data, what is due by the day among them."""
        return hashlib.sha256(to_geojson(self.table)).hexdigest()[:16]

    @cached_property
    def layers(self) -> dict[str, Layer]:
        """The collections by id."""
        content = Content(self.table, self.documents, base_map())
        rows = frames.projects(content, WGS84)
        circles = frames.circles(content, WGS84)
        plain = rows.drop(columns=_NESTED)
        nested = [{_NESTED: orjson.loads(said)} for said in rows[_NESTED]]
        return {
            "projects": Layer(plain, _features(plain, "id", nested), list(rows["id"]), "id"),
            "circles": Layer(
                circles,
                _features(circles, "project_id", [{}] * len(circles)),
                list(circles["project_id"]),
                "project_id",
            ),
        }

    def chosen(self, selection: Selection) -> set[str]:
        """Return the ids of the projects that a selection means."""
        return set(self.rows(selection)["id"])

    def rows(self, selection: Selection, date: str = "") -> gpd.GeoDataFrame:
        """Return the rows that a selection means, as they were known at a date if one is given.

        Raises
        ------
        BadTime
            The date is none.
        """
        if not date:
            return self.index.rows(self.index.mask(selection))
        if date == "..":
            raise BadTime("a date is needed to look back to")
        bound(date, end=True)
        table = as_of(self.table, self.documents, date, cities(base_map()))
        return select(table, selection, Known(self.documents, self.index.by))


def _features(
    frame: gpd.GeoDataFrame, key: str, nested: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    texts = shapely.to_geojson(frame.geometry.to_numpy())
    shapes = [None if text is None else orjson.loads(text) for text in texts]
    plain = frame.drop(columns="geometry").astype(object)
    records = plain.where(plain.notna(), None).to_dict("records")
    return [
        {"type": "Feature", "id": row[key], "geometry": shape, "properties": {**row, **more}}
        for row, shape, more in zip(records, shapes, nested, strict=True)
    ]
