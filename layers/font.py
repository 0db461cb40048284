"""The Chinese font of pictures: taken from the installed package, checked before it is used."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

from store import ROOT, MissingFile

if TYPE_CHECKING:
    from collections.abc import Iterable

FAMILY = "Noto Sans SC"
_PACKAGE = ROOT / "node_modules/@fontsource/noto-sans-sc/files"
_NAME = "noto-sans-sc-chinese-simplified-{weight}-normal.woff2"
REGULAR, BOLD = 400, 700
# Tables that no sheet uses: rules for vertical writing, alternate forms, kerning and hints.
# Without them a text is as long as its signs together, and a font is cut in less time.
_UNUSED = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "prep", "gasp")
# Part of the file's name: another way of unpacking makes another file.
_UNPACKED = "-plain"
# The geta mark: a sign that cannot be set stood here.
_LACKING = "〓"


class MissingGlyph(ValueError):  # noqa: N818 - it names what is missing
    """A text that the font cannot print; the message names the characters."""


@cache
def font_file(*, bold: bool = False) -> Path:
    """Return the path of the font as TrueType, unpacked once into the user's cache folder.

    Raises
    ------
    MissingFile
        The package is not installed.
    """
    packaged = _PACKAGE / _NAME.format(weight=BOLD if bold else REGULAR)
    if not packaged.is_file():
        raise MissingFile(packaged, "the font is not installed: run `npm ci` or `make install`")
    mark = hashlib.sha256(packaged.read_bytes()).hexdigest()[:12]
    unpacked = _cache_folder() / f"{packaged.stem}-{mark}{_UNPACKED}.ttf"
    if not unpacked.is_file():
        _unpack(packaged, unpacked)
    return unpacked


def check_printable(texts: Iterable[str]) -> None:
    """Make sure that the font has every character, so that no picture shows empty boxes.

    Raises
    ------
    MissingGlyph
        Some are missing.
    """
    lacking = sorted({letter for text in texts for letter in text if ord(letter) not in _letters()})
    if lacking:
        raise MissingGlyph(f"the font has no glyph for {' '.join(lacking)}")


def printable(text: str) -> str:
    """Return a text without line breaks and other characters that have no form of their own."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def without_gaps(text: str) -> str:
    """Return a quoted text with the mark of Chinese typesetting for each sign the font lacks.

    What a document prints must not stop a sheet, and no picture may show empty boxes.
    """
    return "".join(letter if ord(letter) in _letters() else _LACKING for letter in text)


@cache
def _letters() -> frozenset[int]:
    return frozenset(TTFont(font_file())["cmap"].getBestCmap())


def _unpack(packaged: Path, target: Path) -> None:
    font = TTFont(packaged)
    font.flavor = None
    for table in set(_UNUSED) & set(font.keys()):
        del font[table]
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved: two programs may want it at the same time.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as beside:
        font.save(beside)
    Path(beside.name).replace(target)


def _cache_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "planmap"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "planmap"
