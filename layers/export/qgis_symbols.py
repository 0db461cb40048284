"""The signs of the table of symbols as QGIS writes them: markers, lines and fills in XML."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from layers.outcomes import progress
from layers.symbols import base_colour, ink_on, known_mark, sign, stage_colour
from layers.words import codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_SIGN_MM, _MARK_MM = 6.5, 2.8
# What an SVG shows of the table's units: a whole sign, or the disc at its corner alone.
_WHOLE, _CORNER = "-15 -15 30 30", "2.8 -15.2 12.4 12.4"
_KINDS = {"points": "marker", "lines": "line", "areas": "fill", "circles": "fill"}
_TYPES = {bool: "bool", int: "int", str: "QString"}
_EXPRESSION = 3  # kind of a data-defined property


def svg(category: str) -> str:
    """Return the sign of a category as SVG, whose colours QGIS fills in."""
    drawn = sign(category)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_WHOLE}">'
        f'<path d="{drawn.body}" fill="param(fill)" stroke="param(outline)" stroke-width="1"/>'
        f'<path d="{drawn.glyph}" fill="param(outline)" fill-rule="evenodd"/></svg>'
    )


def mark_svg(known: str, view: str = _WHOLE) -> str:
    """Return the mark of how far a thing is known to be, as it stands at a sign's corner."""
    mark = known_mark(known)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">'
        f'<path d="{mark.disc}" fill="{mark.ground}" stroke="{base_colour("ink")}"/>'
        f'<path d="{mark.glyph}" fill="{mark.ink}"/></svg>'
    )


def stage_symbol(layer: str, name: str, stage: str, categories: Iterable[str]) -> Any:
    """Return the symbol of a stage for things of the layer ``points``, ``lines`` or ``areas``.

    Above it stands the mark of what is known beside the plans, where anything is.
    """
    fill = stage_colour(stage)
    made = {"points": _marker, "lines": _line, "areas": _area}[layer]
    return _symbol(_KINDS[layer], name, made(fill, categories), _MARKED[layer]())


def plain_symbol(kind: str, look: Mapping[str, str], name: str = "0") -> Any:
    """Return a symbol of one ``line``, ``fill`` or ``marker`` with the given properties."""
    drawn = {"line": "SimpleLine", "fill": "SimpleFill", "marker": "SimpleMarker"}[kind]
    return _symbol(kind, name, _Drawn(drawn, look))


def rgba(colour: str, alpha: int = 255) -> str:
    """Return ``#rrggbb`` as QGIS writes colours."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def option_map(values: Mapping[str, Any]) -> Any:
    """Return values as QGIS's nested map of options."""
    top = etree.Element("Option", type="Map")
    for name, value in values.items():
        if isinstance(value, dict):
            inner = option_map(value)
            inner.set("name", name)
            top.append(inner)
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            etree.SubElement(top, "Option", name=name, type=_TYPES[type(value)], value=text)
    return top


class _Drawn(NamedTuple):
    """One layer of a symbol: class, properties, those by expression, the symbol it repeats."""

    kind: str
    look: Mapping[str, str]
    depending: Mapping[str, str] = {}
    repeated: Any = None


def _symbol(kind: str, name: str, *layers: _Drawn) -> Any:
    symbol = etree.Element("symbol", type=kind, name=name, alpha="1", force_rhr="0")
    symbol.set("clip_to_extent", "1")
    symbol.extend(map(_layer, layers))
    return symbol


def _layer(drawn: _Drawn) -> Any:
    layer = etree.Element("layer", enabled="1", locked="0")
    layer.set("class", drawn.kind)
    layer.set("pass", "0")
    layer.append(option_map(dict(drawn.look)))
    etree.SubElement(layer, "data_defined_properties").append(
        option_map({"name": "", "properties": _depending(drawn.depending), "type": "collection"})
    )
    if drawn.repeated is not None:
        layer.append(drawn.repeated)
    return layer


def _depending(expressions: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: {"active": True, "expression": text, "type": _EXPRESSION}
        for name, text in expressions.items()
    }


def _marker(fill: str, categories: Iterable[str]) -> _Drawn:
    look = {
        "name": _embedded("other"),
        "color": rgba(fill),
        "outline_color": rgba(ink_on(fill)),
        "outline_width": "0.2",
        "size": str(_SIGN_MM),
        "size_unit": "MM",
    }
    cases = "".join(
        f" WHEN \"category\" = '{code}' THEN '{_embedded(code)}'" for code in categories
    )
    other = f"'{_embedded('other')}'"
    return _Drawn("SvgMarker", look, {"name": f"CASE{cases} ELSE {other} END" if cases else other})


def _mark(view: str, size: float) -> _Drawn:
    """Return the mark of what is known; nothing is drawn where nothing is."""
    shown = {stage: _base64(mark_svg(progress(stage), view)) for stage in codes("known_stage")}
    look = {"name": next(iter(shown.values())), "size": str(size), "size_unit": "MM"}
    cases = "".join(f" WHEN \"known_stage\" = '{code}' THEN '{it}'" for code, it in shown.items())
    is_known = "coalesce(\"known_stage\", '') <> ''"
    return _Drawn("SvgMarker", look, {"name": f"CASE{cases} END", "enabled": is_known})


def _repeated(kind: str, look: Mapping[str, str]) -> _Drawn:
    """Return the mark in the middle of a line or an area."""
    return _Drawn(kind, look, {}, _symbol("marker", "@0@1", _mark(_CORNER, _MARK_MM)))


_MARKED: dict[str, Callable[[], _Drawn]] = {
    "points": lambda: _mark(_WHOLE, _SIGN_MM),
    "lines": lambda: _repeated("MarkerLine", {"placement": "centralpoint", "rotate": "0"}),
    "areas": lambda: _repeated("CentroidFill", {"point_on_surface": "1"}),
}


def _line(fill: str, _: Iterable[str]) -> _Drawn:
    look = {"line_color": rgba(fill), "line_width": "0.9", "line_width_unit": "MM"}
    return _Drawn("SimpleLine", look, {"outlineStyle": "if(\"schematic\", 'dash', 'solid')"})


def _area(fill: str, _: Iterable[str]) -> _Drawn:
    look = {
        "color": rgba(fill, 100),
        "outline_color": rgba(base_colour("ink")),
        "outline_width": "0.3",
        "style": "solid",
    }
    return _Drawn("SimpleFill", look)


def _embedded(category: str) -> str:
    return _base64(svg(category))


def _base64(drawing: str) -> str:
    return "base64:" + base64.b64encode(drawing.encode()).decode()
