"""Everything known of one thing, as escaped HTML for the page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.corrected import corrected_html, corrections_of
from layers.credit import source_in
from layers.elsewhere import off_map_html
from layers.issuers import issued_by
from layers.lines import licence_label, position_line, rule_line
from layers.links import project_link
from layers.marks import sign_of
from layers.outcomes_shown import outcomes_html
from layers.said import statement_html
from layers.townships import by_township
from layers.truths import truths_html
from layers.words import Language, caption, join, label, noted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

# How the map calls a township's badge, where it calls a thing by its id.
BADGE = "township:"


def details_html(row: Any, documents: Mapping[str, Any], language: Language) -> str:
    """Return all that is known of a row of the table as HTML; every text in it is escaped.

    Parameters
    ----------
    row
        One row of the table, as ``itertuples`` gives it.
    documents
        By id: objects with ``title``, ``issuer`` and ``date``.
    language
        Of the captions; what is printed stays as printed.
    """
    said = "".join(
        statement_html(one, documents, language, corrections_of(one, row.corrected))
        for one in reversed(row.statements)
    )
    return (
        f'<article class="pm-thing" data-id="{escape(row.id)}">'
        f"{head_html(row, language)}{_beside(row, language)}{facts_html(row, language)}"
        f"<p>{project_link(row.id, caption('whole_story', language))}</p>"
        f"<h4>{escape(caption('statements', language))} · {len(row.statements)}</h4>{said}"
        f"</article>"
    )


def _beside(row: Any, language: Language) -> str:
    """Return what is known beside the plans and what a person corrected, as escaped HTML."""
    told = outcomes_html(row.known_outcomes, language)
    title = escape(caption("project_outcome", language))
    return (f"<h4>{title}</h4>{told}" if told else "") + corrected_html(row, language)


def head_html(row: Any, language: Language) -> str:
    """Return a thing's sign, name, current stage and other names, as escaped HTML."""
    names = join(row.aliases, language)
    also = caption("also_called", language, names=names) if names else ""
    return (
        f'<header class="pm-head">{sign_of(row, 30)}'
        f"<div><h3>{escape(row.title)}</h3>"
        f"<p>{truths_html(row, language)}</p>"
        f'<p class="pm-soft">{escape(also)}</p></div></header>'
    )


def whole_head_html(row: Any, language: Language) -> str:
    """Return the head of a thing with every correction that a person made, as escaped HTML."""
    return head_html(row, language) + corrected_html(row, language)


def facts_html(row: Any, language: Language) -> str:
    """Return what is known of a thing besides its statements, as an escaped HTML list."""
    facts = {
        "fact_category": label("category", row.category, language),
        "fact_kind": label("kind", row.kind, language),
        "fact_works": row.works,
        "fact_strategies": _strategies(row.strategy_basis, language),
        "fact_lead_units": join(row.lead_units, language),
        "fact_units": join(row.units, language),
        "fact_leaders": join(row.leaders, language),
        "fact_issuer": "" if row.units else issued_by(row.issuer, row.publisher, language),
        "fact_position": position_line(row, language),
        "fact_townships": join(row.townships, language),
        "fact_rule": rule_line(row.location_rule, language),
        "fact_source": source_in(row.location_source or "", language),
        "fact_licence": licence_label(row.licence, language),
        "fact_candidates": join(row.candidates, language) if row.unplaced_reason else "",
    }
    items = "".join(
        f"<dt>{escape(caption(key, language))}</dt><dd>{escape(value)}</dd>"
        for key, value in facts.items()
        if value
    )
    return f'<dl class="pm-facts">{items}</dl>'


def _strategies(basis: Mapping[str, str], language: Language) -> str:
    return join(
        [
            noted(
                label("strategy", code, language), label("strategy_basis", how, language), language
            )
            for code, how in basis.items()
        ],
        language,
    )


def township_html(
    township: str,
    things: list[Any],
    documents: Mapping[str, Any],
    language: Language,
    unfolded: str = "",
) -> str:
    """Return the things of which only this township is known, each to unfold, as escaped HTML.

    ``unfolded`` is the id of the one that is chosen; empty for none.
    """
    title = caption("badge_title", language, township=township, count=len(things))
    folded = "".join(
        _folded(thing, documents, language, is_open=thing.id == unfolded) for thing in things
    )
    head = f'<div class="pm-town" data-badge="{escape(township)}"><h3>{escape(title)}</h3>'
    return f"{head}{folded}</div>"


def _folded(thing: Any, documents: Mapping[str, Any], language: Language, *, is_open: bool) -> str:
    title = f"{sign_of(thing)} {escape(thing.title)}"
    body = details_html(thing, documents, language)
    opened = " open" * is_open
    return (
        f'<details data-id="{escape(thing.id)}"{opened}><summary>{title}</summary>{body}</details>'
    )


def clicked_html(
    clicked: str,
    shown: gpd.GeoDataFrame,
    documents: Mapping[str, Any],
    language: Language,
    badge: str = "",
) -> str:
    """Return what the page says of the sign that was clicked, as escaped HTML.

    ``clicked`` is a project's id, or empty before the first click: then it is told what a click
    does, and what the map does not show. ``badge`` is the township whose badge is open: the
    project is then one of its list, unfolded; another project is told of alone. What the filters
    hide is said to be hidden, not shown.
    """
    things = by_township(shown).get(badge, []) if badge else []
    if badge and (not clicked or any(thing.id == clicked for thing in things)):
        return township_html(badge, things, documents, language, clicked)
    if not clicked:
        return _hint("details_hint", language) + off_map_html(shown, language)
    for row in shown[shown["id"] == clicked].itertuples():
        return details_html(row, documents, language)
    return _hint("details_gone", language)


def _hint(key: str, language: Language) -> str:
    return f'<p class="pm-hint">{escape(caption(key, language))}</p>'
