"""The shelf: documents that users add, each in a folder of its own beside the seeds.

``added/a01/`` holds the text as read, a manifest of one row in the form of the seeds' manifest,
and what its reader decided, in the form of ``data/corrections.csv``. A folder comes and goes
whole, by one renaming, so no half of a document is ever on the shelf. One whose files were damaged
later is left out and named, so that it never keeps the others from being read.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import disk
from plans.archive import read_plans
from plans.corrections import Correction, correct_statements, read_corrections
from plans.documents import TENSES, Document, read_catalogue
from store import ROOT, BrokenFile, Cause, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

_MANIFEST, _DECISIONS, _MERGED = "manifest.csv", "corrections.csv", "merged.csv"
_CELL = ("line", "cell")
_COLUMNS = (
    *("id", "file", "title", "issuer", "publisher", "date", "date_basis"),
    *("plan_start", "plan_end", "horizon", "scope", "tense", "sha256"),
)
_ID = re.compile(r"a(\d\d+)")
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d){0,2}")
_PARTED = re.compile(r"[、，,;；|]")
_CENTURIES = range(1900, 2100)
_REASONS = {True: "corrected when the document was added", False: "rejected when it was added"}


class AddedAlready(ValueError):  # noqa: N818 - it says what is the case
    """A document that the catalogue has, by its text."""


class NotOnShelf(ValueError):  # noqa: N818 - it says what is the case
    """An id that is not of an added document; those of the seeds cannot be removed."""


class WrongEntry(ValueError):  # noqa: N818 - it names what is wrong
    """Something said about a document that cannot be; ``entry`` names it."""

    def __init__(self, entry: str, reason: str, code: str = "", **values: object) -> None:
        super().__init__(f"{entry}: {reason}")
        self.entry = entry
        self.cause = Cause(code, entry, values)


@dataclass(frozen=True)
class Decision:
    """What a reader decided on one statement, found by its line and its name as read.

    ``target`` is the true name, stage or category; a blank name rejects the statement.
    """

    what: Literal["stage", "category", "name"]
    line: int
    name: str
    target: str


class ReadOnly(PermissionError):  # noqa: N818 - it says what is the case
    """Whoever asked may change nothing here."""


@dataclass(frozen=True)
class Whole:
    """The documents that can be read, and by their ids what is wrong with the others."""

    documents: tuple[Document, ...]
    broken: Mapping[str, BrokenFile] = field(default_factory=dict)


@dataclass(frozen=True)
class Staged:
    """A document that is written beside the shelf, to be looked at before it is kept.

    Attributes
    ----------
    document, decisions
        As they are read back from there.
    """

    document: Document
    decisions: tuple[Correction, ...]
    place: Path

    def keep(self) -> None:
        """Put it on the shelf.

        Raises
        ------
        disk.DiskFull
            There is no room.
        OSError
            The shelf cannot be written.
        """
        with disk.naming_full(self.place):
            disk.place_folder(self.place, folder() / self.document.id)


def folder() -> Path:
    """Return where added documents lie: ``added/``, or what PLANMAP_ADDED names."""
    return Path(os.environ.get("PLANMAP_ADDED") or ROOT / "added")


def is_read_only() -> bool:
    """Tell whether PLANMAP_READ_ONLY asks that visitors add and remove nothing."""
    return os.environ.get("PLANMAP_READ_ONLY", "").lower() not in {"", "0", "false", "no"}


def read_added() -> tuple[Document, ...]:
    """Return all documents on the shelf in the order of their ids; empty without a shelf.

    Raises
    ------
    BrokenFile
        A manifest breaks its contract; a text is missing, changed or not UTF-8.
    """
    return tuple(_read(place) for place in _places())


def read_whole() -> Whole:
    """Return the documents on the shelf that are whole, and what is wrong with the others."""
    documents, broken = [], {}
    for place in _places():
        try:
            read_corrections(place / _DECISIONS)
            documents.append(_read(place))
        except BrokenFile as error:
            broken[place.name] = error
        except OSError as error:
            broken[place.name] = BrokenFile(place, error.strerror or "cannot be read")
    return Whole(tuple(documents), broken)


def lock() -> AbstractContextManager[None]:
    """Keep all others from adding and removing documents; see ``disk.locked``."""
    return disk.locked(folder())


def _read(place: Path) -> Document:
    manifest = place / _MANIFEST
    documents = read_catalogue(manifest)
    if [document.id for document in documents] != [place.name]:
        reason = f"it must hold one document, and that one is {place.name}"
        raise BrokenFile(manifest, reason, column="id")
    return replace(documents[0], merged=_merged(place / _MERGED))


def _merged(path: Path) -> frozenset[tuple[int, int]]:
    """Return the merged cells of a document's tables; one kept before they were has none."""
    rows = read_table(path, _CELL) if path.exists() else ()
    return frozenset((int(row.number("line")), int(row.number("cell"))) for row in rows)


