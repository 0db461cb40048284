"""Documents as received: the catalogue, the printed lines, and which of them belong to the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from plans.formats import read_outside
from store import DATA, SEEDS, ChangedFile, Row, read_table, read_text, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from plans.formats import Note, Printed, Progress

MANIFEST = SEEDS / "manifest.csv"
_REQUIRED = ("id", "file", "title", "issuer", "date", "date_basis", "scope", "tense", "sha256")
_OPTIONAL = ("publisher", "plan_start", "plan_end", "horizon")
_OPENING = 8  # lines in which a plan says what it is
# the year a plan sets itself where its title names none: 到2025年，全市…
_AIM = re.compile(r"(?<![^，。：；\n])到(20\d\d)年")
TENSES = ("promise", "goal", "report", "own")


@dataclass(frozen=True)
class Document:
    """One plan as received.

    Attributes
    ----------
    id
        The digits its file name begins with, or the file's stem for a text outside the catalogue.
    date
        At the precision known: ``2017``, ``2025-08``, ``2021-04-27``; empty if unknown.
    horizon
        Last year of the plan period when the whole document promises for it; else None.
    areas
        Towns or cities the document speaks for; an article that names none of them is out of scope.
    tense
        ``promise`` for a plan, ``goal`` for what it wants to have reached, ``report`` for a review,
        ``own`` where each sentence tells.
    notes
        What a reader should know of how the file was read.
    catalogued
        Whether a manifest names it; only then is its id that of a reviewed reading order.
    merged
        Line and cell, each counted from 1, of table cells merged with those above them.
    """

    id: str
    text: str
    title: str = ""
    issuer: str = ""
    publisher: str = ""
    date: str = ""
    date_basis: str = ""
    plan_period: tuple[int | None, int | None] = (None, None)
    horizon: int | None = None
    areas: tuple[str, ...] = ()
    tense: str = "promise"
    notes: tuple[Note, ...] = ()
    catalogued: bool = False
    merged: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The printed lines; line numbers count from 1, so ``lines[n - 1]`` is line n."""
        return tuple(self.text.split("\n"))

    @cached_property
    def has_marked_headings(self) -> bool:
        """Whether any line is a heading by Markdown's mark."""
        return any(line.startswith("#") for line in self.lines)

    @cached_property
    def simplified(self) -> dict[int, str]:
        """The document's traditional characters and the one simplified one of each.

        Empty for a text in simplified characters; of many a pair of forms the common reading is
        taken, since a single character is all that is looked at.
        """
        if all(_is_simplified(sign) for sign in set(self.text)):
            return {}
        from opencc import OpenCC  # noqa: PLC0415 - few texts need it

        convert = OpenCC("t2s").convert
        pairs = ((sign, convert(sign)) for sign in set(self.text))
        return {ord(a): b for a, b in pairs if len(b) == 1 and a != b}

    @cached_property
    def has_quotation_marks(self) -> bool:
        """Whether the print has kept its quotation marks."""
        return "“" in self.text


@dataclass(frozen=True)
class Article:
    """A stretch of lines that belongs together, first and last counted from 1, both included."""

    first: int
    last: int
    in_scope: bool


def read_catalogue(manifest: Path = MANIFEST) -> tuple[Document, ...]:
    """Read all documents of a catalogue.

    Raises
    ------
    BrokenFile
        The manifest breaks its contract; a document is missing, changed, or not UTF-8.
    """
    rows = read_table(manifest, _REQUIRED, _OPTIONAL)
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise row.broken("id", f"{row['id']!r} stands twice")
        seen.add(row["id"])
    return tuple(_from_row(row) for row in rows)


def _from_row(row: Row) -> Document:
    path = row.path.parent / row["file"]
    text = read_text(path)
    if sha256(path) != row["sha256"]:
        raise ChangedFile(path, f"its bytes are not those of {row.path.name}", column="sha256")
    return Document(
        catalogued=True,
        id=row["id"],
        text=text,
        title=row["title"],
        issuer=row["issuer"],
        publisher=row["publisher"],
        date=row["date"],
        date_basis=row.one_of("date_basis", ("printed", "inferred")),
        plan_period=(_year(row, "plan_start"), _year(row, "plan_end")),
        horizon=_year(row, "horizon"),
        areas=row.list("scope"),
        tense=row.one_of("tense", TENSES),
    )


