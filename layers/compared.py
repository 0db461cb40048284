"""Plan against plan as escaped HTML: a row per thing, a column per year, outcomes apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from layers.changes import Change, changes
from layers.comparison import Case, Silence, overdue, promised_again, vanished
from layers.history import histories, years
from layers.marks import sign_of
from layers.outcomes_shown import outcomes_html
from layers.said import statement_html
from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import geopandas as gpd

    from layers.history import History


@dataclass(frozen=True)
class Grounds:
    """What plans are compared by.

    Attributes
    ----------
    documents
        By id.
    city_of
        The city by town, as ``cities`` returns it.
    """

    documents: Mapping[str, Any]
    city_of: Mapping[str, str]


_FINDERS: dict[str, Callable[[tuple[History, ...], Grounds, date], Sequence[Case]]] = {
    "again": lambda some, _, __: promised_again(some),
    "vanished": lambda some, grounds, _: vanished(some, grounds.documents, grounds.city_of),
    "changed": lambda some, _, __: changes(some),
    "due": lambda some, grounds, by: overdue(some, grounds.documents, grounds.city_of, by),
    "history": lambda some, _, __: [Case(one, ()) for one in some],
}
COMPARISONS = tuple(_FINDERS)


def cases(name: str, table: gpd.GeoDataFrame, grounds: Grounds, by: date) -> tuple[Case, ...]:
    """Return one of ``COMPARISONS`` over the rows of a table; empty for an empty table.

    ``by`` is the day by which promises must be due to stand in the list ``due``; the other lists
    do not ask for it.
    """
    return tuple(_FINDERS[name](histories(table, grounds.documents), grounds, by))


def split_html(found: Sequence[Case], language: Language) -> str:
    """Return how many cases are due in each way, as escaped HTML; empty where none is due."""
    counts = Counter(one.code for one in found if isinstance(one, Silence))
    named = {code: escape(label("due", code, language)) for code in codes("due") if counts[code]}
    chips = "".join(
        f'<span class="pm-count">{name} <b>{counts[code]}</b></span>'
        for code, name in named.items()
    )
    return f'<div class="pm-sum">{chips}</div>' if chips else ""


def cases_html(found: Sequence[Case], grounds: Grounds, language: Language) -> str:
    """Return cases as an HTML table with every text escaped; empty for none.

    All that was said of a thing stands in the column of its year; the sentences that show the
    finding are marked. Known outcomes have a column of their own.
    """
    if not found:
        return ""
    columns = years(one.history for one in found)
    head = "".join(f"<th>{escape(text)}</th>" for text in _head(columns, grounds, language))
    body = "".join(_row(one, columns, grounds, language) for one in found)
    return f'<table class="pm-compared"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _head(columns: Sequence[str], grounds: Grounds, language: Language) -> list[str]:
    of_years = [_year(year, grounds, language) for year in columns]
    thing, outcome = (caption(f"compare_{name}", language) for name in ("thing", "outcome"))
    return [thing, *of_years, outcome]


def _year(year: str, grounds: Grounds, language: Language) -> str:
    names = [one.id for one in grounds.documents.values() if one.date[:4] == year]
    shown = year or caption("compare_undated", language)
    return caption("compare_year", language, year=shown, documents=join(names, language))


def _row(one: Case, columns: Sequence[str], grounds: Grounds, language: Language) -> str:
    said = "".join(f"<td>{_said(one, year, grounds, language)}</td>" for year in columns)
    known = outcomes_html(one.history.outcomes, language)
    thing = _thing(one.history, language) + _what(one, grounds, language)
    return (
        f'<tr data-id="{escape(one.history.id)}"><th scope="row">{thing}</th>'
        f'{said}<td class="pm-known">{known}</td></tr>'
    )


def _thing(history: History, language: Language) -> str:
    kinds = [label("category", history.category, language), label("kind", history.kind, language)]
    names = join(history.aliases, language)
    soft = [join(kinds, language), caption("also_called", language, names=names) if names else ""]
    lines = "".join(f'<p class="pm-soft">{escape(line)}</p>' for line in soft if line)
    sign = sign_of(history)
    return f"<p>{sign} <b>{escape(history.title)}</b></p>{lines}"


def _said(one: Case, year: str, grounds: Grounds, language: Language) -> str:
    return "".join(
        f'<div class="{"pm-shown" if mention in one.mentions else "pm-besides"}">'
        f"{statement_html(mention.said, grounds.documents, language, mention.corrected)}</div>"
        for mention in one.history.mentions
        if mention.year == year
    )


def _what(one: Case, grounds: Grounds, language: Language) -> str:
    if isinstance(one, Change):
        items = "".join(f"<li>{escape(value)}</li>" for value in one.values)
        aspect = escape(caption(f"compare_{one.aspect}", language))
        return f'<div class="pm-what"><p>{aspect}</p><ul>{items}</ul></div>'
    if isinstance(one, Silence):
        lines = [caption("compare_due_year", language, year=one.due)]
        # What is gone from later plans may be finished all the same: that is not overdue.
        lines += [] if one.history.finished else [label("due", one.code, language)]
        lines += _looked_in(one, grounds, language) or [caption("compare_nowhere", language)]
        return "".join(f'<p class="pm-what">{escape(line)}</p>' for line in lines)
    return ""


def _looked_in(one: Silence, grounds: Grounds, language: Language) -> list[str]:
    return [
        caption(
            f"compare_looked_{level}",
            language,
            document=name,
            date=grounds.documents[name].date,
        )
        for name, level in one.looked_in
    ]
