"""One table of formats, and the one function that writes any of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import store
from geo import UnknownCrs
from layers.export.content import File
from layers.words import UnknownCode

if TYPE_CHECKING:
    from layers.export.content import Content

_TABLE = store.DATA / "formats.csv"


class Format(NamedTuple):
    """A format: its code, the ending of its files, their media type, and EPSG codes it allows."""

    code: str
    suffix: str
    mime: str
    crs: tuple[int, ...]

    def file_name(self, stem: str) -> str:
        """Name of a file of this format."""
        return f"{stem}.{self.suffix}"


@cache
def formats() -> dict[str, Format]:
    """Return all formats by code, in the order in which they are offered.

    Raises
    ------
    store.BrokenFile
        The table of formats breaks its contract.
    """
    rows = store.read_table(_TABLE, ["format", "suffix", "mime", "crs"])
    return {
        row["format"]: Format(
            row["format"], row["suffix"], row["mime"], tuple(map(int, row.list("crs")))
        )
        for row in rows
    }


def to_file(content: Content, code: str, crs: int | None = None) -> File:
    """Write the content in a format; the same content gives the same bytes.

    Parameters
    ----------
    content
        What is to be written; may be empty.
    code
        Of the format.
    crs
        EPSG code out of those that the format allows; by default its first.

    Raises
    ------
    UnknownCode
        There is no such format.
    geo.UnknownCrs
        The format is not written in this system.
    """
    # Looked up when asked for: each writer needs a library that is slow to load.
    from layers.export import writer  # noqa: PLC0415

    form = _known(code)
    chosen = form.crs[0] if crs is None else crs
    if chosen not in form.crs:
        allowed = ", ".join(map(str, form.crs))
        raise UnknownCrs(f"EPSG:{chosen} is not offered for {code}; offered are {allowed}")
    return File(form.file_name(content.stem), form.mime, writer(code)(content, chosen))


def _known(code: str) -> Format:
    if code not in (known := formats()):
        raise UnknownCode("format", code, tuple(known))
    return known[code]
