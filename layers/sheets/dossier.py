"""One project on pages of its own: where it is, both truths on it, its timeline, every quote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from layers.corrected import corrected_fields
from layers.credit import source_in
from layers.font import printable
from layers.lines import licence_label, position_line, rule_line, stage_line
from layers.outcomes_shown import due_line
from layers.sheets import facts
from layers.sheets.columns import columns_of, divisions, paged, pair_widths
from layers.sheets.facts import About
from layers.sheets.hits import hit_line, quoted_title
from layers.sheets.layout import Words, lay_out
from layers.sheets.lettering import Letters
from layers.sheets.listing import TextPage
from layers.sheets.strips import Mark, Strip, set_cell
from layers.sheets.subject import alone, extent_around, made_line, settled, source_line
from layers.statements import quote_texts
from layers.words import caption, join, label, labels, noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layers.sheets.frame import Rect
    from layers.sheets.layout import Layout
    from layers.sheets.options import SheetOptions
    from layers.sheets.subject import Subject


def dossier_pages(subject: Subject, row: Any, options: SheetOptions) -> list[TextPage]:
    """Return the pages of one project: its map and facts, and more pages where one is too small."""
    subject = settled(alone(subject, row))
    about = About(subject.documents, options.language)
    words = _words(subject, row, options)
    layout = lay_out(options, words)
    mapped = extent_around(subject) is not None
    strips = tuple(_strips(row, about, (columns_of(layout)[-1], layout)))
    # The largest map of those that need the fewest pages.
    tried = [(box, paged(strips, texts, layout)) for box, texts in divisions(layout, mapped=mapped)]
    box, pages = min(tried, key=lambda one: len(one[1]))
    picture = (row, box) if mapped else None
    return [
        TextPage(subject, options, layout, words, tuple(some), None if number else picture)
        for number, some in enumerate(pages)
    ]


def _words(subject: Subject, row: Any, options: SheetOptions) -> Words:
    language = options.language
    hit = quoted_title(subject, language) if row.id in subject.quoted else ""
    kind = label("category", row.category, language)
    also = join(row.aliases, language)
    subtitle = " · ".join(part for part in (hit, kind, also) if part)
    left = hit_line(replace(subject, quoted=frozenset()), language).lstrip("；; ")
    made = " · ".join(part for part in (made_line(None, options), left) if part)
    foot = (source_line(subject, options), made)
    return Words(printable(row.title), printable(subtitle), tuple(map(printable, foot)))


def _strips(row: Any, about: About, room: tuple[Rect, Layout]) -> Iterator[Strip]:
    box, layout = room
    say = _Setter(layout, pair_widths(box, layout), box.width, about)
    yield say.heading("sheet_project_status")
    whole = "".join(layout.title[0]).replace(" ", "") == row.title.replace(" ", "")
    named = {} if whole else {"name": row.title}
    for key, text in (named | _status(row, about)).items():
        if text:
            said = key == "plans" or (key == "known" and row.known_stage)
            yield say.pair(caption(f"sheet_project_{key}", about.language), text, strong=bool(said))
    yield say.heading("sheet_project_time")
    for date, text, mark in _moments(row, about):
        yield say.pair(date, text, mark=mark)
    yield say.heading("sheet_project_quotes")
    for said in row.statements:
        yield from _quoted(said, about, say)
    if row.known_outcomes:
        yield say.heading("sheet_project_sources")
    for one in row.known_outcomes:
        licence = caption(
            "outcome_licence", about.language, licence=licence_label(one["licence"], about.language)
        )
        yield say.pair(one["date"], f"{one['publisher']} · {one['source']} · {licence}")


class _Setter:
    """Sets headings and pairs of a label and its text, all in one manner."""

    def __init__(
        self, layout: Layout, widths: tuple[float, float], wide: float, about: About
    ) -> None:
        letters = layout.letters
        self.wide, self.scale, self.language = wide * layout.filled, layout.scale, about.language
        self.rooms = (widths[0] - 2.0 * layout.scale) * layout.filled, widths[1] * layout.filled
        self.soft = letters.page
        self.ink = Letters(self.soft.size)
        self.strong = Letters(self.soft.size, bold=True)
        self.title = letters.heading.scaled(1.1)

    def heading(self, key: str) -> Strip:
        title = caption(key, self.language)
        again = caption("sheet_continued", self.language, title=title)
        return Strip(
            (set_cell(title, self.title, self.wide),),
            self.title.line * 1.35,
            0.8 * self.scale,
            heading=True,
            again=set_cell(again, self.title, self.wide),
        )

    def pair(
        self, first: str, text: str, *, mark: Mark | None = None, strong: bool = False
    ) -> Strip:
        letters = self.strong if strong else self.ink
        cells = set_cell(first, self.soft, self.rooms[0]), set_cell(text, letters, self.rooms[1])
        return Strip(cells, self.soft.line, 1.0 * self.scale, mark=mark, rule=False)


def _status(row: Any, about: About) -> dict[str, str]:
    language = about.language
    known = facts.known(row, about) or caption("sheet_project_unknown", language)
    return {
        "plans": stage_line(row, language),
        "known": known,
        "units": facts.units(row, about) or caption("sheet_project_no_units", language),
        "due": facts.due_in_words(row, about),
        "overdue": due_line(row, language),
        "corrected": corrected_fields(row, language),
        "place": position_line(row, language),
        "where": facts.townships(row, about),
        "place_source": _place_source(row, about),
        "strategies": labels("strategy", row.strategies, language),
    }


def _place_source(row: Any, about: About) -> str:
    parts = [
        source_in(row.location_source or "", about.language),
        rule_line(row.location_rule, about.language),
    ]
    if row.location_source and row.licence:
        licence = licence_label(row.licence, about.language)
        parts.append(caption("outcome_licence", about.language, licence=licence))
    return " · ".join(part for part in parts if part)


def _moments(row: Any, about: About) -> list[tuple[str, str, Mark]]:
    """Return what was said and what is known, oldest first: date, words and mark."""
    undated = caption("compare_undated", about.language)
    found = [
        (about.documents[said["document"]].date, _said(said, about), _said_mark(row, said))
        for said in row.statements
    ]
    found += [
        (
            one["date"],
            facts.outcome_line(one, about.language),
            Mark("known", row.category, row.stage),
        )
        for one in row.known_outcomes
    ]
    found.sort(key=lambda moment: moment[0])
    return [(date or undated, text, mark) for date, text, mark in found]


def _said(said: Mapping[str, Any], about: About) -> str:
    language = about.language
    manner = caption("promised" if said["promised"] else "reported", language)
    parts = [noted(label("stage", said["stage"], language), manner, language)]
    if said["target_year"]:
        basis = label("target_year_basis", said["target_year_basis"], language)
        parts.append(caption("target", language, year=said["target_year"], basis=basis))
    parts.append(
        caption("sheet_lines", language, document=said["document"], lines=f"{said['line']}")
    )
    return " · ".join(parts)


def _said_mark(row: Any, said: Mapping[str, Any]) -> Mark:
    return Mark("promised" if said["promised"] else "reported", row.category, said["stage"])


def _quoted(said: Mapping[str, Any], about: About, say: _Setter) -> Iterator[Strip]:
    document = about.documents[said["document"]]
    where = f"{said['document']}:{said['line']}"
    for number, words in enumerate(quote_texts(said)):
        text = caption("sheet_quoted", about.language, quote=words)
        yield say.pair("" if number else where, text)
    source = caption(
        "sheet_project_where_said",
        about.language,
        document=said["document"],
        title=document.title,
        line=said["line"],
    )
    parts = [source, said["units_printed"]]
    soft = say.pair("", " · ".join(part for part in parts if part))
    yield Strip(_softened(soft, say.soft), soft.pitch, soft.air * 2, rule=False)


def _softened(strip: Strip, letters: Letters) -> tuple[tuple[tuple[str, Letters], ...], ...]:
    return tuple(tuple((text, letters) for text, _ in cell) for cell in strip.cells)
