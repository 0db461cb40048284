"""The drawing office: from projects to one table, and from the table to maps, lists and files.

What others may use is listed here and loaded when first asked for: the command line need not wait
for the web map, nor the pages for the picture.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.assets import STATIC
    from layers.base import Base, Box, Town, base_map, opening_view
    from layers.by_hand import COARSE, coarse_counts, waiting, waiting_list, with_places
    from layers.compared import COMPARISONS, Grounds, cases, cases_html
    from layers.comparison import cities
    from layers.counted import counts_frame
    from layers.counting import COUNTS, count_sheet
    from layers.credit import credits_of
    from layers.details import clicked_html, details_html
    from layers.edits import Entry, edit_history, edit_html, editable, unit_choices
    from layers.files import read_geojson, to_csv, to_geojson
    from layers.font import MissingGlyph
    from layers.lists import LISTS, listing, one_list, summary_html
    from layers.online import BaseMap, base_maps
    from layers.outcomes import (
        Outcome,
        check_outcomes,
        known_outcomes,
        outcomes_html,
        read_outcomes,
    )
    from layers.overlay import Overlay, WrongOverlay, read_overlay
    from layers.placed import place_figures
    from layers.placing import drawn_shape, place_layer, place_map, place_view
    from layers.reading import document_head_html, marked_html
    from layers.review import (
        Choice,
        Finding,
        as_found,
        decided_line,
        decisions,
        finding_html,
        found_in,
        printed_part,
        problem,
        without_rejected,
    )
    from layers.selection import Selection, choices, describe, select
    from layers.sheets.link import (
        SHEET_PREFIX,
        extent_of_view,
        options_from_query,
        options_from_words,
        options_to_query,
        options_to_widgets,
        read_link,
        sheet_link,
    )
    from layers.sheets.making import MIME, make_sheet, preview
    from layers.sheets.options import (
        ATLAS_FORMATS,
        SHEET_CHOICES,
        SHEET_LONGEST,
        BadSheet,
        SheetOptions,
    )
    from layers.sheets.subject import Subject, extent_of, subtitle_of, title_of
    from layers.sources import sources_html, sources_text
    from layers.stage import current_status
    from layers.table import COLUMNS, PROPERTIES, project_table
    from layers.webmap import base_script, selection_layer, web_map
    from layers.words import LANGUAGES, Language, UnknownCode, caption, codes, label, literal

__all__ = [
    "ATLAS_FORMATS",
    "COARSE",
    "COLUMNS",
    "COMPARISONS",
    "COUNTS",
    "LANGUAGES",
    "LISTS",
    "MIME",
    "PROPERTIES",
    "SHEET_CHOICES",
    "SHEET_LONGEST",
    "SHEET_PREFIX",
    "STATIC",
    "BadSheet",
    "Base",
    "BaseMap",
    "Box",
    "Choice",
    "Entry",
    "Finding",
    "Grounds",
    "Language",
    "MissingGlyph",
    "Outcome",
    "Overlay",
    "Selection",
    "SheetOptions",
    "Subject",
    "Town",
    "UnknownCode",
    "WrongOverlay",
    "as_found",
    "base_map",
    "base_maps",
    "base_script",
    "caption",
    "cases",
    "cases_html",
    "check_outcomes",
    "choices",
    "cities",
    "clicked_html",
    "coarse_counts",
    "codes",
    "count_sheet",
    "counts_frame",
    "credits_of",
    "current_status",
    "decided_line",
    "decisions",
    "describe",
    "details_html",
    "document_head_html",
    "drawn_shape",
    "edit_history",
    "edit_html",
    "editable",
    "extent_of",
    "extent_of_view",
    "finding_html",
    "found_in",
    "known_outcomes",
    "label",
    "listing",
    "literal",
    "make_sheet",
    "marked_html",
    "one_list",
    "opening_view",
    "options_from_query",
    "options_from_words",
    "options_to_query",
    "options_to_widgets",
    "outcomes_html",
    "place_figures",
    "place_layer",
    "place_map",
    "place_view",
    "preview",
    "printed_part",
    "problem",
    "project_table",
    "read_geojson",
    "read_link",
    "read_outcomes",
    "read_overlay",
    "select",
    "selection_layer",
    "sheet_link",
    "sources_html",
    "sources_text",
    "subtitle_of",
    "summary_html",
    "title_of",
    "to_csv",
    "to_geojson",
    "unit_choices",
    "waiting",
    "waiting_list",
    "web_map",
    "with_places",
    "without_rejected",
]

_ROOMS = {
    "assets": ("STATIC",),
    "base": ("Base", "Box", "Town", "base_map", "opening_view"),
    "online": ("BaseMap", "base_maps"),
    "by_hand": ("COARSE", "coarse_counts", "waiting", "waiting_list", "with_places"),
    "compared": ("COMPARISONS", "Grounds", "cases", "cases_html"),
    "comparison": ("cities",),
    "counted": ("counts_frame",),
    "counting": ("COUNTS", "count_sheet"),
    "credit": ("credits_of",),
    "details": ("clicked_html", "details_html"),
    "font": ("MissingGlyph",),
    "edits": ("Entry", "edit_history", "edit_html", "editable", "unit_choices"),
    "files": ("read_geojson", "to_csv", "to_geojson"),
    "lists": ("LISTS", "listing", "one_list", "summary_html"),
    "outcomes": (
        "Outcome",
        "check_outcomes",
        "known_outcomes",
        "outcomes_html",
        "read_outcomes",
    ),
    "overlay": ("Overlay", "WrongOverlay", "read_overlay"),
    "placed": ("place_figures",),
    "placing": ("drawn_shape", "place_layer", "place_map", "place_view"),
    "reading": ("document_head_html", "marked_html"),
    "review": (
        *("Choice", "Finding", "as_found", "decided_line", "decisions", "finding_html"),
        *("found_in", "printed_part", "problem", "without_rejected"),
    ),
    "selection": ("Selection", "choices", "describe", "select"),
    "sheets.link": (
        *("SHEET_PREFIX", "extent_of_view", "options_from_query"),
        *("options_from_words", "options_to_query"),
        *("options_to_widgets", "read_link", "sheet_link"),
    ),
    "sheets.making": ("MIME", "make_sheet", "preview"),
    "sheets.options": (
        "ATLAS_FORMATS",
        "SHEET_CHOICES",
        "SHEET_LONGEST",
        "BadSheet",
        "SheetOptions",
    ),
    "sheets.subject": ("Subject", "extent_of", "subtitle_of", "title_of"),
    "sources": ("sources_html", "sources_text"),
    "stage": ("current_status",),
    "table": ("COLUMNS", "PROPERTIES", "project_table"),
    "webmap": ("base_script", "selection_layer", "web_map"),
    "words": ("LANGUAGES", "Language", "UnknownCode", "caption", "codes", "label", "literal"),
}
_HOME = {name: module for module, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"layers.{_HOME[name]}"), name)
