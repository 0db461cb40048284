"""The README and the licence texts that lie beside the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import store
from layers.nouns import counted_rows
from layers.sources import source_cells
from layers.words import LANGUAGES, caption, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.export.content import Content
    from layers.words import Language

_PACKAGED = store.ROOT / "node_modules" / "spdx-license-list" / "licenses"
# Names of licences in the table of sources, by the name that SPDX lists them under.
_LICENCES = {"CC BY 4.0": "CC-BY-4.0", "ODbL 1.0": "ODbL-1.0", "MIT": "MIT", "WTFPL": "WTFPL"}
_PARTS = ("what", "count", "crs", "radius", "known", "fields", "terms")


def readme(content: Content, crs: int, *more: str) -> bytes:
    """Return a text file on what lies here, in Chinese and English; lines end as on Windows.

    ``more`` names paragraphs that only some formats need.
    """
    texts = [_text(content, crs, language, more) for language in LANGUAGES]
    return "\n\n".join(texts).replace("\n", "\r\n").encode("utf-8-sig")


def licence_texts(content: Content) -> dict[str, bytes]:
    """Return the texts of the licences that the sources name, and our own, by file name.

    Raises
    ------
    store.MissingFile
        The package with the texts is not installed.
    """
    named = {source.licence for source in content.base.sources}
    wanted = [code for name, code in _LICENCES.items() if any(name in text for text in named)]
    texts = {f"licences/{code}.txt": _licence_text(code) for code in wanted}
    return {"licences/planmap-MIT.txt": store.read_bytes(store.ROOT / "LICENSE"), **texts}


def _licence_text(code: str) -> bytes:
    path = _PACKAGED / f"{code}.json"
    if not path.is_file():
        raise store.MissingFile(path, "not installed: run `npm ci` or `make install`")
    return str(store.read_json(path)["licenseText"]).encode()


def _text(content: Content, crs: int, language: Language, more: Sequence[str]) -> str:
    table = content.table
    placed = int(table.geometry.notna().sum())
    values = {
        "about": content.about[LANGUAGES.index(language)],
        "counted": counted_rows(table, language),
        "placed": placed,
        "rest": len(table) - placed,
        "crs": crs,
    }
    lines = [
        caption(f"readme_{part}", language, **values) for part in (*_PARTS[:-1], *more, _PARTS[-1])
    ]
    listed = [
        f"- {join(source_cells(source, language), language, 'describe_pair')}"
        for source in content.base.sources
    ]
    return "\n\n".join([*lines, "\n".join(listed)])
