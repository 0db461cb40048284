"""Files in the formats people have, made with the libraries that such files are made with."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SONG = "STSong-Light"


def word(fill: Callable[[Any], None]) -> bytes:
    """A Word document, filled by a function."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_table(document: Any, rows: Sequence[Sequence[str]], merged: Iterable[Any] = ()) -> None:
    """Add a table; ``merged`` are pairs of first and last cell, row before column."""
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for first, last in merged:
        table.cell(*first).merge(table.cell(*last))


def numbered_levels(document: Any, *levels: tuple[str, str]) -> str:
    """Add a numbered list with levels of format and pattern; returns its id."""
    root = document.part.numbering_part.element
    shapes = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (form, pattern) in enumerate(levels)
    )
    key = str(900 + len(root))
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{shapes}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    number = f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
    root.append(parse_xml(number))
    return key


def number(paragraph: Any, key: str, level: int = 0) -> None:
    """Let Word number a paragraph."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = int(key)


def wrap(document: Any, xml: str) -> None:
    """Add XML to the body, before its last section."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def workbook(fill: Callable[[Any], None]) -> bytes:
    """A workbook with one sheet named Sheet, filled by a function that gets the book."""
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


@cache
def _style() -> ParagraphStyle:
    return style(12, 18)


def style(size: int, leading: int) -> ParagraphStyle:
    """Chinese print of a size, in points."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    return ParagraphStyle("text", fontName=SONG, fontSize=size, leading=leading, wordWrap="CJK")


def ruled(rows: Sequence[Sequence[str]], widths: Sequence[int], spans: Iterable[Any] = ()) -> Table:
    """A ruled table of a PDF; ``spans`` are first and last cell, column before row."""
    cells = [[Paragraph(text, _style()) if text else "" for text in row] for row in rows]
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    return Table(cells, widths, style=[*style, *(("SPAN", *span) for span in spans)])


def pdf(*pages: Sequence[Any], head: str = "", foot: str = "") -> bytes:
    """A PDF; each page is made of paragraphs and tables, head and foot may hold {page}."""
    _style()
    out = io.BytesIO()
    story: list[Any] = []
    for page in pages:
        story += [Paragraph(part, _style()) if isinstance(part, str) else part for part in page]
        story.append(PageBreak())

    def frame(canvas: Canvas, document: Any) -> None:
        canvas.setFont(SONG, 9)
        canvas.drawString(60, 810, head.format(page=document.page))
        canvas.drawCentredString(297, 30, foot.format(page=document.page))

    SimpleDocTemplate(out).build(story[:-1], onFirstPage=frame, onLaterPages=frame)
    return out.getvalue()


def flowing(story: list[Any], height: float) -> bytes:
    """A PDF of low pages over which a story flows."""
    _style()
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=(595, height), topMargin=36, bottomMargin=36).build(story)
    return out.getvalue()


def drawn(draw: Callable[[Canvas], None], password: str = "") -> bytes:
    """A PDF of one page, drawn by a function."""
    _style()
    out = io.BytesIO()
    lock = StandardEncryption(password) if password else None
    canvas = Canvas(out, encrypt=lock)
    canvas.setFont(SONG, 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(canvas: Canvas) -> None:
    """Draw a page as a scanner does: one picture."""
    canvas.drawImage(ImageReader(Image.new("L", (200, 300), 200)), 0, 0, 595, 842)


def paragraph(*parts: str) -> str:
    """The XML of a Word paragraph made of parts."""
    return f"<w:p>{''.join(parts)}</w:p>"


def run(text: str) -> str:
    """The XML of a run of Word text."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


TITLE = "青溪县2024年重点工作责任分解"
PROSE = "加快推进石桥路建设，确保年底前建成投用。"
HEADER = ["序号", "项目名称", "建设内容", "责任单位"]
OPENING = "青溪县2024年重点工作：建成青溪大道，开工石桥路，加固水库，新建学校和医院。\n"
ROWS = [
    ["1", "道路", "建成青溪大道。", "县交通局"],
    ["2", "", "开工石桥路。", "县交通局、县财政局"],
    ["3", "水利", "加固青溪水库。", "县水利局"],
]
TABLE = [HEADER, *ROWS]
LINES = [TITLE, PROSE, *("\t".join(row) for row in TABLE)]


def as_word(document):
    """The plan in Word, the name of two rows merged."""
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(PROSE)
    word_table(document, TABLE, [((2, 1), (1, 1))])


def as_sheet(book):
    """The plan in Excel, title and names merged."""
    sheet = book.active
    for row in [[TITLE], [PROSE], HEADER, *ROWS]:
        sheet.append(row)
    for place in ("A1:D1", "B4:B5"):
        sheet.merge_cells(place)


def as_page():
    """The plan on a web page, the name of two rows merged."""
    head = "".join(f"<th>{cell}</th>" for cell in HEADER)
    body = ""
    for number, row in enumerate(ROWS):
        cells = [f"<td>{cell}</td>" for cell in row]
        cells[1] = "" if number == 1 else f"<td rowspan={2 - number // 2}>{row[1]}</td>"
        body += f"<tr>{''.join(cells)}</tr>"
    return f"<html><h1>{TITLE}</h1><p>{PROSE}</p><table><tr>{head}</tr>{body}</table></html>"


def as_pdf():
    """The plan printed, the name of two rows merged."""
    table = ruled(TABLE, [40, 60, 120, 130], [((1, 1), (1, 2))])
    return pdf([TITLE, PROSE, table])


def separated(sign):
    """The plan as a table in a text file."""
    return "\n".join([TITLE, *(sign.join(row) for row in TABLE)]).encode()


PLANS = {
    "a.txt": lambda: "\r\n".join(LINES).encode("utf-8-sig"),
    "a.md": lambda: "\n".join(["# " + TITLE, PROSE, *LINES[2:]]).encode(),
    "a.docx": lambda: word(as_word),
    "a.pdf": as_pdf,
    "a.xlsx": lambda: workbook(as_sheet),
    "a.html": lambda: as_page().encode(),
    "a.csv": lambda: separated(","),
    "b.csv": lambda: separated(";"),
    "a.tsv": lambda: separated("\t"),
}


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    call = [sys.executable, "-m", "planmap", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, check=False, encoding="utf-8")
