"""The supervision table as a file: PDF, XLSX or DOCX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.words import Language, caption

if TYPE_CHECKING:
    from layers.supervision import Supervision

SUPERVISION_MIME = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def supervision_file(table: Supervision, kind: str, language: Language) -> bytes:
    """Return the table as a file of one of the kinds of ``SUPERVISION_MIME``.

    Raises
    ------
    ValueError
        The kind is another, or the unit answers for nothing.
    """
    if kind not in SUPERVISION_MIME:
        known = ", ".join(SUPERVISION_MIME)
        raise ValueError(caption("supervision_kind", language, kind=kind, known=known))
    if not table.matters:
        raise ValueError(caption("supervision_empty", language, unit=table.unit))
    return _written(table, kind, language)


def _written(table: Supervision, kind: str, language: Language) -> bytes:
    # Loaded when asked for: drawing and office files take a while to load.
    if kind == "pdf":
        from layers.sheets.supervised_pages import supervised_pdf  # noqa: PLC0415

        return supervised_pdf(table, language)
    if kind == "xlsx":
        from layers.export.supervised_book import supervised_xlsx  # noqa: PLC0415

        return supervised_xlsx(table, language)
    from layers.export.supervised_letter import supervised_docx  # noqa: PLC0415

    return supervised_docx(table, language)
