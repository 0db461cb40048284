"""What the page of sheets shows of the options, and what a sheet's file says."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pypdfium2
from lxml import etree
from pptx import Presentation

from tests.walking.view import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.walking.corpus import Corpus
    from tests.walking.seen import Seen
    from tests.walking.view import View

SWITCHES = ("upright", "grid", "inset", "slides", "quoted")
# The options that not every sheet has, by what has them.
_ONLY = {
    "dpi": ("png", "pptx"),
    "atlas": ("pdf", "pptx"),
    "slides": ("pptx",),
}
MILLIMETRES = {"a4": (297.0, 210.0), "a3": (420.0, 297.0), "wide": (338.7, 190.5)}
_PNG = b"\x89PNG\r\n\x1a\n"


def shown_options(view: View, corpus: Corpus) -> list[str]:
    """Return the options that the chosen format, paper and search have."""
    hidden = {name for name, formats in _ONLY.items() if view.option("format") not in formats}
    hidden |= {"upright"} if view.option("paper") == "wide" else set()
    hidden |= set() if corpus.folds(view) else {"quoted"}
    return [name for name in USUAL if name not in hidden]


def said_of(name: str, seen: Seen) -> str | None:
    """Return what an option is seen set to: a switch as "0" or "1", a choice by its words."""
    key = f"sheet_{name}"
    if name in SWITCHES:
        on = seen.checked(key)
        return None if on is None else str(int(on))
    lit = seen.set_in(key)
    return min(lit) if lit else seen.value_in(key)


def size(view: View) -> tuple[int, int]:
    """Return how many dots a picture has, across and down."""
    wide, high = MILLIMETRES[view.option("paper")]
    if view.option("upright") == "1" and view.option("paper") != "wide":
        wide, high = high, wide
    dots = int(view.option("dpi")) / 25.4
    return round(wide * dots), round(high * dots)


def files(content: bytes) -> list[bytes]:
    """Return the files that were downloaded as one: those of an archive, or the one itself."""
    if not content.startswith(b"PK") or b"ppt/" in content[:4000]:
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "[Content_Types].xml" in archive.namelist():
            return [content]
        return [archive.read(name) for name in archive.namelist()]


def dots(picture: bytes) -> tuple[int, int]:
    """Return the size of a picture, (0, 0) where it is none."""
    if not picture.startswith(_PNG):
        return 0, 0
    wide, high = struct.unpack(">II", picture[16:24])
    return wide, high


def text(file: bytes) -> str:
    """Return all that can be read in a file, without blanks; empty for a picture."""
    if file.startswith(b"%PDF"):
        found = _of_pdf(file)
    elif file.startswith(b"PK"):
        found = _of_slides(file)
    elif file.startswith(_PNG):
        return ""
    else:
        tree = etree.fromstring(file, etree.XMLParser(resolve_entities=False, huge_tree=True))
        found = ("".join(one.itertext()) for one in tree.iter("{http://www.w3.org/2000/svg}text"))
    return "".join("".join(found).split())


def _of_pdf(file: bytes) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(file):
        yield page.get_textpage().get_text_range()


def _of_slides(file: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(file)).slides:
        for part in slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"):
            yield part.text or ""
