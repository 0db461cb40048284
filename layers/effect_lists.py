"""What a plan changes, as escaped HTML: a count of each kind, and a list of each."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.effects import EFFECTS, earlier, effect_counts
from layers.links import address, line_link, link, project_link
from layers.marks import sign_image
from layers.said import statement_html
from layers.words import Language, caption, join, label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from layers.effects import Difference, Effect
    from layers.history import Mention

_FOLDED = ("silent",)  # long, and no work of this plan
_VALUES: dict[str, Callable[[Mapping[str, Any], Language], str]] = {
    "stage": lambda said, language: label("stage", said["stage"], language),
    "year": lambda said, _: str(said["target_year"]),
    "leads": lambda said, language: join(said["lead_units"], language),
    "units": lambda said, language: join(said["units"], language),
    "number": lambda said, _: said["quantity"]["text"],
}


def effects_line_html(found: Sequence[Effect], document: str, language: Language) -> str:
    """Return how much of each kind a document brings, as escaped HTML that leads to its page."""
    counts = {kind: str(count) for kind, count in effect_counts(found).items()}
    line = escape(caption("effects_line", language, **counts))
    return f'<p class="pm-sentence">{line} {effects_link_html(document, language)}</p>'


def effects_link_html(document: str, language: Language) -> str:
    """Return the link to what a document changes, as escaped HTML."""
    return link(address("changes", open=document), caption("effects_open", language))


def earlier_line(name: str, documents: Mapping[str, Any], language: Language) -> str:
    """Return which documents one is compared with, as text."""
    before = earlier(name, documents)
    if not before:
        return caption("effects_first", language)
    return caption("effects_against", language, documents=join(before, language))


def effect_chips_html(found: Sequence[Effect], language: Language) -> str:
    """Return how many things there are of each kind, as escaped HTML."""
    chips = "".join(
        f'<span class="pm-count">{escape(caption(f"effects_{kind}", language))}'
        f" <b>{count}</b></span>"
        for kind, count in effect_counts(found).items()
    )
    return f'<div class="pm-sum">{chips}</div>'


def effects_html(found: Sequence[Effect], documents: Mapping[str, Any], language: Language) -> str:
    """Return all effects as escaped HTML, a list for each kind that there is; empty for none."""
    return "".join(
        _section(kind, [one for one in found if one.kind == kind], documents, language)
        for kind in EFFECTS
        if any(one.kind == kind for one in found)
    )


def _section(
    kind: str, some: Sequence[Effect], documents: Mapping[str, Any], language: Language
) -> str:
    title = escape(f"{caption(f'effects_{kind}', language)} · {len(some)}")
    about = escape(caption(f"effects_{kind}_about", language))
    head = "".join(
        f'<th scope="col">{escape(caption(key, language))}</th>'
        for key in ("compare_thing", f"effects_{kind}_said")
    )
    rows = "".join(_row(one, documents, language) for one in some)
    unfolded = "" if kind in _FOLDED else " open"
    return (
        f'<details class="pm-change pm-{kind}"{unfolded}><summary>{title}</summary>'
        f'<p class="pm-soft">{about}</p><table class="pm-compared"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _row(one: Effect, documents: Mapping[str, Any], language: Language) -> str:
    history = one.history
    sign = sign_image(history.category, history.stage, 20)
    thing = f"{sign} {project_link(history.id, history.title)}"
    said = "".join(_difference(each, language) for each in one.differences) or "".join(
        statement_html(mention.said, documents, language, mention.corrected)
        for mention in one.mentions
    )
    return f'<tr data-id="{escape(history.id)}"><th scope="row">{thing}</th><td>{said}</td></tr>'


def _difference(one: Difference, language: Language) -> str:
    """Return what changed in words, then the sentence of either side with its line."""
    shown = _VALUES[one.aspect]
    before, after = (shown(side.said, language) for side in (one.before, one.after))
    change = caption(f"effects_{one.aspect}_{one.change}", language, before=before, after=after)
    look = " pm-opposed" if one.opposed else ""
    quotes = "".join(_quote(side, language) for side in (one.before, one.after))
    return f'<div class="pm-what{look}"><p><b>{escape(change)}</b></p>{quotes}</div>'


def _quote(mention: Mention, language: Language) -> str:
    said = mention.said
    cited = caption("cited_short", language, document=said["document"], line=said["line"])
    where = f"{line_link(said, cited)} {escape(mention.date)}"
    return f'<blockquote>{escape(said["quote"])}</blockquote><p class="pm-soft">{where}</p>'
