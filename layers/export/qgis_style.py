"""How QGIS shows a layer: symbols by stage, Chinese labels and field names, as XML.

The same parts make the style inside a GeoPackage (QML) and the layers of a project file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from layers.export.fields import aliases
from layers.export.qgis_symbols import plain_symbol, rgba, stage_symbol
from layers.symbols import base_colour
from layers.words import codes, label

if TYPE_CHECKING:
    from collections.abc import Iterable

# The oldest QGIS that reads what is written here.
VERSION = "3.22.0"
_FONT = "Noto Sans CJK SC"
_LABEL = {
    "fieldName": "name",
    "fontFamily": _FONT,
    "fontSize": "9",
    "fontSizeUnit": "Point",
    "namedStyle": "Regular",
    "isExpression": "0",
}
# Placement codes of QGIS: around a point, along a line, horizontal inside an area.
_PLACEMENT = {"points": "6", "lines": "2", "areas": "5"}


def style_parts(layer: str, stages: Iterable[str], categories: Iterable[str]) -> list[Any]:
    """Return renderer, labels and field names of ``points``, ``lines``, ``areas`` or ``circles``.

    ``stages`` and ``categories`` are those that occur: no others stand in the legend.
    """
    if layer == "circles":
        return [_circles(), field_names("circles")]
    return [_by_stage(layer, stages, categories), _labels(layer), field_names("projects")]


def labelled(layer: str) -> str:
    """Return whether labels are shown on a layer, as QGIS writes it."""
    return str(int(layer in _PLACEMENT))


def qml(layer: str, stages: Iterable[str], categories: Iterable[str]) -> str:
    """Return the style of a layer as a QML document."""
    root = etree.Element("qgis", version=VERSION, labelsEnabled=labelled(layer))
    root.set("styleCategories", "Symbology|Labeling|Fields")
    root.extend(style_parts(layer, stages, categories))
    kind = etree.SubElement(root, "layerGeometryType")
    kind.text = {"points": "0", "lines": "1"}.get(layer, "2")
    text: str = etree.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}"


def single_symbol(symbol: Any) -> Any:
    """Return a renderer that draws everything with one symbol."""
    renderer = etree.Element("renderer-v2", type="singleSymbol", symbollevels="0", forceraster="0")
    etree.SubElement(renderer, "symbols").append(symbol)
    return renderer


def label_element(field: str, placement: str, colour: str) -> Any:
    """Return labels out of a field, in a font that has Chinese, with a light edge."""
    labels = etree.Element("labeling", type="simple")
    settings = etree.SubElement(labels, "settings", calloutType="simple")
    text = etree.SubElement(settings, "text-style", _LABEL)
    text.set("fieldName", field)
    text.set("textColor", rgba(colour))
    paper = rgba(base_colour("paper"))
    etree.SubElement(text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor=paper)
    etree.SubElement(settings, "placement", placement=placement, dist="1", priority="5")
    etree.SubElement(settings, "rendering", drawLabels="1", obstacle="1")
    return labels


def _by_stage(layer: str, stages: Iterable[str], categories: Iterable[str]) -> Any:
    renderer = etree.Element("renderer-v2", type="categorizedSymbol", attr="stage")
    renderer.set("symbollevels", "0")
    shown = [code for code in codes("stage") if code in set(stages)]
    entries = etree.SubElement(renderer, "categories")
    symbols = etree.SubElement(renderer, "symbols")
    ordered = sorted(set(categories))
    for number, stage in enumerate(shown):
        name = label("stage", stage, "zh")
        etree.SubElement(
            entries, "category", value=stage, symbol=str(number), label=name, render="true"
        )
        symbols.append(stage_symbol(layer, str(number), stage, ordered))
    return renderer


def _circles() -> Any:
    ink = base_colour("badge")
    look = {
        "color": rgba(ink, 35),
        "outline_color": rgba(ink, 160),
        "outline_width": "0.3",
        "outline_style": "dash",
        "style": "solid",
    }
    return single_symbol(plain_symbol("fill", look))


def _labels(layer: str) -> Any:
    return label_element("name", _PLACEMENT[layer], base_colour("ink"))


def field_names(layer: str) -> Any:
    """Return the Chinese names of a layer's fields."""
    element = etree.Element("aliases")
    for index, (field, name) in enumerate(aliases(layer).items(), 1):  # 0 is the row's number
        etree.SubElement(element, "alias", index=str(index), field=field, name=name)
    return element
