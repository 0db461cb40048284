"""Tables of slides: strips as rows whose text stays text, to be edited by whoever presents."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx.util import Mm

from layers.font import printable
from layers.sheets.strips import paragraphs_of
from layers.symbols import base_colour, ink_on, stage_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheets.lettering import Letters
    from layers.sheets.strips import Block, Line, Strip

# Named, not embedded: what shows slides in China has it, and others take their own.
FONT = "Microsoft YaHei"
_SPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's style without lines and fills
# Whose rules a line is broken by: no closing bracket begins one.
_LANGUAGES = 'lang="zh-CN" altLang="en-US"'
_MOMENTS = {"promised": "◆", "reported": "●", "known": "▲"}
_AIR = 0.35  # millimetres about a cell's text, that letters of another font have room
_HAIR = 3_175  # width of a rule in English metric units
_GAP = 1.6  # millimetres between columns
_KEPT = 0.7  # of the room below a text


def add_table(slide: Any, block: Block, high: float) -> None:
    """Add strips to a slide as a table; ``high`` is the slide's height in millimetres."""
    widths = (block.gutter, *block.widths)
    box, strips = block.box, [*([block.header] if block.header else []), *block.strips]
    sides = (box.left, high - box.top, sum(widths), sum(strip.height for strip in strips))
    frame = slide.shapes.add_table(1, len(widths), *(Mm(side) for side in sides))
    table = frame._element.graphic.graphicData.tbl  # noqa: SLF001 - built row by row it takes long
    for column, wide in zip(table.tblGrid.gridCol_lst, widths, strict=True):
        column.set("w", str(Mm(wide)))
    table.tblPr.find(f"{{{table.nsmap['a']}}}tableStyleId").text = _PLAIN
    table.tblPr.set("firstRow", "1" if block.header else "0")
    table.tblPr.set("bandRow", "0")
    for row in table.tr_lst:
        table.remove(row)
    for strip in strips:
        table.append(_row(strip, len(widths), is_header=strip is block.header))


def _row(strip: Strip, columns: int, *, is_header: bool) -> Any:
    texts = [paragraphs_of(cell) for cell in strip.cells]
    ruled = is_header or (strip.rule and not strip.heading)
    if strip.heading:
        inner = _spanning(texts[0], columns, ruled=ruled)
    else:
        inner = _marked(strip, ruled=ruled)
        if len(texts) == 1:
            inner += _spanning(texts[0], columns - 1, ruled=ruled)
        else:
            inner += "".join(_cell(text, ruled=ruled) for text in texts)
    row = etree.fromstring(f'<a:tr {_SPACE} h="{Mm(strip.height)}">{inner}</a:tr>')
    for properties in row.iter("{*}tcPr"):
        # Where letters of another font fill the row and it grows, the room below them stays.
        properties.set("marB", f"{Mm(strip.air * _KEPT)}")
    return row


def _spanning(texts: Sequence[Line], columns: int, *, ruled: bool) -> str:
    if columns == 1:
        return _cell(texts, ruled=ruled)
    first = _cell(texts, ruled=ruled, about=f' gridSpan="{columns}"')
    return first + _cell([], ruled=ruled, about=' hMerge="1"') * (columns - 1)


def _marked(strip: Strip, *, ruled: bool) -> str:
    mark = strip.mark
    if mark is None:
        return _cell([], ruled=ruled)
    letters = next(letters for cell in strip.cells for _, letters in cell)
    colour = base_colour("ink") if mark.kind == "known" else stage_colour(mark.stage)
    if mark.kind != "sign":
        return _cell([(_MOMENTS[mark.kind], letters)], ruled=ruled, colour=colour)
    number = [(f"{mark.number}", letters)] if mark.number else []
    return _cell(number, ruled=ruled, fill=colour, colour=ink_on(colour))


def _cell(
    texts: Sequence[Line], *, ruled: bool, about: str = "", fill: str = "", colour: str = ""
) -> str:
    tint = f'<a:solidFill><a:srgbClr val="{fill[1:]}"/></a:solidFill>' if fill else "<a:noFill/>"
    edge = base_colour("county")[1:]
    rule = f'<a:lnB w="{_HAIR}"><a:solidFill><a:srgbClr val="{edge}"/></a:solidFill></a:lnB>'
    place = f'<a:pPr algn="{"ctr" if fill else "l"}"/>'
    paragraphs = "".join(f"<a:p>{place}{_run(*one, colour)}</a:p>" for one in texts)
    # A cell without a text is as high as the letters of its end: small ones keep the row low.
    empty = '<a:p><a:endParaRPr sz="600"/></a:p>'
    return (
        f"<a:tc{about}><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs or empty}</a:txBody>"
        f'<a:tcPr marL="0" marR="{0 if fill else Mm(_GAP)}" marT="{Mm(_AIR)}" marB="0" anchor="t">'
        f"{rule if ruled else ''}{tint}</a:tcPr></a:tc>"
    )


def _run(text: str, letters: Letters, colour: str) -> str:
    size, bold = round(letters.size * 100), ' b="1"' if letters.bold else ""
    ink = (colour or base_colour(letters.colour))[1:]
    return (
        f'<a:r><a:rPr {_LANGUAGES} sz="{size}"{bold}>'
        f'<a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/></a:rPr>'
        f"<a:t>{escape(printable(text), quote=False)}</a:t></a:r>"
    )
