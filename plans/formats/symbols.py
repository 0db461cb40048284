"""Signs of fonts that draw pictures for letters: a tick in Wingdings 2 is stored as an R."""

from __future__ import annotations

from functools import cache

from store import DATA, read_table

_FIRST, _LAST = 0xF000, 0xF0FF  # where Word stores what such a font draws


def sign_of(font: str, code: int) -> str | None:
    """Return the character that a font draws for a code; None where no table knows it.

    A code outside the fonts' own range is a character as it is, whatever the font.
    """
    stored = code + _FIRST if font in _fonts() and code <= _LAST - _FIRST else code
    if not _FIRST <= stored <= _LAST:
        return chr(code)
    return _signs().get((font, stored))


def in_signs(font: str, text: str) -> str:
    """Return a text in such a font as the characters it draws; unknown ones are left out."""
    if font not in _fonts() and not any(_FIRST <= ord(sign) <= _LAST for sign in text):
        return text
    return "".join(each if each.isspace() else sign_of(font, ord(each)) or "" for each in text)


@cache
def _signs() -> dict[tuple[str, int], str]:
    rows = read_table(DATA / "grammar" / "symbols.csv", ("font", "code", "sign"))
    return {(row["font"], int(row["code"], 16)): row["sign"] for row in rows}


@cache
def _fonts() -> set[str]:
    return {font for font, _ in _signs()} | {"Wingdings 3", "Webdings"}
