"""Characters on a page into lines, by their baselines.

pdfplumber groups characters by their upper edge, which differs between a Chinese and a Latin
font on the same line, so that figures would fall out of their line; the baseline does not differ.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plans.formats.raised import baseline, on_their_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_LINE = 0.35  # of the size of print: how far baselines in a line may lie apart
_WORD_GAP = 0.25  # of the size: a gap between Latin words
_GAP = 0.8  # of the size: a gap between Chinese words, wider than justified print has
_ROOM = 1.5  # of the size: room in which one more sign would have stood

# Browsers and some printers name a sign by its radical, which looks the same: ⻘ for 青.
_RADICALS = "⺠⺟⺫⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"
_MEANT = "民母目西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟"


def _compatible(code: int) -> str:
    plain = unicodedata.normalize("NFKC", chr(code))
    return plain if len(plain) == 1 else chr(code)


_SIGNS = str.maketrans(
    {code: _compatible(code) for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))}
    | dict(zip(map(ord, _RADICALS), _MEANT, strict=True))
    | {0xA0: " ", 0xAD: "-"}
)


@dataclass(frozen=True)
class Line:
    """A printed line: where it stands from the page's top, in points, and how wide it is.

    A table counts as one line, which holds its rows in ``grid``.
    """

    text: str
    top: float
    bottom: float
    left: float = 0
    width: float = 0
    size: float = 0
    grid: Grid | None = None

    @property
    def in_table(self) -> bool:
        """Whether this is a table."""
        return self.grid is not None


@dataclass(frozen=True)
class Cell:
    """The printed lines of a cell, and how wide it is, in points."""

    lines: tuple[Line, ...] = ()
    width: float = 0

    @property
    def text(self) -> str:
        """Its words on one line."""
        return wrapped(self.lines, self.width)

    @property
    def is_full(self) -> bool:
        """Whether its last line has no room for one more sign."""
        return bool(self.lines) and not _has_room(self.lines[-1], self.width)


@dataclass(frozen=True)
class Grid:
    """A ruled table: where its columns begin and end, from the page's left, and its rows."""

    edges: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass
class _Open:
    """A line that is being gathered."""

    baseline: float
    size: float
    chars: list[dict[str, Any]] = field(default_factory=list)

    def takes(self, char: dict[str, Any]) -> bool:
        nearest = _SAME_LINE * min(self.size, char["size"])
        return bool(abs(baseline(char) - self.baseline) <= nearest)


def lines_of(chars: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the lines that upright characters stand on, from top to bottom."""
    return [line for line in map(line_of, rows_of(chars)) if line.text]


def rows_of(chars: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the characters of each line from left to right, the lines from top to bottom."""
    gathered: list[_Open] = []
    for char in sorted(on_their_lines(list(chars)), key=baseline):
        if not gathered or not gathered[-1].takes(char):
            gathered.append(_Open(baseline(char), char["size"]))
        gathered[-1].chars.append(char)
    return [sorted(each.chars, key=lambda char: char["x0"]) for each in gathered]


def line_of(chars: Sequence[dict[str, Any]]) -> Line:
    """Return the line that characters make from left to right."""
    size = max(char["size"] for char in chars)
    pieces: list[str] = []
    for before, char in zip([None, *chars], chars, strict=False):
        if before and is_apart(before, char):
            pieces.append(" ")
        pieces.append(char["text"].translate(_SIGNS))
    text = " ".join("".join(pieces).split())
    top, bottom = min(char["top"] for char in chars), max(char["bottom"] for char in chars)
    left = chars[0]["x0"]
    return Line(text, top, bottom, left, chars[-1]["x1"] - left, size)


def is_apart(before: dict[str, Any], char: dict[str, Any]) -> bool:
    """Tell whether a gap parts two characters of a line."""
    latin = before["text"][-1:].isascii() and char["text"][:1].isascii()
    gap = (_WORD_GAP if latin else _GAP) * min(before["size"], char["size"])
    return bool(char["x0"] - before["x1"] > gap)


def wrapped(lines: Sequence[Line], width: float) -> str:
    """Return a cell's words on one line.

    A line that fills the cell goes on in the next one. Where one more sign would have had room,
    the break was meant, and a blank takes its place.
    """
    text = ""
    for before, line in zip([None, *lines], lines, strict=False):
        if before:
            latin = before.text[-1:].isascii() and line.text[:1].isascii()
            text += " " if latin or _has_room(before, width) else ""
        text += line.text
    return text


def _has_room(line: Line, width: float) -> bool:
    return line.width + _ROOM * line.size < width
