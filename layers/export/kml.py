"""KML and KMZ: folders for projects, circles and the unplaced, with style, fields in Chinese."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely
from lxml import etree
from lxml.builder import ElementMaker

from layers.export import frames
from layers.export.content import legal
from layers.export.fields import aliases
from layers.export.pack import zipped
from layers.files import LIST_SIGN
from layers.outcomes import progress
from layers.symbols import base_colour, stage_colour
from layers.words import caption, codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from layers.export.content import Content

    # Stage, category, and how far a thing is known to be; the mark alone has this last one only.
    Look = tuple[str, str, str]

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_ICON = "icons/{}.png"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
_LEFT_OUT = ("name", "statements")
_DOCUMENT = "doc.kml"


def kml(content: Content, crs: int) -> bytes:  # noqa: ARG001 - KML knows one system
    """Return the chosen rows as KML 2.2; pins have the colour of their stage."""
    return _written(content, {})


def kmz(content: Content, crs: int) -> bytes:  # noqa: ARG001 - KML knows one system
    """Return the chosen rows as KMZ, with the signs of the map as icons inside."""
    from layers.export.icons import icon  # noqa: PLC0415 - drawing takes a slow library

    placed = content.table[content.table.geometry.notna()]
    looks = sorted({look for row in placed.itertuples() for look in (_look(row), _mark_of(row))})
    icons = {look: _ICON.format(_style_id(look)) for look in looks if any(look)}
    drawn = {name: icon(*look) for look, name in icons.items()}
    return zipped({_DOCUMENT: _written(content, icons), **drawn})


def _look(row: Any) -> Look:
    return row.stage, row.category, progress(_text(row.known_stage))


def _mark_of(row: Any) -> Look:
    """Return the mark that stands by itself: a line or an area has no icon to carry it."""
    plain = row.geometry.geom_type.endswith("Point")
    return "", "", "" if plain else progress(_text(row.known_stage))


def _style_id(look: Look) -> str:
    return "-".join(part for part in (look if look[1] else ("known", look[2])) if part)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _written(content: Content, icons: dict[Look, str]) -> bytes:
    document = _E.Document(
        _E.name(caption("app_title", "zh")), _E.description(legal(content.about[0]))
    )
    document.extend(_styles(icons))
    document.append(_schema())
    document.extend(_folders(content, icons))
    tree: bytes = etree.tostring(
        _E.kml(document), encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return tree


def _styles(icons: dict[Look, str]) -> Iterable[Any]:
    for stage in codes("stage"):
        pin = _E.IconStyle(_E.color(_colour(stage_colour(stage))))
        yield _style(stage, stage, pin)
    for look, path in icons.items():
        pin = _E.IconStyle(_E.Icon(_E.href(path)))
        yield _style(_style_id(look), look[0], pin) if look[0] else _mark_style(look, pin)
    badge = base_colour("badge")
    yield _E.Style(
        _E.LineStyle(_E.color(_colour(badge)), _E.width("1")),
        _E.PolyStyle(_E.color(_colour(badge, 48))),
        id="circle",
    )


def _style(name: str, stage: str, pin: Any) -> Any:
    fill = stage_colour(stage)
    return _E.Style(
        pin,
        _E.LineStyle(_E.color(_colour(fill)), _E.width("3")),
        _E.PolyStyle(_E.color(_colour(fill, 110))),
        id=name,
    )


def _mark_style(look: Look, pin: Any) -> Any:
    # Its name stands on the thing itself.
    return _E.Style(pin, _E.LabelStyle(_E.scale("0")), id=_style_id(look))


def _colour(colour: str, alpha: int = 255) -> str:
    # KML writes alpha, blue, green, red.
    return f"{alpha:02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}"


def _schema() -> Any:
    return _E.Schema(
        *(
            _E.SimpleField(_E.displayName(name), type="string", name=field)
            for field, name in aliases("projects").items()
            if field not in _LEFT_OUT
        ),
        name="projects",
        id="projects",
    )


def _folders(content: Content, icons: dict[Look, str]) -> Iterable[Any]:
    rows = frames.projects(content, 4326)
    placed, known = rows[rows.geometry.notna()], set(icons)

    def style(row: Any) -> str:
        look = _look(row)
        return _style_id(look) if look in known else str(row.stage)

    yield _folder("kml_projects", placed, lambda row: _project(row, style(row)))
    marked = [_mark_of(row) in known for row in placed.itertuples()]
    if any(marked):
        yield _folder("kml_known", placed[marked], _known)
    yield _folder("kml_circles", frames.circles(content, 4326), _circle)
    yield _folder("kml_unplaced", rows[rows.geometry.isna()], lambda row: _project(row, ""))


def _folder(key: str, rows: Any, make: Callable[[Any], Any]) -> Any:
    return _E.Folder(_E.name(caption(key, "zh")), *(make(row) for row in rows.itertuples()))


def _project(row: Any, style: str) -> Any:
    said = {field: getattr(row, field) for field in aliases("projects") if field not in _LEFT_OUT}
    data = [
        _E.SimpleData(legal(str(value)), name=field)
        for field, value in said.items()
        if not pd.isna(value)
    ]
    return _E.Placemark(
        _E.name(legal(row.title)),
        _E.description(_said(row)),
        *([_E.styleUrl(f"#{style}")] if style else []),
        _E.ExtendedData(_E.SchemaData(*data, schemaUrl="#projects")),
        *([_geometry(row.geometry)] if style else []),
        id=legal(f"project-{row.id}"),
    )


def _known(row: Any) -> Any:
    return _E.Placemark(
        _E.name(legal(row.title)),
        _E.description(_said(row)),
        _E.styleUrl(f"#{_style_id(_mark_of(row))}"),
        _geometry(row.geometry.representative_point()),
        id=legal(f"known-{row.id}"),
    )


def _said(row: Any) -> str:
    """Return what is known of a thing and what the plans say, as HTML: KML without icons too."""
    lines = [_html(row.quotes)]
    if known := _text(row.known_outcomes):
        lines.insert(0, f"<b>{escape(caption('column_known', 'zh'))}</b> {_html(known)}")
    return "<br/>".join(lines)


def _circle(row: Any) -> Any:
    return _E.Placemark(
        _E.name(legal(row.name)),
        _E.description(caption("radius", "zh", metres=f"{row.radius_m:,.0f}")),
        _E.styleUrl("#circle"),
        _geometry(row.geometry),
        id=legal(f"circle-{row.project_id}"),
    )


def _html(quotes: str) -> str:
    lines = quotes.replace(f"{LIST_SIGN}[", f"{LIST_SIGN}\n[").splitlines()
    return "<br/>".join(escape(legal(line)) for line in lines)


def _geometry(shape: Any) -> Any:
    parts = [_GEOMETRIES[part.geom_type](part) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else _E.MultiGeometry(*parts)


def _polygon(shape: Any) -> Any:
    return _E.Polygon(
        _E.outerBoundaryIs(_E.LinearRing(_coordinates(shape.exterior))),
        *(_E.innerBoundaryIs(_E.LinearRing(_coordinates(hole))) for hole in shape.interiors),
    )


def _coordinates(shape: Any) -> Any:
    return _E.coordinates(" ".join(f"{lon!r},{lat!r}" for lon, lat in shape.coords))


_GEOMETRIES: dict[str, Callable[[Any], Any]] = {
    "Point": lambda shape: _E.Point(_coordinates(shape)),
    "LineString": lambda shape: _E.LineString(_coordinates(shape)),
    "Polygon": _polygon,
}
