"""Sheets as files: one sheet or an atlas, with all their pages, in the format that is asked for."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from layers.export.content import File
from layers.nouns import of_noun
from layers.sheets.atlas import atlas
from layers.sheets.compose import Place, draft, draw, empty_line
from layers.sheets.dossier import dossier_pages
from layers.sheets.hits import by_hit
from layers.sheets.listing import TextPage, has_no_position, register_pages
from layers.sheets.options import SHEET_MIME
from layers.sheets.pages import draw_page
from layers.sheets.setting import Draft, set_up
from layers.sheets.slides import Deck
from layers.sheets.subject import settled, title_of
from layers.sheets.writing import to_pdf, to_png, to_svg
from layers.stems import page_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layers.sheets.options import SheetOptions
    from layers.sheets.paper import Paper
    from layers.sheets.subject import Subject

    Progress = Callable[[int, int], object]

Page = Draft | TextPage
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name


def make_sheet(
    subject: Subject, options: SheetOptions, progress: Progress = lambda _done, _all: None
) -> bytes:
    """Return a sheet, or an atlas of sheets, as one file; the same input gives the same bytes.

    A PNG or SVG is the first page alone; ``make_files`` returns its other pages too.

    Parameters
    ----------
    progress
        Called with how many sheets are done and how many there are.

    Raises
    ------
    BadSheet
        The extent is not known, or an atlas would have no sheet.
    MissingGlyph
        A title needs a character that the font lacks.
    """
    subject = by_hit(subject, options)
    sheets = _followed([pages_of(*sheet) for sheet in atlas(subject, options)], progress)
    title = title_of(subject, options)
    if options.format == "pptx":
        return _deck(sheets, replace(options, title=title))
    if options.format == "pdf":
        return to_pdf((drawn(page, place) for page, place in sheets), title)
    return _picture(*next(sheets), title)


def make_files(
    subject: Subject,
    options: SheetOptions,
    stem: str = "planmap",
    progress: Progress = lambda _done, _all: None,
) -> tuple[File, ...]:
    """Return a sheet as all its files: of PNG and SVG one for each page, else one.

    They are called as ``page_stem`` says. Parameters and errors as in ``make_sheet``.

    Raises
    ------
    BadSheet
        As in ``make_sheet``.
    MissingGlyph
        As in ``make_sheet``.
    """
    form = options.format
    if form in {"pdf", "pptx"}:
        content = make_sheet(subject, options, progress)
        return (File(f"{stem}.{form}", SHEET_MIME[form], content),)
    subject = by_hit(subject, options)
    title = title_of(subject, options)
    return tuple(
        File(
            f"{page_stem(stem, place.page, place.of, options.language)}.{form}",
            SHEET_MIME[form],
            _picture(page, place, title),
        )
        for page, place in _followed([pages_of(subject, options)], progress)
    )


def packed(files: tuple[File, ...], stem: str = "planmap") -> File:
    """Return several files as one ZIP called by the stem; a single one as it is."""
    if len(files) == 1:
        return files[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in files:
            # PNG is packed already; the day is none, so that the same files give the same bytes.
            archive.writestr(zipfile.ZipInfo(file.name, _LONG_AGO), file.content)
    return File(f"{stem}.zip", SHEET_MIME["zip"], out.getvalue())


def preview(subject: Subject, options: SheetOptions) -> bytes:
    """Return a small PNG of what ``make_sheet`` would make; of an atlas its first sheet."""
    pages = pages_of(*atlas(by_hit(subject, options), options)[0])
    return to_png(drawn(pages[0], Place(1, len(pages), len(pages) - 1)), 96)


def warning_of(subject: Subject, options: SheetOptions) -> str:
    """Return in words that a sheet's map would show nothing of what is chosen; else empty.

    An atlas has no sheet of which that is true, and where nothing has a position it is a list.
    """
    subject = by_hit(subject, options)
    shown_whole = options.extent == "selection" and len(subject.shown)
    if options.atlas or shown_whole or has_no_position(subject):
        return ""
    return empty_line(set_up(settled(subject), options))


def pages_of(subject: Subject, options: SheetOptions) -> list[Page]:
    """Return all pages of a sheet, with everything in its place; an atlas's sheets one by one.

    Raises
    ------
    BadSheet
        The extent is not known.
    """
    if options.atlas == "project":
        (row,) = subject.shown.itertuples()
        return [*dossier_pages(subject, row, options)]
    if has_no_position(subject):
        first: list[Page] = [*register_pages(subject, {}, options, alone=True)]
    else:
        made = draft(subject, options)
        rest = [] if made.whole else register_pages(subject, made.numbers, options)
        first = [made, *rest]
    if options.slides and options.format == "pptx":
        rows = of_noun(subject.shown, "project").itertuples()
        told = replace(subject, folded=None)  # the sheet before them says what is left out
        first += [page for row in rows for page in dossier_pages(told, row, options)]
    return first


def drawn(page: Page, place: Place) -> Paper:
    """Return a page drawn.

    Raises
    ------
    MissingGlyph
        As in ``make_sheet``.
    """
    return draw(page, place) if isinstance(page, Draft) else draw_page(page, place)


def _followed(sheets: list[list[Page]], progress: Progress) -> Iterator[tuple[Page, Place]]:
    """Return the pages of all sheets with their places in the file, telling of each sheet."""
    every, number = sum(map(len, sheets)), 0
    for done, pages in enumerate(sheets):
        progress(done, len(sheets))
        registers = sum(isinstance(page, TextPage) and page.is_register for page in pages)
        for page in pages:
            number += 1
            yield page, Place(number, every, registers)
    progress(len(sheets), len(sheets))


def _picture(page: Page, place: Place, title: str) -> bytes:
    options = page.options
    paper = drawn(page, place)
    return to_png(paper, options.dpi) if options.format == "png" else to_svg(paper, title)


def _deck(sheets: Iterator[tuple[Page, Place]], options: SheetOptions) -> bytes:
    deck = Deck.open(options)
    for page, place in sheets:
        if isinstance(page, Draft):
            deck.add_sheet(page, place)
        else:
            deck.add_page(page, place)
    return deck.to_bytes()
