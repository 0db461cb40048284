"""Documents inside a Word document (altChunk), which Word puts in their place when it opens it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store import BrokenFile

if TYPE_CHECKING:
    from docx.document import Document

_KIND = "/aFChunk"


@dataclass(frozen=True)
class Inserted:
    """One such document: its name inside the package, and its bytes."""

    name: str
    content: bytes

    def lines(self) -> list[str] | None:
        """Return its printed lines; None for a format that is not read, or one that is broken."""
        try:
            return _lines(self.name, self.content)
        except (BrokenFile, ValueError, LookupError):
            return None


def parts_of(document: Document) -> dict[str, Inserted]:
    """Return the documents inside a Word document by the ids of their relations."""
    return {
        key: Inserted(str(link.target_part.partname), link.target_part.blob)
        for key, link in document.part.rels.items()
        if link.reltype.endswith(_KIND) and not link.is_external
    }


def _lines(name: str, content: bytes) -> list[str] | None:
    from plans.formats.file import read_file  # noqa: PLC0415 - it reads Word documents by this

    suffix = Path(name).suffix.lower()
    if suffix in {".mht", ".mhtml"}:
        suffix, content = ".html", _page(content)
    if suffix == ".xhtml":
        suffix = ".html"
    if suffix not in {".html", ".htm", ".txt", ".docx"}:
        return None
    return read_file(Path(f"{Path(name).stem}{suffix}"), content).text.split("\n")


def _page(content: bytes) -> bytes:
    """Return the page of a web archive, as the bytes that stand for its characters in UTF-8."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    page = message.get_body(("html", "plain"))
    return b"" if page is None else str(page.get_content()).encode()
