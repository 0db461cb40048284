"""The area that the gazetteer covers: one city or county, whose plans are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import BrokenFile, read_table

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True)
class Area:
    """The area.

    Attributes
    ----------
    code
        Six digits of the official list.
    short
        The name without its rank, as in a section of a road: 乐清段.
    """

    code: str
    name: str
    short: str

    def among(self, names: Collection[str]) -> bool:
        """Return whether one of the names means the area."""
        return self.name in names or self.short in names


def load_area(path: Path) -> Area:
    """Read the table of one row that names the area.

    Raises
    ------
    store.BrokenFile
        A cell is missing, or the table has not just one row.
    """
    rows = read_table(path, ("code", "name", "short"))
    if len(rows) != 1:
        raise BrokenFile(path, f"{len(rows)} rows; a gazetteer covers one area")
    return Area(rows[0]["code"], rows[0]["name"], rows[0]["short"])
