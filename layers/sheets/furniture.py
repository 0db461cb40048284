"""What stands about a map: scale bar, north arrow, degrees, inset, QR code."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import segno
import shapely

from layers.sheets.frame import Frame, Rect, open_frame
from layers.sheets.ground import draw_ground, draw_rim
from layers.sheets.lettering import width
from layers.symbols import base_colour

if TYPE_CHECKING:
    from layers.base import Base
    from layers.sheets.frame import Spot
    from layers.sheets.layout import Layout
    from layers.sheets.lettering import Lettering
    from layers.sheets.paper import Paper

# Steps of the degrees over a map, in minutes, and about how many lines there are.
_MINUTES = (0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120)
_LINES = 6
_KILOMETRE = 1000
_PARTS = 4


def bar_metres(frame: Frame, room: float) -> float:
    """Return the round length that a scale bar shows: the longest that fits the room (mm).

    Measured on the map's plane: a zone's own distortion is under one in a thousand (Snyder, Map
    Projections, p. 57), so the bar is true on the ground to better than that.
    """
    most = room * frame.scale
    ten = 10.0 ** math.floor(math.log10(most))
    return max(step * ten for step in (1, 2, 4, 5) if step * ten <= most)


def draw_scale(paper: Paper, frame: Frame, layout: Layout) -> None:
    """Draw the north arrow, and right of it the scale bar with its length."""
    box, letters, scale = layout.scale_box, layout.letters, layout.scale
    _draw_north(paper, frame, (box.left + 4.5 * scale, box.bottom + 5.2 * scale), layout)
    left = box.left + 13 * scale
    metres = bar_metres(frame, box.right - left - 9 * scale)
    step, high = metres / frame.scale / _PARTS, 1.3 * scale
    ink, paper_colour = base_colour("ink"), base_colour("paper")
    low = box.bottom + 3.2 * scale
    for part in range(_PARTS):
        fill = paper_colour if part % 2 else ink
        rect = Rect(left + part * step, low, step, high)
        paper.box(rect, fc=fill, ec=ink, lw=0.6, zorder=5)
    texts = {0.0: _plain(0, metres), 0.5: _plain(metres / 2, metres), 1.0: _length(metres, metres)}
    # On a short bar the length in its middle would run into the one at its end.
    wide = max(width(texts[0.5], letters.small), width(texts[1.0], letters.small))
    for share in (0.0, 0.5, 1.0) if wide * 1.1 < step * _PARTS / 2 else (0.0, 1.0):
        at = left + share * step * _PARTS, low + high + 1.2 * scale
        paper.write(at, texts[share], letters.small, ha="center")


def _length(metres: float, of: float) -> str:
    return f"{_plain(metres, of)} {'km' if of >= _KILOMETRE else 'm'}"


def _plain(metres: float, of: float) -> str:
    return f"{metres / _KILOMETRE if of >= _KILOMETRE else metres:g}"


def _draw_north(paper: Paper, frame: Frame, at: Spot, layout: Layout) -> None:
    # True north: in its zone a map is turned against it by up to a degree.
    lon, lat = frame.position(frame.rect.middle)
    one, other = frame.spot(lon, lat), frame.spot(lon, lat + 0.01)
    turn = math.atan2(other[0] - one[0], other[1] - one[1])
    size = 4.6 * layout.scale
    ink, plain = base_colour("ink"), base_colour("paper")
    for side, fill in ((-1, ink), (1, plain)):
        half = shapely.Polygon([(0, 1), (side * 0.42, -0.85), (0, -0.45)])
        turned = shapely.affinity.rotate(half, -math.degrees(turn), origin=(0, 0))
        placed = shapely.transform(turned, lambda xy: xy * size + np.array(at))
        paper.fill(placed, fc=fill, ec=ink, lw=0.6, zorder=5)
    letters = layout.letters.small
    top = at[1] + size + 0.5 * layout.scale
    paper.write((at[0], top), "N", letters, ha="center", color=ink)


def draw_grid(paper: Paper, frame: Frame, letters: Lettering) -> None:
    """Draw degrees over a map, and write them left of it and below."""
    west, south, east, north = frame.area.bounds
    step = _step(max(east - west, north - south))
    look = {"color": base_colour("county"), "lw": 0.45, "zorder": 0.9, "alpha": 0.7}
    for lon in np.arange(math.ceil(west / step), east / step) * step:
        meridian = shapely.segmentize(shapely.LineString([(lon, south), (lon, north)]), step / 4)
        paper.line(frame.place(meridian), frame.rect, **look)
        x = _crossing(frame, float(lon), low=(south, north))
        if frame.rect.left <= x <= frame.rect.right:
            at = x, frame.rect.bottom - letters.tiny.line * 0.85
            paper.write(at, _degrees(float(lon), "E"), letters.tiny, ha="center")
    for lat in np.arange(math.ceil(south / step), north / step) * step:
        parallel = shapely.segmentize(shapely.LineString([(west, lat), (east, lat)]), step / 4)
        paper.line(frame.place(parallel), frame.rect, **look)
        y = frame.spot(frame.position((frame.rect.left, frame.rect.middle[1]))[0], float(lat))[1]
        if frame.rect.bottom <= y <= frame.rect.top:
            at = frame.rect.left - letters.tiny.line * 0.35, y
            turned = {"rotation": 90, "ha": "right", "va": "center"}
            paper.write(at, _degrees(float(lat), "N"), letters.tiny, **turned)


def _crossing(frame: Frame, lon: float, low: tuple[float, float]) -> float:
    # Where a meridian meets the lower edge: along it, the paper is straight.
    one, other = frame.spot(lon, low[0]), frame.spot(lon, low[1])
    share = (frame.rect.bottom - one[1]) / (other[1] - one[1])
    return one[0] + share * (other[0] - one[0])


def _step(span: float) -> float:
    wanted = span * 60 / _LINES
    return min(_MINUTES, key=lambda minutes: abs(math.log(minutes / wanted))) / 60


def _degrees(value: float, side: str) -> str:
    degrees, seconds = divmod(round(value * 3600), 3600)
    minutes, rest = divmod(seconds, 60)
    return f"{degrees}°{minutes:02d}′" + (f"{rest:02d}″" if rest else "") + side


def draw_inset(paper: Paper, frame: Frame, base: Base, layout: Layout) -> None:
    """Draw a small map of the county, and on it what the large one shows."""
    own = base.counties[base.counties["own"]]
    around = shapely.union_all([*own.geometry, frame.area])
    small = open_frame(layout.inset_box, around.bounds, margin=0.3)
    draw_ground(paper, small, base, strong=0.45)
    seen = small.place(frame.area)
    ink = base_colour("ink")
    paper.fill(seen, small.rect, fc=ink, ec="none", alpha=0.12, zorder=3)
    paper.fill(seen, small.rect, fc="none", ec=ink, lw=1.0, zorder=3.1)
    for county in own.itertuples():
        _name_county(paper, small, county, layout)
    draw_rim(paper, small)


def _name_county(paper: Paper, small: Frame, county: object, layout: Layout) -> None:
    shape = small.place(county.geometry)  # type: ignore[attr-defined]
    name, letters = str(county.name), layout.letters.tiny  # type: ignore[attr-defined]
    if not shape.is_empty:
        x, y = shape.representative_point().coords[0]
        wide = width(name, letters)
        left = min(max(x - wide / 2, small.rect.left + 1), small.rect.right - wide - 1)
        paper.write_clear((left, y), name, letters, zorder=4)


def draw_qr(paper: Paper, link: str, box: Rect) -> None:
    """Draw a link as a QR code (ISO/IEC 18004), with the quiet rim of its standard."""
    code = segno.make(link, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=4)]
    cell = box.width / len(rows)
    squares = [
        _square(box.left + column * cell, box.top - (row + 1) * cell, cell)
        for row, cells in enumerate(rows)
        for column, dark in enumerate(cells)
        if dark
    ]
    # One outline: between single squares a screen shows hairs.
    paper.fill(shapely.union_all(squares, grid_size=1e-4), fc="black", ec="none", zorder=5)


def _square(left: float, bottom: float, side: float) -> shapely.Polygon:
    return shapely.box(left, bottom, left + side, bottom + side)