def _year(row: Row, column: str) -> int | None:
    return int(row.number(column)) if row[column] else None


def read_document(
    path: Path, raw: bytes | None = None, progress: Progress | None = None
) -> Document:
    """Read a single plan that is in no catalogue, in any format of ``plans.formats``.

    Parameters
    ----------
    path
        The file; its suffix says what it holds.
    raw
        Its bytes where they are at hand, for an upload; ``path`` then only names it.
    progress
        Called with pages or sheets done, and how many there are, in formats that take time.

    Raises
    ------
    BrokenFile
        It cannot be read; the kinds are those of ``plans.formats.read_outside``.
    """
    return document_of(path, read_outside(path, raw, progress))


def document_of(path: Path, printed: Printed) -> Document:
    """Return the document that a file is, by what a reader sees of it."""
    title = _title(f"{printed.title}\n{printed.text}")
    return Document(
        id=path.stem,
        text=printed.text,
        title=title,
        tense=_tense_of(title),
        horizon=_horizon(title, printed.text),
        notes=printed.notes,
        merged=printed.merged,
    )


@cache
def _rows(table: str, value: str) -> dict[str, str]:
    rows = read_table(DATA / "grammar" / table, ("words", value))
    return {row["words"]: row[value] for row in rows}


def _tense_of(title: str) -> str:
    """Take a text that calls itself a plan at its word; in any other each sentence tells."""
    found = (tense for words, tense in _rows("title_tense.csv", "tense").items() if words in title)
    return next(found, "own")


def _horizon(title: str, text: str) -> int | None:
    """Return the last year that a title names; of a plan that names none, the year it aims at."""
    if "。" in title:
        return None  # a sentence is no title
    aim = _AIM.search(text) if _tense_of(title) == "promise" else None
    return last_year(title) or (int(aim[1]) if aim else None)


def last_year(title: str) -> int | None:
    """Return the last year of the period a title names: 十四五 gives 2025, 2021 年 gives 2021."""
    periods = _rows("plan_periods.csv", "last_year").items()
    named = next((int(year) for words, year in periods if words in title), None)
    printed = re.search(r"(20\d\d)\s*年", title)
    return named or (int(printed[1]) if printed else None)


def _is_simplified(sign: str) -> bool:
    """Tell a sign of the simplified standard set, or one that is no Chinese character."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return not "\u4e00" <= sign <= "\u9fff"
    return True


def _title(text: str) -> str:
    """Return the first of the opening lines that calls itself a plan, else the first line."""
    opening = [line.strip("#* ").strip() for line in text.split("\n") if line.strip()]
    calls = (line for line in opening[:_OPENING] if _tense_of(line) != "own" and "。" not in line)
    return next(calls, opening[0])


def articles(document: Document) -> tuple[Article, ...]:
    """Split a document at its main headings (``# …``) and say which articles are in scope.

    A short line without a full stop right above a main heading is its kicker and opens the
    article. Without main headings the whole document is one article; so is a plan, whose main
    headings are its chapters: only a page that reports may carry articles on other places.
    """
    if document.tense != "own":
        return (Article(1, len(document.lines), in_scope=True),)
    starts = [_with_kicker(document.lines, n) for n in _main_headings(document.lines)]
    bounds = sorted({1, *starts[1:], len(document.lines) + 1})
    return tuple(
        Article(first, end - 1, _names_area(document, first, end))
        for first, end in pairwise(bounds)
    )


def _main_headings(lines: tuple[str, ...]) -> list[int]:
    return [n for n, line in enumerate(lines, 1) if line.startswith("# ")]


def _with_kicker(lines: tuple[str, ...], heading: int) -> int:
    above = [n for n in range(heading - 1, 0, -1) if lines[n - 1].strip()][:1]
    if above and not lines[above[0] - 1].rstrip().endswith(("。", "！", "？", "”", "…")):
        return above[0]
    return heading


def _names_area(document: Document, first: int, end: int) -> bool:
    text = "".join(document.lines[first - 1 : end - 1]).replace(" ", "")
    return not document.areas or any(short_area(area) in text for area in document.areas)


@cache
def short_area(area: str) -> str:
    """Return an area's name without its rank: 柳市镇 gives 柳市; a short name stays as it is."""
    for rank in ("街道", "镇", "乡", "市", "县", "区"):
        if area.endswith(rank) and len(area) > len(rank) + 1:
            return area.removesuffix(rank)
    return area
