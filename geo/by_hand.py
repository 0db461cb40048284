"""Places that a person gives by hand or takes over from a service: checked, then an answer.

A place is a geometry with radius and source, or one or several townships where no more is known.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from shapely.geometry import shape

from geo.alignments import LOCALITY_M, class_of_radius
from geo.answers import cut
from geo.model import Location, LocationMethod
from store import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer

FIELDS = ("geometry", "radius_m", "source", "licence", "method", "townships")
SHAPES = ("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
BY_HAND: tuple[LocationMethod, ...] = ("by_hand", "online")
NOT_STATED = "not stated"
# What a degree may be; more is a map's metres.
MOST_LON, MOST_LAT = 180.0, 90.0
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?")
_BETWEEN = re.compile(r"\s*[,，;；\s]\s*")
# What a person draws has tens of points, a road taken from elsewhere hundreds.
MOST_POSITIONS = 10_000
_LONGEST = 2000
# A ring's fewest positions: three corners, and the first again.
_RING = 4
_MINUTES = re.compile(r"[°º′'″\"度分秒]")


class WrongPlace(ValueError):  # noqa: N818 - it names what is wrong
    """A place that cannot be; ``entry`` names the field that is wrong."""

    def __init__(self, entry: str, reason: str, code: str = "", **values: object) -> None:
        super().__init__(f"{entry}: {reason}")
        self.entry, self.reason = entry, reason
        self.cause = Cause(code, entry, values)


def place_by_hand(value: Mapping[str, Any], gazetteer: Gazetteer) -> Location:
    """Return the answer that a person's value stands for.

    Parameters
    ----------
    value
        ``geometry`` (GeoJSON, EPSG:4326, lon before lat) with ``radius_m``, or ``townships`` alone;
        ``source`` always; ``licence`` and ``method`` (``by_hand`` or ``online``) if they are known.
    gazetteer
        Knows the area, which a geometry must meet and is cut to, and the townships.

    Raises
    ------
    WrongPlace
        A field is missing, unknown or cannot be; coordinates are no numbers, swapped, in metres
        or outside the area; a line has one point, an area crosses itself; a text or a shape is
        endless.
    """
    for name in value.keys() - set(FIELDS):
        raise WrongPlace(name, "is no field of a place", "unknown_field")
    towns = _townships(value.get("townships") or [], gazetteer)
    source = _text(value, "source")
    if value.get("geometry") is None:
        if not towns:
            raise WrongPlace("geometry", "neither a geometry nor a township", "no_place")
        return Location("township", townships=towns, evidence=source)
    radius = _radius(value.get("radius_m"))
    return Location(
        class_of_radius(radius),
        geometry=_geometry(value["geometry"], gazetteer.area),
        radius_m=radius,
        method=_method(value),
        source=source,
        licence=_text({"licence": NOT_STATED, **value}, "licence"),
        townships=towns,
        evidence=source,
    )


def read_position(text: str) -> dict[str, Any]:
    """Return typed positions, ``121.05, 28.03`` (longitude first, degrees), as GeoJSON.

    One is a point, several are a line, and where the last is the first again an area.

    Raises
    ------
    WrongPlace
        It is in degrees and minutes, or is not two numbers for each position.
    """
    if _MINUTES.search(text):
        reason = f"{text!r} has minutes; write degrees as 121.05, 28.03"
        raise WrongPlace("geometry", reason, "minutes", value=text)
    typed = _BETWEEN.split(text.strip())
    if len(typed) % 2 or not all(map(_NUMBER.fullmatch, typed)):
        reason = f"{text!r} is not longitude, latitude as 121.05, 28.03"
        raise WrongPlace("geometry", reason, "no_position", value=text)
    numbers = [float(one) for one in typed]
    pairs = [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
    if len(pairs) == 1:
        return {"type": "Point", "coordinates": pairs[0]}
    if len(pairs) >= _RING and pairs[0] == pairs[-1]:
        return {"type": "Polygon", "coordinates": [pairs]}
    return {"type": "LineString", "coordinates": pairs}


def _text(value: Mapping[str, Any], name: str) -> str:
    if not isinstance(text := value.get(name), str) or not text.strip():
        raise WrongPlace(name, "must be a text and not blank", "blank")
    if len(text) > _LONGEST:
        raise WrongPlace(name, f"must have 1 to {_LONGEST} signs", "length", most=_LONGEST)
    return text.strip()


def _method(value: Mapping[str, Any]) -> LocationMethod:
    if (method := value.get("method", "by_hand")) not in BY_HAND:
        reason = f"{method!r} is none of {', '.join(BY_HAND)}"
        raise WrongPlace("method", reason, "not_allowed", value=method)
    return cast("LocationMethod", method)


def _radius(radius: Any) -> float:
    if not _is_number(radius) or not 0 < radius <= LOCALITY_M:
        reason = f"{radius!r} is no radius from 1 to {LOCALITY_M:.0f} m"
        raise WrongPlace("radius_m", reason, "radius", value=radius, most=f"{LOCALITY_M:.0f}")
    return float(radius)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _townships(names: Any, gazetteer: Gazetteer) -> tuple[str, ...]:
    if not isinstance(names, list):
        raise WrongPlace("townships", "must be a list of names", "form")
    for name in names:
        if name not in gazetteer.townships.by_name:
            raise WrongPlace(
                "townships", f"{name!r} is no township of the list", "no_township", value=name
            )
    return gazetteer.townships.sort(names)


def _geometry(given: Any, area: BaseGeometry | None) -> BaseGeometry:
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in SHAPES:
        reason = f"{kind!r} is none of {', '.join(SHAPES)}"
        raise WrongPlace("geometry", reason, "bad_shape", value=kind)
    _check_positions(list(_bounded(_positions(given.get("coordinates")))), area)
    return _inside(_shape(given), area)


def _positions(nested: Any) -> Iterator[list[float]]:
    """Walk over the coordinate pairs of a GeoJSON geometry, however deeply they are nested."""
    if not isinstance(nested, list) or not nested:
        raise WrongPlace("geometry", "has no coordinates", "form")
    if isinstance(nested[0], list):
        for part in nested:
            yield from _positions(part)
    elif len(nested) in {2, 3} and all(map(_is_number, nested)):
        yield nested
    else:
        raise WrongPlace("geometry", f"{nested!r} is no pair of numbers", "form")


def _bounded(positions: Iterator[list[float]]) -> Iterator[list[float]]:
    """Pass on positions up to the largest number that a shape may have."""
    for count, position in enumerate(positions):
        if count == MOST_POSITIONS:
            reason = f"has more than {MOST_POSITIONS:,} points"
            shown = f"{MOST_POSITIONS:,}"
            raise WrongPlace("geometry", reason, "too_many_points", most=shown)
        yield position


def _check_positions(positions: list[list[float]], area: BaseGeometry | None) -> None:
    """Make sure that all are degrees, longitude first; the first that is not is named."""
    lon, lat = np.array([position[:2] for position in positions], dtype=float).T
    here, turned = _is_in(area, lon, lat), _is_in(area, lat, lon)
    metres = (abs(lon) > MOST_LON) & (abs(lat) > MOST_LAT)
    swapped = ~here & ((abs(lat) > MOST_LAT) | turned)
    beyond = abs(lon) > MOST_LON
    for at in np.flatnonzero(metres | swapped | beyond)[:1]:
        where = f"{positions[at][0]}, {positions[at][1]}"
        if metres[at]:
            raise WrongPlace("geometry", f"{where} are metres, not degrees", "metres", value=where)
        if swapped[at]:
            reason = f"{where} are swapped: longitude comes first"
            raise WrongPlace("geometry", reason, "swapped", value=where)
        raise WrongPlace("geometry", f"{where} are no degrees", "no_degrees", value=where)


def _is_in(
    area: BaseGeometry | None, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.bool_]:
    if area is None:
        return np.zeros(lon.shape, dtype=bool)
    found: NDArray[np.bool_] = shapely.contains_xy(area, lon, lat)
    return found


def _shape(given: dict[str, Any]) -> BaseGeometry:
    try:
        made = shapely.force_2d(shape(given))
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
        raise WrongPlace("geometry", str(error), "form") from None
    for part in _parts(made):
        if part.is_empty or not part.is_valid or (part.length == 0 and part.geom_type != "Point"):
            reason = shapely.is_valid_reason(part)
            raise WrongPlace("geometry", f"{part.geom_type} cannot be: {reason}", "crossing")
    return made


def _parts(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    return (geometry, *shapely.get_parts(geometry))


def _inside(geometry: BaseGeometry, area: BaseGeometry | None) -> BaseGeometry:
    inside = cut(geometry, area)
    if inside is None:
        west, south, east, north = geometry.bounds
        where = f"{(west + east) / 2:.5f}, {(south + north) / 2:.5f}"
        raise WrongPlace(
            "geometry", f"{where} is outside the area of the plans", "outside", value=where
        )
    return inside
