"""A map that moves together with the other maps of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branca.element import MacroElement
from jinja2 import Template

from layers.assets import ASSETS
from layers.webmap import web_map

if TYPE_CHECKING:
    import folium

    from layers.base import Box


class _Together(MacroElement):
    """Joins a map to the others: folium's own pair of maps would need both in one frame."""

    _template = Template(
        "{% macro script(this, kwargs) %}planmapTogether({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca ships no types
        self._name = "Together"


def twin_map(view: Box) -> folium.Map:
    """Return the constant map as ``web_map`` does; moved or zoomed it moves its twins.

    Parameters
    ----------
    view
        West, south, east, north in degrees, EPSG:4326.
    """
    drawn = web_map(view)
    drawn.default_js = [*drawn.default_js, ("together", f"{ASSETS}/planmap/together.js")]
    drawn.add_child(_Together())
    return drawn
