"""Characters on a page into lines, by their baselines.

pdfplumber groups characters by their upper edge, which differs between a Chinese and a Latin
font on the same line, so that figures would fall out of their line; the baseline does not differ.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
    """A printed line: where it stands from the page's top, in points, and how wide it is."""

    text: str
    top: float
    bottom: float
    width: float = 0
    size: float = 0
    in_table: bool = False


@dataclass
class _Open:
    """A line that is being gathered."""

    baseline: float
    size: float
    chars: list[dict[str, Any]] = field(default_factory=list)

    def takes(self, char: dict[str, Any]) -> bool:
        nearest = _SAME_LINE * min(self.size, char["size"])
        return bool(abs(_baseline(char) - self.baseline) <= nearest)


def lines_of(chars: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the lines that upright characters stand on, from top to bottom."""
    gathered: list[_Open] = []
    for char in sorted(chars, key=_baseline):
        if not gathered or not gathered[-1].takes(char):
            gathered.append(_Open(_baseline(char), char["size"]))
        gathered[-1].chars.append(char)
    lines = (_line(sorted(each.chars, key=lambda char: char["x0"])) for each in gathered)
    return [line for line in lines if line.text]


def _baseline(char: dict[str, Any]) -> float:
    """Return how far a baseline lies below the page's top, in points."""
    below = char["y1"] - char["matrix"][5]  # from the sign's upper edge down to its baseline
    return float(char["top"] + below)


def _line(chars: list[dict[str, Any]]) -> Line:
    size = max(char["size"] for char in chars)
    pieces: list[str] = []
    for before, char in zip([None, *chars], chars, strict=False):
        if before and _is_apart(before, char):
            pieces.append(" ")
        pieces.append(char["text"].translate(_SIGNS))
    text = " ".join("".join(pieces).split())
    top, bottom = min(char["top"] for char in chars), max(char["bottom"] for char in chars)
    return Line(text, top, bottom, chars[-1]["x1"] - chars[0]["x0"], size)


def _is_apart(before: dict[str, Any], char: dict[str, Any]) -> bool:
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
            text += " " if latin or before.width + _ROOM * before.size < width else ""
        text += line.text
    return text
