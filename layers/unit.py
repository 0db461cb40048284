"""What a unit answers for: what it leads and supports, by stage and year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from layers.charts import Chart, stacked
from layers.lines import position_line
from layers.links import line_link, project_link
from layers.marks import sign_of
from layers.nouns import is_project, noun_of, with_nouns
from layers.outcomes import progress
from layers.roles import ROLES, role_in
from layers.selection import describe
from layers.truths import truths_html
from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from layers.selection import Selection

_HEAD = ("column_name", "column_stage", "unit_due", "unit_said", "unit_with", "column_position")


@dataclass(frozen=True)
class Duty:
    """A thing that a unit answers for.

    Attributes
    ----------
    row
        Of the table.
    role
        The first of ``ROLES`` that any statement gives the unit.
    said
        The statements that name the unit, oldest first.
    """

    row: Any
    role: str
    said: tuple[Mapping[str, Any], ...]

    @property
    def due(self) -> int | None:
        """The last year for which these statements promise or report it; None for no year."""
        return max((one["target_year"] for one in self.said if one["target_year"]), default=None)


def duties(table: gpd.GeoDataFrame, unit: str) -> tuple[Duty, ...]:
    """Return what a unit answers for: by role, then in the order of a stage's life, then by year.

    Empty for a unit that nothing in the table names.
    """
    life = codes("stage")
    found = filter(None, (_duty(row, unit) for row in table.itertuples()))
    return tuple(
        sorted(
            found,
            key=lambda one: (ROLES.index(one.role), life.index(one.row.stage), one.due or 0),
        )
    )


def _duty(row: Any, unit: str) -> Duty | None:
    said = tuple(one for one in row.statements if role_in(one, unit))
    roles = {role_in(one, unit) for one in said}
    role = next((role for role in ROLES if role in roles), None)
    return Duty(row, role, said) if role else None


def duty_chart(found: Sequence[Duty], language: Language) -> Chart:
    """Return how many projects a unit answers for: a bar per role and year, coloured by stage."""
    projects = (one for one in found if is_project(one.row.kind))
    counts = Counter((one.role, one.due or 0, one.row.stage) for one in projects)
    bars = sorted({key[:2] for key in counts}, key=lambda bar: (ROLES.index(bar[0]), bar[1]))
    names = {bar: _bar(*bar, language) for bar in bars}
    rows = [(names[role, due], stage, count) for (role, due, stage), count in counts.items()]
    return stacked(rows, list(names.values()), language)


def _bar(role: str, due: int, language: Language) -> str:
    year = caption("unit_year", language, year=due) if due else caption("unit_no_year", language)
    return f"{caption(f'role_is_{role}', language)} · {year}"


def unit_head_html(
    found: Sequence[Duty], unit: str, selection: Selection, language: Language
) -> str:
    """Return a unit's name, how much it answers for in each role, and the selection in words.

    As HTML with every text escaped.
    """
    some = {role: [one for one in found if one.role == role] for role in ROLES}
    chips = "".join(
        f'<span class="pm-count">{escape(caption(f"role_is_{role}", language))}'
        f" <b>{escape(_number(those, language))}</b></span>"
        for role, those in some.items()
        if those
    )
    beside: dict[str, list[Duty]] = {}
    for one in found:
        if code := progress(one.row.known_stage):
            beside.setdefault(label("outcome", code, language), []).append(one)
    beside[caption("unit_overdue", language)] = [one for one in found if one.row.due]
    chips += "".join(
        f'<span class="pm-count">{escape(name)} <b>{escape(_number(those, language))}</b></span>'
        for name, those in beside.items()
        if those
    )
    sentence = escape(describe(selection, language))
    about, hint = (escape(caption(key, language)) for key in ("unit_chart_about", "unit_print"))
    return (
        f'<div class="pm-sum"><h2>{escape(unit)}</h2>{chips}</div>'
        f'<p class="pm-sentence">{sentence} · {about}<span class="pm-noprint"> · {hint}</span></p>'
    )


def _number(some: Sequence[Duty], language: Language) -> str:
    """Return how many projects and programmes these are, in words."""
    return with_nouns(Counter(noun_of(one.row.kind) for one in some), language)


def duties_html(
    found: Sequence[Duty], unit: str, documents: Mapping[str, Any], language: Language
) -> str:
    """Return what a unit answers for as escaped HTML tables, one for each role it has."""
    return "".join(
        _table([one for one in found if one.role == role], unit, documents, language)
        for role in ROLES
        if any(one.role == role for one in found)
    )


def _table(
    some: Sequence[Duty], unit: str, documents: Mapping[str, Any], language: Language
) -> str:
    title = f"{caption(f'role_is_{some[0].role}', language)} · {_number(some, language)}"
    head = "".join(f"<th>{escape(caption(key, language))}</th>" for key in _HEAD)
    rows = "".join(_row(one, unit, documents, language) for one in some)
    return (
        f'<h3>{escape(title)}</h3><table class="pm-table pm-wide"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(one: Duty, unit: str, documents: Mapping[str, Any], language: Language) -> str:
    row = one.row
    sign, name = sign_of(row, 20), project_link(row.id, row.title)
    kind = escape(label("category", row.category, language))
    others = [other for other in row.units if other != unit]
    cells = (
        truths_html(row, language),
        str(one.due or ""),
        join([_cited(said, documents, language) for said in one.said], language),
        escape(join(others, language)),
        escape(position_line(row, language)),
    )
    said = "".join(f"<td>{cell}</td>" for cell in cells)
    return (
        f'<tr data-id="{escape(row.id)}"><th scope="row">{sign} {name}'
        f' <span class="pm-soft">{kind}</span></th>{said}</tr>'
    )


def _cited(said: Mapping[str, Any], documents: Mapping[str, Any], language: Language) -> str:
    date, line = documents[said["document"]].date, said["line"]
    return line_link(said, caption("cited", language, date=date, line=line))
