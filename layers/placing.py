"""The map on which a person places a thing: folium's draw plugin on the constant base map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import shapely
from branca.element import MacroElement
from folium.plugins import Draw
from folium.template import Template

from layers.assets import ASSETS
from layers.drawing import draw_things
from layers.webmap import cross_words, web_map
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from layers.base import Base, Box
    from layers.online import BaseMap

_TOOLS = {"circle": False, "circlemarker": False, "rectangle": False}
_NEAR, _WHOLE = 14, 11


class _Tools(Draw):
    """The draw plugin, whose own files the map has already."""

    default_js = [  # noqa: RUF012 - folium reads it from the class
        ("planmap_place", f"{ASSETS}/planmap/place.js"),
    ]
    default_css = []  # noqa: RUF012 - the same


class _OneShape(MacroElement):
    """Keeps only the shape that was drawn last, and says in words what each tool does."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        planmap.oneShape({{ this._parent.get_name() }}, drawnItems_{{ this.tools.get_name() }},
          {{ this.words|tojson }});
        {% endmacro %}"""
    )

    def __init__(self, tools: Draw, words: Mapping[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca ships no types
        self._name = "OneShape"
        self.tools, self.words = tools, dict(words)


class _Proposals(MacroElement):
    """Hands to the browser where the thing is held to be, and where it is proposed to be."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        planmap.propose({{ this._parent.get_name() }}, {{ this.records|tojson }});
        {% endmacro %}"""
    )

    def __init__(self, records: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca ships no types
        self._name = "Proposals"
        self.records = records


def place_map(view: Box, language: Language) -> folium.Map:
    """Return the constant map with tools for a pin, a line and an area.

    Parameters
    ----------
    view
        West, south, east, north in degrees, EPSG:4326.
    language
        Of the tools' names.
    """
    drawn = web_map(view)
    tools = _Tools(  # type: ignore[no-untyped-call]  # folium ships no types
        draw_options={**_TOOLS, "polygon": {"allowIntersection": False}, "marker": {}},
        show_geometry_on_click=False,
    )
    drawn.add_child(tools)
    drawn.add_child(_OneShape(tools, _words(language)))
    return drawn


def _words(language: Language) -> dict[str, str]:
    names = ("marker", "polyline", "polygon", "edit", "remove", "save", "cancel", "finish", "undo")
    return {name: caption(f"draw_{name}", language) for name in names} | cross_words(language)


def place_layer(
    thing: gpd.GeoDataFrame,
    proposals: Sequence[Mapping[str, Any]],
    language: Language,
    *,
    online: BaseMap | None = None,
) -> folium.FeatureGroup:
    """Return where a thing is now, and what is proposed for it, as one feature group.

    Parameters
    ----------
    thing
        The thing's row, EPSG:4326; an empty table where nothing is picked.
    proposals
        With ``lon``, ``lat`` (EPSG:4326) and ``name``.
    language
        Of the words.
    online
        The base map of another host that the user asked for, if any.
    """
    group = folium.FeatureGroup(name="placing")
    records = {
        "things": draw_things(thing, language),
        "proposals": [*map(dict, proposals)],
        "tiles": online.tiles() if online else None,
    }
    group.add_child(_Proposals(records))
    return group


def place_view(thing: Any, base: Base, view: Box) -> tuple[tuple[float, float], int]:
    """Return the centre (lat, lon; EPSG:4326) and the zoom to look for a thing.

    At the thing where it has a geometry, at its township's seat where one is known, else at the
    middle of the view.
    """
    if thing is not None and thing.geometry is not None:
        point = shapely.centroid(thing.geometry)
        return (point.y, point.x), _NEAR
    seats = {town.name: town for town in base.towns}
    for name in () if thing is None else thing.townships:
        if name in seats:
            return (seats[name].lat, seats[name].lon), _NEAR
    west, south, east, north = view
    return ((south + north) / 2, (west + east) / 2), _WHOLE


def drawn_shape(answer: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the geometry that was drawn last (GeoJSON, EPSG:4326); None where there is none."""
    drawings = (answer or {}).get("all_drawings") or []
    return dict(drawings[-1]["geometry"]) if drawings else None
