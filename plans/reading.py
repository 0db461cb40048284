"""Printed lines turned into readable text, with the way back to the print.

The readable text has no OCR spaces and one form of punctuation; every one of its characters
still knows its line and column, so a match becomes a verbatim quote again.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

from plans.formats import LOST
from plans.model import Quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plans.documents import Document

# One form for what OCR prints in two; each maps one character to one, so positions stay true.
_FORMS = str.maketrans(
    {",": "，", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！", "〔": "（", "〕": "）"}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
)
SENTENCE_END = "。；！？"
_BARS = "|｜│"  # edges of cells
_SMALL_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# what is always writing: nearly all of a print, taken in one step
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z，。；：、！？（）“”,.%-]+")
# a note in brackets holds its own ；
_SENTENCE = re.compile(f"(?:（[^（）。]{{0,200}}）|[^{SENTENCE_END}])+")


@dataclass(frozen=True)
class Span:
    """A stretch of one printed line; ``end`` None means to the line's end."""

    line: int
    start: int = 0
    end: int | None = None


@dataclass(frozen=True)
class Reading:
    """Readable text and, for each of its characters, the printed line and column.

    ``gaps`` holds the positions before which the print has a blank.
    """

    document: str
    text: str
    places: tuple[tuple[int, int], ...]
    lines: tuple[str, ...]
    gaps: tuple[int, ...] = ()

    def part(self, start: int, end: int) -> Reading:
        """Return the stretch from ``start`` up to ``end``."""
        within = self.gaps[bisect_left(self.gaps, start) : bisect_right(self.gaps, end)]
        gaps = tuple(gap - start for gap in within)
        return Reading(
            self.document, self.text[start:end], self.places[start:end], self.lines, gaps
        )

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The printed words, one quote for each unbroken run within a line."""
        if not self.places:
            return ()
        (line, first), (end_line, last) = self.places[0], self.places[-1]
        if line == end_line and last - first + 1 == len(self.places):
            return (self._quote(line, first, last + 1),)
        steps = enumerate(pairwise(self.places), 1)
        turns = [n for n, (a, b) in steps if b[1] != a[1] + 1 or b[0] != a[0]]
        starts = [0, *(n for n in turns if self._breaks(n))]
        runs = zip(starts, [*starts[1:], len(self.places)], strict=True)
        return tuple(self._quote(*self.places[a], self.places[b - 1][1] + 1) for a, b in runs)

    def _breaks(self, position: int) -> bool:
        """Tell a new line, and a leap within one over more than blanks."""
        line, column = self.places[position]
        last_line, last = self.places[position - 1]
        printed = self.lines[line - 1]
        return line != last_line or any(_is_writing(printed, n) for n in range(last + 1, column))

    def _quote(self, line: int, start: int, end: int) -> Quote:
        return Quote(self.document, line, start, end, self.lines[line - 1][start:end])

    def sentences(self) -> list[Reading]:
        """Split after 。；！？ and drop those signs; empty pieces are left out."""
        return [self.part(*piece.span()) for piece in _SENTENCE.finditer(self.text)]


def read(document: Document, spans: Iterable[Span]) -> Reading:
    """Join printed spans in the order given into one readable text.

    Blanks go, except between two Latin letters or digits; symbols that are no writing go too.
    """
    text: list[str] = []
    places: list[tuple[int, int]] = []
    gaps: dict[int, None] = {}
    forms = _FORMS | document.simplified
    for span in spans:
        printed = document.lines[span.line - 1]
        end = len(printed) if span.end is None else span.end
        column = span.start
        while column < end:
            last = _run_end(printed, column, end)
            if last > column:
                text.append(printed[column:last])
                places.extend(zip(repeat(span.line), range(column, last)))
            else:
                gaps[len(places)] = None
                last += 1
            column = last
    words = "".join(text).translate(forms)
    return Reading(document.id, words, tuple(places), document.lines, tuple(gaps))


def _run_end(printed: str, column: int, end: int) -> int:
    """Return where the run of writing that begins here ends; ``column`` where there is none."""
    if match := _PLAIN.match(printed, column, end):
        return match.end()
    return column + _is_writing(printed, column)


def _is_writing(printed: str, column: int) -> bool:
    sign = printed[column]
    if "\u4e00" <= sign <= "\u9fff":
        return True
    if sign.isspace():
        around = printed[column - 1 : column] + printed[column + 1 : column + 2]
        return sign == " " and len(around) == 2 and around.isascii() and around.isalpha()  # noqa: PLR2004
    if sign in _SMALL_DIGITS:  # m² and 10⁴, but a footnote's mark is no part of the sentence
        return column > 0 and printed[column - 1].isascii() and printed[column - 1].isalnum()
    if sign == LOST:  # a name with a hole must not be read as another name
        return True
    return sign not in _BARS and unicodedata.category(sign) not in {"So", "Cc", "Co", "Cf"}
