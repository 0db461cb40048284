"""Responsibility tables: tab-separated rows under a header line, understood cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from plans import grid
from plans.answers import in_cell
from plans.documents import short_area
from plans.grid import Cell
from plans.model import Task
from plans.units import leader_of_heading, responsibility, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.documents import Document

_ANNEX = re.compile(r"^(?:#+\s*)?附件\s*([0-9一二三四五六七八九十]*)\s*[:：]?$")
_SECTION = re.compile(r"^(?:#+\s*)?[一二三四五六七八九十]+、\S+$")
_BRACKETED = re.compile(r"^\s*[(（]\s*(\d+)\s*[)）]\s*")
_ITEM = re.compile(r"^\s*\d{1,3}[.．、]\s*(?!\d)")
_CHINESE = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True)
class _Place:
    """Where in the document a row stands, and what blank cells below it continue."""

    annex: int = 1
    title: str = ""
    section: str | None = None
    columns: tuple[str, ...] = ()
    above: tuple[tuple[str, str], ...] = ()


def find_tasks(document: Document) -> tuple[Task, ...]:
    """Return all rows of all responsibility tables, in the order of print.

    A header printed again on a new page continues its table. A blank cell of a merged column
    continues the cell above, each column for itself. Empty when the document has no table.
    """
    return tuple(_walk(document))


def _walk(document: Document) -> Iterator[Task]:
    place = _Place()
    for found in grid.rows(document.lines):
        if len(found) == 1 or grid.is_category(place.columns, found):
            place = _after_heading(place, found[0].text.strip())
        elif columns := grid.header(found):
            place = replace(place, columns=columns)
        elif place.columns and not grid.says_nothing(found):
            cells, merged = grid.below_merged(place.columns, found)
            printed = dict(zip(place.columns, cells, strict=False))
            if not merged:
                printed = _spoken_for(printed, place, _merged_roles(document, place, found))
            row, place = _continued(printed, place, merged=merged)
            if any(printed.get(role, Cell()).text.strip() for role in ("text", "title")):
                name = printed.get("title", Cell())
                yield replace(_task(document, row, place), **_trimmed(name))


def _trimmed(name: Cell) -> dict[str, Any]:
    numbered = _ITEM.match(name.text)
    start = numbered.end() if numbered else _begin(name) - name.start
    return {"name": name.text[start:].strip(), "name_at": (name.line, name.start + start)}


def _after_heading(place: _Place, line: str) -> _Place:
    if annex := _ANNEX.match(line):
        number = _CHINESE.get(annex[1]) or int(annex[1] or 1)
        return _Place(annex=number)
    if _SECTION.match(line):
        return replace(place, section=line.lstrip("# "), above=())
    if line and not place.title and not place.columns:
        return replace(place, title=line)
    return place


_DITTO = ("同上", "同前", "〃", "″")
_MERGED = ("title", "leader", "units", "lead", "support")
_DUE = ("deadline",)  # speaks for rows below it only where it is merged


def _continued(
    row: dict[str, Cell], place: _Place, *, merged: bool
) -> tuple[dict[str, Cell], _Place]:
    """Fill blank merged cells from above.

    A row that names itself in a title, or lacks its first cells (``merged``), continues who
    answers, but for those that only support one whom it prints; without a title of its own it
    continues all. A table without a title column merges nothing else.
    """
    above = dict(place.above)
    row = {role: _same(cell, above.get(role, "")) for role, cell in row.items()}
    kept = replace(place, above=tuple((above | _printed(row)).items()))
    if "title" not in place.columns and not merged:
        return row, kept
    own = _printed(row)
    if own.keys() & {"units", "lead"}:
        above.pop("support", None)
    if "lead" in own:
        above.pop("units", None)  # those beside another lead
    filled = {
        role: Cell(above.get(role, "")) for role in _MERGED if role in row and role not in own
    }
    return row | filled, kept


def _merged_roles(document: Document, place: _Place, found: list[Cell]) -> set[str]:
    """Return the columns in which a row's cell is merged with the one above it."""
    if not document.merged:
        return set()
    columns = enumerate(zip(place.columns, found, strict=False), 1)
    return {column for at, (column, cell) in columns if (cell.line, at) in document.merged}


def _spoken_for(row: dict[str, Cell], place: _Place, merged: set[str]) -> dict[str, Cell]:
    """Let a merged cell speak for each row it covers, whatever else the row prints."""
    above = dict(place.above)
    said = {role: Cell(above[role]) for role in merged & {*_MERGED, *_DUE} if role in above}
    return row | said


def _same(cell: Cell, above: str) -> Cell:
    """Return the cell, or what stands above it where it says 同上."""
    return replace(cell, text=above) if cell.text.strip() in _DITTO else cell


def _printed(row: dict[str, Cell]) -> dict[str, str]:
    roles = (role for role in (*_MERGED, *_DUE) if role in row)
    return {role: row[role].text for role in roles if row[role].text.strip()}


def _task(document: Document, row: dict[str, Cell], place: _Place) -> Task:
    text, start, number = _numbered(row)
    progress = row.get("progress", Cell())
    words = {role: cell.text for role, cell in row.items()}
    leader = words.get("leader") or (leader_of_heading(place.section) if place.section else None)
    answer = in_cell(words.get("units", "")) or responsibility(
        "、".join(filter(None, (words.get("units", ""), words.get("support", "")))),
        leader=leader,
        remark=words.get("remark", ""),
        lead_printed=words.get("lead", ""),
    )
    return Task(
        document=document.id,
        annex=place.annex,
        section=place.section,
        group=words["title"].strip() if "title" in words else None,
        number=number,
        line=row.get("text", row.get("title", Cell())).line,
        start=start,
        text=text,
        responsibility=spelled(answer, tuple(map(short_area, document.areas))),
        title=place.title,
        deadline=words.get("deadline", "").strip(),
        goal=words.get("goal", "").strip(),
        state=words.get("state", "").strip(),
        progress=progress.text.strip(),
        progress_at=(progress.line, _begin(progress)),
    )


def _begin(cell: Cell) -> int:
    return cell.start + len(cell.text) - len(cell.text.lstrip())


def _numbered(row: dict[str, Cell]) -> tuple[str, int, int]:
    """Return the text without its bracketed number, where it starts in the line, and the number."""
    cell = row.get("text", Cell())
    if match := _BRACKETED.match(cell.text):
        return cell.text[match.end() :].rstrip(), cell.start + match.end(), int(match[1])
    printed = row.get("number", Cell()).text.strip()
    return cell.text.strip(), _begin(cell), int(printed) if printed.isdecimal() else 0
