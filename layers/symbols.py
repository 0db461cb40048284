"""One table of signs for web map, legend and picture: colour per stage, shape per category."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache

import store

_TABLE = store.DATA / "symbols.csv"

# Below this sRGB is linear, and what stray light adds to any luminance (WCAG 2.2, contrast ratio).
_LINEAR, _STRAY = 0.04045, 0.05


@dataclass(frozen=True)
class Sign:
    """How a category is drawn.

    Attributes
    ----------
    body
        SVG path of the outline, shared by the family of the category; centred on (0, 0),
        about 24 units wide, y downwards.
    glyph
        SVG path of the sign inside, about 14 units wide, filled by the even-odd rule.
    """

    family: str
    body: str
    glyph: str


@dataclass(frozen=True)
class Mark:
    """A small disc at the upper right of a sign, in the units of the sign.

    Attributes
    ----------
    disc, ground
        SVG path of the disc, and its colour.
    glyph, ink
        SVG path of what stands in it, and its colour.
    """

    disc: str
    ground: str
    glyph: str
    ink: str


def stage_colour(stage: str) -> str:
    """Return the colour of a stage as ``#rrggbb``.

    Raises
    ------
    KeyError
        It is no stage of the table.
    """
    return _rows("stage")[stage]["colour"]


def known_mark(progress: str) -> Mark:
    """Return the mark on a sign that tells how far a thing is known to be beside the plans.

    Raises
    ------
    KeyError
        It is no progress of the table.
    """
    disc, row = _rows("known")["disc"], _rows("known")[progress]
    return Mark(disc["path"], disc["colour"], row["path"], row["colour"])


def base_colour(part: str) -> str:
    """Return the colour of a part of the base map as ``#rrggbb``."""
    return _rows("base")[part]["colour"]


def sign(category: str) -> Sign:
    """Return body and glyph of a category."""
    row = _rows("category")[category]
    return Sign(row["family"], _rows("family")[row["family"]]["path"], row["path"])


def ink_on(colour: str) -> str:
    """Return the ink, dark or white, that reads better on a colour given as ``#rrggbb``."""
    ground = _luminance(colour) + _STRAY
    ink, paper = base_colour("ink"), base_colour("paper")
    dark, light = ground / (_luminance(ink) + _STRAY), (_luminance(paper) + _STRAY) / ground
    return ink if dark > light else paper


def symbol_table() -> dict[str, dict[str, dict[str, str]]]:
    """Return all signs as plain values, for a drawing program in the browser."""
    stages = {code: row["colour"] for code, row in _rows("stage").items()}
    return {
        "stages": {code: {"fill": fill, "ink": ink_on(fill)} for code, fill in stages.items()},
        "categories": {code: {"body": s.body, "glyph": s.glyph} for code, s in _signs().items()},
        "known": {code: asdict(known_mark(code)) for code in known_codes()},
        "base": {
            code: {"colour": row["colour"], "dark": row["dark"]}
            for code, row in _rows("base").items()
        },
    }


def known_codes() -> tuple[str, ...]:
    """Return how far things can be known to be, each with a mark of its own."""
    return tuple(code for code in _rows("known") if code != "disc")


def _signs() -> dict[str, Sign]:
    return {category: sign(category) for category in _rows("category")}


@cache
def _rows(list_name: str) -> dict[str, store.Row]:
    rows = store.read_table(_TABLE, ["list", "code"], ["colour", "dark", "family", "path"])
    return {row["code"]: row for row in rows if row["list"] == list_name}


def _luminance(colour: str) -> float:
    # WCAG 2.2, definition of relative luminance.
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