def _places() -> list[Path]:
    found = [path for path in folder().glob("a*") if _ID.fullmatch(path.name)]
    return sorted(found, key=_number)


def _number(place: Path) -> int:
    return int(place.name[1:])


def read_decisions(documents: Iterable[Document]) -> tuple[Correction, ...]:
    """Return what readers decided on these added documents, as far as it still fits.

    The rules of reading grow: a decision on a statement that they no longer find, or find under
    a better name, is left out, so that an old decision never keeps the catalogue from being built.
    So is one that cannot be; ``refused_decisions`` names it.
    """
    return tuple(one for document in documents for one in _decided(document).fitting)


def refused_decisions(documents: Iterable[Document]) -> tuple[BrokenFile, ...]:
    """Return what is wrong with decisions that cannot be: a broken table, a code that is none."""
    return tuple(one for document in documents for one in _decided(document).refused)


@dataclass(frozen=True)
class _Decided:
    """The decisions on a document that apply, and what is wrong with those that never can."""

    fitting: tuple[Correction, ...] = ()
    refused: tuple[BrokenFile, ...] = ()


def _decided(document: Document) -> _Decided:
    return _fitting(document, folder() / document.id / _DECISIONS)


def _fitting(document: Document, path: Path) -> _Decided:
    try:
        return _tried(document, read_corrections(path))
    except BrokenFile as error:
        return _Decided(refused=(error,))


# A page that lists the shelf asks on each press; to read a long document takes seconds.
@lru_cache(maxsize=64)
def _tried(document: Document, corrections: tuple[Correction, ...]) -> _Decided:
    statements = read_plans([document], partial=True).statements if corrections else ()
    kept: list[Correction] = []
    refused: list[BrokenFile] = []
    for correction in corrections:
        try:
            statements = correct_statements(statements, [correction], {document.id})
        except BrokenFile as error:
            refused += [] if error.column == "from" else [error]
            continue
        kept.append(correction)
    return _Decided(tuple(kept), tuple(refused))


def described(
    document: Document,
    *,
    title: str,
    issuer: str,
    date: str,
    areas: Iterable[str],
    horizon: int | None = None,
    tense: str = "promise",
) -> Document:
    """Return a document with what its reader says about it, blanks squeezed.

    Raises
    ------
    WrongEntry
        A blank title, issuer or area, a date that is none, a year or tense that cannot be.
    """
    named = tuple(filter(None, map(_squeezed, areas)))
    entries = {"title": _squeezed(title), "issuer": _squeezed(issuer), "area": "".join(named)}
    for entry, value in entries.items():
        if not value:
            raise WrongEntry(entry, "must not be blank", "blank")
    if "|" in entries["area"] or tense not in TENSES:
        raise WrongEntry("area" if tense in TENSES else "tense", "cannot be this", "form")
    if horizon is not None and horizon not in _CENTURIES:
        reason = f"{horizon} is no year from 1900 to 2099"
        raise WrongEntry("horizon", reason, "year", value=horizon)
    printed = document.date_basis == "printed" and document.date == date.strip()
    return replace(
        document,
        title=entries["title"],
        issuer=entries["issuer"],
        date=_date(date.strip()),
        date_basis="printed" if printed else "inferred",
        areas=named,
        horizon=horizon,
        tense=tense,
    )


