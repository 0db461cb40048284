"""The signs of the table of symbols as QGIS writes them: markers, lines and fills in XML."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from lxml import etree

from layers.symbols import base_colour, ink_on, sign, stage_colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SIGN_MM = 6.5
_KINDS = {"points": "marker", "lines": "line", "areas": "fill", "circles": "fill"}
_TYPES = {bool: "bool", int: "int", str: "QString"}
_EXPRESSION = 3  # kind of a data-defined property


def svg(category: str) -> str:
    """Return the sign of a category as SVG, whose colours QGIS fills in."""
    drawn = sign(category)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-15 -15 30 30">'
        f'<path d="{drawn.body}" fill="param(fill)" stroke="param(outline)" stroke-width="1"/>'
        f'<path d="{drawn.glyph}" fill="param(outline)" fill-rule="evenodd"/></svg>'
    )


def stage_symbol(layer: str, name: str, stage: str, categories: Iterable[str]) -> Any:
    """Return the symbol of a stage for things of the layer ``points``, ``lines`` or ``areas``."""
    fill = stage_colour(stage)
    made = {"points": _marker, "lines": _line, "areas": _area}[layer]
    return _symbol(_KINDS[layer], name, *made(fill, categories))


def plain_symbol(kind: str, look: Mapping[str, str], name: str = "0") -> Any:
    """Return a symbol of one ``line``, ``fill`` or ``marker`` with the given properties."""
    drawn = {"line": "SimpleLine", "fill": "SimpleFill", "marker": "SimpleMarker"}[kind]
    return _symbol(kind, name, drawn, look, {})


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


def _symbol(
    kind: str, name: str, drawn: str, look: Mapping[str, str], depending: Mapping[str, str]
) -> Any:
    symbol = etree.Element("symbol", type=kind, name=name, alpha="1", force_rhr="0")
    symbol.set("clip_to_extent", "1")
    layer = etree.SubElement(symbol, "layer", enabled="1", locked="0")
    layer.set("class", drawn)
    layer.set("pass", "0")
    layer.append(option_map(dict(look)))
    etree.SubElement(layer, "data_defined_properties").append(
        option_map({"name": "", "properties": _depending(depending), "type": "collection"})
    )
    return symbol


def _depending(expressions: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: {"active": True, "expression": text, "type": _EXPRESSION}
        for name, text in expressions.items()
    }


_Drawn = tuple[str, dict[str, str], dict[str, str]]


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
    return "SvgMarker", look, {"name": f"CASE{cases} ELSE {other} END" if cases else other}


def _line(fill: str, _: Iterable[str]) -> _Drawn:
    look = {"line_color": rgba(fill), "line_width": "0.9", "line_width_unit": "MM"}
    return "SimpleLine", look, {"outlineStyle": "if(\"schematic\", 'dash', 'solid')"}


def _area(fill: str, _: Iterable[str]) -> _Drawn:
    look = {
        "color": rgba(fill, 100),
        "outline_color": rgba(base_colour("ink")),
        "outline_width": "0.3",
        "style": "solid",
    }
    return "SimpleFill", look, {}


def _embedded(category: str) -> str:
    return "base64:" + base64.b64encode(svg(category).encode()).decode()
