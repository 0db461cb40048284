"""The drawing office: from projects to one table, and from the table to maps, lists and files.

What others may use is listed here and loaded when first asked for: the command line need not wait
for the web map, nor the pages for the picture.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.assets import STATIC
    from layers.base import Base, Box, Town, base_map, opening_view, view_of
    from layers.beside import SORTS, listed, ordered, page_of
    from layers.by_hand import (
        COARSE,
        check_placed,
        coarse_counts,
        waiting,
        waiting_line,
        waiting_list,
        with_places,
    )
    from layers.charts import Chart, picked, stage_history
    from layers.compared import COMPARISONS, Grounds, cases, cases_html, split_html
    from layers.comparison import cities
    from layers.corrected import with_corrections
    from layers.counted import counts_frame
    from layers.counting import COUNTS, count_sheet
    from layers.credit import credit_in, credits_of
    from layers.details import (
        BADGE,
        clicked_html,
        details_html,
        facts_html,
        whole_head_html,
    )
    from layers.dropped import dropped_line
    from layers.due import with_due
    from layers.edits import Entry, edit_history, edit_html, editable, set_aside, unit_choices
    from layers.effect_lists import (
        earlier_line,
        effect_chips_html,
        effects_html,
        effects_line_html,
        effects_link_html,
    )
    from layers.effects import effects_of
    from layers.export.content import Content, File
    from layers.export.formats import Format, formats, to_file
    from layers.facets import Known
    from layers.farness import far_from
    from layers.files import read_geojson, to_csv, to_geojson
    from layers.font import MissingGlyph
    from layers.guide import guide_html, questions
    from layers.hits import Fold, hits_html, named_first, parted
    from layers.index import Index
    from layers.issuers import document_line
    from layers.known import as_of, as_said_in, left_out_line, plan_dates
    from layers.links import project_link, skip_link, steps_html
    from layers.lists import LISTS, empty_html, list_counts, listing, one_list, summary_html
    from layers.neighbours import family, family_html, nearest, neighbours_html
    from layers.nouns import NOUNS, counted_rows, noun_counts, noun_of, things_counted, with_nouns
    from layers.offers import Offer, Picked, Way, suggested, taken, ways_out
    from layers.online import BaseMap, base_maps
    from layers.outcomes import Outcome, check_outcomes, known_outcomes, read_outcomes, with_known
    from layers.outcomes_shown import outcomes_html
    from layers.overlay import Overlay, WrongOverlay, read_overlay
    from layers.overlay_words import overlay_line
    from layers.overview import (
        VIEWS,
        around,
        frame_html,
        meant,
        view_chart,
        view_counts,
        view_frame,
    )
    from layers.packing import MOST_TEXTS, Pack, texts
    from layers.panels import facet_panel
    from layers.place import clean_place
    from layers.placed import place_figures
    from layers.placing import drawn_shape, place_layer, place_map, place_view
    from layers.reading import document_head_html, marked_html
    from layers.review import (
        Choice,
        Finding,
        as_found,
        decided_line,
        decisions,
        detail,
        finding_html,
        found_in,
        printed_part,
        problem,
        without_rejected,
    )
    from layers.roles import roles_html
    from layers.selection import Selection, choices, describe, loosening, select, short, value_label
    from layers.service.addresses import parameters
    from layers.service.api import Service
    from layers.sheets.hits import by_hit, has_quoted
    from layers.sheets.link import (
        SHEET_PREFIX,
        date_of_link,
        extent_of_view,
        options_from_query,
        options_from_words,
        options_to_query,
        options_to_widgets,
        read_link,
        sheet_link,
    )
    from layers.sheets.listing import is_one_page
    from layers.sheets.making import make_files, make_sheet, packed, preview, warning_of
    from layers.sheets.options import (
        ATLAS_FORMATS,
        SHEET_CHOICES,
        SHEET_LONGEST,
        SHEET_MIME,
        BadSheet,
        SheetOptions,
    )
    from layers.sheets.subject import Subject, extent_of, subtitle_of, title_of
    from layers.sheets.view import extent_of_place
    from layers.sides import (
        CHANGES,
        change_chips_html,
        change_counts,
        pairs,
        pairs_html,
        said_by,
        side_choices,
        side_label,
    )
    from layers.sources import sources_html, sources_text
    from layers.stage import current_status
    from layers.stems import edits_stem, file_stem
    from layers.story import story_html
    from layers.supervision import Matter, Supervision, supervised
    from layers.supervision_files import SUPERVISION_MIME, supervision_file
    from layers.supervision_words import supervision_scope, supervision_stem
    from layers.table import COLUMNS, PROPERTIES, project_table
    from layers.twin import twin_map
    from layers.unit import Duty, duties, duties_html, duty_chart, unit_head_html
    from layers.units import unit_list
    from layers.view import (
        CARRIED,
        CHOICES,
        LOOK,
        MODES,
        ROLES,
        TABS,
        View,
        not_understood,
        read_view,
    )
    from layers.webmap import (
        MAP_PROGRAM,
        MAP_STYLES,
        Goal,
        Look,
        drawing_layer,
        index_records,
        map_script,
        selection_layer,
        web_map,
    )
    from layers.words import (
        LANGUAGES,
        Language,
        UnknownCode,
        caption,
        codes,
        label,
        library_words,
        literal,
    )

__all__ = [
    "ATLAS_FORMATS",
    "BADGE",
    "CARRIED",
    "CHANGES",
    "CHOICES",
    "COARSE",
    "COLUMNS",
    "COMPARISONS",
    "COUNTS",
    "LANGUAGES",
    "LISTS",
    "LOOK",
    "MAP_PROGRAM",
    "MAP_STYLES",
    "MODES",
    "MOST_TEXTS",
    "NOUNS",
    "PROPERTIES",
    "ROLES",
    "SHEET_CHOICES",
    "SHEET_LONGEST",
    "SHEET_MIME",
    "SHEET_PREFIX",
    "SORTS",
    "STATIC",
    "SUPERVISION_MIME",
    "TABS",
    "VIEWS",
    "BadSheet",
    "Base",
    "BaseMap",
    "Box",
    "Chart",
    "Choice",
    "Content",
    "Duty",
    "Entry",
    "File",
    "Finding",
    "Fold",
    "Format",
    "Goal",
    "Grounds",
    "Index",
    "Known",
    "Language",
    "Look",
    "Matter",
    "MissingGlyph",
    "Offer",
    "Outcome",
    "Overlay",
    "Pack",
    "Picked",
    "Selection",
    "Service",
    "SheetOptions",
    "Subject",
    "Supervision",
    "Town",
    "UnknownCode",
    "View",
    "Way",
    "WrongOverlay",
    "around",
    "as_found",
    "as_of",
    "as_said_in",
    "base_map",
    "base_maps",
    "by_hit",
    "caption",
    "cases",
    "cases_html",
    "change_chips_html",
    "change_counts",
    "check_outcomes",
    "check_placed",
    "choices",
    "cities",
    "clean_place",
    "clicked_html",
    "coarse_counts",
    "codes",
    "count_sheet",
    "counted_rows",
    "counts_frame",
    "credit_in",
    "credits_of",
    "current_status",
    "date_of_link",
    "decided_line",
    "decisions",
    "describe",
    "detail",
    "details_html",
    "document_head_html",
    "document_line",
    "drawing_layer",
    "drawn_shape",
    "dropped_line",
    "duties",
    "duties_html",
    "duty_chart",
    "earlier_line",
    "edit_history",
    "edit_html",
    "editable",
    "edits_stem",
    "effect_chips_html",
    "effects_html",
    "effects_line_html",
    "effects_link_html",
    "effects_of",
    "empty_html",
    "extent_of",
    "extent_of_place",
    "extent_of_view",
    "facet_panel",
    "facts_html",
    "family",
    "family_html",
    "far_from",
    "file_stem",
    "finding_html",
    "formats",
    "found_in",
    "frame_html",
    "guide_html",
    "has_quoted",
    "hits_html",
    "index_records",
    "is_one_page",
    "known_outcomes",
    "label",
    "left_out_line",
    "library_words",
    "list_counts",
    "listed",
    "listing",
    "literal",
    "loosening",
    "make_files",
    "make_sheet",
    "map_script",
    "marked_html",
    "meant",
    "named_first",
    "nearest",
    "neighbours_html",
    "not_understood",
    "noun_counts",
    "noun_of",
    "one_list",
    "opening_view",
    "options_from_query",
    "options_from_words",
    "options_to_query",
    "options_to_widgets",
    "ordered",
    "outcomes_html",
    "overlay_line",
    "packed",
    "page_of",
    "pairs",
    "pairs_html",
    "parameters",
    "parted",
    "picked",
    "place_figures",
    "place_layer",
    "place_map",
    "place_view",
    "plan_dates",
    "preview",
    "printed_part",
    "problem",
    "project_link",
    "project_table",
    "questions",
    "read_geojson",
    "read_link",
    "read_outcomes",
    "read_overlay",
    "read_view",
    "roles_html",
    "said_by",
    "select",
    "selection_layer",
    "set_aside",
    "sheet_link",
    "short",
    "side_choices",
    "side_label",
    "skip_link",
    "sources_html",
    "sources_text",
    "split_html",
    "stage_history",
    "steps_html",
    "story_html",
    "subtitle_of",
    "suggested",
    "summary_html",
    "supervised",
    "supervision_file",
    "supervision_scope",
    "supervision_stem",
    "taken",
    "texts",
    "things_counted",
    "title_of",
    "to_csv",
    "to_file",
    "to_geojson",
    "twin_map",
    "unit_choices",
    "unit_head_html",
    "unit_list",
    "value_label",
    "view_chart",
    "view_counts",
    "view_frame",
    "view_of",
    "waiting",
    "waiting_line",
    "waiting_list",
    "warning_of",
    "ways_out",
    "web_map",
    "whole_head_html",
    "with_corrections",
    "with_due",
    "with_known",
    "with_nouns",
    "with_places",
    "without_rejected",
]

_ROOMS = {
    "assets": ("STATIC",),
    "base": ("Base", "Box", "Town", "base_map", "opening_view", "view_of"),
    "beside": ("SORTS", "listed", "ordered", "page_of"),
    "by_hand": (
        "COARSE",
        "check_placed",
        "coarse_counts",
        "waiting",
        "waiting_line",
        "waiting_list",
        "with_places",
    ),
    "charts": ("Chart", "picked", "stage_history"),
    "compared": ("COMPARISONS", "Grounds", "cases", "cases_html", "split_html"),
    "comparison": ("cities",),
    "corrected": ("with_corrections",),
    "counted": ("counts_frame",),
    "counting": ("COUNTS", "count_sheet"),
    "credit": ("credit_in", "credits_of"),
    "details": (
        "BADGE",
        "clicked_html",
        "details_html",
        "facts_html",
        "whole_head_html",
    ),
    "dropped": ("dropped_line",),
    "due": ("with_due",),
    "edits": ("Entry", "edit_history", "edit_html", "editable", "set_aside", "unit_choices"),
    "effect_lists": (
        "earlier_line",
        "effect_chips_html",
        "effects_html",
        "effects_line_html",
        "effects_link_html",
    ),
    "effects": ("effects_of",),
    "export.content": ("Content", "File"),
    "export.formats": ("Format", "formats", "to_file"),
    "facets": ("Known",),
    "farness": ("far_from",),
    "files": ("read_geojson", "to_csv", "to_geojson"),
    "font": ("MissingGlyph",),
    "guide": ("guide_html", "questions"),
    "hits": ("Fold", "hits_html", "named_first", "parted"),
    "index": ("Index",),
    "issuers": ("document_line",),
    "known": ("as_of", "as_said_in", "left_out_line", "plan_dates"),
    "links": ("project_link", "skip_link", "steps_html"),
    "lists": ("LISTS", "empty_html", "list_counts", "listing", "one_list", "summary_html"),
    "neighbours": ("family", "family_html", "nearest", "neighbours_html"),
    "nouns": ("NOUNS", "counted_rows", "noun_counts", "noun_of", "things_counted", "with_nouns"),
    "offers": ("Offer", "Picked", "Way", "suggested", "taken", "ways_out"),
    "online": ("BaseMap", "base_maps"),
    "outcomes": ("Outcome", "check_outcomes", "known_outcomes", "read_outcomes", "with_known"),
    "outcomes_shown": ("outcomes_html",),
    "overlay": ("Overlay", "WrongOverlay", "read_overlay"),
    "overlay_words": ("overlay_line",),
    "overview": (
        "VIEWS",
        "around",
        "frame_html",
        "meant",
        "view_chart",
        "view_counts",
        "view_frame",
    ),
    "packing": ("MOST_TEXTS", "Pack", "texts"),
    "panels": ("facet_panel",),
    "place": ("clean_place",),
    "placed": ("place_figures",),
    "placing": ("drawn_shape", "place_layer", "place_map", "place_view"),
    "reading": ("document_head_html", "marked_html"),
    "review": (
        "Choice",
        "Finding",
        "as_found",
        "decided_line",
        "decisions",
        "detail",
        "finding_html",
        "found_in",
        "printed_part",
        "problem",
        "without_rejected",
    ),
    "roles": ("roles_html",),
    "selection": (
        "Selection",
        "choices",
        "describe",
        "loosening",
        "select",
        "short",
        "value_label",
    ),
    "service.addresses": ("parameters",),
    "service.api": ("Service",),
    "sheets.hits": ("by_hit", "has_quoted"),
    "sheets.link": (
        "SHEET_PREFIX",
        "date_of_link",
        "extent_of_view",
        "options_from_query",
        "options_from_words",
        "options_to_query",
        "options_to_widgets",
        "read_link",
        "sheet_link",
    ),
    "sheets.listing": ("is_one_page",),
    "sheets.making": ("make_files", "make_sheet", "packed", "preview", "warning_of"),
    "sheets.options": (
        "ATLAS_FORMATS",
        "SHEET_CHOICES",
        "SHEET_LONGEST",
        "SHEET_MIME",
        "BadSheet",
        "SheetOptions",
    ),
    "sheets.subject": ("Subject", "extent_of", "subtitle_of", "title_of"),
    "sheets.view": ("extent_of_place",),
    "sides": (
        "CHANGES",
        "change_chips_html",
        "change_counts",
        "pairs",
        "pairs_html",
        "said_by",
        "side_choices",
        "side_label",
    ),
    "sources": ("sources_html", "sources_text"),
    "stage": ("current_status",),
    "stems": ("edits_stem", "file_stem"),
    "story": ("story_html",),
    "supervision": ("Matter", "Supervision", "supervised"),
    "supervision_files": ("SUPERVISION_MIME", "supervision_file"),
    "supervision_words": ("supervision_scope", "supervision_stem"),
    "table": ("COLUMNS", "PROPERTIES", "project_table"),
    "twin": ("twin_map",),
    "unit": ("Duty", "duties", "duties_html", "duty_chart", "unit_head_html"),
    "units": ("unit_list",),
    "view": (
        "CARRIED",
        "CHOICES",
        "LOOK",
        "MODES",
        "ROLES",
        "TABS",
        "View",
        "not_understood",
        "read_view",
    ),
    "webmap": (
        "MAP_PROGRAM",
        "MAP_STYLES",
        "Goal",
        "Look",
        "drawing_layer",
        "index_records",
        "map_script",
        "selection_layer",
        "web_map",
    ),
    "words": (
        "LANGUAGES",
        "Language",
        "UnknownCode",
        "caption",
        "codes",
        "label",
        "library_words",
        "literal",
    ),
}
_HOME = {name: module for module, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"layers.{_HOME[name]}"), name)
