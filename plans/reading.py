"""Printed lines turned into readable text, with the way back to the print.

The readable text has no OCR spaces and one form of punctuation; every one of its characters
still knows its line and column, so a match becomes a verbatim quote again.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    gaps: frozenset[int] = frozenset()

    def part(self, start: int, end: int) -> Reading:
        """Return the stretch from ``start`` up to ``end``."""
        gaps = frozenset(gap - start for gap in self.gaps if start <= gap <= end)
        return Reading(
            self.document, self.text[start:end], self.places[start:end], self.lines, gaps
        )

    def quotes(self) -> tuple[Quote, ...]:
        """Return the printed words, one quote for each unbroken run within a line."""
        runs: list[list[tuple[int, int]]] = []
        for place in self.places:
            if runs and self._runs_on(runs[-1][-1], place):
                runs[-1].append(place)
            else:
                runs.append([place])
        return tuple(self._quote(run[0][0], run[0][1], run[-1][1] + 1) for run in runs)

    def _runs_on(self, last: tuple[int, int], place: tuple[int, int]) -> bool:
        """Tell whether nothing but blanks and signs stands between two printed characters."""
        if last[0] != place[0] or place[1] <= last[1]:
            return False
        printed = self.lines[place[0] - 1]
        return not any(_is_writing(printed, column) for column in range(last[1] + 1, place[1]))

    def _quote(self, line: int, start: int, end: int) -> Quote:
        return Quote(self.document, line, start, end, self.lines[line - 1][start:end])

    def sentences(self) -> list[Reading]:
        """Split after 。；！？ and drop those signs; empty pieces are left out."""
        pieces, start = [], 0
        for position, sign in enumerate(self.text):
            if sign in SENTENCE_END:
                pieces.append((start, position))
                start = position + 1
        pieces.append((start, len(self.text)))
        return [self.part(*piece) for piece in pieces if piece[0] < piece[1]]


def read(document: Document, spans: Iterable[Span]) -> Reading:
    """Join printed spans in the order given into one readable text.

    Blanks go, except between two Latin letters or digits; symbols that are no writing go too.
    """
    text: list[str] = []
    places: list[tuple[int, int]] = []
    gaps: set[int] = set()
    for span in spans:
        printed = document.lines[span.line - 1]
        end = len(printed) if span.end is None else span.end
        for column in range(span.start, end):
            if _is_writing(printed, column):
                text.append(printed[column].translate(_FORMS))
                places.append((span.line, column))
            else:
                gaps.add(len(text))
    return Reading(document.id, "".join(text), tuple(places), document.lines, frozenset(gaps))


def _is_writing(printed: str, column: int) -> bool:
    sign = printed[column]
    if sign.isspace():
        around = printed[column - 1 : column] + printed[column + 1 : column + 2]
        return sign == " " and len(around) == 2 and around.isascii() and around.isalpha()  # noqa: PLR2004
    return unicodedata.category(sign) not in {"So", "Cc", "Co", "Cf"}
