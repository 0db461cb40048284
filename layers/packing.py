"""All things with a place as one packed file, of which a selection then shows a part.

What is constant comes once and is kept by the browser under its version; a filter sends only a
mask over the rows. Texts are asked for a few rows at a time.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.drawing import ALONE, fans, popup_lines
from layers.outcomes import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.words import Language

# A metre: finer than any source, and half to send of what full numbers are.
_DECIMALS = 5
# Up to so many things their names come along, so that signs can be reached at once.
_NAMED = 5000
# No one looks at more texts at once.
MOST_TEXTS = 500


@dataclass(frozen=True)
class Pack:
    """The packed things of a table.

    Attributes
    ----------
    version
        Changes with the content.
    content
        JSON, gzipped: a column per field, positions as whole numbers of ``scale`` to a degree
        (EPSG:4326), ``rows`` as steps from one row of the table to the next that has a place.
    """

    version: str
    content: bytes

    def record(self, most: int) -> dict[str, Any]:
        """Return what the pack holds as plain values; empty if its content has more bytes."""
        if len(self.content) > most:
            return {}
        held: dict[str, Any] = json.loads(gzip.decompress(self.content))
        return held


def pack(table: gpd.GeoDataFrame) -> Pack:
    """Pack all rows that have a geometry; a table without any gives a pack without things."""
    things, columns = _columns(table)
    if len(things) <= _NAMED:
        columns |= _names(things)
    version = hashlib.sha256(_json(columns)).hexdigest()[:12]
    return Pack(version, gzip.compress(_json({"version": version, **columns}), mtime=0))


def packed_whole(table: gpd.GeoDataFrame, language: Language) -> dict[str, Any]:
    """Return what a pack holds as plain values, with names and lines, for a table of its own."""
    things, columns = _columns(table)
    lines = [popup_lines(row, language) for row in things.itertuples()]
    return columns | _names(things) | {"lines": lines}


def _columns(table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, dict[str, Any]]:
    placed = np.flatnonzero(table.geometry.notna().to_numpy())
    things = table.iloc[placed]
    shapes = shapely.transform(things.geometry.to_numpy(), lambda xy: xy.round(_DECIMALS))
    columns = {"scale": 10**_DECIMALS, "rows": np.diff(placed, prepend=0).tolist()}
    return things, columns | _places(shapes) | _looks(things)


def _names(things: gpd.GeoDataFrame) -> dict[str, list[str]]:
    return {"ids": things["id"].tolist(), "names": things["title"].tolist()}


def mask_text(mask: NDArray[np.bool_]) -> str:
    """Return a mask over the rows as base64: a bit to a row, the first row highest."""
    return base64.b64encode(np.packbits(mask).tobytes()).decode()


def texts(table: gpd.GeoDataFrame, rows: Sequence[int], language: Language) -> bytes:
    """Return id, name and lines of some rows as JSON, in the order asked for.

    Raises
    ------
    IndexError
        A row is not in the table, or more than ``MOST_TEXTS`` are asked for.
    """
    if len(rows) > MOST_TEXTS or any(not 0 <= row < len(table) for row in rows):
        raise IndexError("no such rows")
    chosen = table.iloc[list(rows)]
    return _json(
        [
            {"id": row.id, "name": row.title, "lines": popup_lines(row, language)}
            for row in chosen.itertuples()
        ]
    )


def _places(shapes: NDArray[Any]) -> dict[str, Any]:
    points = shapely.get_coordinates([_place(shape) for shape in shapes]).reshape(-1, 2)
    whole = np.round(points * 10**_DECIMALS).astype(int)
    own = {at: shape for at, shape in enumerate(shapes) if shape.geom_type != "Point"}
    stands = enumerate(fans(list(shapes)))
    return {
        "lon": whole[:, 0].tolist(),
        "lat": whole[:, 1].tolist(),
        "shapes": {at: shapely.geometry.mapping(shape) for at, shape in own.items()},
        "fans": {at: fan for at, fan in stands if at not in own and fan != ALONE},
    }


def _place(shape: Any) -> Any:
    """Return where a thing's sign stands: half way along a line, inside an area."""
    if shape.geom_type == "Point":
        return shape
    longest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.length)
    if longest.geom_type == "LineString":
        return longest.interpolate(0.5, normalized=True)
    return longest.representative_point()


def _looks(things: gpd.GeoDataFrame) -> dict[str, Any]:
    stages, stage = _numbered(things["stage"])
    categories, category = _numbered(things["category"])
    radii, radius = _numbered(things["radius_m"])
    return {
        "stages": stages,
        "stage": stage,
        "categories": categories,
        "category": category,
        "known": [progress(one) for one in things["known_stage"]],
        "radii": radii,
        "radius": radius,
        "locality": [int(one == "locality") for one in things["location_class"]],
        "schematic": [int(bool(one)) for one in things["schematic"]],
    }


def _numbered(values: Iterable[Any]) -> tuple[list[Any], list[int]]:
    """Return the values, each once, and for each row the number of its value."""
    places: dict[Any, int] = {}
    numbers = [places.setdefault(value, len(places)) for value in values]
    return list(places), numbers


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
