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
    from layers.beside import SORTS, listed, ordered, page_of, suggested
    from layers.compared import COMPARISONS, Grounds, cases, cases_html
    from layers.comparison import cities
    from layers.counted import counts_frame
    from layers.counting import COUNTS, count_sheet
    from layers.details import clicked_html, details_html
    from layers.facets import Known
    from layers.files import read_geojson, to_csv, to_geojson
    from layers.index import Index
    from layers.lists import LISTS, empty_html, listing, one_list, summary_html
    from layers.outcomes import (
        Outcome,
        check_outcomes,
        known_outcomes,
        outcomes_html,
        read_outcomes,
    )
    from layers.packing import MOST_TEXTS, Pack, texts
    from layers.picture import to_png
    from layers.place import clean_place
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
    from layers.selection import (
        Selection,
        choices,
        describe,
        loosening,
        select,
        short,
        value_label,
    )
    from layers.sources import sources_html
    from layers.stage import current_status
    from layers.table import COLUMNS, PROPERTIES, project_table
    from layers.webmap import Look, base_script, selection_layer, web_map
    from layers.words import (
        LANGUAGES,
        Language,
        UnknownCode,
        caption,
        codes,
        label,
        literal,
    )

__all__ = [
    "COLUMNS",
    "COMPARISONS",
    "COUNTS",
    "LANGUAGES",
    "LISTS",
    "MOST_TEXTS",
    "PROPERTIES",
    "SORTS",
    "STATIC",
    "Base",
    "Box",
    "Choice",
    "Finding",
    "Grounds",
    "Index",
    "Known",
    "Language",
    "Look",
    "Outcome",
    "Pack",
    "Selection",
    "Town",
    "UnknownCode",
    "as_found",
    "base_map",
    "base_script",
    "caption",
    "cases",
    "cases_html",
    "check_outcomes",
    "choices",
    "cities",
    "clean_place",
    "clicked_html",
    "codes",
    "count_sheet",
    "counts_frame",
    "current_status",
    "decided_line",
    "decisions",
    "describe",
    "details_html",
    "document_head_html",
    "empty_html",
    "finding_html",
    "found_in",
    "known_outcomes",
    "label",
    "listed",
    "listing",
    "literal",
    "loosening",
    "marked_html",
    "one_list",
    "opening_view",
    "ordered",
    "outcomes_html",
    "page_of",
    "printed_part",
    "problem",
    "project_table",
    "read_geojson",
    "read_outcomes",
    "select",
    "selection_layer",
    "short",
    "sources_html",
    "suggested",
    "summary_html",
    "texts",
    "to_csv",
    "to_geojson",
    "to_png",
    "value_label",
    "web_map",
    "without_rejected",
]

_ROOMS = {
    "assets": ("STATIC",),
    "base": ("Base", "Box", "Town", "base_map", "opening_view"),
    "beside": ("SORTS", "listed", "ordered", "page_of", "suggested"),
    "compared": ("COMPARISONS", "Grounds", "cases", "cases_html"),
    "comparison": ("cities",),
    "counted": ("counts_frame",),
    "counting": ("COUNTS", "count_sheet"),
    "details": ("clicked_html", "details_html"),
    "files": ("read_geojson", "to_csv", "to_geojson"),
    "lists": ("LISTS", "empty_html", "listing", "one_list", "summary_html"),
    "outcomes": (
        "Outcome",
        "check_outcomes",
        "known_outcomes",
        "outcomes_html",
        "read_outcomes",
    ),
    "packing": ("MOST_TEXTS", "Pack", "texts"),
    "picture": ("to_png",),
    "place": ("clean_place",),
    "reading": ("document_head_html", "marked_html"),
    "review": (
        *("Choice", "Finding", "as_found", "decided_line", "decisions", "finding_html"),
        *("found_in", "printed_part", "problem", "without_rejected"),
    ),
    "facets": ("Known",),
    "index": ("Index",),
    "selection": (
        *("Selection", "choices", "describe", "loosening", "select", "short", "value_label"),
    ),
    "sources": ("sources_html",),
    "stage": ("current_status",),
    "table": ("COLUMNS", "PROPERTIES", "project_table"),
    "webmap": ("Look", "base_script", "selection_layer", "web_map"),
    "words": ("LANGUAGES", "Language", "UnknownCode", "caption", "codes", "label", "literal"),
}
_HOME = {name: module for module, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"layers.{_HOME[name]}"), name)
