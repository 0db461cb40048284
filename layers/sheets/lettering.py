"""Letters measured in millimetres, so that texts can be laid out before anything is drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from layers.font import font_file

# Millimetres in a point.
POINT = 25.4 / 72
# A blank-free run of Latin letters, a run of blanks, or any other single sign. Marks that may not
# begin a line stay with what stands before them, those that may not end one with what follows.
_PIECE = re.compile(
    r"[（《「『“‘(\[]*(?:[!-~¡-ɏ]+|\s+|.)[，。、；：！？）》」』”’…·,.;:!?)\]]*", re.DOTALL
)
_SIGN = re.compile(r".[，。、；：！？）》」』”’…·,.;:!?)\]]?", re.DOTALL)
_MORE = "…"
# Millimetres: a text as wide as its room is not too wide by what computing loses.
_HAIR = 1e-6


@dataclass(frozen=True)
class Letters:
    """How a text is set: size in points, weight, and the part of the base colours."""

    size: float
    bold: bool = False
    colour: str = "ink"

    @property
    def line(self) -> float:
        """Distance from line to line in millimetres."""
        return self.size * POINT * 1.42

    @property
    def height(self) -> float:
        """Height of a Chinese sign above the baseline in millimetres."""
        return self.size * POINT * 0.86

    def scaled(self, factor: float) -> Letters:
        """Return the same letters larger or smaller."""
        return Letters(self.size * factor, self.bold, self.colour)


@dataclass(frozen=True)
class Lettering:
    """The letters of one sheet, from the title down to the smallest note."""

    title: Letters = Letters(21, bold=True)
    subtitle: Letters = Letters(10.5, colour="town")
    heading: Letters = Letters(8, bold=True, colour="town")
    body: Letters = Letters(8)
    label: Letters = Letters(7.5)
    town: Letters = Letters(7.5, colour="town")
    number: Letters = Letters(6.2, bold=True)
    small: Letters = Letters(6.5, colour="town")
    tiny: Letters = Letters(6, colour="town")
    page: Letters = Letters(7.8, colour="town")  # of a page on one project alone

    @property
    def grown(self) -> float:
        """How much larger numbers, and the signs that carry them, are than on A4."""
        return self.number.size / Lettering().number.size

    def scaled(self, factor: float) -> Lettering:
        """Return the lettering for a larger or smaller sheet."""
        return Lettering(*(each.scaled(factor) for each in vars(self).values()))

    def at_least(self, size: float) -> Lettering:
        """Return the lettering with nothing smaller than so many points."""
        return Lettering(*(each.scaled(max(1.0, size / each.size)) for each in vars(self).values()))


def width(text: str, letters: Letters) -> float:
    """Return how wide a text is, in millimetres; a character that the font lacks counts as one."""
    advances, unit = _advances(letters.bold)
    return sum(advances.get(ord(sign), unit) for sign in text) / unit * letters.size * POINT


def shortened(text: str, letters: Letters, room: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than the room in millimetres."""
    if width(text, letters) <= room:
        return text
    kept = text
    while kept and width(kept + _MORE, letters) > room:
        kept = kept[:-1]
    return kept.rstrip() + _MORE


def wrapped(text: str, letters: Letters, room: float, most: int = 99) -> list[str]:
    """Return the text as lines that fit the room in millimetres; the last one is shortened.

    Chinese breaks between any two signs but before closing marks, Latin at blanks.
    """
    lines = broken(text.strip(), letters, room)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened("".join(lines[most - 1 :]), letters, room)]
    return [line.rstrip() for line in lines]


def widest_piece(text: str, letters: Letters) -> float:
    """Return the width in millimetres of a text's widest part that has no place to break."""
    return max((width(piece.rstrip(), letters) for piece in _PIECE.findall(text)), default=0.0)


def broken(text: str, letters: Letters, room: float) -> list[str]:
    """Return the text broken into lines as ``wrapped`` breaks it.

    The lines put together are the text: blanks at a line's end stay there, beyond the room.
    """
    room += _HAIR
    if width(text, letters) <= room:
        return [text]
    lines, taken = [""], 0.0
    for piece in _pieces(text, letters, room):
        bare = piece.rstrip()
        if bare and lines[-1] and taken + width(bare, letters) > room:
            lines.append("")
            taken = 0.0
        lines[-1] += piece
        taken += width(piece, letters)
    return lines


def _pieces(text: str, letters: Letters, room: float) -> list[str]:
    found = _PIECE.findall(text)
    # A word wider than the whole room breaks anywhere but before closing marks.
    return [
        part
        for piece in found
        for part in ([piece] if width(piece, letters) <= room else _SIGN.findall(piece))
    ]


@cache
def _advances(bold: bool) -> tuple[dict[int, int], int]:  # noqa: FBT001 - a cache's key
    font = TTFont(font_file(bold=bold))
    widths = font["hmtx"]
    advances = {code: widths[name][0] for code, name in font["cmap"].getBestCmap().items()}
    return advances, font["head"].unitsPerEm
