"""What was read from one document, one finding after another, for its reader to decide on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from layers.lines import position_line
from layers.own.causes import WrongOverlay
from layers.symbols import stage_colour
from layers.words import Language, UnknownCaption, caption, join, literal
from plans import shelf
from store import BrokenFile, Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

_WHOLE = 600  # lines; a longer document is shown in parts
_PART = 2000  # lines; more at once is slow to draw


class Finding(NamedTuple):
    """One statement as read.

    Attributes
    ----------
    key
        Stays the same when the document is read again with the same result.
    line, quote, name, stage, category
        As in the export.
    position
        How its place is known, in the language asked for.
    single
        Whether it is the only one of its name in its line: only such can be decided on.
    """

    key: str
    line: int
    quote: str
    name: str
    stage: str
    category: str
    position: str
    single: bool


@dataclass(frozen=True)
class Choice:
    """What the reader makes of a finding; without changes it is accepted as read."""

    accepted: bool
    name: str
    stage: str
    category: str


def found_in(table: gpd.GeoDataFrame, document: str, language: Language) -> list[Finding]:
    """Return what a table holds from one document, in the order of its lines; may be empty."""
    said = [
        (said, position_line(row, language))
        for row in table.itertuples()
        for said in row.statements
        if said["document"] == document
    ]
    said.sort(key=lambda pair: _standing(pair[0]))
    names = Counter((one["line"], one["name"]) for one, _ in said)
    return [
        Finding(
            key=f"{one['line']}:{one['start']}:{one['name']}",
            **{name: one[name] for name in ("line", "quote", "name", "stage", "category")},
            position=position,
            single=names[one["line"], one["name"]] == 1,
        )
        for one, position in said
    ]


def _standing(said: Mapping[str, Any]) -> tuple[int, int, int]:
    return said["line"], said["start"], said["quote"].find(said["name"])


def as_found(finding: Finding) -> Choice:
    """Return the choice that accepts a finding as it is."""
    return Choice(accepted=True, name=finding.name, stage=finding.stage, category=finding.category)


def decisions(
    found: Iterable[Finding], choices: Mapping[str, Choice]
) -> tuple[shelf.Decision, ...]:
    """Return what differs from the reading, ready to be kept; a blank name rejects too."""
    pairs = ((one, choices.get(one.key, as_found(one))) for one in found if one.single)
    return tuple(chain.from_iterable(_decided(one, choice) for one, choice in pairs))


def _decided(one: Finding, choice: Choice) -> list[shelf.Decision]:
    name = " ".join(choice.name.split()) if choice.accepted else ""
    if not name:
        return [shelf.Decision("name", one.line, one.name, "")]
    wanted = {"stage": choice.stage, "category": choice.category, "name": name}
    return [
        shelf.Decision(what, one.line, one.name, wanted[what])
        for what in ("stage", "category", "name")
        if wanted[what] != getattr(one, what)
    ]


def decided_line(
    found: Sequence[Finding], made: Sequence[shelf.Decision], language: Language
) -> str:
    """Return how many findings are accepted, corrected and rejected."""
    rejected = {(d.line, d.name) for d in made if not d.target}
    corrected = {(d.line, d.name) for d in made} - rejected
    accepted = len(found) - len(rejected) - len(corrected)
    counts = {"accepted": accepted, "corrected": len(corrected), "rejected": len(rejected)}
    return caption("add_decided", language, all=len(found), **counts)


def finding_html(finding: Finding, language: Language) -> str:
    """Return a finding's printed words with line and position; every text is escaped."""
    line = escape(caption("add_line", language, line=finding.line))
    fill = stage_colour(finding.stage)
    note = "" if finding.single else f" · {escape(caption('add_twin', language))}"
    return (
        f'<div class="pm-thing"><p style="border-left:3px solid {fill};padding-left:.6rem">'
        f'{escape(finding.quote)}</p><p class="pm-soft">{line} · {escape(finding.position)}'
        f"{note}</p></div>"
    )


def without_rejected(table: gpd.GeoDataFrame, made: Sequence[shelf.Decision]) -> gpd.GeoDataFrame:
    """Return the table of one document without the statements that its reader rejects."""
    rejected = {(d.line, d.name) for d in made if not d.target}
    left = [
        [said for said in statements if (said["line"], said["name"]) not in rejected]
        for statements in table["statements"]
    ]
    return table.assign(statements=left)


def printed_part(lines: Sequence[str], shown: Sequence[Finding]) -> list[str]:
    """Return the lines around the findings shown, the others blank; of a short document all."""
    if len(lines) <= _WHOLE:
        return list(lines)
    first = shown[0].line if shown else 1
    last = min(max(shown[-1].line if shown else 1, first + _WHOLE), first + _PART)
    return [text if first <= n <= last else "" for n, text in enumerate(lines, 1)]


def problem(error: Exception, language: Language) -> str:
    """Return what kind of trouble an error is, in words; its own text says the rest.

    An error that knows its cause in both languages says that too, and needs no more.
    """
    if isinstance(error, WrongOverlay):
        return f"{_kind_of(error, language)} {literal(error.told(language))}"
    return _kind_of(error, language)


def _kind_of(error: Exception, language: Language) -> str:
    for kind in type(error).__mro__:
        try:
            return caption(f"problem_{kind.__name__}", language)
        except UnknownCaption:
            continue
    return caption("problem_other", language)


def detail(error: Exception, language: Language) -> str:
    """Return what exactly an error names, in words: where, which field, why.

    English tells the error's own text. Chinese is silent of a reason that has no words of its own.
    """
    cause = getattr(error, "cause", Cause())
    if language == "en" and not cause.code:
        return str(error)
    parts = [_field(cause.entry, language)] if cause.entry else []
    if isinstance(error, BrokenFile):
        parts.insert(0, _standing_at(error, language))
    if cause.code:
        parts.append(caption(f"cause_{cause.code}", language, **cause.values))
    return join(parts, language, "detail_pair")


def _standing_at(error: BrokenFile, language: Language) -> str:
    """Return the file's name, with the line where one is meant."""
    if not error.line:
        return error.path.name
    return caption("broken_at", language, file=error.path.name, line=error.line)


def _field(name: str, language: Language) -> str:
    """Return what a field is called on the page; a column of a table is called as it is there."""
    try:
        return caption(f"entry_{name}", language)
    except UnknownCaption:
        return name
