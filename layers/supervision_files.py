"""The supervision table as a file: PDF, XLSX or DOCX."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from layers.words import Language, caption

if TYPE_CHECKING:
    from layers.supervision import Supervision

SUPERVISION_MIME = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# Loaded when asked for: drawing and office files take a while to load.
_WRITERS = {
    "pdf": "layers.sheets.supervised_pages",
    "xlsx": "layers.export.supervised_book",
    "docx": "layers.export.supervised_letter",
}


def supervision_file(table: Supervision, kind: str, language: Language) -> bytes:
    """Return the table as a file of one of the kinds of ``SUPERVISION_MIME``.

    Raises
    ------
    ValueError
        The kind is another, or the unit answers for nothing.
    """
    if kind not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise ValueError(caption("supervision_kind", language, kind=kind, known=known))
    if not table.matters:
        raise ValueError(caption("supervision_empty", language, unit=table.unit))
    made: bytes = getattr(import_module(_WRITERS[kind]), f"supervised_{kind}")(table, language)
    return made
