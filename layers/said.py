"""One statement as escaped HTML: what was said, in which words, where, and who answers for it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.corrected import corrected_here_html
from layers.issuers import issued_by
from layers.links import line_link
from layers.marks import stage_chip
from layers.statements import quote_texts
from layers.words import Language, caption, join, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def statement_html(
    said: Mapping[str, Any],
    documents: Mapping[str, Any],
    language: Language,
    corrected: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Return one statement of a row of the table as HTML; every text in it is escaped.

    ``corrected`` are the corrections of this statement: what is not as printed says so.
    """
    document = documents[said["document"]]
    printed = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in quote_texts(said))
    return (
        f'<section class="pm-said">{manner_html(said, language, corrected)}'
        f"{printed}{source_html(said, document, language)}</section>"
    )


def manner_html(
    said: Mapping[str, Any], language: Language, corrected: Sequence[Mapping[str, Any]] = ()
) -> str:
    """Return the stage a statement gives, how firmly, and what a person corrected, escaped."""
    chip = stage_chip(said["stage"], language)
    told = f"<p>{chip} {escape(_manner(said, language))}</p>"
    return told + corrected_here_html(corrected, language)


def source_html(said: Mapping[str, Any], document: Any, language: Language) -> str:
    """Return where a statement stands, linked to its line, and by whom, as escaped paragraphs."""
    heading = f" · {said['heading']}" if said["heading"] else ""
    return (
        f'<p class="pm-soft">{line_link(said, _where(said, document, language))}'
        f"{escape(heading)}</p>"
        f'<p class="pm-soft">{escape(_by_whom(said, language))}</p>'
    )


def _manner(said: Mapping[str, Any], language: Language) -> str:
    words = [caption("promised" if said["promised"] else "reported", language)]
    if said["certainty"] != "plain":
        words.append(label("certainty", said["certainty"], language))
    if said["target_year"]:
        basis = label("target_year_basis", said["target_year_basis"], language)
        words.append(caption("target", language, year=said["target_year"], basis=basis))
    if said["quantity"]:
        words.append(said["quantity"]["text"])
    return " · ".join(words)


def _where(said: Mapping[str, Any], document: Any, language: Language) -> str:
    return caption(
        "quoted_from",
        language,
        document=said["document"],
        title=document.title,
        line=said["line"],
        date=document.date,
    )


def _by_whom(said: Mapping[str, Any], language: Language) -> str:
    if said["unit_basis"] == "issuer":
        if said["publisher"]:
            by = issued_by(said["issuer"], said["publisher"], language)
            return caption("reporter_stands_in", language, by=by)
        return caption("issuer_stands_in", language, issuer=said["issuer"])
    units = said["units_printed"] or join(said["units"], language)
    remark = join(said["remark_lead_units"], language)
    basis = label("unit_basis", said["unit_basis"], language)
    text = caption("units_printed", language, units=units, basis=basis)
    return text + (caption("remark_lead", language, units=remark) if remark else "")
