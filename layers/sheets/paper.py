"""The paper: everything is drawn on it in millimetres from its lower left corner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox

from layers.font import FAMILY, check_printable, font_file, printable
from layers.sheets.lettering import POINT
from layers.symbols import base_colour

if TYPE_CHECKING:
    from matplotlib.transforms import Transform
    from shapely.geometry.base import BaseGeometry

    from layers.sheets.frame import Rect, Spot
    from layers.sheets.lettering import Letters

INCH = 25.4
_HALO = 1.6  # points of paper colour on either side of a letter

# Names hold dollar signs; text stays text; and the same sheet gives the same bytes.
mpl.rcParams.update(
    {
        "text.parse_math": False,
        "pdf.fonttype": 42,
        # matplotlib 3.11 asks this one too when it writes a PDF: with 3 it splits each font in two.
        "ps.fonttype": 42,
        "svg.fonttype": "none",
        "svg.hashsalt": "planmap",
        # Hinted letters have whole pixels between them, and no text is as long as measured.
        "text.hinting": "none",
    }
)


@dataclass(frozen=True)
class Paper:
    """A paper being drawn upon; ``millimetres`` is what its measures are counted in.

    Without axes, which would cut each of the many artists to their own edge.
    """

    figure: Figure
    millimetres: Transform

    def fill(self, shape: BaseGeometry, within: Rect | None = None, **look: Any) -> None:
        """Draw polygons given in millimetres; an empty shape draws nothing."""
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon" and not part.is_empty:
                rings = [part.exterior, *part.interiors]
                path = Path.make_compound_path(*(Path(np.array(ring.coords)) for ring in rings))
                self.path(path, within, **look)

    def line(self, shape: BaseGeometry, within: Rect | None = None, **look: Any) -> None:
        """Draw lines given in millimetres; an empty shape draws nothing."""
        parts = [np.array(part.coords) for part in shapely.get_parts(shape) if _is_line(part)]
        if parts:
            ends: dict[str, Any] = {"capstyle": "round", "joinstyle": "round"} | look
            self._add(LineCollection(parts, transform=self.millimetres, **ends), within)

    def path(self, path: Path, within: Rect | None = None, **look: Any) -> None:
        """Draw an outline given in millimetres."""
        self._add(PathPatch(path, transform=self.millimetres, **look), within)

    def box(self, rect: Rect, **look: Any) -> None:
        """Draw a box."""
        self.fill(shapely.box(rect.left, rect.bottom, rect.right, rect.top), **look)

    def write(self, at: Spot, text: str, letters: Letters, **look: Any) -> None:
        """Write a text; ``at`` is where its baseline begins, or ends with ``ha="right"``.

        Raises
        ------
        MissingGlyph
            The font lacks a character.
        """
        text = printable(text)
        check_printable([text])
        plain: dict[str, Any] = {
            "color": base_colour(letters.colour),
            "va": "baseline",
            "zorder": 10,
        }
        at_mm: dict[str, Any] = plain | look | {"transform": self.millimetres}
        self.figure.text(*at, text, font=font(letters), **at_mm)

    def write_clear(self, at: Spot, text: str, letters: Letters, zorder: float = 10) -> None:
        """Write a text with a rim of paper, so that it reads on any ground."""
        # The rim is an outline of its own: with matplotlib's effects the text would be one too.
        outline = TextPath((0, 0), printable(text), size=letters.size * POINT, prop=font(letters))
        rim = Path(outline.vertices + np.array(at), outline.codes)
        paper = base_colour("paper")
        look: dict[str, Any] = {
            "fc": paper,
            "ec": paper,
            "lw": 2 * _HALO,
            "alpha": 0.85,
            "joinstyle": "round",
        }
        self.path(rim, zorder=zorder - 0.1, **look)
        self.write(at, text, letters, zorder=zorder)

    def dots(self, spots: Any, fills: list[str], size: float) -> None:
        """Draw dots of one size in millimetres."""
        look: dict[str, Any] = {"offsets": spots, "offset_transform": self.millimetres}
        look |= {"facecolors": fills, "edgecolors": base_colour("ink"), "linewidths": 0.3}
        circle = Path.unit_circle()
        self._add(PathCollection([circle], [(size / 2 / POINT) ** 2], zorder=5, **look))

    def _add(self, artist: Any, within: Rect | None = None) -> None:
        self.figure.add_artist(artist)
        if within is not None:
            # A box, not an outline: that would be painted anew, as large as the sheet, each time.
            edges = Bbox.from_extents(within.left, within.bottom, within.right, within.top)
            artist.set_clip_box(TransformedBbox(edges, self.millimetres))


def open_paper(size: Spot) -> Paper:
    """Return an empty paper of a width and height in millimetres."""
    width, height = size
    figure = Figure(figsize=(width / INCH, height / INCH), facecolor=base_colour("paper"))
    FigureCanvasAgg(figure)
    return Paper(figure, Affine2D().scale(1 / INCH) + figure.dpi_scale_trans)


def font(letters: Letters) -> FontProperties:
    """Return the font of some letters.

    By file, not by family: what is found by name differs from machine to machine. The name is
    for SVG, which carries the font along under it.
    """
    found = _font(letters.bold).copy()
    found.set_size(letters.size)
    return found


@cache
def _font(bold: bool) -> FontProperties:  # noqa: FBT001 - a cache's key
    weight = "bold" if bold else "normal"
    return FontProperties(family=FAMILY, weight=weight, fname=str(font_file(bold=bold)))


def _is_line(part: BaseGeometry) -> bool:
    return part.geom_type in {"LineString", "LinearRing"} and not part.is_empty
