"""Office packages put in order before a library opens them: what Office itself puts up with.

Names with backslashes or in another case, relations that lead nowhere, Strict Open XML and broken
decorations say nothing of the text. The libraries stop at them; Word, Excel and WPS do not.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

Parts = dict[str, bytes]
# What stands for a struck run of a cell until the sheet is read; no character.
STRUCK = "\ufdd1"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(?!2006/)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# properties of a file that no line of it prints; a date in another form stops openpyxl
_UNPRINTED = re.compile(r"docprops/", re.IGNORECASE)
# what is left of a workbook's own part: its sheets, and from which day dates count
_OF_WORKBOOK = {"workbookPr", "sheets"}


def in_order(raw: bytes, kind: str) -> bytes:
    """Return a docx or xlsx package that holds the same text and nothing that stops a reader.

    Raises
    ------
    zipfile.BadZipFile, lxml.etree.XMLSyntaxError
        A part cannot be unpacked, or one that leads to others is no XML.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {
            info.filename.replace("\\", "/").lstrip("/"): package.read(info)
            for info in package.infolist()
            if not info.is_dir()
        }
    parts = {name: _transitional(name, content) for name, content in parts.items()}
    if kind == "xlsx":
        parts = _plain_workbook(parts)
    return _packed(_leading_somewhere(parts))


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _transitional(name: str, content: bytes) -> bytes:
    """Return a part with the names of Strict Open XML put in the other form, which all read."""
    if not name.endswith((".xml", ".rels")) or b"purl.oclc.org/ooxml/" not in content:
        return content
    return _STRICT.sub(_TRANSITIONAL, content)


def _leading_somewhere(parts: Parts) -> Parts:
    """Return the parts with every relation's target spelled as its part, and dead ones left out."""
    known = {name.casefold(): name for name in parts}
    changed = dict(parts)
    for name, content in parts.items():
        folder, _, file = name.rpartition("/")
        if file.endswith(".rels"):
            changed[name] = _with_live_relations(content, posixpath.dirname(folder), known)
        elif name.casefold() == "[content_types].xml":
            changed.pop(name)
            changed["[Content_Types].xml"] = _with_known_types(content, known)
    return changed


def _with_live_relations(content: bytes, base: str, known: dict[str, str]) -> bytes:
    root = parsed(content)
    for link in list(root):
        target = unquote(link.get("Target", "").replace("\\", "/"))
        path = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/").casefold()
        if link.get("TargetMode") == "External" or target.startswith("#"):
            continue
        if path in known:
            link.set("Target", f"/{known[path]}")
        else:
            root.remove(link)
    return _written(root)


def _with_known_types(content: bytes, known: dict[str, str]) -> bytes:
    root = parsed(content)
    for part in list(root):
        name = part.get("PartName", "").replace("\\", "/").lstrip("/").casefold()
        if name in known:
            part.set("PartName", f"/{known[name]}")
        elif name:
            root.remove(part)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def parsed(content: bytes) -> etree._Element:
    """Return the root of a part; nothing it names is fetched or put in."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


def _plain_workbook(parts: Parts) -> Parts:
    """Return a workbook without what is not printed: properties, names, looks of cells."""
    plain = {}
    for name, content in parts.items():
        root = parsed(content) if name.endswith(".xml") and _may_stop(name) else None
        kind = "" if root is None else etree.QName(root).localname
        if kind == "workbook" and root is not None:
            for each in list(root):
                if etree.QName(each).localname not in _OF_WORKBOOK:
                    root.remove(each)
            plain[name] = etree.tostring(root)
        elif kind == "styleSheet" and root is not None:
            plain[name] = _plain_styles(root)
        elif not _UNPRINTED.match(name):
            plain[name] = _without_struck_runs(content) if b"strike" in content else content
    return plain


def _without_struck_runs(content: bytes) -> bytes:
    """Return texts of several runs with a mark for each run that is struck out."""
    root = parsed(content)
    for run in root.iter("{*}r"):
        if _is_on(run.find("{*}rPr/{*}strike")):
            for text in run.iterfind("{*}t"):
                text.text = STRUCK
    return _written(root)


def _may_stop(name: str) -> bool:
    return posixpath.basename(name).casefold().startswith(("workbook", "styles"))


def _plain_styles(root: etree._Element) -> bytes:
    """Return styles that keep number formats and what is struck out; fills may be broken."""
    fonts = [_is_on(font.find("{*}strike")) for font in root.iterfind("{*}fonts/{*}font")]
    formats = [
        (each.get("numFmtId", ""), each.get("formatCode", ""))
        for each in root.iterfind("{*}numFmts/{*}numFmt")
        if each.get("numFmtId", "").isdecimal() and each.get("formatCode")
    ]
    sheet = etree.Element(f"{{{_SHEETS}}}styleSheet", nsmap={None: _SHEETS})
    for number, code in formats:
        _below(_list(sheet, "numFmts"), "numFmt", numFmtId=number, formatCode=code)
    for struck in fonts or [False]:
        font = _below(_list(sheet, "fonts"), "font")
        if struck:
            _below(font, "strike")
    _below(_below(_list(sheet, "fills"), "fill"), "patternFill")
    _below(_list(sheet, "borders"), "border")
    _below(_list(sheet, "cellStyleXfs"), "xf", numFmtId="0", fontId="0", fillId="0", borderId="0")
    for look in _looks(root, len(fonts), {"0", *(number for number, _ in formats)}):
        _below(_list(sheet, "cellXfs"), "xf", fillId="0", borderId="0", xfId="0", **look)
    return _written(sheet)


def _looks(root: etree._Element, fonts: int, formats: set[str]) -> Iterator[dict[str, str]]:
    """Yield the number format and the font of each look of cells; at least the common one."""
    looks = list(root.iterfind("{*}cellXfs/{*}xf"))
    for look in looks:
        number, font = look.get("numFmtId", "0"), look.get("fontId", "0")
        built_in = number.isdecimal() and int(number) < _FIRST_OWN_FORMAT
        is_font = font.isdecimal() and int(font) < fonts
        yield {
            "numFmtId": number if built_in or number in formats else "0",
            "fontId": font if is_font else "0",
        }
    if not looks:
        yield {"numFmtId": "0", "fontId": "0"}


_FIRST_OWN_FORMAT = 164
_OFF = {"0", "false"}


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") not in _OFF


def _list(sheet: etree._Element, name: str) -> etree._Element:
    found = sheet.find(f"{{{_SHEETS}}}{name}")
    return _below(sheet, name) if found is None else found


def _below(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_SHEETS}}}{name}", attributes)
