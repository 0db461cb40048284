"""The signs of the map as small pictures, for formats that carry pictures."""

from __future__ import annotations

import io

from layers.sheets.paper import INCH, open_paper
from layers.sheets.signs import draw_known, draw_known_alone, draw_sign

_PIXELS, _DPI = 64, 100
_FILLED = 0.75  # of the picture's width


def icon(stage: str, category: str, known: str = "") -> bytes:
    """Return the sign of a category in the colour of a stage as PNG, 64 pixels wide.

    ``known`` is how far the thing is known to be, which marks the sign's corner; empty for nothing.
    Without a category it is that mark alone.
    """
    width = _PIXELS / _DPI * INCH
    paper = open_paper((width, width))
    middle = width / 2, width / 2
    if not category:
        draw_known_alone(paper, known, middle, width * 1.7)
    else:
        draw_sign(paper, (category, stage), middle, width * _FILLED)
        if known:
            draw_known(paper, known, middle, width * _FILLED)
    out = io.BytesIO()
    paper.figure.savefig(out, format="png", dpi=_DPI, transparent=True, metadata={"Software": None})
    return out.getvalue()
