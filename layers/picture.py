"""A plain picture of a selection: map, title, legend and sources, drawn without a browser."""

from __future__ import annotations

from itertools import chain
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import shapely

from geo.measure import band, circle
from layers.base import Box, opening_view
from layers.credit import credits_of
from layers.drawing import draw_badges, draw_legend, draw_things
from layers.font import check_printable, printable
from layers.picture_legend import draw_legend_on
from layers.selection import describe
from layers.sheet import open_sheet
from layers.strokes import draw_foot, draw_sign
from layers.symbols import base_colour, stage_colour
from layers.words import Language, caption

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.base import Base
    from layers.selection import Selection
    from layers.sheet import Sheet

_PIN = 1.05  # pixels per unit of the table of symbols, and per pixel of the web map
_LEFT = 0.025
_WAYS: dict[str, dict[str, Any]] = {
    "motorway": {"lw": 2.4},
    "national": {"lw": 1.6},
    "rail": {"lw": 1.4, "ls": (0, (5, 3))},
}
# Characters of a line at the foot of the sheet; Chinese ones are twice as wide as others.
_LINE = {"zh": 100, "en": 170}


def to_png(
    shown: gpd.GeoDataFrame,
    table: gpd.GeoDataFrame,
    base: Base,
    selection: Selection,
    language: Language,
) -> bytes:
    """Return a picture of the selected things as PNG, A4 across at 150 dots per inch.

    Parameters
    ----------
    shown, table
        The selected and all rows, EPSG:4326; without a selected row the base map stands alone.
        The map is drawn in the 3-degree zone of CGCS2000 that its middle lies in.
    base
        The base map, with the attribution that stands on every picture.
    selection
        Makes the title.
    language
        Of title and legend.

    Raises
    ------
    MissingGlyph
        A text needs a character that the font lacks.
    """
    texts, legend = _texts(shown, base, selection, language), draw_legend(shown, language)
    check_printable([*texts.values(), *_names(base, legend)])
    sheet = open_sheet(_extent(shown, table, base))
    _draw_base(sheet, base)
    for thing in draw_things(shown, language):
        _draw_thing(sheet, thing)
    for badge in draw_badges(shown, base, language):
        _draw_badge(sheet, badge)
    _write_texts(sheet, texts, language)
    draw_legend_on(sheet, legend)
    return sheet.png()


def _texts(
    shown: gpd.GeoDataFrame, base: Base, selection: Selection, language: Language
) -> dict[str, str]:
    projects = shown[shown["kind"] != "programme"]
    drawn = int(projects.geometry.notna().sum())
    sources = " · ".join(credits_of(shown, base))
    texts = {
        "title": caption("picture_title", language),
        "sentence": describe(selection, language),
        "count": caption("picture_count", language, drawn=drawn, rest=len(projects) - drawn),
        "sources": caption("picture_sources", language, sources=sources),
    }
    return {name: printable(text) for name, text in texts.items()}


def _names(base: Base, legend: dict[str, Any]) -> list[str]:
    items = chain.from_iterable(group["items"] for group in legend["groups"])
    titles = [legend["title"], *(group["title"] for group in legend["groups"])]
    towns = [town.name for town in base.towns]
    return [*titles, *towns, *base.ways["name"], *(item["text"] for item in items)]


def _extent(shown: gpd.GeoDataFrame, table: gpd.GeoDataFrame, base: Base) -> Box:
    points = shown.geometry[shown.geometry.geom_type == "Point"]
    seen = shapely.union_all([shapely.box(*opening_view(table, base)), *points])
    west, south, east, north = (float(edge) for edge in seen.bounds)
    return west, south, east, north


def _draw_base(sheet: Sheet, base: Base) -> None:
    for shape in base.land.geometry:
        sheet.fill(shape, fc=base_colour("land"), ec="none", zorder=0.2)
    for county in base.counties.itertuples():
        edge = base_colour("county" if county.own else "neighbour")
        width = 1.3 if county.own else 0.7
        sheet.fill(county.geometry, fc="none", ec=edge, lw=width, ls=(0, (6, 3)), zorder=0.5)
    for one in base.details.itertuples():
        line = one.geometry.boundary if one.kind == "townships" else one.geometry
        sheet.line(line, color=base_colour(one.kind), zorder=0.6, lw=0.7)
    for way in base.ways.itertuples():
        style = _WAYS[way.kind] | ({"ls": (0, (3, 2))} if way.schematic else {})
        sheet.line(way.geometry, color=base_colour(way.kind), zorder=0.8, **style)
    for town in base.towns:
        sheet.mark(town.lon, town.lat, town.name, 8.5, color=base_colour("town"), zorder=3)


def _draw_thing(sheet: Sheet, thing: dict[str, Any]) -> None:
    shape, fill = shapely.geometry.shape(thing["geometry"]), stage_colour(thing["stage"])
    if isinstance(shape, shapely.Point):
        _draw_pin(sheet, thing, shape)
    elif shape.geom_type.endswith("LineString"):
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        middle = longest.interpolate(0.5, normalized=True)
        _draw_sign(sheet, thing, middle)
        sheet.fill(band(shape, thing["radius"]), fc=fill, ec="none", alpha=0.25, zorder=1)
        dashes = (0, (3, 2)) if thing["schematic"] else "-"
        sheet.line(shape, color=base_colour("ink"), lw=3.4, alpha=0.3, zorder=1.9)
        sheet.line(shape, color=fill, lw=2.6, ls=dashes, zorder=2)
    else:
        sheet.fill(shape, fc=fill, ec=fill, alpha=0.4, zorder=1)


def _draw_pin(sheet: Sheet, thing: dict[str, Any], point: shapely.Point) -> None:
    if thing["class"] == "locality":
        fill, ink = stage_colour(thing["stage"]), base_colour("ink")
        sheet.fill(circle(point, thing["radius"]), fc=fill, ec=ink, lw=0.4, alpha=0.2, zorder=1.5)
    _draw_sign(sheet, thing, point)


def _draw_sign(sheet: Sheet, thing: dict[str, Any], point: shapely.Point) -> None:
    if (foot := sheet.pixels(point.x, point.y)) is None:
        return
    right, down = thing["fan"]
    head = foot[0] + right * _PIN, foot[1] - down * _PIN
    if head != foot:
        draw_foot(sheet.figure, foot, head)
    draw_sign(sheet.figure, (thing["category"], thing["stage"]), head, _PIN)


def _draw_badge(sheet: Sheet, badge: dict[str, Any]) -> None:
    lat, lon = badge["at"]
    box = {"boxstyle": "round,pad=0.3", "fc": base_colour("paper"), "ec": base_colour("badge")}
    sheet.mark(lon, lat, str(badge["count"]), 7.5, xytext=(0, -12), bbox=box, zorder=4)


def _write_texts(sheet: Sheet, texts: dict[str, str], language: Language) -> None:
    soft = base_colour("town")
    sheet.write(_LEFT, 0.945, texts["title"], 19)
    sheet.write(_LEFT, 0.895, "\n".join(wrap(texts["sentence"], 90)[:2]), 11, color=soft)
    sheet.write(_LEFT, 0.048, texts["count"], 8.5)
    lines = "\n".join(wrap(texts["sources"], _LINE[language]))
    sheet.write(_LEFT, 0.038, lines, 6.5, color=soft, va="top")
