"""Word documents as printed: paragraphs with their automatic numbers, tables as rows, in order.

python-docx opens the package. Its own walk over paragraphs and cells leaves out what stands in
content controls, accepted insertions and text boxes, so the walk here goes over the XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from plans.formats.errors import TooLarge, because
from plans.formats.inserted import Inserted, parts_of
from plans.formats.notes import Note
from plans.formats.numbering import Numbers
from plans.formats.rows import MERGED, WIDEST, table_lines, without_struck
from plans.formats.symbols import in_signs, sign_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from docx.document import Document

    from plans.formats.file import Progress

# wrappers whose content is printed like what stands beside them
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
_UNPRINTED = {
    *("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "rt"),
    *("Fallback", "txbxContent", "sdtPr", "sdtEndPr", "fldData"),
}
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CONTENTS = re.compile(r"toc \d|toc heading", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[\s/>]")
_MOST_PARAGRAPHS, _OFTEN = 100_000, 500
_OFF = {"0", "false", "off", "none"}


def read_word(path: Path, raw: bytes, progress: Progress) -> tuple[str, tuple[Note, ...], str]:
    """Return a document's printed lines, notes, and the paragraph in the style Title.

    Raises
    ------
    TooLarge
        It has more paragraphs than any plan.
    """
    _check_paragraphs(path, raw)
    document = docx.Document(io.BytesIO(raw))
    reader = _Reader(Numbers(document), parts_of(document), progress)
    lines = reader.blocks(document.element.body)
    return "\n".join(lines), tuple(_notes(document, reader)), reader.title


def _check_paragraphs(path: Path, raw: bytes) -> None:
    """Refuse a document by its paragraphs before an object is made for each of them."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        names = [name for name in package.namelist() if name.endswith(".xml")]
        count = sum(len(_PARAGRAPH.findall(package.read(name))) for name in names)
    if count > _MOST_PARAGRAPHS:
        amount = {"count": f"{count:,}", "most": f"{_MOST_PARAGRAPHS:,}"}
        raise because(TooLarge, path, "paragraphs", line=0, **amount)


def _notes(document: Document, reader: _Reader) -> Iterator[Note]:
    if reader.struck:
        yield Note("struck", str(reader.struck))
    if reader.unknown_signs:
        yield Note("symbols", str(reader.unknown_signs))
    if reader.unread_parts:
        yield Note("parts", str(reader.unread_parts))
    marks = {"footnoteReference", "endnoteReference"}
    count = sum(_name(each) in marks for each in document.element.body.iter())
    if count:
        yield Note("footnotes", str(count))


class _Reader:
    """A walk through the body in order of print; numbers count on as it goes."""

    def __init__(self, numbers: Numbers, parts: Mapping[str, Inserted], progress: Progress) -> None:
        self._numbers, self._parts, self._progress, self._done = numbers, parts, progress, 0
        self.title = ""
        self.struck, self.unknown_signs, self.unread_parts = 0, 0, 0

    def blocks(self, parent: Any) -> list[str]:
        """Return the lines of all paragraphs and tables of a body, cell or text box."""
        lines: list[str] = []
        for element in _unwrapped(parent):
            if _name(element) == "p":
                lines += self._paragraph(element)
            elif _name(element) == "tbl":
                lines += self._table(element)
            elif _name(element) == "altChunk":
                lines += self._inserted(element)
        return lines

    def _inserted(self, element: Any) -> list[str]:
        """Return the lines of a document that Word will put in here when it opens the file."""
        part = self._parts.get(element.get(qn("r:id"), ""))
        lines = None if part is None else part.lines()
        self.unread_parts += lines is None
        return lines or []

    def _paragraph(self, element: Any) -> list[str]:
        self._done += 1
        if self._done % _OFTEN == 0:
            self._progress(self._done, 0)
        style = self._numbers.style_name(element)
        if _CONTENTS.match(style):
            return []  # a table of contents repeats the headings
        number, text = self._numbers.next(element), "".join(self._signs(element))
        if number and text.strip():
            text = _numbered(number, text)
        lines = [line.strip() for line in text.split("\n")]
        if style.casefold() == "title":
            self.title = self.title or " ".join(filter(None, lines))
        for box in _boxes(element):
            lines += self.blocks(box)
        return lines

    def _table(self, element: Any) -> list[str]:
        rows = [row for row in _unwrapped(element) if _name(row) == "tr" and not _is_deleted(row)]
        cells = [[cell for cell in _unwrapped(row) if _name(cell) == "tc"] for row in rows]
        if all(len(row) <= 1 for row in cells):  # a frame around text
            return [line for row in cells for cell in row for line in self.blocks(cell)]
        return table_lines(map(self._row, rows, cells))

    def _row(self, row: Any, cells: list[Any]) -> list[str]:
        printed = [("", False)] * _number(row, "w:trPr/w:gridBefore")
        for cell in cells:
            before = self.struck
            words = " ".join(self.blocks(cell)) if not _continues(cell) else MERGED
            across = max(_number(cell, "w:tcPr/w:gridSpan"), 1)
            struck = self.struck > before and not words.strip()
            said = _all_text(cell) if struck else words
            printed += [(said, struck), *[("", False)] * (across - 1)]
        return without_struck(printed)[0]

    def _signs(self, element: Any) -> Iterator[str]:
        """Yield the printed characters of a paragraph or of a part of it."""
        for child in element:
            name = _name(child)
            if name == "t":
                text = in_signs(_font(child.getparent()), child.text or "")
                yield re.sub(r"[\t\r\n]", " ", text)
            elif name == "sym":
                yield self._symbol(child)
            elif name == "checkBox":
                yield _box(child)
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "r":
                yield from self._run(child)
            elif name not in _UNPRINTED:
                yield from self._signs(child)

    def _run(self, run: Any) -> Iterator[str]:
        if _is_on(run, "w:rPr/w:vanish"):
            return
        if self._numbers.is_struck(run):
            self.struck += bool(_all_text(run).strip())
            return
        yield from self._signs(run)

    def _symbol(self, element: Any) -> str:
        code = element.get(qn("w:char"), "")
        known = re.fullmatch(r"[0-9a-fA-F]{1,5}", code)
        sign = sign_of(element.get(qn("w:font"), ""), int(code, 16)) if known else None
        self.unknown_signs += sign is None
        return sign or ""


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Yield the text boxes of a paragraph, without those inside them, which they print."""
    for box in paragraph.iter(qn("w:txbxContent")):
        between = takewhile(lambda above: above is not paragraph, box.iterancestors())
        if not {"Fallback", "txbxContent"} & set(map(_name, between)):
            yield box


def _unwrapped(parent: Any) -> Iterator[Any]:
    for element in parent:
        if _name(element) not in _WRAPPERS:
            yield element
        elif not _is_contents(element):
            yield from _unwrapped(element)


def _font(run: Any) -> str:
    fonts = run.find("/".join(map(qn, ("w:rPr", "w:rFonts"))))
    return "" if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""


def _box(element: Any) -> str:
    """Return a box of a form: ticked, or as it was before anyone filled the form in."""
    for name in ("w:checked", "w:default"):
        if element.find(qn(name)) is not None:
            return "☑" if _is_on(element, name) else "□"
    return "□"


def _all_text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


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
