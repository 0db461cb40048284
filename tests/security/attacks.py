"""Files that ask for more than they give: made here, a few kilobytes each."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas

from tests import files

if TYPE_CHECKING:
    from collections.abc import Callable

_SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main"><sheetData><row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'
    "</sheetData></worksheet>"
)
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def workbook(row: int, cell: str) -> bytes:
    """A workbook with one cell far away."""
    plain = files.workbook(lambda book: book.active.append(["x"]))
    sheet = _SHEET.format(row=row, cell=cell).encode()
    return files.repacked(plain, "xl/worksheets/sheet1.xml", lambda _: sheet)


def _word(body: str) -> bytes:
    whole = f"<w:document {_SPACE}><w:body>{body}</w:body></w:document>".encode()
    plain = files.word(lambda document: document.add_paragraph("x"))
    return files.repacked(plain, "word/document.xml", lambda _: whole)


def boxes(depth: int) -> bytes:
    """A Word document with text boxes in one another."""
    start, end = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
    inner = "<w:p><w:r><w:t>开工建设望月大道。</w:t></w:r></w:p>"
    return _word(start * depth + inner + end * depth)


def paragraphs(count: int) -> bytes:
    """A Word document with many short paragraphs."""
    return _word("".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(count)))


def pdf(*objects: bytes, pages: bytes = b"[3 0 R]", count: int = 1) -> bytes:
    """A PDF of objects 3, 4, …; object 1 is its catalogue, object 2 its tree of pages."""
    head = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids%s/Count %d>>" % (pages, count),
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate([*head, *objects], 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n" % (len(places) + 1, start))
    out.write(b"%%EOF\n")
    return out.getvalue()


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A packed stream of a PDF."""
    packed = zlib.compress(content)
    head = b"<<%s/Filter/FlateDecode/Length %d>>" % (more, len(packed))
    return head + b"stream\n" + packed + b"\nendstream"


_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
)
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s>>"


def wide_font() -> bytes:
    """A PDF whose font says that it names four thousand million characters."""
    table = b"1 begincodespacerange<00000000><ffffffff>endcodespacerange\n"
    table += b"1 beginbfrange<00000000><ffffffff><0041>endbfrange"
    shown = stream(b"BT /F 12 Tf 10 400 Td (abc) Tj ET")
    return pdf(_PAGE, shown, _FONT % b"/ToUnicode 6 0 R", stream(table))


def doubling(times: int) -> bytes:
    """A PDF whose forms draw the next one twice, and the last one a letter."""
    forms = []
    for n in range(times):
        kids = b"/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>" % (7 + n)
        forms.append(stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + kids))
    last = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>"
    forms.append(stream(b"BT /F 1 Tf (a) Tj ET", last))
    return pdf(_PAGE, stream(b"/X Do"), _FONT % b"", *forms)


def many_pages(count: int) -> bytes:
    """A PDF of many pages that share one content."""
    page = _PAGE.replace(b"/XObject<</X 6 0 R>>", b"")
    kids = b"[3 0 R " + b" ".join(b"%d 0 R" % (6 + n) for n in range(count - 1)) + b"]"
    shown = stream(b"BT /F 12 Tf 10 400 Td (abc) Tj ET")
    return pdf(page, shown, _FONT % b"", *[page] * (count - 1), pages=kids, count=count)


def full_page(signs: int) -> bytes:
    """A PDF with one page of very many letters."""
    shown = b"BT /F 1 Tf 10 400 Td (%s) Tj ET" % (b"a" * signs)
    return pdf(_PAGE.replace(b"/XObject<</X 6 0 R>>", b""), stream(shown), _FONT % b"")


