"""A user's own layer in one line: how much is in it, what is not drawn, how far off it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.words import caption

if TYPE_CHECKING:
    from layers.base import Box
    from layers.overlay import Overlay
    from layers.words import Language


def overlay_line(layer: Overlay, view: Box, language: Language) -> str:
    """Return what a layer holds, and its distance where it lies outside a view (EPSG:4326)."""
    parts = [caption("own_layer", language, name=layer.name, count=len(layer.frame))]
    if layer.without_shape:
        parts.append(caption("own_without_shape", language, count=layer.without_shape))
    if away := layer.away_m(view):
        parts.append(caption("own_away", language, distance=f"{away / 1000:,.0f}"))
    return " · ".join(parts)
