"""The web map: a constant folium map, and the selection as one feature group drawn onto it.

The base map must stay the same to the last byte: its script is its identity, and a new one makes
the browser load everything again. So all that changes (things, badges, legend, language) travels
in the feature group, and all that is large and constant (land, lines, signs) is a file of its own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import folium
import numpy as np
from branca.element import MacroElement
from folium.template import Template

from layers.assets import ASSETS, PROGRAMS, STATIC
from layers.credit import credit_in, credits_of
from layers.drawing import draw_badges, draw_legend
from layers.fitting import fitting
from layers.index import Index
from layers.nouns import NOUNS
from layers.packing import mask_text, packed_whole
from layers.symbols import symbol_table
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.base import Base, Box
    from layers.online import BaseMap
    from layers.overlay import Overlay

_DECIMALS = 5
_MAX_ZOOM = 18
# How near a jump goes at least: to a thing's own place, and to the seat of its township.
_CLOSE, _NEAR = 14, 12
# Texts of the drawing programs in the browser.
_WORDS = (
    *("legend_none", "and_so_on", "own_title"),
    *("map_all", "map_home", "map_zoom_in", "map_zoom_out", "map_credit"),
    *("sure_title", "sure_all", "sure_locality", "sure_site", "sure_hidden"),
    *("measure_length", "measure_area", "measure_clear", "measure_hint", "measure_about"),
)
# What is said to whoever draws or measures by keys.
_CROSS = ("map", "hint", "points", "refused", "few", "measured")


def cross_words(language: Language) -> dict[str, str]:
    """Return what the map says to whoever draws on it by keys."""
    return {f"cross_{name}": caption(f"cross_{name}", language) for name in _CROSS}


# What every map is made of. The page of its frame loads these while it waits to be told what to
# draw: streamlit-folium would load them only then, and one after the other.
MAP_PROGRAM = f"{ASSETS}/map.js"
MAP_STYLES = (
    f"{ASSETS}/leaflet/leaflet.css",
    f"{ASSETS}/leaflet-draw/leaflet.draw.css",
    f"{ASSETS}/planmap/planmap.css",
)


class WebMap(folium.Map):
    """A Leaflet map whose files are loaded by its frame, which the app itself serves."""

    default_js = []  # noqa: RUF012 - folium reads it from the class
    default_css = []  # noqa: RUF012 - the same


class _Opening(MacroElement):
    """Draws the base map onto a map and moves it to its opening view."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        planmap.open({{ this._parent.get_name() }},
          {{ this.view|tojson }}, {{ this.addressed|tojson }});
        {% endmacro %}"""
    )

    def __init__(self, view: Box, *, addressed: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca ships no types
        self._name = "Opening"
        self.addressed = addressed
        self.view = [round(edge, _DECIMALS) for edge in view]


class _Drawing(MacroElement):
    """Hands the records of a selection to the drawing program in the browser."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        planmap.draw({{ this.records|tojson }});
        {% endmacro %}"""
    )

    def __init__(self, records: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca ships no types
        self._name = "Drawing"
        self.records = records


def web_map(view: Box, *, addressed: bool = False) -> folium.Map:
    """Return the constant map: no tiles, no request to any other host.

    Parameters
    ----------
    view
        West, south, east, north in degrees, EPSG:4326.
    addressed
        Whether the page's address says, and is told, where the map stands.
    """
    west, south, east, north = view
    middle = [round((south + north) / 2, _DECIMALS), round((west + east) / 2, _DECIMALS)]
    drawn = WebMap(location=middle, zoom_start=12, tiles=None, zoom_snap=0.5)
    # Without tiles nothing else says how far the map may be magnified.
    drawn.options["maxZoom"] = _MAX_ZOOM
    drawn.add_child(_Opening(view, addressed=addressed))
    return drawn


class Goal(NamedTuple):
    """A request to go to a box (EPSG:4326): its number tells it from the one before."""

    number: int
    box: Box


@dataclass(frozen=True)
class Look:
    """How a selection is looked at.

    Attributes
    ----------
    chosen
        Id of the thing that is marked; empty for none.
    jump
        Number of the last jump to the chosen thing; the map jumps when it changes. 0: none yet.
    online
        The base map of another host that the user asked for, if any.
    own
        The user's own layers for the session.
    goal
        The own layer that the map was asked to go to last, with the number of that request; None
        before the first.
    badge
        The township whose badge is open; empty for none.
    """

    chosen: str = ""
    jump: int = 0
    online: BaseMap | None = None
    own: Sequence[Overlay] = ()
    goal: Goal | None = None
    badge: str = ""


def selection_layer(
    table: gpd.GeoDataFrame,
    base: Base,
    language: Language,
    *,
    online: BaseMap | None = None,
    own: Sequence[Overlay] = (),
) -> folium.FeatureGroup:
    """Return rows of any table as one feature group to add to a shown map, with all it needs.

    For a table that is asked again and again, and for a large one, ``index_records`` are less.

    Parameters
    ----------
    table
        The selected rows, EPSG:4326; an empty table gives an empty layer with an empty legend.
    base
        Knows the townships' seats, for the badges.
    language
        Of tooltips and legend.
    online
        The base map of another host that the user asked for, if any.
    own
        The user's own layers for the session.
    goal
        The own layer that the map was asked to go to last, with the number of that request; None
        before the first.
    """
    index = Index(table)
    drawn = _records(index, np.ones(len(table), dtype=bool), base, language)
    packed = {"pack": packed_whole(table, language), "version": index.pack.version + language}
    return drawing_layer(drawn | packed | _around(Look(online=online, own=own), language))


def drawing_layer(records: dict[str, Any]) -> folium.FeatureGroup:
    """Return records of what is to be drawn as one feature group to add to the shown map."""
    group = folium.FeatureGroup(name="planmap")
    group.add_child(_Drawing(records))
    return group


def index_records(
    index: Index, shown: NDArray[np.bool_], base: Base, language: Language, look: Look
) -> dict[str, Any]:
    """Return the selected things as records of what is to be drawn on the shown map.

    They hold no thing themselves but say which of the packed ones, served beside, are shown.

    Parameters
    ----------
    index
        The table, EPSG:4326, with its pack.
    shown
        Of each row whether it is selected; where none is, the layer and its legend are empty.
    base
        Knows the townships' seats, for the badges.
    language
        Of tooltips and legend.
    look
        What is marked, and over which base map.
    """
    chosen = {
        "chosen": index.row_of.get(look.chosen, -1),
        "badge": look.badge,
        "jump": _jump(index, look.chosen, base) if look.jump else None,
        "jumps": look.jump,
    }
    drawn = _records(index, shown, base, language)
    fit = {
        "box": fitting(index.reaches, shown, drawn["badges"]),
        "whole": bool((index.table["kind"].to_numpy()[~shown] == NOUNS[-1]).all()),
    }
    return drawn | chosen | {"fit": fit} | _around(look, language)


def _around(look: Look, language: Language) -> dict[str, Any]:
    return {
        "tiles": _tiles(look.online, language) if look.online else None,
        "own": [layer.record() for layer in look.own],
        "goal": look.goal._asdict() if look.goal else None,
    }


def _tiles(online: BaseMap, language: Language) -> dict[str, Any]:
    return {**online.tiles(), "attribution": credit_in(online.attribution, language)}


def _records(
    index: Index, shown: NDArray[np.bool_], base: Base, language: Language
) -> dict[str, Any]:
    table = index.rows(shown)
    return {
        "version": index.pack.version,
        "mask": mask_text(shown),
        "language": language,
        "chosen": -1,
        "badges": draw_badges(table, base, language),
        "legend": draw_legend(table, language),
        "localities": int((table["location_class"].to_numpy() == "locality").sum()),
        "attribution": [credit_in(line, language) for line in credits_of(table, base)],
        "words": {key: caption(key, language) for key in _WORDS} | cross_words(language),
    }


def _jump(index: Index, chosen: str, base: Base) -> dict[str, Any] | None:
    """Return where the map goes to show a thing: itself, or the seat of its township."""
    row = index.row_of.get(chosen)
    if row is None:
        return None
    thing = index.table.iloc[row]
    if thing.geometry is not None:
        place = thing.geometry.representative_point()
        return {"row": row, "at": [place.y, place.x], "zoom": _CLOSE}
    seats = {town.name: [town.lat, town.lon] for town in base.towns}
    at = next((seats[name] for name in thing.townships if name in seats), None)
    return {"row": row, "at": at, "zoom": _NEAR} if at else None


def map_script(base: Base, libraries: Sequence[Path]) -> bytes:
    """Return all that draws a map as one JavaScript file.

    Parameters
    ----------
    base
        The base map.
    libraries
        The files of the libraries that the drawing programs build on.
    """
    programs = [STATIC / f"{name}.js" for name in PROGRAMS]
    parts = [path.read_bytes() for path in (*libraries, *programs)]
    return b"\n;\n".join([*parts, base_script(base)])


def base_script(base: Base) -> bytes:
    """Return the base map and the table of signs as a JavaScript program."""
    layers = {
        "covered": base.covered,
        "land": _shapes(base.land),
        "counties": _shapes(base.counties[["name", "own", "geometry"]]),
        "ways": _shapes(base.ways[["name", "kind", "schematic", "geometry"]]),
        "details": _shapes(base.details),
        "towns": [list(town) for town in base.towns],
        "signs": symbol_table(),
    }
    # A browser reads JSON in half the time of the same values written as a program.
    text = json.dumps(json.dumps(layers, ensure_ascii=False), ensure_ascii=False)
    return f"planmap.base = JSON.parse({text});\n".encode()


def version(content: bytes) -> str:
    """Return a short mark that changes with the content, for a browser's cache."""
    return hashlib.sha256(content).hexdigest()[:12]


def _shapes(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    rounded = frame.set_geometry(frame.geometry.set_precision(10**-_DECIMALS))
    shapes: dict[str, Any] = rounded.to_geo_dict(drop_id=True)
    return shapes
