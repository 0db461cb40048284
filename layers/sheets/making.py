"""Sheets as files: one sheet or an atlas, in the format that is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from layers.selection import FACETS, choices, describe, select
from layers.sheets.compose import draft, draw
from layers.sheets.options import BadSheet
from layers.sheets.register import list_pages
from layers.sheets.slides import Deck
from layers.sheets.subject import title_of
from layers.sheets.writing import to_pdf, to_png, to_svg
from layers.words import caption, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layers.sheets.options import SheetOptions
    from layers.sheets.paper import Paper
    from layers.sheets.subject import Subject

    Sheet = tuple[Subject, SheetOptions]
    Progress = Callable[[int, int], object]

MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def make_sheet(
    subject: Subject, options: SheetOptions, progress: Progress = lambda _done, _all: None
) -> bytes:
    """Return a sheet, or an atlas of sheets, as a file; the same input gives the same bytes.

    Parameters
    ----------
    progress
        Called with how many sheets are done and how many there are.

    Raises
    ------
    BadSheet
        The extent is not known, or an atlas would have no sheet.
    MissingGlyph
        A text needs a character that the font lacks.
    """
    sheets = _followed(atlas(subject, options), progress)
    title = title_of(subject, options)
    if options.format == "pptx":
        return _deck(sheets, options)
    if options.format == "pdf":
        return to_pdf((page for sheet in sheets for page in _pages(*sheet)), title)
    (paper,) = (draw(draft(*sheet)) for sheet in sheets)
    return to_png(paper, options.dpi) if options.format == "png" else to_svg(paper, title)


def preview(subject: Subject, options: SheetOptions) -> bytes:
    """Return a small PNG of what ``make_sheet`` would make; of an atlas its first sheet."""
    first = atlas(subject, options)[0]
    return to_png(draw(draft(*first)), 96)


def atlas(subject: Subject, options: SheetOptions) -> list[Sheet]:
    """Return the sheets of an atlas, each with its subject; without an atlas the one sheet.

    Raises
    ------
    BadSheet
        Nothing that was chosen has a unit, strategy or township.
    """
    if not options.atlas:
        return [(subject, options)]
    sheets = _by_township(subject, options) if options.atlas == "township" else []
    sheets = sheets or _by_facet(subject, options)
    if not sheets:
        raise BadSheet("sheet_bad_atlas_empty", name=options.atlas)
    return sheets


def _by_facet(subject: Subject, options: SheetOptions) -> list[Sheet]:
    name, language = options.atlas, options.language
    if name not in FACETS:
        return []
    sheets = []
    for value in choices(subject.shown, name):
        wanted: dict[str, Any] = {name: (value,)}
        one = replace(subject.selection, **wanted)
        part = replace(subject, shown=select(subject.shown, one), selection=one)
        title = label(name, value, language) if FACETS[name].codes else value
        sheets.append((part, replace(options, title=title, atlas="")))
    return sheets


def _by_township(subject: Subject, options: SheetOptions) -> list[Sheet]:
    sheets = []
    for town in subject.base.towns:
        inside = [town.name in row.townships for row in subject.shown.itertuples()]
        if any(inside):
            part = replace(subject, shown=subject.shown[inside])
            words = describe(subject.selection, options.language)
            title = caption("sheet_town", options.language, town=town.name)
            made: dict[str, Any] = {
                "title": title,
                "subtitle": words,
                "extent": town.name,
                "atlas": "",
            }
            sheets.append((part, replace(options, **made)))
    return sheets


def _followed(sheets: list[Sheet], progress: Progress) -> Iterator[Sheet]:
    for done, sheet in enumerate(sheets):
        progress(done, len(sheets))
        yield sheet
    progress(len(sheets), len(sheets))


def _pages(subject: Subject, options: SheetOptions) -> list[Paper]:
    made = draft(subject, options)
    return [draw(made), *list_pages(made.scene, made.layout, options)]


def _deck(sheets: Iterator[Sheet], options: SheetOptions) -> bytes:
    deck = Deck.open(options)
    for subject, each in sheets:
        deck.add_sheet(draft(subject, each))
        if options.slides:
            deck.add_projects(subject, each)
    return deck.to_bytes()
