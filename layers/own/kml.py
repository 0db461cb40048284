"""KML: every placemark with its folder and its own fields; nothing that it points to is fetched."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from lxml import etree

from layers.own import amounts
from layers.own.causes import (
    DamagedOverlay,
    EmptyOverlay,
    OverlayWithoutGeometry,
    UnknownOverlay,
    WrongOverlay,
)
from layers.own.kml_fields import Styles, fields
from layers.own.kml_shapes import shape_of
from layers.own.letters import decoded
from layers.own.tags import every, local, name_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_CRS = "EPSG:4326"
_ROOTS = {"kml", "Document", "Folder", "Placemark"}
_DECLARATION = re.compile(
    r"\s*<\?xml[^>]*?(?:encoding\s*=\s*[\"']([^\"']+)[\"'][^>]*)?\?>", re.DOTALL
)
_DECLARED_WITHIN = 200  # characters
_ENTITY = re.compile(r"&([a-zA-Z]+\d*);")
_IN_XML = {"amp", "lt", "gt", "quot", "apos"}
# what XML forbids and old programs write all the same
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HOLDERS = {"Document", "Folder"}


def read(content: bytes, above: str = "") -> gpd.GeoDataFrame:
    """Return the placemarks of a KML file in EPSG:4326, longitude first, heights left out.

    Columns: ``name``, the file's own fields by the names it shows, ``description`` and balloon as
    text, times, address, and ``folder``. A placemark without a shape has None as geometry.

    Parameters
    ----------
    content
        The file's bytes.
    above
        The folder that the whole file lies in, for one of several files of a KMZ.

    Raises
    ------
    DamagedOverlay
        It is no XML, or a coordinate is no number; the line is named.
    UnknownOverlay
        It is XML of another kind, or declares entities.
    EmptyOverlay
        It has no placemark.
    OverlayWithoutGeometry
        It only lays pictures over the ground, or only points to another address.
    """
    root = parsed(content)
    frame = placemarks(root, above)
    if frame.empty:
        raise without_placemarks(root)
    return frame


def parsed(content: bytes) -> etree._Element:
    """Return the root of a KML file; prefixes that it does not declare are let pass.

    Raises
    ------
    DamagedOverlay
        It is no XML.
    UnknownOverlay
        It is XML of another kind, or declares entities.
    """
    text = _characters(content)
    # Google Earth and GDAL take prefixes without a declaration. A parser that recovers would also
    # take half a file, so what it had to recover from is looked through.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(text, parser) if text.strip() else None
    _check_errors(parser, text)
    if root is None:
        raise DamagedOverlay("xml", line=1)
    if root.getroottree().docinfo.doctype:
        raise UnknownOverlay("doctype")
    if local(root) not in _ROOTS:
        raise UnknownOverlay("other_xml", name=local(root)[:40])
    return root


def _check_errors(parser: etree.XMLParser[Any], text: str) -> None:
    for error in parser.error_log:
        if error.level >= etree.ErrorLevels.ERROR and error.domain != etree.ErrorDomains.NAMESPACE:
            if "<!DOCTYPE" in text[:_DECLARED_WITHIN] or "<!ENTITY" in text:
                raise UnknownOverlay("doctype")
            raise DamagedOverlay("xml", line=error.line)


def _characters(content: bytes) -> str:
    head = content[:_DECLARED_WITHIN].decode("latin-1").removeprefix("\xef\xbb\xbf")
    declared = _DECLARATION.match(head)
    text = decoded(content, (declared and declared[1]) or "")
    if text is None:
        raise DamagedOverlay("letters")
    text = _FORBIDDEN.sub("", _DECLARATION.sub("", text, count=1).lstrip())
    return _ENTITY.sub(_sign, text)


def _sign(entity: re.Match[str]) -> str:
    """Return what an entity of HTML stands for; XML knows five of its own."""
    found = html.unescape(entity[0])
    return entity[0] if entity[1] in _IN_XML or found == entity[0] else found


def placemarks(root: etree._Element, above: str = "") -> gpd.GeoDataFrame:
    """Return all placemarks below a root, none as well; columns as ``read`` says.

    Raises
    ------
    DamagedOverlay
        A coordinate is no number; its line is named.
    """
    styles = Styles(root)
    found = list(every(root, "Placemark"))
    _check_amount(root, len(found))
    rows = [fields(each, styles) for each in found]
    folders = [" / ".join(_path(each, above)) for each in found]
    if len(set(folders)) > 1 or above:
        rows = [row | {"folder": folder} for row, folder in zip(rows, folders, strict=True)]
    names = _ordered({name for row in rows for name in row}, rows)
    columns = {name: [row.get(name) for row in rows] for name in names}
    table = pd.DataFrame(columns, index=range(len(rows)), dtype=object)
    return gpd.GeoDataFrame(table, geometry=list(map(shape_of, found)), crs=_CRS)


def _check_amount(root: etree._Element, features: int) -> None:
    """Refuse what is too much before a shape is made of it: a point has at most two commas."""
    texts = (text_of(each) for each in every(root, "coordinates"))
    tracks = sum(1 for _ in every(root, "coord"))
    amounts.check(features=features, points=sum(text.count(",") for text in texts) // 2 + tracks)


def _ordered(names: set[str], rows: list[dict[str, Any]]) -> list[str]:
    """Return the columns: the name, the file's own fields, and last what is said of them all."""
    last = ["description", "balloon", "folder"]
    first = dict.fromkeys(name for row in rows for name in row if name not in last)
    return [*first, *(name for name in last if name in names)]


def _path(placemark: etree._Element, above: str) -> Iterator[str]:
    """Yield the names of the folders that a placemark lies in, the outermost first."""
    if above:
        yield above
    holders = [each for each in placemark.iterancestors() if local(each) in _HOLDERS]
    names = [name_of(each) for each in reversed(holders)]
    # the outermost is the file itself
    yield from filter(None, names[1:])


def links(root: etree._Element) -> dict[str, str]:
    """Return the addresses that a KML file points to, each with the name it goes by."""
    found = {}
    for each in every(root, "NetworkLink"):
        address = next(map(text_of, every(each, "href")), "")
        found[address] = name_of(each)
    return found


def without_placemarks(root: etree._Element) -> WrongOverlay:
    """Return what to say of a KML file without a placemark."""
    kinds = {local(each) for each in root.iter()}
    if "NetworkLink" in kinds:
        address = next(filter(None, links(root)), "")
        return OverlayWithoutGeometry("network_link", address=address[:120])
    if kinds & {"GroundOverlay", "PhotoOverlay", "ScreenOverlay"}:
        return OverlayWithoutGeometry("pictures")
    return EmptyOverlay("no_placemark")
