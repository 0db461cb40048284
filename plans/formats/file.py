"""A file by its suffix: what it may be, what it really is, and which reader takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plans.formats.content import check_content
from plans.formats.errors import DamagedFile, EmptyFile, TooLarge, UnknownSuffix, because
from plans.formats.length import check_length
from plans.formats.notes import lost_characters
from plans.formats.rows import MERGED, merged_cells
from store import BrokenFile, MissingFile, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from plans.formats.notes import Note

LARGEST = 50_000_000  # bytes
SUFFIXES = {
    ".txt": "text",
    ".md": "text",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
}
_SAVE_AS = {
    ".doc": ".docx",
    ".docm": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".wps": ".docx",
    ".xls": ".xlsx",
    ".xlsm": ".xlsx",
    ".xlsb": ".xlsx",
    ".ods": ".xlsx",
    ".et": ".xlsx",
    ".ofd": ".pdf",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
    ".mht": ".html",
    ".mhtml": ".html",
}
# Kinds for which the cause names the program that mends a file.
_OWN_PROGRAM = {"docx", "xlsx", "pdf"}

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Printed:
    r"""What a reader sees of a file.

    Attributes
    ----------
    text
        Its printed lines, parted by line feeds: line n of a quote is ``text.split("\n")[n - 1]``.
    notes
        What a reader should know: another encoding, parts left out.
    title
        The title where the format marks one; empty where the first line has to do.
    merged
        Line and cell, each counted from 1, of the blank cells of tables that are merged with the
        cell above them.
    """

    text: str
    notes: tuple[Note, ...] = ()
    title: str = ""
    merged: frozenset[tuple[int, int]] = frozenset()


def read_file(path: Path, raw: bytes | None = None, progress: Progress | None = None) -> Printed:
    r"""Read a file in any of the formats of ``SUFFIXES``.

    The result is one text whose lines are the printed lines that quotes refer to. Paragraphs
    are lines; a page of a PDF keeps its line breaks; a table is one line a row with a tab between
    cells, a merged cell blank after its first place; headings of HTML begin with ``#``.
    Line ends are ``\n``, a byte order mark is gone.

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
    EmptyFile, TooLarge, UnknownSuffix, WrongSuffix, UnknownEncoding, ProtectedFile, NoText
        Kinds of ``store.BrokenFile``; the message names what to do.
    DamagedFile
        The file breaks the rules of its format; nothing of it is read.
    """
    kind = kind_of(path)
    raw = within_limit(path, raw)
    try:
        check_content(path, raw, kind)
        printed = _unmarked(_printed(path, raw, kind, progress or _silent))
    except BrokenFile:
        raise
    except Exception as error:  # what a broken file makes its library do has no common kind
        code = f"damaged_{kind}" if kind in _OWN_PROGRAM else "damaged"
        known = {"error": type(error).__name__, "suffix": path.suffix.lower()}
        raise because(DamagedFile, path, code, line=0, **known) from error
    check_length(path, printed.text)
    if not printed.text.strip():
        raise because(EmptyFile, path, "no_words")
    return replace(printed, notes=(*printed.notes, *lost_characters(printed.text)))


def _unmarked(printed: Printed) -> Printed:
    """Return what is printed without the marks of merged cells, which are told apart instead."""
    if MERGED not in printed.text:
        return printed
    merged = merged_cells(printed.text)
    return replace(printed, text=printed.text.replace(MERGED, ""), merged=merged)


def _silent(_done: int, _of: int) -> None:
    pass


def kind_of(path: Path) -> str:
    """Return which reader takes a file, by its suffix.

    Raises
    ------
    UnknownSuffix
        None does; the message names a format to save it in.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in _SAVE_AS:
        wanted = _SAVE_AS[suffix]
        raise because(UnknownSuffix, path, "suffix_save_as", suffix=suffix, wanted=wanted)
    code = "suffix_unknown" if suffix else "suffix_none"
    raise because(UnknownSuffix, path, code, suffix=suffix, suffixes=" ".join(SUFFIXES))


def within_limit(path: Path, raw: bytes | None) -> bytes:
    """Return a file's bytes, ``raw`` where they are at hand.

    Raises
    ------
    MissingFile, TooLarge, EmptyFile
        There is no such file, it is larger than the limit, or it holds nothing.
    """
    if raw is None and not path.is_file():
        raise because(MissingFile, path, "missing")
    size = path.stat().st_size if raw is None else len(raw)
    if size > LARGEST:
        limit = LARGEST // 1_000_000
        raise because(TooLarge, path, "over_limit", size=f"{size / 1e6:.0f}", limit=limit)
    if not size:
        raise because(EmptyFile, path, "empty")
    return read_bytes(path) if raw is None else raw


def _printed(path: Path, raw: bytes, kind: str, progress: Progress) -> Printed:
    # a reader is imported when its format comes in, so that no start waits for all libraries
    if kind in {"docx", "xlsx"}:
        from plans.formats.package import in_order  # noqa: PLC0415

        raw = in_order(raw, kind)
    if kind == "docx":
        from plans.formats.word import read_word  # noqa: PLC0415

        return Printed(*read_word(path, raw, progress))
    if kind == "xlsx":
        from plans.formats.sheets import read_workbook  # noqa: PLC0415

        return Printed(*read_workbook(path, raw, progress))
    if kind == "pdf":
        from plans.formats.pdf import read_pdf  # noqa: PLC0415

        return Printed(*read_pdf(path, raw, progress))
    return _from_characters(path, raw, kind)


def _from_characters(path: Path, raw: bytes, kind: str) -> Printed:
    from plans.formats.characters import decode  # noqa: PLC0415

    text, notes = decode(path, raw)
    if kind == "html":
        from plans.formats.web import read_html  # noqa: PLC0415

        text, title = read_html(path, text)
        return Printed(text, notes, title)
    if kind == "csv":
        from plans.formats.separated import read_separated  # noqa: PLC0415

        text, title, more = read_separated(text)
        return Printed(text, (*notes, *more), title)
    return Printed(text, notes)
