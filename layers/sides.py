"""Two documents or years side by side: what was added, dropped, advanced or set back."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from layers.known import as_said_in
from layers.links import line_link, project_link
from layers.marks import sign_of
from layers.nouns import of_noun, with_nouns
from layers.truths import truths_html
from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

CHANGES = ("added", "dropped", "advanced", "back", "same")
# A list that says that nothing changed is there to unfold.
_FOLDED = ("same",)


@dataclass(frozen=True)
class Pair:
    """A thing as two sides say it; a side that does not name it is None.

    ``left`` and ``right`` are rows of the table as only the documents of that side give it.
    """

    left: Any
    right: Any

    @property
    def change(self) -> str:
        """Which of ``CHANGES`` it is; a stage that is not told is no change."""
        if self.left is None or self.right is None:
            return "added" if self.left is None else "dropped"
        return stage_change(self.left.stage, self.right.stage)


def stage_change(before: str, after: str) -> str:
    """Return ``advanced``, ``back`` or ``same``; a stage that is not told is no change."""
    life = [stage for stage in codes("stage") if stage != "unspecified"]
    if before not in life or after not in life or before == after:
        return "same"
    return "advanced" if life.index(after) > life.index(before) else "back"


def side_choices(documents: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what can stand on a side, as ids of documents: each year, and each document.

    A year with one document is that document. Oldest first; without a date last.
    """
    ordered = sorted(documents.values(), key=lambda one: (not one.date, one.date, one.id))
    years: dict[str, tuple[str, ...]] = {}
    for one in ordered:
        if one.date:
            years[one.date[:4]] = (*years.get(one.date[:4], ()), one.id)
    several = {year: names for year, names in years.items() if len(names) > 1}
    return several | {one.id: (one.id,) for one in ordered}


def side_label(
    name: str, names: Sequence[str], documents: Mapping[str, Any], language: Language
) -> str:
    """Return what a side is called: a year with its documents, or a document with its date."""
    if len(names) > 1:
        return caption("compare_year", language, year=name, documents=join(names, language))
    about = {key: getattr(documents[names[0]], key) for key in ("id", "title", "date")}
    return caption("side_document", language, **about)


def pairs(left: gpd.GeoDataFrame, right: gpd.GeoDataFrame) -> tuple[Pair, ...]:
    """Return all things that either side names, those of the left first.

    Both are tables as ``said_by`` returns them.
    """
    before = {row.id: row for row in left.itertuples()}
    after = {row.id: row for row in right.itertuples()}
    return tuple(Pair(before.get(name), after.get(name)) for name in {**before, **after})


def said_by(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], names: Sequence[str]
) -> gpd.GeoDataFrame:
    """Return the table as one side gives it; see ``as_said_in``.

    Counted programmes and indicators are left out: their names are common words that say no one
    thing.
    """
    return as_said_in(of_noun(table, "project"), documents, set(names))


def change_counts(found: Sequence[Pair]) -> dict[str, int]:
    """Return how many things there are of each of ``CHANGES``."""
    kinds = [one.change for one in found]
    return {change: kinds.count(change) for change in CHANGES}


def change_chips_html(found: Sequence[Pair], language: Language) -> str:
    """Return how many things there are of each kind of change, as escaped HTML."""
    chips = "".join(
        f'<span class="pm-count">{escape(caption(f"side_{change}", language))}'
        f" <b>{count}</b></span>"
        for change, count in change_counts(found).items()
    )
    noun = escape(label("noun", "project", language))
    return f'<div class="pm-sum"><span>{noun}</span>{chips}</div>'


def pairs_html(found: Sequence[Pair], language: Language) -> str:
    """Return what changed between two sides as escaped HTML: a table for each kind of change."""
    return "".join(
        _section(change, [one for one in found if one.change == change], language)
        for change in CHANGES
        if any(one.change == change for one in found)
    )


def _section(change: str, some: Sequence[Pair], language: Language) -> str:
    number = with_nouns({"project": len(some)}, language)
    title = escape(f"{caption(f'side_{change}', language)} · {number}")
    about = escape(caption(f"side_{change}_about", language))
    head = "".join(
        f"<th>{escape(caption(key, language))}</th>"
        for key in ("compare_thing", "side_left", "side_right")
    )
    rows = "".join(_row(one, language) for one in some)
    unfolded = "" if change in _FOLDED else " open"
    return (
        f'<details class="pm-change pm-{change}"{unfolded}><summary>{title}</summary>'
        f'<p class="pm-soft">{about}</p><table class="pm-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _row(one: Pair, language: Language) -> str:
    row = one.right if one.right is not None else one.left
    thing = f"{sign_of(row, 20)} {project_link(row.id, row.title)}"
    cells = "".join(f"<td>{_said(side, language)}</td>" for side in (one.left, one.right))
    return f'<tr data-id="{escape(row.id)}"><th scope="row">{thing}</th>{cells}</tr>'


def _said(row: Any, language: Language) -> str:
    if row is None:
        return ""
    lines = [
        line_link(one, caption("cited_short", language, document=one["document"], line=one["line"]))
        for one in row.statements
    ]
    return f"{truths_html(row, language)}<br>{join(lines, language)}"
