"""What a KML placemark says of itself: its own fields, its description and its balloon as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layers.own.markup import plain
from layers.own.tags import child, every, local, name_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# What Google Earth fills a balloon with: $[name], $[field], $[schema/field], $[x/displayName].
_BLANK = re.compile(r"\$\[([^\]]*)\]")
# Texts of KML itself that say something of the thing; how it is drawn says nothing.
_SAID = {"address": "address", "phoneNumber": "phone", "Snippet": "snippet", "snippet": "snippet"}
_HOPS = 3  # a style map leads to a style, and a map that leads to itself ends as well


class Styles:
    """The balloons and the schemas that a file's placemarks refer to."""

    def __init__(self, root: etree._Element) -> None:
        self._by_id = {each.get("id"): each for each in root.iter() if each.get("id")}
        self._shown = {
            (schema.get(key, ""), each.get("name", "")): shown
            for schema in every(root, "Schema")
            for key in ("id", "name")
            for each in schema
            if (shown := plain(child(each, "displayName")))
        }

    def shown_name(self, schema: str, field: str) -> str:
        """Return the name by which a schema's field is shown."""
        return self._shown.get((schema.rpartition("#")[2], field), field)

    def balloon(self, placemark: etree._Element) -> str:
        """Return the text of a placemark's balloon with its blanks; empty if it has none."""
        own = next(every(placemark, "BalloonStyle"), None)
        address = child(placemark, "styleUrl")
        for _ in range(_HOPS):
            style = self._by_id.get(address.rpartition("#")[2])
            if own is not None or style is None:
                break
            own = next(every(style, "BalloonStyle"), None)
            address = child(style, "styleUrl") or _normal(style)
        return "" if own is None else child(own, "text")


def fields(placemark: etree._Element, styles: Styles) -> dict[str, str]:
    """Return the fields of a placemark as texts, its name first, blank ones left out.

    A field of the file's own that is named like one of KML has a number behind its name.
    """
    found = {"name": name_of(placemark)}
    for name, value in _own(placemark, styles):
        _add(found, name, value)
    for each in placemark:
        if local(each) in _SAID:
            _add(found, _SAID[local(each)], plain(text_of(each)))
    _add(found, "time", _time(placemark))
    _add(found, "description", plain(child(placemark, "description")))
    balloon = styles.balloon(placemark)
    if plain(_BLANK.sub("", balloon)):  # else it repeats the fields and adds nothing
        _add(found, "balloon", _filled(balloon, placemark, styles))
    return {name: value for name, value in found.items() if value}


def _add(found: dict[str, str], name: str, value: str) -> None:
    key, number = name, 1
    while found.get(key):
        if found[key] == value:
            return
        number += 1
        key = f"{name}_{number}"
    found[key] = value


def _own(placemark: etree._Element, styles: Styles) -> Iterator[tuple[str, str]]:
    """Yield the fields of ExtendedData in its three forms, and of its forerunner Metadata."""
    for holder in placemark:
        if local(holder) not in {"ExtendedData", "Metadata"}:
            continue
        for each in holder:
            kind = local(each)
            if kind == "Data":
                shown = plain(child(each, "displayName"))
                yield shown or each.get("name", ""), child(each, "value")
            elif kind == "SchemaData":
                yield from _simple(each, styles)
            elif kind:
                yield kind, text_of(each)


def _simple(data: etree._Element, styles: Styles) -> Iterator[tuple[str, str]]:
    for each in data:
        name = styles.shown_name(data.get("schemaUrl", ""), each.get("name", ""))
        if local(each) == "SimpleArrayData":
            yield name, "、".join(filter(None, map(text_of, each)))
        elif local(each) == "SimpleData":
            yield name, text_of(each)


def _time(placemark: etree._Element) -> str:
    for each in placemark:
        if local(each) == "TimeStamp":
            return child(each, "when")
        if local(each) == "TimeSpan":
            return f"{child(each, 'begin')} – {child(each, 'end')}".strip(" –")
    return ""


def _filled(balloon: str, placemark: etree._Element, styles: Styles) -> str:
    known = dict(_own(placemark, styles))
    for data in every(placemark, "SchemaData"):
        known |= {each.get("name", ""): text_of(each) for each in data}
    for data in every(placemark, "Data"):
        known[data.get("name", "")] = child(data, "value")
    for name in ("name", "description", "address", "snippet"):
        known.setdefault(name, child(placemark, name))

    def value(blank: re.Match[str]) -> str:
        name, _, last = blank[1].rpartition("/")
        return name.rpartition("/")[2] if last == "displayName" else known.get(last, "")

    return plain(_BLANK.sub(value, balloon))


def _normal(style: etree._Element) -> str:
    pairs = (each for each in style if local(each) == "Pair" and child(each, "key") == "normal")
    return next((child(each, "styleUrl") for each in pairs), "")
