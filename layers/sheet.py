"""A sheet of paper with a map on it, in metres, that can be drawn and written upon."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from geo.projection import project, zone
from layers.font import font_file
from layers.symbols import base_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from layers.base import Box

DPI = 150
SIZE = (11.69, 8.27)  # A4 across, inches
MAP = (0.025, 0.075, 0.735, 0.8)  # left, bottom, width, height as shares of the sheet
_MARGIN = 0.06


@dataclass(frozen=True)
class Sheet:
    """A sheet being drawn.

    Attributes
    ----------
    figure, axes
        The paper, and the map on it in metres.
    epsg
        System of the map: a 3-degree zone of CGCS2000.
    """

    figure: Figure
    axes: Axes
    epsg: int

    def fill(self, shape: BaseGeometry, **look: Any) -> None:
        """Draw polygons of EPSG:4326; an empty shape draws nothing."""
        for part in shapely.get_parts(project(shape, self.epsg)):
            rings = [part.exterior, *part.interiors]
            path = Path.make_compound_path(*(Path(np.array(ring.coords)) for ring in rings))
            self.axes.add_patch(PathPatch(path, **look))

    def line(self, shape: BaseGeometry, **look: Any) -> None:
        """Draw lines of EPSG:4326; an empty shape draws nothing."""
        for part in shapely.get_parts(project(shape, self.epsg)):
            self.axes.plot(*np.array(part.coords).T, **look)

    def mark(self, lon: float, lat: float, text: str, size: float, **look: Any) -> None:
        """Write a text on the map at a position in degrees, EPSG:4326."""
        paper = withStroke(linewidth=2, foreground=base_colour("paper"))
        plain: dict[str, Any] = {"ha": "center", "va": "center", "annotation_clip": True}
        plain |= {"path_effects": [paper], "textcoords": "offset points", "xytext": (0, 0)} | look
        self.axes.annotate(text, self._metres(lon, lat), font=_font(size), **plain)

    def write(self, x: float, y: float, text: str, size: float = 9, **look: Any) -> None:
        """Write a text on the paper at a share of its width and height."""
        self.figure.text(x, y, text, font=_font(size), **look)

    def pixels(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Return where a position of EPSG:4326 is, from the lower left; None off the map."""
        x, y = self.axes.transData.transform(self._metres(lon, lat))
        return (float(x), float(y)) if self.axes.bbox.contains(x, y) else None

    def _metres(self, lon: float, lat: float) -> tuple[float, float]:
        ((x, y),) = shapely.get_coordinates(project(shapely.Point(lon, lat), self.epsg))
        return float(x), float(y)

    def png(self) -> bytes:
        """Return the sheet as PNG."""
        out = io.BytesIO()
        # Without the program's name and version in it the same sheet gives the same bytes.
        self.figure.savefig(out, format="png", metadata={"Software": None})
        return out.getvalue()


def open_sheet(extent: Box) -> Sheet:
    """Return an empty sheet whose map shows at least the extent (degrees, EPSG:4326)."""
    west, south, east, north = extent
    epsg = zone((west + east) / 2)
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor=base_colour("paper"))
    FigureCanvasAgg(figure)
    axes = figure.add_axes(MAP, facecolor=base_colour("sea"), xticks=[], yticks=[])
    left, bottom, right, top = project(shapely.box(west, south, east, north), epsg).bounds
    shape = (SIZE[0] * MAP[2]) / (SIZE[1] * MAP[3])
    height = max(top - bottom, (right - left) / shape) * (1 + _MARGIN)
    axes.set_xlim((left + right - height * shape) / 2, (left + right + height * shape) / 2)
    axes.set_ylim((bottom + top - height) / 2, (bottom + top + height) / 2)
    axes.set_autoscale_on(False)
    for edge in axes.spines.values():
        edge.set_edgecolor(base_colour("county"))
    return Sheet(figure, axes, epsg)


def _font(size: float) -> FontProperties:
    # By file, not by family: what is found by name differs from machine to machine.
    return FontProperties(fname=str(font_file()), size=size)
