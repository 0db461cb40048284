"""The signs of the map as small pictures, for formats that carry pictures."""

from __future__ import annotations

import io

from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from layers.sheets.paper import Paper
from layers.sheets.signs import draw_sign

_PIXELS, _DPI, _INCH = 64, 100, 25.4
_SIZE = 13.0  # millimetres of the sixteen that the picture is wide


def icon(stage: str, category: str) -> bytes:
    """Return the sign of a category in the colour of a stage as PNG, 64 pixels wide."""
    inches = _PIXELS / _DPI
    figure = Figure(figsize=(inches, inches), dpi=_DPI)
    paper = Paper(figure, Affine2D().scale(1 / _INCH) + figure.dpi_scale_trans)
    middle = inches * _INCH / 2
    draw_sign(paper, (category, stage), (middle, middle), _SIZE)
    out = io.BytesIO()
    paper.figure.savefig(out, format="png", dpi=_DPI, transparent=True, metadata={"Software": None})
    return out.getvalue()