def areas_of(text: str) -> tuple[str, ...]:
    """Return the towns and cities that a reader wrote into one line, however parted."""
    return tuple(part.strip() for part in _PARTED.split(text) if part.strip())


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _date(text: str) -> str:
    """Return a date at the precision given: 2025, 2025-08 or 2025-08-31."""
    with suppress(ValueError):
        if _DATE.fullmatch(text):
            dt.date.fromisoformat((text + "-01-01")[:10])
            return text
    reason = f"{text!r} is no date like 2025, 2025-08 or 2025-08-31"
    raise WrongEntry("date", reason, "date", value=text)


def keep(document: Document, decisions: Sequence[Decision] = ()) -> Document:
    """Put a document on the shelf, whole or not at all, and return it with its id there.

    Parameters
    ----------
    document
        As ``described``.
    decisions
        In any order; they are kept in one in which each finds its statement.

    Raises
    ------
    AddedAlready
        The catalogue has this text.
    OSError
        The shelf cannot be written, or the disk is full.
    """
    refuse_known(document)
    with staged(document, decisions) as made:
        made.keep()
    return made.document


@contextmanager
def staged(document: Document, decisions: Sequence[Decision] = ()) -> Iterator[Staged]:
    """Write a document beside the shelf under the id that it will have; nobody adds meanwhile.

    What is not kept is gone afterwards.

    Raises
    ------
    AddedAlready
        The catalogue has this text.
    disk.DiskFull
        There is no room.
    OSError
        The shelf cannot be written.
    """
    with lock():
        refuse_known(document)
        disk.sweep(folder())
        number = max(map(_number, _places()), default=0) + 1
        named = replace(document, id=f"a{number:02}", notes=())
        with disk.fresh_folder(folder()) as fresh:
            place = fresh / named.id
            place.mkdir()
            _write(place, named, _in_order(decisions))
            decided = _fitting(named, place / _DECISIONS)
            for error in decided.refused:
                raise error
            yield Staged(_read(place), decided.fitting, place)


def refuse_known(document: Document) -> None:
    """Make sure that the catalogue does not have a document's text.

    Raises
    ------
    AddedAlready
        It has.
    """
    for known in (*read_catalogue(), *read_whole().documents):
        if known.text == document.text:
            raise AddedAlready(f"this is {known.id} of the catalogue, {known.title!r}")


def _in_order(decisions: Sequence[Decision]) -> list[Decision]:
    """Names come last, for the others find a statement by it; first those that make room."""
    taken = {(d.line, d.name) for d in decisions if d.what == "name"}
    return sorted(
        decisions,
        key=lambda d: (d.what == "name", bool(d.target), (d.line, d.target) in taken),
    )


def _write(place: Path, document: Document, decisions: list[Decision]) -> None:
    raw = document.text.encode()
    text = place / "text.txt"
    text.write_bytes(raw)
    last = str(document.horizon or "")
    row = {
        **{name: getattr(document, name) for name in ("id", "title", "issuer", "publisher")},
        **{name: getattr(document, name) for name in ("date", "date_basis", "tense")},
        "file": text.name,
        "plan_start": "",
        "plan_end": last,
        "horizon": last,
        "scope": "|".join(document.areas),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }
    _write_table(place / _MANIFEST, _COLUMNS, [[row[column] for column in _COLUMNS]])
    lines = [
        [d.what, f"{document.id}:{d.line}:{d.name}", d.target, _REASONS[bool(d.target)]]
        for d in decisions
    ]
    if document.merged:
        cells = [[*map(str, cell)] for cell in sorted(document.merged)]
        _write_table(place / _MERGED, _CELL, cells)
    _write_table(place / _DECISIONS, ("what", "from", "to", "reason"), lines)


def _write_table(path: Path, columns: tuple[str, ...], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def remove(name: str) -> None:
    """Take an added document off the shelf; it is gone at once and whole.

    Raises
    ------
    NotOnShelf
        No added document has this id.
    OSError
        The shelf cannot be written.
    """
    _refuse_absent(name)
    with lock():
        _refuse_absent(name)
        with disk.fresh_folder(folder()) as gone:
            (folder() / name).rename(gone / name)
            disk.sync_folder(folder())


def _refuse_absent(name: str) -> None:
    known = [place.name for place in _places()]
    if name not in known:
        raise NotOnShelf(f"{name!r} is no added document; there are {', '.join(known) or 'none'}")
