"""What stands on the map of a sheet, and where; nothing is drawn yet."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.sheets.frame import Rect
from layers.sheets.lettering import width
from layers.sheets.spread import Crowd, spread, unjammed

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.base import Town
    from layers.sheets.frame import Frame, Spot
    from layers.sheets.layout import Layout
    from layers.sheets.subject import Seen

# Width of a sign on A4 in millimetres, how many widths are tried, and the share of the map that
# signs may cover.
_SMALLEST, _LARGEST, _STEPS, _SHARE = 2.6, 5.0, 5, 0.1
# On A4, signs of this width have numbers in full size, smaller ones smaller numbers.
FULL = 4.0
# How far signs may be from their places on average, in widths: then smaller ones, then dots.
_FAR, _TOO_FAR = 1.9, 7.0
_TRIAL = 40  # turns, to see whether a size fits
# Room about a sign in its widths; a number on its corner needs more.
_AIR, _NUMBER = 0.07, 0.2
# Signs are read from top to bottom in bands of this height, in each from left to right.
_BAND = 14.0


@dataclass(frozen=True)
class Sign:
    """A thing's sign.

    Attributes
    ----------
    row
        The thing's row of the table.
    shape
        Its geometry in millimetres, cut to the frame.
    foot, head
        The place, and where the sign that stands for it is.
    number
        Of the numbered list; nought without one.
    """

    row: Any
    shape: BaseGeometry
    foot: Spot
    head: Spot
    number: int = 0


@dataclass(frozen=True)
class Plate:
    """A township's name with its badge: how many things are known by the township only."""

    town: Town
    things: tuple[Any, ...]
    box: Rect


@dataclass(frozen=True)
class Scene:
    """All that stands on the map.

    Attributes
    ----------
    size
        Width of the signs in millimetres; nought where they are so many that dots stand for them.
    """

    signs: tuple[Sign, ...]
    plates: tuple[Plate, ...]
    size: float


def set_scene(
    seen: Seen, frame: Frame, layout: Layout, towns: Sequence[Town], *, with_numbers: bool = False
) -> Scene:
    """Return the scene of a map whose signs do not cover each other, nor the township's names."""
    plates = _plates(seen, frame, layout, towns)
    rows = list(seen.things.itertuples())
    shapes = [frame.place(row.geometry) for row in rows]
    feet = [_foot(shape, frame) for shape in shapes]
    stalks = np.array([[0.0, float(shape.geom_type == "Point")] for shape in shapes])
    own = np.array(feet).reshape(-1, 2), stalks.reshape(-1, 2)
    air = 0.54 + (_NUMBER if with_numbers else _AIR)
    size = _fitting(own, plates, _sizes(len(rows), layout), (air, frame.rect))
    heads = own[0]
    if size and rows:
        crowd, within = _crowd(own, size, size * air, plates), frame.rect.shrunk(1)
        heads = unjammed(crowd, spread(crowd, within), within)[: len(rows)]
    spots = [(float(x), float(y)) for x, y in heads]
    return Scene(tuple(map(Sign, rows, shapes, feet, spots)), plates, size)


def numbered(scene: Scene, last: Container[str] = ()) -> Scene:
    """Return the scene with its signs numbered in reading order, those of ``last`` at the end."""

    def place(sign: Sign) -> tuple[bool, int, float]:
        return sign.row.id in last, -round(sign.head[1] / _BAND), sign.head[0]

    order = sorted(scene.signs, key=place)
    numbers = {sign.row.id: number for number, sign in enumerate(order, 1)}
    signs = tuple(replace(sign, number=numbers[sign.row.id]) for sign in scene.signs)
    return replace(scene, signs=signs)


def _fitting(
    own: tuple[Any, Any], plates: tuple[Plate, ...], sizes: list[float], room: tuple[float, Rect]
) -> float:
    """Return the first size that leaves the signs near their places; nought for none."""
    air, within = room
    for size in sizes:
        crowd = _crowd(own, size, size * air, plates)
        moved = spread(crowd, within.shrunk(1), _TRIAL)[: len(own[0])]
        off = float(np.hypot(*(moved - own[0]).T).mean()) / size if len(moved) else 0.0
        if off <= (_TOO_FAR if size == sizes[-1] else _FAR):
            return size
    return 0.0


def _sizes(count: int, layout: Layout) -> list[float]:
    """Return the widths to try, largest first; none where so many signs have no room at all."""
    area = layout.map_box.width * layout.map_box.height
    most = math.sqrt(_SHARE * area / max(count, 1))
    # smaller signs would have smaller numbers than may stand on a slide
    least = FULL if layout.least else _SMALLEST
    sizes = np.linspace(_LARGEST, least, _STEPS) * layout.letters.grown
    return [float(size) for size in sizes if size <= most]


def _foot(shape: BaseGeometry, frame: Frame) -> Spot:
    seen = shapely.intersection(shape, shapely.box(*_edges(frame.rect)))
    if seen.is_empty:
        seen = shape
    if seen.geom_type.endswith("LineString"):
        longest = max(shapely.get_parts(seen), key=lambda part: part.length)
        point = longest.interpolate(0.5, normalized=True)
    else:
        point = seen.representative_point()
    return float(point.x), float(point.y)


def _crowd(own: tuple[Any, Any], size: float, half: float, plates: tuple[Plate, ...]) -> Crowd:
    centres = own[0] + own[1] * size
    fixed = np.array([plate.box.middle for plate in plates]).reshape(-1, 2)
    boxes = np.array([[plate.box.width / 2, plate.box.height / 2] for plate in plates])
    return Crowd(
        np.vstack([centres, fixed]),
        np.vstack([np.full_like(centres, half), boxes.reshape(-1, 2)]),
        np.array([False] * len(centres) + [True] * len(fixed), dtype=bool),
    )


def _plates(seen: Seen, frame: Frame, layout: Layout, towns: Sequence[Town]) -> tuple[Plate, ...]:
    badges = {town.name: rows for town, rows in seen.badges}
    spots = {town.name: frame.spot(town.lon, town.lat) for town in towns}
    inside = [town for town in towns if frame.rect.holds(spots[town.name])]
    sizes = [_plate_size(town.name, len(badges.get(town.name, ())), layout) for town in inside]
    crowd = Crowd(
        np.array([spots[town.name] for town in inside]).reshape(-1, 2),
        np.array(sizes).reshape(-1, 2) / 2,
        np.zeros(len(inside), dtype=bool),
    )
    middles = spread(crowd, frame.rect.shrunk(1))
    return tuple(
        Plate(town, badges.get(town.name, ()), Rect(x - wide / 2, y - high / 2, wide, high))
        for town, (wide, high), (x, y) in zip(inside, sizes, middles, strict=True)
    )


def _plate_size(name: str, count: int, layout: Layout) -> Spot:
    letters, number = layout.letters.town, layout.letters.number
    wide = max(width(name, letters), width(str(count), number) + number.line if count else 0)
    high = letters.line + (number.line * 1.25 if count else 0)
    return wide + 1.2 * layout.scale, high + 0.6 * layout.scale


def _edges(rect: Rect) -> tuple[float, float, float, float]:
    return rect.left, rect.bottom, rect.right, rect.top
