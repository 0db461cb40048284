"""What a workbook says of its cells besides their values: merged, hidden, computed.

Read from the sheets' XML in one pass, since the streaming reader of openpyxl leaves it out and
its other reader makes an object for every cell up to the farthest one, which a small file can
put thousands of millions of cells away.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Literal

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from plans.formats.errors import TooLarge
from store import Cause

if TYPE_CHECKING:
    from pathlib import Path

_MOST_PADDING = 20_000_000  # blank cells between those that a sheet holds, and rows of merged ones
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576
_MOST_AREA = 20_000_000  # places in the rectangle that all cells lie in
_TRUE = {"1", "true"}


Covered = Literal["above", "beside"]


@dataclass
class Grid:
    """One sheet; rows and columns count from 1.

    ``covered`` holds for each row its merged ranges: first and last column, and whether the
    range begins in this row. ``unknown`` formulas have no stored value; ``struck`` cells are
    struck out, and counted while the sheet's values are read.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    covered: dict[int, list[tuple[int, int, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    unknown: int = 0
    struck: int = 0
    last_row: int = 0
    padding: int = 0
    widest: int = 0

    @property
    def is_too_wide(self) -> bool:
        """Whether the rectangle that all cells lie in is no table that anyone made."""
        wide = self.last_row * self.widest > _MOST_AREA
        return wide or self.last_row > _MOST_ROWS or self.padding > _MOST_PADDING

    def covers(self, row: int, column: int) -> Covered | None:
        """Return where the cell is that a cell is merged with; None for a cell of its own."""
        for first, last, begins in self.covered.get(row, ()):
            if first <= column <= last and not (begins and column == first):
                return "above" if column == first else "beside"
        return None


def read_grids(path: Path, raw: bytes) -> dict[str, Grid]:
    """Return the grid of every sheet by the sheet's name.

    Raises
    ------
    TooLarge
        A sheet's cells lie so far apart that the space between them is no table.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        grids = {}
        for name, part in _sheet_parts(package).items():
            with package.open(part) as sheet:
                grids[name] = _read_grid(sheet)
            if grids[name].is_too_wide:
                hint = "delete what stands outside the table, save, and try again"
                cause = Cause("far_cells", values={"sheet": name})
                reason = f"sheet {name} is nearly all blank cells: {hint}"
                raise TooLarge(path, reason, cause=cause)
    return grids


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the package's part of each sheet by the sheet's name; charts are left out."""
    targets = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("xl", link.get("Target", "")))
        for link in _parsed(package, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
        if link.get("Type", "").endswith("/worksheet")
    }
    parts = {}
    for sheet in _parsed(package, "xl/workbook.xml").iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if link in targets:
            parts[sheet.get("name", "")] = targets[link].lstrip("/")
    return parts


def _parsed(package: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(part), parser)


def _read_grid(sheet: IO[bytes]) -> Grid:
    grid = Grid()
    tags = ("{*}col", "{*}row", "{*}mergeCell")
    for _, element in etree.iterparse(sheet, tag=tags, resolve_entities=False, no_network=True):
        kind = etree.QName(element).localname
        if kind == "row":
            _add_row(grid, element)
        elif kind == "col" and element.get("hidden") in _TRUE:
            first, last = int(element.get("min", 0)), int(element.get("max", 0))
            grid.hidden_columns |= set(range(first, min(last, _MOST_COLUMNS) + 1))
        elif kind == "mergeCell":
            _add_merged(grid, element.get("ref", ""))
    return grid


def _add_row(grid: Grid, row: etree._Element) -> None:
    grid.last_row = int(row.get("r") or grid.last_row + 1)
    if row.get("hidden") in _TRUE:
        grid.hidden_rows.add(grid.last_row)
    if len(row) and (place := row[-1].get("r")):
        column = coordinate_to_tuple(place)[1]
        grid.widest = max(grid.widest, column)
        grid.padding += column - len(row)
    grid.unknown += sum(map(_lacks_value, row.iter("{*}f")))
    row.clear()
    while row.getprevious() is not None:  # what is read is let go, or a long sheet fills memory
        del row.getparent()[0]  # type: ignore[union-attr]


def _lacks_value(formula: etree._Element) -> bool:
    value, cell = formula.getnext(), formula.getparent()
    computes_text = cell is not None and cell.get("t") == "str"
    return value is None or not (value.text or computes_text)


def _add_merged(grid: Grid, place: str) -> None:
    left, top, right, bottom = (bound or 0 for bound in range_boundaries(place))
    rows = range(top, min(bottom, grid.last_row) + 1)
    grid.padding += len(rows)
    if grid.padding <= _MOST_PADDING:
        for row in rows:
            grid.covered[row].append((left, right, row == top))
