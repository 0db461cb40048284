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

from plans.documents import TENSES, articles
from plans.model import Responsibility, Task
from plans.reading import Reading, Span, read
from store import DATA, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plans.documents import Document

ORDER = DATA / "reading_order.csv"
_HEADING_MARK = re.compile(
    r"^(#{1,6}\s|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章节部])"
)
_FULL_STOP = ("。", "；", "！", "？", "”", "：", ":", ";", ".")
_LONGEST_HEADING = 60
_LONGEST_CAPTION = 30
_SHORT_MOTTO = 15


@dataclass(frozen=True)
class Passage:
    """Text read as one, and what governs it.

    ``last_year`` is the last year of the period it promises for; None for a report.
    ``lost`` tells that print is lost right before it.
    """

    reading: Reading
    heading: str
    tense: str
    last_year: int | None
    responsibility: Responsibility = field(default_factory=Responsibility)
    lost: bool = False


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
    if ordered := _ordered(order).get(document.id):
        return tuple(_from_order(document, ordered))
    lines = {task.line for task in tasks}
    prose = tuple(_prose(document, lines))
    return prose + tuple(_from_task(document, task) for task in tasks)


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


def _from_task(document: Document, task: Task) -> Passage:
    span = Span(task.line, task.start, task.start + len(task.text))
    heading = task.group or task.section or ""
    year = last_year(task.title) or document.horizon
    return Passage(read(document, [span]), heading, "promise", year, task.responsibility)


@cache
def _periods() -> dict[str, int]:
    rows = read_table(DATA / "grammar" / "plan_periods.csv", ("words", "last_year"))
    return {row["words"]: int(row.number("last_year")) for row in rows}


def last_year(title: str) -> int | None:
    """Return the last year of the period a title names: 十四五 gives 2025, 2021 年 gives 2021."""
    named = next((year for words, year in _periods().items() if words in title), None)
    printed = re.search(r"(20\d\d)\s*年", title)
    return named or (int(printed[1]) if printed else None)


@dataclass
class _Writer:
    """The state of walking through prose: the open sentence and the headings above it."""

    heading: str = ""
    tense: str = ""
    spans: list[Span] = field(default_factory=list)


def _prose(document: Document, tasks: set[int]) -> Iterator[Passage]:
    for article in articles(document):
        if not article.in_scope:
            continue
        state = _Writer(tense=document.tense)
        for number in range(article.first, article.last + 1):
            line = document.lines[number - 1]
            if not line.strip() or number in tasks or "\t" in line:
                continue
            yield from _prose_line(document, state, number)
        yield from _flush(document, state)


def _prose_line(document: Document, state: _Writer, number: int) -> Iterator[Passage]:
    line = document.lines[number - 1]
    kind = _kind_of(document, number, is_open=bool(state.spans))
    if kind == "caption":
        return
    if kind == "heading":
        yield from _flush(document, state)
        state.heading = _heading(line) if _is_top(line, state) else state.heading
        state.tense = _tense_of(line) or state.tense
        return
    state.spans.append(Span(number))
    if line.rstrip().endswith(_FULL_STOP):
        yield from _flush(document, state)


def _flush(document: Document, state: _Writer) -> Iterator[Passage]:
    if state.spans:
        yield _passage(document, read(document, state.spans), state.heading, state.tense)
    state.spans = []


def _kind_of(document: Document, number: int, *, is_open: bool) -> str:
    line = document.lines[number - 1].strip()
    if _HEADING_MARK.match(line) and len(line) <= _LONGEST_HEADING and "。" not in line:
        return "heading"
    plain = len(line) <= _LONGEST_HEADING and not re.search(r"[，。；,;、]$|[，。；,;]", line)
    if not plain or line.endswith(_FULL_STOP):
        return "text"
    if is_open:
        return "caption" if _stands_apart(document.lines, number) else "text"
    return "text" if _has_marked_headings(document) else "heading"


def _stands_apart(lines: tuple[str, ...], number: int) -> bool:
    """Tell a picture's caption: short lines inside a sentence, parted from it by two blanks."""
    blanks = 0
    for text in reversed(lines[: number - 1]):
        if text.strip():
            if len(text) > _LONGEST_CAPTION or re.search(r"[，。；,;、]", text):
                return False
            blanks = 0
        else:
            blanks += 1
            if blanks > 1:
                return True
    return False


def _has_marked_headings(document: Document) -> bool:
    return any(line.startswith("#") for line in document.lines)


def _is_top(line: str, state: _Writer) -> bool:
    """Take a heading as the top one if it is marked or parted by a blank (name and motto)."""
    marked = bool(_HEADING_MARK.match(line.strip()))
    return marked or not state.heading or len(_heading(line)) < len(line.strip()) > _SHORT_MOTTO


def _heading(line: str) -> str:
    return line.strip("# ").split(" ")[0].strip()


@cache
def _tenses() -> tuple[tuple[str, str], ...]:
    rows = read_table(DATA / "grammar" / "section_tense.csv", ("words", "tense"))
    return tuple((row["words"], row.one_of("tense", TENSES)) for row in rows)


def _tense_of(line: str) -> str:
    return next((tense for words, tense in _tenses() if words in line), "")
