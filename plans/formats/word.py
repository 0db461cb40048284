"""Word documents as printed: paragraphs with their automatic numbers, tables as rows, in order.

python-docx opens the package. Its own walk over paragraphs and cells leaves out what stands in
content controls, accepted insertions and text boxes, so the walk here goes over the XML.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from plans.formats.notes import Note
from plans.formats.numbering import Numbers
from plans.formats.rows import WIDEST, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

# wrappers whose content is printed like what stands beside them
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
_UNPRINTED = {
    *("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "rt"),
    *("Fallback", "txbxContent", "sdtPr", "sdtEndPr", "fldData"),
}
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CONTENTS = re.compile(r"toc \d|toc heading", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}


def read_word(raw: bytes) -> tuple[str, tuple[Note, ...], str]:
    """Return a document's printed lines, notes, and the paragraph in the style Title."""
    document = docx.Document(io.BytesIO(raw))
    reader = _Reader(Numbers(document))
    lines = reader.blocks(document.element.body)
    return "\n".join(lines), tuple(_notes(document)), reader.title


def _notes(document: Document) -> Iterator[Note]:
    marks = {"footnoteReference", "endnoteReference"}
    count = sum(_name(each) in marks for each in document.element.body.iter())
    if count:
        yield Note("footnotes", str(count))


class _Reader:
    """A walk through the body in order of print; numbers count on as it goes."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self.title = ""

    def blocks(self, parent: Any) -> list[str]:
        """Return the lines of all paragraphs and tables of a body, cell or text box."""
        lines: list[str] = []
        for element in _unwrapped(parent):
            if _name(element) == "p":
                lines += self._paragraph(element)
            elif _name(element) == "tbl":
                lines += self._table(element)
        return lines

    def _paragraph(self, element: Any) -> list[str]:
        style = self._numbers.style_name(element)
        if _CONTENTS.match(style):
            return []  # a table of contents repeats the headings
        number, text = self._numbers.next(element), "".join(_signs(element))
        if number and text.strip():
            text = _numbered(number, text)
        lines = [line.strip() for line in text.split("\n")]
        if style.casefold() == "title":
            self.title = self.title or " ".join(filter(None, lines))
        for box in element.iter(qn("w:txbxContent")):
            if not any(_name(above) == "Fallback" for above in box.iterancestors()):
                lines += self.blocks(box)
        return lines

    def _table(self, element: Any) -> list[str]:
        rows = [row for row in _unwrapped(element) if _name(row) == "tr" and not _is_deleted(row)]
        cells = [[cell for cell in _unwrapped(row) if _name(cell) == "tc"] for row in rows]
        if all(len(row) <= 1 for row in cells):  # a frame around text
            return [line for row in cells for cell in row for line in self.blocks(cell)]
        return table_lines(map(self._row, rows, cells))

    def _row(self, row: Any, cells: list[Any]) -> list[str]:
        printed = [""] * _number(row, "w:trPr/w:gridBefore")
        for cell in cells:
            words = " ".join(self.blocks(cell)) if not _continues(cell) else ""
            across = max(_number(cell, "w:tcPr/w:gridSpan"), 1)
            printed += [words, *[""] * (across - 1)]
        return printed


def _unwrapped(parent: Any) -> Iterator[Any]:
    for element in parent:
        if _name(element) not in _WRAPPERS:
            yield element
        elif not _is_contents(element):
            yield from _unwrapped(element)


def _signs(element: Any) -> Iterator[str]:
    """Yield the printed characters of a paragraph or of a part of it."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield re.sub(r"[\t\r\n]", " ", child.text or "")
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _UNPRINTED and not (name == "r" and _is_on(child, "w:rPr/w:vanish")):
            yield from _signs(child)


def _numbered(number: str, text: str) -> str:
    """Set the number before the text, parted by a blank where print parts them."""
    return f"{number} {text.lstrip()}" if number[-1].isascii() else number + text.lstrip()


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _is_contents(element: Any) -> bool:
    gallery = element.find("/".join(map(qn, ("w:sdtPr", "w:docPartObj", "w:docPartGallery"))))
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _is_deleted(row: Any) -> bool:
    return row.find("/".join(map(qn, ("w:trPr", "w:del")))) is not None


def _continues(cell: Any) -> bool:
    """Tell a cell that is merged with the one above it."""
    merged = cell.find("/".join(map(qn, ("w:tcPr", "w:vMerge"))))
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(map(qn, path.split("/"))))
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(int(value), WIDEST) if value.isdecimal() else 0


def _is_on(element: Any, path: str) -> bool:
    found = element.find("/".join(map(qn, path.split("/"))))
    return found is not None and found.get(qn("w:val"), "1") not in _OFF