def honest_pages(count: int) -> bytes:
    """A PDF as a program makes it: many pages of plain lines."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(count):
        for line in range(30):
            canvas.drawString(
                50, 780 - 24 * line, f"Road {(page * 97 + line * 53) % 1009} will be built in 2027"
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def table(rows: int) -> bytes:
    """An honest workbook with many rows."""

    def fill(book: Any) -> None:
        for n in range(rows):
            book.active.append([n, f"望月大道{n}", "开工", 2026, "青溪镇人民政府"])

    return files.workbook(fill)


def geopackage(*statements: str) -> bytes:
    """A GeoPackage with one point, changed by statements; ``a`` is its layer."""
    with sqlite3.connect(":memory:") as base:
        base.executescript(
            "CREATE TABLE gpkg_contents(table_name TEXT, data_type TEXT);"
            "CREATE TABLE gpkg_geometry_columns(table_name TEXT, column_name TEXT, srs_id INT);"
            "CREATE TABLE gpkg_spatial_ref_sys(srs_id INT, organization TEXT,"
            " organization_coordsys_id INT, definition TEXT);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326, '');"
            "INSERT INTO gpkg_contents VALUES ('a', 'features');"
            "INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 4326);"
            "CREATE TABLE t(geom BLOB, name TEXT);"
        )
        point = bytes.fromhex("4750000100000000" + "0101000000" + "0000000000405e40" + "00" * 8)
        base.execute("INSERT INTO t VALUES (?, '望月桥')", (point,))
        for statement in statements or ("ALTER TABLE t RENAME TO a",):
            base.execute(statement)
        base.commit()
        return base.serialize()


_COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
VIEWS = {
    "endless view": f"CREATE VIEW a AS {_COUNT} SELECT geom, i FROM n, t",
    "view that finds nothing": f"CREATE VIEW a AS {_COUNT} SELECT geom FROM n, t WHERE i < 0",
    "gigantic view": "CREATE VIEW a AS SELECT geom, zeroblob(900000000) AS x FROM t",
    "wide view": f"CREATE VIEW a AS {_COUNT} SELECT geom, zeroblob(9000000) AS x FROM n, t",
}


def nested(depth: int) -> bytes:
    """Collections in one another."""
    start, end = '{"type":"GeometryCollection","geometries":[', "]}"
    return (start * depth + '{"type":"Point","coordinates":[1,2]}' + end * depth).encode()


def vertices(count: int) -> bytes:
    """A line of very many points."""
    return json.dumps({"type": "LineString", "coordinates": [[1, 2]] * count}).encode()


def lines_of_kml(count: int) -> bytes:
    """A KML line of very many points."""
    text = "120.5,28.5 " * count
    line = f"<LineString><coordinates>{text}</coordinates></LineString>"
    return f"<kml><Placemark>{line}</Placemark></kml>".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


# name of the file: what makes it, and words of the message that says what is too much
PLANS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "row far away": ("a.xlsx", lambda: workbook(99999999999, "A99999999999"), "blank cells"),
    "last cell": ("a.xlsx", lambda: workbook(1048576, "XFD1048576"), "blank cells"),
    "font range": ("a.pdf", wide_font, "font"),
    "doubling forms": ("a.pdf", lambda: doubling(24), "forms"),
    "many pages": ("a.pdf", lambda: many_pages(10_000), "10,000 pages"),
    "full page": ("a.pdf", lambda: full_page(300_000), "characters"),
    "many paragraphs": ("a.docx", lambda: paragraphs(400_000), "paragraphs"),
    "one long line": ("a.txt", lambda: "路，".encode() * 1_900_000, "one line"),
    "many lines": ("a.txt", lambda: b"a\n" * 200_000, "lines"),
}
LAYERS: dict[str, Callable[[], bytes]] = {
    **{name: (lambda view=view: geopackage(view)) for name, view in VIEWS.items()},  # type: ignore[misc]
    "nested collections": lambda: nested(150),
    "very nested collections": lambda: nested(5_000),
    "a million vertices": lambda: vertices(1_000_000),
    "half a million vertices in KML": lambda: lines_of_kml(500_000),
}
