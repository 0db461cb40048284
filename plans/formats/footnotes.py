"""Footnotes at the end of a page, moved out of the sentence that goes on on the next one."""

from __future__ import annotations

import re
from itertools import dropwhile
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plans.formats.print_lines import Line

_SMALLER = 0.92  # of the size of the page's print
_MARK = re.compile(r"[⁰¹²³⁴-⁹①-⑳*※]|[\[［〔(（]\d{1,2}[\]］〕)）]|\d{1,2}\s|注[:：]")
_ENDED = ("。", "！", "？", "；", "：")


def without_cuts(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of all pages; a footnote stands behind the sentence that its page cuts."""
    done: list[list[Line]] = []
    waiting: list[Line] = []
    for page in pages:
        notes = _notes(page)
        body = list(page[: len(page) - len(notes)])
        placed = list(_after_sentence(body, waiting))
        waiting = [] if len(placed) > len(body) else waiting
        done.append(placed)
        if waiting or not _is_open(body):
            done[-1] += notes
        else:
            waiting = list(notes)
    return [*done, waiting] if waiting else done


def _notes(page: Sequence[Line]) -> list[Line]:
    """Return the lines in smaller print at the end of a page, from a footnote's mark on."""
    sizes = [line.size for line in page if not line.in_table for _ in line.text]
    if not sizes:
        return []
    size = median(sizes)
    small: list[Line] = []
    for line in reversed(page):
        if line.in_table or line.size > _SMALLER * size:
            break
        small.insert(0, line)
    return list(dropwhile(lambda line: not _MARK.match(line.text), small))


def _after_sentence(body: Sequence[Line], waiting: Sequence[Line]) -> Iterator[Line]:
    """Put footnotes that wait behind the first line that ends a sentence, or before a table."""
    left = list(waiting)
    for line in body:
        if line.in_table:
            yield from left
            left = []
        yield line
        if line.text.endswith(_ENDED):
            yield from left
            left = []


def _is_open(body: Sequence[Line]) -> bool:
    return bool(body) and not body[-1].in_table and not body[-1].text.endswith(_ENDED)
