"""A document cut into passages: text that is read as one, with all that stands above it.

A passage comes from prose, from a row of a responsibility table, or, for pages whose columns
OCR has scrambled, from the reviewed table ``data/reading_order.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from plans import grid
from plans.answers import first_leads, in_label_line, in_paragraph
from plans.documents import TENSES, articles, last_year
from plans.headings import (
    FULL_STOP,
    after_number,
    ends_with_note,
    heading_of,
    is_top,
    kind_of,
)
from plans.model import Responsibility, Task
from plans.reading import Reading, Span, read
from plans.states import read_state
from plans.times import (
    by_time,
    counted_year,
    latest_period,
    opening_tense,
    opens_with_period,
    own_time,
    section_tense,
    turns_section,
)
from store import DATA, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plans.documents import Document
    from plans.states import State

ORDER = DATA / "reading_order.csv"
# a line of its own, or beside a label of units, that says when what stands above it is due
_DUE = re.compile(
    r"(?:计划|要求|预计)?(?:完成|办理|建成|竣工|时间)(?:时限|时间|期限|节点|要求|年限)[:：]\s*([^：:；;\s]{2,24})[；;，,。\s]*"
)


@dataclass(frozen=True)
class Passage:
    """Text read as one, and what governs it.

    ``last_year`` is the last year of the period it promises for; None for a report.
    ``about`` are the words of other cells that speak of what this one names, ``otherwise`` is
    read behind it for what it names besides.
    ``due`` tells that this year is printed with it; ``lost`` that print is lost right before it.
    ``state`` is how far the row of a table says its project is. ``item`` tells a numbered heading,
    which names one thing with all its words or nothing.
    """

    reading: Reading
    heading: str
    tense: str
    last_year: int | None
    responsibility: Responsibility = field(default_factory=Responsibility)
    about: tuple[str, ...] = ()
    otherwise: Passage | None = None
    due: bool = False
    lost: bool = False
    state: State | None = None
    item: bool = False


@dataclass(frozen=True)
class _Ordered:
    span: Span
    joins: bool
    lost: bool
    heading: str
    tense: str


def passages(
    document: Document, tasks: tuple[Task, ...] = (), order: Path = ORDER
) -> tuple[Passage, ...]:
    """Return all passages of a document that are in scope, prose first, then its task rows."""
    ordered = _ordered(order).get(document.id) if document.catalogued else None
    if ordered:
        return tuple(_from_order(document, ordered))
    tables = grid.rows(document.lines) if tasks else ()
    lines = {cell.line for row in tables if len(row) > 1 for cell in row}
    prose = tuple(_prose(document, lines))
    merged = {task.annex for task in tasks if not task.name}
    rows = (p for task in tasks for p in _from_task(document, task, named=task.annex not in merged))
    return prose + tuple(rows)


@cache
def _ordered(path: Path) -> dict[str, list[_Ordered]]:
    columns = ("document", "line", "start", "end", "joins", "tense", "reason")
    rows = read_table(path, columns, ("heading", "lost"))
    return {key: [_order_row(r) for r in group] for key, group in groupby(rows, _document_of)}


def _document_of(row: Row) -> str:
    return row["document"]


def _order_row(row: Row) -> _Ordered:
    span = Span(int(row.number("line")), int(row.number("start")), int(row.number("end")))
    joins = row.one_of("joins", ("yes", "no")) == "yes"
    lost = row.one_of("lost", ("before", "")) == "before"
    return _Ordered(span, joins, lost, row["heading"], row.one_of("tense", TENSES))


def _from_order(document: Document, rows: list[_Ordered]) -> Iterator[Passage]:
    runs: list[list[_Ordered]] = []
    for row in rows:
        if row.joins and runs:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        reading = read(document, [row.span for row in run])
        passage = _passage(document, reading, run[0].heading, run[0].tense)
        yield replace(passage, lost=run[0].lost)


def _passage(document: Document, reading: Reading, heading: str, tense: str) -> Passage:
    return Passage(reading, heading, tense, None if tense == "report" else document.horizon)


def _from_task(document: Document, task: Task, *, named: bool) -> Iterator[Passage]:
    """Read a row: its text and, where each row is ``named`` by itself, the name first.

    What the other cells say is then said of the name.
    """
    heading = task.group or task.section or ""
    if named:
        yield _named_row(document, task)
    else:
        yield _cell_passage(document, task, heading, (task.line, task.start), task.text)
    if task.progress:
        done = _cell_passage(document, task, heading, task.progress_at, task.progress)
        yield replace(done, tense="report", last_year=None, due=False)


def _named_row(document: Document, task: Task) -> Passage:
    heading = task.section or task.title
    name = _cell_passage(document, task, heading, task.name_at, task.name)
    text = _cell_passage(document, task, heading, (task.line, task.start), task.text)
    about = (task.goal, task.text, task.deadline)
    return replace(name, about=about, otherwise=text, state=read_state(task.state))


def _cell_passage(
    document: Document, task: Task, heading: str, at: tuple[int, int], text: str
) -> Passage:
    line, start = at
    due = re.search(r"20\d\d", task.deadline)
    year = int(due[0]) if due else last_year(task.title) or document.horizon
    reading = read(document, [Span(line, start, start + len(text))])
    return Passage(reading, heading, "promise", year, task.responsibility, due=bool(due))


def _prose(document: Document, tasks: set[int]) -> Iterator[Passage]:
    for article in articles(document):
        if not article.in_scope:
            continue
        leads, ends = first_leads(document.text), document.horizon or latest_period(document.text)
        writer = _Writer(document, document.tense, first_leads=leads, ends=ends)
        for number in range(article.first, article.last + 1):
            line = document.lines[number - 1]
            if line.strip() and number not in tasks and len(grid.cells(line)) == 1:
                writer.take(number, line)
        yield from writer.finish()


@dataclass
class _Writer:
    """The state of walking through prose.

    ``spans`` is the open sentence; ``waiting`` are passages that a label line below them may
    still give a responsible unit.
    """

    document: Document
    tense: str
    first_leads: bool
    ends: int | None = None  # the last year that the plan speaks of
    before: str | None = None  # the tense before a paragraph opened with an earlier period
    year: int | None = None
    year_printed: bool = False
    labels: str = ""
    heading: str = ""
    spans: list[Span] = field(default_factory=list)
    waiting: list[Passage] = field(default_factory=list)
    done: list[Passage] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        due = _DUE.search(line)
        labels = _DUE.sub("", line).strip() if due else line
        if (due and not labels) or in_label_line(labels):
            self._label(labels)
            self._due_by(due[1] if due else "")
            return
        self._answer()
        kind = kind_of(self.document, number, is_open=bool(self.spans))
        if kind == "heading":
            self._end_section(line)
            self._head_item(number, line)
        elif kind == "text":
            start = 0 if self.spans else after_number(line)
            self.spans.append(Span(number, start))
            if line.rstrip().endswith(FULL_STOP) or ends_with_note(line):
                self._close_sentence()

    def finish(self) -> list[Passage]:
        self._answer()
        self._close_sentence()
        return sorted(self.done + self.waiting, key=_standing)

    def _end_section(self, line: str) -> None:
        self._close_sentence()
        self.done, self.waiting = self.done + self.waiting, []
        self.heading = heading_of(line) if is_top(line, self.heading) else self.heading
        # what looks back on an earlier period does so up to the next heading
        self.tense = section_tense(line) or (self.tense if self.before is None else self.before)
        self.before = None
        if line.strip("#* ") != self.document.title:
            printed = last_year(line)
            if year := printed or counted_year(line, own_time(self.document)):
                self.year, self.year_printed = year, bool(printed)

    def _head_item(self, number: int, line: str) -> None:
        """Take a numbered heading as an item too: 一、石桥公园 is no section, but a project."""
        marks = len(line) - len(line.lstrip("#* "))
        if start := after_number(line[marks:]):
            reading = read(self.document, [Span(number, marks + start)])
            self.waiting.append(replace(self._passage_of(reading, self.tense), item=True))

    def _close_sentence(self) -> None:
        if self.spans:
            reading = read(self.document, self.spans)
            answer = in_paragraph(reading.text, first=self.first_leads)
            opens, tense = opening_tense(reading.text, self.ends), self.tense
            for part in by_time(reading, self.ends):
                tense = opening_tense(part.text, self.ends) or tense
                passage = self._passage_of(part, tense)
                passage = replace(passage, responsibility=answer) if answer else passage
                (self.done if answer else self.waiting).append(passage)
            if opens and opens_with_period(reading.text) and self.before is None:
                self.before = self.tense
            self.tense = tense if opens and turns_section(reading.text) else self.tense
        self.spans = []

    def _passage_of(self, reading: Reading, tense: str) -> Passage:
        passage = _passage(self.document, reading, self.heading, tense)
        promised = self.year and tense != "report"
        return replace(passage, last_year=self.year, due=self.year_printed) if promised else passage

    def _label(self, line: str) -> None:
        """Take one of the label lines below a paragraph; several say one thing together."""
        self._close_sentence()
        self.labels = "；".join(filter(None, (self.labels, line.strip())))

    def _due_by(self, printed: str) -> None:
        """Take when the paragraphs above are due, where a year is printed."""
        if year := re.search(r"20\d\d", printed):
            last = int(year[0])
            self.waiting = [
                passage if passage.tense == "report" else replace(passage, last_year=last, due=True)
                for passage in self.waiting
            ]

    def _answer(self) -> None:
        answer = in_label_line(self.labels, first=self.first_leads)
        if answer:
            self.done += [replace(passage, responsibility=answer) for passage in self.waiting]
            self.waiting = []
        self.labels = ""


def _standing(passage: Passage) -> tuple[int, int]:
    return passage.reading.places[0] if passage.reading.places else (0, 0)
