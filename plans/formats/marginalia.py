"""What stands on every page and belongs to none: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plans.formats.print_lines import Line

_NUMBER = re.compile(
    r"(?P<marked>[-—–－·•~第p.\s]*)(?P<number>\d{1,4})(?P<rest>\s*(?:[页/／，,共总页of\s]*\d*\s*页?)?[-—–－·•~\s]*)",
    re.IGNORECASE,
)
_EDGE = 3  # lines at the top or bottom of a page that may be heads or feet
_SAME_HEIGHT = 3.0  # points
_SHARE = 0.3  # of the pages; heads of left and right pages differ
_GROWING = 0.5  # of the pages, for a number among words


@dataclass(frozen=True)
class _Candidate:
    """A line at the edge of a page: ``shape`` has a sign for each number in its words."""

    page: int
    line: Line

    @cached_property
    def shape(self) -> str:
        return re.sub(r"\d+", "#", self.line.text)

    @cached_property
    def offsets(self) -> set[int]:
        """How far each of its numbers is ahead of the page's own."""
        return {int(number) - self.page for number in re.findall(r"\d{1,4}", self.line.text)}


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Return the lines of each page without what is repeated at its edges.

    A line is dropped when it is the outermost, or next to one that is dropped, and is a page
    number, or stands in the same words at the same height on several pages, but for a number
    that grows from page to page. Tables stay: a header printed again on a new page says what the
    columns mean.
    """
    margins = _Margins(list(_candidates(pages)), len(pages))
    kept: list[Sequence[Line]] = []
    for number, page in enumerate(pages, 1):
        top = _outermost(margins, number, page)
        bottom = _outermost(margins, number, page[top:][::-1])
        kept.append(page[top : len(page) - bottom])
    return kept


def _candidates(pages: Sequence[Sequence[Line]]) -> Iterator[_Candidate]:
    for number, page in enumerate(pages, 1):
        edges = [*page[:_EDGE], *page[max(len(page) - _EDGE, _EDGE) :]]
        yield from (_Candidate(number, line) for line in edges if not line.in_table)


def _outermost(margins: _Margins, number: int, lines: Sequence[Line]) -> int:
    """Count the lines from the edge on that are heads or feet."""
    for count, line in enumerate(lines[:_EDGE]):
        if line.in_table or not margins.hold(_Candidate(number, line)):
            return count
    return min(len(lines), _EDGE)


class _Margins:
    """What stands at the edges of all pages."""

    def __init__(self, candidates: list[_Candidate], pages: int) -> None:
        self._pages = pages
        self._by_place: dict[tuple[str, int], list[_Candidate]] = defaultdict(list)
        for each in candidates:
            self._by_place[each.shape, _band(each)].append(each)
        bare = [each for each in candidates if _NUMBER.fullmatch(each.line.text)]
        self._offsets = Counter(offset for each in bare for offset in each.offsets)

    def hold(self, candidate: _Candidate) -> bool:
        """Tell whether a line at an edge is a head, a foot or a page number."""
        if number := _NUMBER.fullmatch(candidate.line.text):
            return self._is_page_number(candidate, number)
        bands = (_band(candidate) + step for step in (-1, 0, 1))
        near = (each for band in bands for each in self._by_place[candidate.shape, band])
        level = [each for each in near if _level(each, candidate)]
        same = {each.page for each in level if each.line.text == candidate.line.text}
        growing = {each.page for each in level if each.offsets & candidate.offsets}
        return len(same) >= max(2, _SHARE * self._pages) or (
            len(growing) >= max(3, _GROWING * self._pages)
        )

    def _is_page_number(self, candidate: _Candidate, number: re.Match[str]) -> bool:
        """Tell a page number by its signs, by the page it is on, or by others that grow with it."""
        signed = bool(number["marked"].strip() or number["rest"].strip())
        return (
            signed or 0 in candidate.offsets or any(self._offsets[o] > 1 for o in candidate.offsets)
        )


def _band(candidate: _Candidate) -> int:
    """Return a stretch of heights: what is level with a line lies in its own or one beside it."""
    return int(candidate.line.top // _SAME_HEIGHT)


def _level(one: _Candidate, other: _Candidate) -> bool:
    return abs(one.line.top - other.line.top) <= _SAME_HEIGHT
