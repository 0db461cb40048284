"""What goes into a file, and what comes out: the chosen rows with all they refer to, and bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from layers.base import Base


@dataclass(frozen=True)
class Content:
    """What is to be written.

    Attributes
    ----------
    table
        The chosen rows of the one table, EPSG:4326; may be empty.
    documents
        By id: objects with ``id``, ``title``, ``issuer`` and ``date``.
    base
        The base map, with the sources of all positions.
    about
        The selection in words, Chinese and English.
    stem
        What files are called inside archives, without their endings.
    """

    table: gpd.GeoDataFrame
    documents: Mapping[str, Any]
    base: Base
    about: tuple[str, str] = ("", "")
    stem: str = "planmap"

    @property
    def day(self) -> str:
        """Date of the newest document as YYYY-MM-DD: files carry it, so that they can be equal.

        A year or month alone stands for its first day; without documents it is 1970-01-01.
        """
        newest = max((document.date for document in self.documents.values()), default="1970")
        return f"{newest}-01-01"[:10]


class File(NamedTuple):
    """A finished file: what it is called, its media type and its bytes."""

    name: str
    mime: str
    content: bytes


def legal(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")
