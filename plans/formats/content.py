"""What a file really holds, told by its first bytes, against what its suffix says."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from plans.formats.errors import DamagedFile, ProtectedFile, TooLarge, WrongSuffix, because

if TYPE_CHECKING:
    from pathlib import Path

_MOST_UNPACKED = 200_000_000  # bytes
_TIGHTEST = 200  # XML of long tables packs 20 to 60 times, a bomb 1,000 times
_SMALL = 5_000_000  # bytes; below this no packing does harm
_MOST_PARTS = 20_000
_DECLARED_WITHIN = 4096  # bytes in which XML declares its type, if it does

_FIRST_BYTES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_PARTS = (
    ("xl/workbook.bin", "xlsb"),
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("content.xml", "open document"),
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_TAG = re.compile(rb"<[a-zA-Z!/][^<]*>")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHARACTERS = {"text", "csv", "html"}
_PDF_WITHIN = 1024  # bytes before a PDF's first that readers put up with


def check_content(path: Path, raw: bytes, kind: str) -> None:
    """Make sure that a file holds what its suffix says, and unpacks to a sane size.

    Raises
    ------
    WrongSuffix
        It holds something else.
    ProtectedFile, TooLarge, DamagedFile
        The package of a docx or xlsx has a password, is a bomb, or is broken.
    """
    found = _found(raw, kind)
    if found == "old office" and "EncryptedPackage".encode("utf-16-le") in raw:
        raise because(ProtectedFile, path, "password")
    if found == "zip":
        found = _check_package(path, raw, kind)
    if not _fits(found, kind):
        code = f"is_{found.replace(' ', '_')}"
        raise because(WrongSuffix, path, code, suffix=path.suffix.lower())


def _fits(found: str, kind: str) -> bool:
    return found == kind or (found == "text" and kind == "csv")


def _found(raw: bytes, kind: str) -> str:
    if kind == "pdf" and b"%PDF-" in raw[:_PDF_WITHIN]:
        return "pdf"
    start = raw.removeprefix(b"\xef\xbb\xbf")[:_PDF_WITHIN]
    if packed := next((name for first, name in _FIRST_BYTES if raw.startswith(first)), ""):
        return packed
    if raw.startswith(_UTF_16):
        return kind if kind in _CHARACTERS else "text"  # the decoder says what is wrong with it
    if b"\x00" in raw:
        return "binary"
    if start.lstrip().startswith(b"<") and _PAGE.search(start):
        return "html"
    return "html" if kind == "html" and _TAG.search(raw) else "text"


def _check_package(path: Path, raw: bytes, kind: str) -> str:
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile:
        if kind in {"docx", "xlsx"}:
            raise because(DamagedFile, path, "package_cut") from None
        return "zip"
    names = [name.replace("\\", "/") for name in package.namelist()]
    found = next((kind for start, kind in _PARTS if any(n.startswith(start) for n in names)), "zip")
    if found == kind:
        _check_sizes(path, package.infolist())
        _check_declarations(path, package)
    return found


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse a bomb by the sizes it declares; Python unpacks no part beyond its declared size."""
    if any(part.flag_bits & 1 for part in parts):
        raise because(ProtectedFile, path, "password")
    size = sum(part.file_size for part in parts)
    tight = [p for p in parts if p.file_size > max(_SMALL, _TIGHTEST * p.compress_size)]
    if size > _MOST_UNPACKED or tight or len(parts) > _MOST_PARTS:
        raise because(TooLarge, path, "package_too_large", size=f"{size / 1e6:.0f}")


def _check_declarations(path: Path, package: zipfile.ZipFile) -> None:
    """Refuse XML that declares entities, which could grow without end or point to other files."""
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            with package.open(name) as part:
                start = part.read(_DECLARED_WITHIN).replace(b"\x00", b"")
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise because(DamagedFile, path, "declares", part=name)
