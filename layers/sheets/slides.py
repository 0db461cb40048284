"""Slides: the picture of a sheet with its title as text and its list in the notes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from layers.font import printable
from layers.lines import position_line, stage_line
from layers.lists import LISTS, one_list
from layers.sheets.compose import draw, panel_blocks
from layers.sheets.detail import detail_picture
from layers.sheets.frame import Rect
from layers.sheets.slide_tables import FONT, add_table
from layers.sheets.subject import count_line, document_line, source_line
from layers.sheets.writing import to_png
from layers.symbols import base_colour
from layers.words import caption

if TYPE_CHECKING:
    from layers.sheets.compose import Place
    from layers.sheets.layout import Layout
    from layers.sheets.lettering import Letters
    from layers.sheets.listing import TextPage
    from layers.sheets.options import SheetOptions
    from layers.sheets.setting import Draft

_TITLE_ONLY = 5  # of python-pptx's own template
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name


@dataclass(frozen=True)
class Deck:
    """A presentation being made, its slides as large as the paper of the options."""

    file: Any
    options: SheetOptions

    @classmethod
    def open(cls, options: SheetOptions) -> Deck:
        """Return an empty deck."""
        file = Presentation()
        file.slide_width, file.slide_height = (Mm(side) for side in options.size_mm)
        day = datetime.fromisoformat(options.date or "2000-01-01")
        core = file.core_properties
        core.created = core.modified = core.last_printed = day
        core.author = core.last_modified_by = "planmap"
        core.title = options.title
        return cls(file, options)

    def add_sheet(self, draft: Draft, place: Place) -> None:
        """Add a slide with a sheet: its picture, its title as text, its list in the notes."""
        slide = self._slide(draft.layout, place)
        picture = io.BytesIO(to_png(draw(draft, place, titled=False), self.options.dpi))
        width, height = draft.layout.size
        shown = slide.shapes.add_picture(picture, 0, 0, Mm(width), Mm(height))
        lines = notes(draft)
        _describe(shown, lines[0])
        # Behind title and subtitle, which stand first for those who hear the slide read.
        slide.shapes._spTree.insert(2, shown._element)  # noqa: SLF001 - python-pptx has no other way
        for block in panel_blocks(draft):
            add_table(slide, block, height)
        slide.notes_slide.notes_text_frame.text = "\n".join(lines)

    def add_page(self, page: TextPage, place: Place) -> None:
        """Add a slide with a page of text: its blocks are tables that can be edited."""
        slide, layout = self._slide(page.layout, place), page.layout
        if page.picture:
            row, box = page.picture
            drawn = detail_picture(page.subject, row, (box, layout), self.options.dpi)
            shown = slide.shapes.add_picture(io.BytesIO(drawn), *self._edges(box))
            _describe(shown, position_line(row, page.options.language))
        for block in page.blocks:
            add_table(slide, block, self.options.size_mm[1])
        small = layout.letters.small
        lines = [(text, small) for text in page.words.foot if text]
        _write(self._box(slide, layout.foot_box), lines)

    def to_bytes(self) -> bytes:
        """Return the deck as PPTX."""
        out = io.BytesIO()
        self.file.save(out)
        return _undated(out.getvalue())

    def _slide(self, layout: Layout, place: Place) -> Any:
        """Add a slide with title, subtitle and page number, each where the sheet has it."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        (lines, letters), head = layout.title, layout.head_box
        high = len(lines) * letters.line * 0.94
        above = Rect(head.left, head.top - high, head.width, high)
        shape = slide.shapes.title
        shape.left, shape.top = Mm(above.left), Mm(self._from_top(above))
        shape.width, shape.height = Mm(above.width), Mm(above.height)
        _write(shape, [(_joined(lines), letters)])
        below = Rect(head.left, head.bottom, head.width, head.height - high)
        if layout.subtitle:
            _write(self._box(slide, below), [(_joined(layout.subtitle), layout.letters.subtitle)])
        if place.of > 1:
            text = caption("sheet_page", "zh", page=place.page, pages=place.of)
            line = layout.letters.small.line
            number = Rect(head.right - 4 * line, line * 0.6, 4 * line, line)
            shape = self._box(slide, number)
            _write(shape, [(text, layout.letters.small)])
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        return slide

    def _box(self, slide: Any, place: Rect) -> Any:
        return slide.shapes.add_textbox(*self._edges(place))

    def _edges(self, place: Rect) -> tuple[Any, ...]:
        sides = (place.left, self._from_top(place), place.width, place.height)
        return tuple(Mm(side) for side in sides)

    def _from_top(self, place: Rect) -> float:
        return self.options.size_mm[1] - place.top


def notes(draft: Draft) -> list[str]:
    """Return what stands in the notes: counts, all things by where they are, sources."""
    language, subject = draft.options.language, draft.subject
    lines = [count_line(subject, draft.seen, draft.options), ""]
    numbers = {sign.row.id: sign.number for sign in draft.scene.signs}
    for name in LISTS:
        rows = list(one_list(subject.shown, name).itertuples())
        rows.sort(key=lambda row: numbers.get(row.id, 0))
        if rows:
            lines.append(f"{caption(f'list_{name}', language)} ({len(rows)})")
            lines += [_entry(row, numbers.get(row.id, 0), draft) for row in rows]
            lines.append("")
    lines += [document_line(subject, draft.options), source_line(subject, draft.options)]
    return [printable(line) for line in lines]


def _entry(row: Any, number: int, draft: Draft) -> str:
    language = draft.options.language
    head = f"{number}. {row.title}" if number else row.title
    return f"{head} · {stage_line(row, language)}"


def _joined(lines: list[str]) -> str:
    # Chinese breaks without a blank, Latin at one.
    joined = lines[0]
    for line in lines[1:]:
        joined += (" " if joined[-1:].isascii() and line[:1].isascii() else "") + line
    return joined


def _write(shape: Any, lines: list[tuple[str, Letters]]) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, letters) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(letters.size * 0.5) if len(lines) > 1 else Pt(0)
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(round(letters.size, 1)), letters.bold
        run.font.color.rgb = _colour(letters)
        _name_font(run)


def _colour(letters: Letters) -> RGBColor:
    value = base_colour(letters.colour)
    parts = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    return RGBColor(*parts)  # type: ignore[no-untyped-call]


def _name_font(run: Any) -> None:
    run.font.name = FONT
    properties = run.font._element  # noqa: SLF001 - python-pptx names no font for Chinese
    east_asian = properties.makeelement(qn("a:ea"), {"typeface": FONT})
    properties.find(qn("a:latin")).addnext(east_asian)


def _describe(picture: Any, text: str) -> None:
    picture._element.nvPicPr.cNvPr.set("descr", text)  # noqa: SLF001 - nor a text for the blind


def _undated(content: bytes) -> bytes:
    """Return the same zip, its files dated long ago, so that the same deck has the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
