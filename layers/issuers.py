"""Who issued a document, or which newspaper reports where none was issued."""

from __future__ import annotations

from typing import Any

from layers.words import Language, caption, codes, label


def issued_by(issuer: str, publisher: str | None, language: Language) -> str:
    """Return the issuer; where a newspaper reports, that it does, and whom it stands in for."""
    if not publisher:
        return issuer
    named = publisher_name(publisher, language)
    return caption("reported_by", language, publisher=named, issuer=issuer)


def publisher_name(publisher: str, language: Language) -> str:
    """Return what a publisher is called: its name as printed, or that none is printed."""
    return label("publisher", publisher, language) if publisher in codes("publisher") else publisher


def document_line(document: Any, language: Language) -> str:
    """Return a document's id, title, issuer or newspaper, and date in one line."""
    return caption(
        "about_document",
        language,
        id=document.id,
        title=document.title,
        issuer=issued_by(document.issuer, document.publisher, language),
        date=document.date,
    )
