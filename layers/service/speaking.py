"""What pygeoapi's own pages say, in the languages of the interface: it ships English alone."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from layers.words import caption

# The English caption is what a template says, the other what stands there instead.
_SAID = (
    *("definition", "address", "collections", "conformance", "contact", "contact_url", "data"),
    *("description", "documentation", "email", "exception", "home", "items", "items_here"),
    *("licence", "name", "no_items", "openapi", "provider", "queryables", "records", "systems"),
    *("schema", "terms", "view_collections", "view_conformance", "telephone", "hours", "units"),
    *("title", "type", "values"),
)


@cache
def locale_folder() -> str:
    """Return a folder with the catalogues of translations that pygeoapi reads."""
    folder = Path(tempfile.mkdtemp(prefix="planmap-locale-"))
    catalogue = Catalog(locale="zh")
    for name in _SAID:
        catalogue.add(caption(f"ogc_{name}", "en"), caption(f"ogc_{name}", "zh"))
    home = folder / "zh" / "LC_MESSAGES"
    home.mkdir(parents=True)
    with (home / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    return str(folder)
