"""The shapes of KML placemarks, in degrees, longitude first, heights left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import shapely

from layers.own.causes import DamagedOverlay
from layers.own.tags import local

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

Pair = tuple[float, float]
_COMMA = re.compile(r"\s*,\s*")
_PAIR, _WITH_HEIGHT = 2, 3
_LEAST_RING, _LEAST_LINE = 3, 2


def shape_of(placemark: etree._Element) -> Any:
    """Return the shape of a placemark, all its parts as one; None if it has none.

    Raises
    ------
    DamagedOverlay
        A coordinate is no number; its line is named.
    """
    parts = [part for child in placemark for part in _parts(child)]
    if len(parts) <= 1:
        return parts[0] if parts else None
    kinds = {part.geom_type for part in parts}
    joined = _TOGETHER[kinds.pop()] if len(kinds) == 1 else shapely.GeometryCollection
    return joined(parts)


_TOGETHER: dict[str, Callable[[list[Any]], Any]] = {
    "Point": shapely.MultiPoint,
    "LineString": shapely.MultiLineString,
    "Polygon": shapely.MultiPolygon,
}


def _parts(element: etree._Element) -> list[Any]:
    kind = local(element)
    if kind in {"MultiGeometry", "MultiTrack", "MultiPoint", "MultiLineString", "MultiPolygon"}:
        return [part for child in element for part in _parts(child)]
    if kind not in _MAKERS:
        return []
    made = _MAKERS[kind](element)
    return [] if made is None else [made]


def _point(element: etree._Element) -> Any:
    pairs = _coordinates(element)
    return shapely.Point(pairs[0]) if pairs else None


def _line(element: etree._Element) -> Any:
    return _drawn(_coordinates(element))


def _drawn(pairs: list[Pair]) -> Any:
    if len(pairs) < _LEAST_LINE:
        return shapely.Point(pairs[0]) if pairs else None
    return shapely.LineString(pairs)


def _polygon(element: etree._Element) -> Any:
    rings = {"outerBoundaryIs": [], "innerBoundaryIs": []}  # type: dict[str, list[list[Pair]]]
    for boundary in element:
        for ring in boundary:
            if local(boundary) in rings:
                rings[local(boundary)].append(_coordinates(ring))
    shell = next(iter(rings["outerBoundaryIs"]), [])
    if len(set(shell)) < _LEAST_RING:
        return _drawn(shell)
    holes = [ring for ring in rings["innerBoundaryIs"] if len(set(ring)) >= _LEAST_RING]
    return shapely.Polygon(shell, holes)


def _track(element: etree._Element) -> Any:
    """Return the line of a recorded track, whose points stand one to an element."""
    found = [each for each in element if local(each) == "coord"]
    return _drawn([_pair((each.text or "").split(), each) for each in found if each.text])


def _model(element: etree._Element) -> Any:
    """Return where a building in three dimensions stands."""
    place = {local(each): each for each in element.iter()}
    if not {"longitude", "latitude"} <= place.keys():
        return None
    numbers = [place[name].text or "" for name in ("longitude", "latitude")]
    return shapely.Point(_pair(numbers, element))


_MAKERS: dict[str, Callable[[etree._Element], Any]] = {
    "Point": _point,
    "LineString": _line,
    "LinearRing": _line,
    "Polygon": _polygon,
    "Track": _track,
    "Model": _model,
}


def _coordinates(element: etree._Element) -> list[Pair]:
    found = next((each for each in element.iter() if local(each) == "coordinates"), None)
    if found is None:
        return []
    # blanks behind a comma are against the standard, and are written by hand all the same
    tuples = _COMMA.sub(",", "".join(found.itertext()).strip()).split()
    return [_pair(each.rstrip(",").split(","), found) for each in tuples]


def _pair(numbers: list[str], element: etree._Element) -> Pair:
    try:
        if _PAIR <= len(numbers) <= _WITH_HEIGHT:
            return float(numbers[0]), float(numbers[1])
    except ValueError:
        pass
    text = ",".join(numbers)[:60]
    raise DamagedOverlay("coordinates", line=element.sourceline or 0, text=text)
