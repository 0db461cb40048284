"""What stands on the map of a sheet, and where; nothing is drawn yet."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.sheets.frame import Rect
from layers.sheets.lettering import width
from layers.sheets.spread import Crowd, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.base import Town
    from layers.sheets.frame import Frame, Spot
    from layers.sheets.layout import Layout
    from layers.sheets.subject import Seen

# Width of a sign on A4 in millimetres, and the share of the map that signs may cover.
_SMALLEST, _LARGEST, _SHARE = 2.8, 5.0, 0.16
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


def set_scene(seen: Seen, frame: Frame, layout: Layout, towns: Sequence[Town]) -> Scene:
    """Return the scene of a map whose signs do not cover each other."""
    plates = _plates(seen, frame, layout, towns)
    size = sign_size(len(seen.things), layout)
    rows = list(seen.things.itertuples())
    shapes = [frame.place(row.geometry) for row in rows]
    feet = [_foot(shape, frame) for shape in shapes]
    # A number on a sign's corner needs some room too.
    air = (1.0 if layout.register_rows else 0.35) * layout.scale
    stalks = [size if shape.geom_type == "Point" else 0.0 for shape in shapes]
    crowd = _crowd(feet, stalks, size / 2 * 1.08 + air, plates)
    moved = spread(crowd, frame.rect.shrunk(1))[: len(feet)] if size else feet
    heads = [(float(x), float(y)) for x, y in moved]
    signs = tuple(map(Sign, rows, shapes, feet, heads))
    return Scene(signs, plates, size)


def numbered(scene: Scene, most: int) -> Scene:
    """Return the scene with its first signs numbered in reading order."""
    order = sorted(scene.signs, key=lambda sign: (-round(sign.head[1] / _BAND), sign.head[0]))
    numbers = {sign.row.id: number for number, sign in enumerate(order, 1) if number <= most}
    signs = tuple(replace(sign, number=numbers.get(sign.row.id, 0)) for sign in scene.signs)
    return replace(scene, signs=signs)


def sign_size(count: int, layout: Layout) -> float:
    """Return the width of so many signs in millimetres; nought where there is no room for them."""
    area = layout.map_box.width * layout.map_box.height
    size = min(math.sqrt(_SHARE * area / max(count, 1)), _LARGEST * layout.scale)
    return size if size >= _SMALLEST * layout.scale else 0.0


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


def _crowd(feet: list[Spot], stalks: list[float], half: float, plates: tuple[Plate, ...]) -> Crowd:
    own = np.array([(x, y + stalk) for (x, y), stalk in zip(feet, stalks, strict=True)])
    fixed = np.array([plate.box.middle for plate in plates])
    boxes = np.array([[plate.box.width / 2, plate.box.height / 2] for plate in plates])
    own, fixed, boxes = (each.reshape(-1, 2) for each in (own, fixed, boxes))
    return Crowd(
        np.vstack([own, fixed]),
        np.vstack([np.full_like(own, half), boxes]),
        np.array([False] * len(own) + [True] * len(fixed), dtype=bool),
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
