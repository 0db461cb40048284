"""How much a PDF may hold: pages, and what is drawn on one of them, counted while it is drawn."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pdfplumber.page
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

from plans.formats.errors import TooLarge
from store import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_PAGES, MOST_SIGNS, MOST_FORMS, MOST_PATHS = 2_000, 50_000, 20_000, 200_000
_HINT = "save its text as .txt and try that"


@dataclass
class _Count:
    """What has been drawn on the open page."""

    path: Path
    page: int
    signs: int = 0
    forms: int = 0
    paths: int = 0


_open: list[_Count] = []


def check_pages(path: Path, count: Any) -> None:
    """Make sure that a PDF has no more pages than are read.

    Raises
    ------
    TooLarge
        It has.
    """
    if isinstance(count, int) and count > MOST_PAGES:
        values = {"count": f"{count:,}", "most": f"{MOST_PAGES:,}"}
        reason = f"{count:,} pages, the limit is {MOST_PAGES:,}: split it into parts"
        raise TooLarge(path, reason, cause=Cause("too_many_pages", values=values))


@contextmanager
def counted(path: Path, page: int) -> Iterator[None]:
    """Count what is drawn on a page; ``TooLarge`` comes out of drawing when it is too much."""
    _open.append(_Count(path, page))
    try:
        yield
    except PdfminerException as error:  # pdfplumber puts every error in this one
        if isinstance(error.args[0], TooLarge):
            raise error.args[0] from None
        raise
    finally:
        _open.pop()


class _Counting(PDFPageAggregatorWithMarkedContent):
    """The device that pdfplumber draws a page on, with a count of its signs, forms and paths."""

    def render_char(self, *values: Any, **more: Any) -> float:
        _count("signs", MOST_SIGNS)
        return super().render_char(*values, **more)

    def begin_figure(self, *values: Any, **more: Any) -> None:
        _count("forms", MOST_FORMS)
        super().begin_figure(*values, **more)

    def paint_path(self, *values: Any, **more: Any) -> None:
        _count("paths", MOST_PATHS)
        super().paint_path(*values, **more)


def _count(what: str, most: int) -> None:
    if not _open:
        return
    count = _open[-1]
    setattr(count, what, getattr(count, what) + 1)
    if getattr(count, what) > most:
        values = {"page": count.page, "most": f"{most:,}"}
        reason = f"page {count.page} has more than {most:,} {what}: {_HINT}"
        raise TooLarge(count.path, reason, cause=Cause(f"page_{what}", values=values))


# pdfplumber makes its device by this name, and offers no other way to count what is drawn
pdfplumber.page.PDFPageAggregatorWithMarkedContent = _Counting  # type: ignore[misc]
