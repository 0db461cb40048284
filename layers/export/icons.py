"""The signs of the map as small pictures, for formats that carry pictures."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

from layers.strokes import draw_sign

_PIXELS, _DPI, _SCALE = 64, 100, 2.0


def icon(stage: str, category: str) -> bytes:
    """Return the sign of a category in the colour of a stage as PNG, 64 pixels wide."""
    figure = Figure(figsize=(_PIXELS / _DPI, _PIXELS / _DPI), dpi=_DPI)
    draw_sign(figure, (category, stage), (_PIXELS / 2, _PIXELS / 2), _SCALE)
    out = io.BytesIO()
    figure.savefig(out, format="png", transparent=True, metadata={"Software": None})
    return out.getvalue()
