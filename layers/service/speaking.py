"""What the service's own pages say, in both languages: pygeoapi ships English alone.

Templates ask for texts by gettext: their own words by what they are in English, labels of fields
and codes by a name such as ``stage=completed``.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from layers.words import LANGUAGES, caption, codes, join, label
from store import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.words import Language

# The English caption is what a template says, the other what stands there instead.
_SAID = (
    *("definition", "address", "collections", "conformance", "contact", "contact_url", "data"),
    *("description", "documentation", "email", "exception", "home", "items", "items_here"),
    *("licence", "name", "no_items", "openapi", "provider", "queryables", "records", "systems"),
    *("schema", "terms", "view_collections", "view_conformance", "telephone", "hours", "units"),
    *("title", "type", "values", "next", "previous", "meaning", "name_asked"),
)
# The caption of each field that a person reads.
_FIELDS = {
    **{name: f"column_{name}" for name in ("stage", "as_of", "due", "statements")},
    **{name: f"fact_{name}" for name in ("category", "kind", "works", "strategies", "candidates")},
    **{name: f"fact_{name}" for name in ("lead_units", "units", "leaders", "issuer", "townships")},
    "title": "column_name",
    "known_stage": "column_known",
    "unplaced_reason": "column_reason",
    "location_class": "fact_position",
    "location_source": "fact_source",
    **{
        name: f"ogc_field_{name}"
        for name in (
            *("aliases", "known_date", "known_publisher", "due_stage", "due_year"),
            *("publisher", "radius_m"),
        )
    },
}
_CODES = (
    *("category", "kind", "stage", "known_stage", "due", "strategy", "location_class"),
    "unplaced_reason",
)


@cache
def locale_folder() -> str:
    """Return a folder with the catalogues of translations that pygeoapi reads."""
    folder = Path(tempfile.mkdtemp(prefix="planmap-locale-"))
    for language in LANGUAGES:
        catalogue = Catalog(locale=language)
        for said, shown in _texts(language):
            catalogue.add(said, shown)
        home = folder / language / "LC_MESSAGES"
        home.mkdir(parents=True)
        with (home / "messages.mo").open("wb") as file:
            write_mo(file, catalogue)
    return str(folder)


def _texts(language: Language) -> Iterator[tuple[str, str]]:
    for name in _SAID:
        yield caption(f"ogc_{name}", "en"), caption(f"ogc_{name}", language)
    for field, key in _FIELDS.items():
        yield f"field={field}", caption(key, language)
    for name in _CODES:
        for code in codes(name):
            yield f"{name}={code}", label(name, code, language)
    for row in read_table(DATA / "fields.csv", ("layer", "field", "short", "zh", "en")):
        yield f"meaning={row['field']}", row[language]
    yield "list separator", join(["", ""], language)
