"""The rows of printed tables: tabs, Markdown bars, or one cell to a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from plans.units import is_unit, listed
from store import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

Columns = tuple[str, ...]
_LEAST_HEADERS = 3
_BARS = 2
_LONGEST_HEADER, _UNKNOWN_HEADERS = 10, 2
_LONGEST_PRINTED = 30  # a header with its blanks
_LONGEST_NUMBER = 5  # （十二）
_ENDS_TABLE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|附件|注[:：]|抄送|第[一二三四五六七八九十]+章)"
)
_SUM = re.compile(r"^\W*(?:合计|小计|总计)\W*$")
_DEADLINE = re.compile(r"^[^，。]{0,12}(?:\d月|年底|年末|季度|半年|20\d\d年)[^，。]{0,12}$")


@dataclass(frozen=True)
class Cell:
    """One cell of a row: its words, the line they stand in, and where in it they begin."""

    text: str = ""
    start: int = 0
    line: int = 0


def cells(text: str, line: int = 0) -> list[Cell]:
    """Split a line at tabs, or at the bars of a Markdown table; one cell if it has neither."""
    bar = "|" if "\t" not in text and text.count("|") >= _BARS else "\t"
    found, start = [], 0
    for part in text.split(bar):
        found.append(Cell(part, start, line))
        start += len(part) + 1
    if bar == "|":
        first = not found[0].text.strip()
        last = len(found) - (not found[-1].text.strip())
        found = found[first:last]
    return found


def header(found: list[Cell]) -> Columns:
    """Return what each column holds, if most of the cells are known headers; else empty.

    A header that no table knows is then taken for what a word in it says.
    """
    roles = [role(cell.text) for cell in found]
    if len(found) < 2 or sum(map(bool, roles)) <= len(found) / 2:  # noqa: PLR2004 - a pair
        return ()
    taken = set(roles)
    guesses = (known or _guess(cell.text, taken) for known, cell in zip(roles, found, strict=True))
    return tuple(guesses)


def _guess(printed: str, taken: set[str]) -> str:
    """Return what a word in an unknown header says, unless another column holds that already."""
    hints = (role for word, role in _roles("part").items() if word in printed)
    guess = next((role for role in hints if role not in taken), "")
    taken.add(guess)
    return guess


def is_category(columns: Columns, found: list[Cell]) -> bool:
    """Tell a row whose one cell heads those below it: it stands where their number would."""
    first, *others = (cell.text.strip() for cell in found)
    return columns[:1] == ("number",) and len(first) > _LONGEST_NUMBER and not any(others)


def below_merged(columns: Columns, found: list[Cell]) -> tuple[list[Cell], bool]:
    """Tell a row whose first cells are merged with those above, and put its cells in place.

    Its number is missing, and so are cells at its end.
    """
    short = len(found) < len(columns) or not found[-1].text.strip()
    first = found[0].text.strip()
    if short and columns[0] == "number" and len(first) > _LONGEST_NUMBER:
        return [Cell(), *found][: len(columns)], True
    return found, False


def role(printed: str) -> str:
    """Return what a column holds by its header; a year before it says nothing else."""
    if len(printed) > _LONGEST_PRINTED:
        return ""
    plain = re.sub(r"[\s*|]+", "", printed)
    return _roles("").get(re.sub(r"^20\d\d年?", "", plain), "")


@cache
def _roles(match: str) -> dict[str, str]:
    rows = read_table(DATA / "grammar" / "table_headers.csv", ("printed", "role"), ("match",))
    return {row["printed"]: row["role"] for row in rows if row["match"] == match}


def rows(lines: tuple[str, ...]) -> Iterator[list[Cell]]:
    """Return all lines as rows; a table printed one cell to a line is put together again."""
    number = 1
    while number <= len(lines):
        heads = _heads(lines, number)
        if len(heads) >= _LEAST_HEADERS:
            yield heads
            flat, number = _flattened(lines, heads)
            yield from flat
        else:
            yield cells(lines[number - 1], number)
            number += 1


def _heads(lines: tuple[str, ...], first: int) -> list[Cell]:
    """Return the header cells that stand one to a line from here on."""
    found: list[Cell] = []
    if not role(lines[first - 1]):
        return found
    unknown: list[Cell] = []
    for number in range(first, len(lines) + 1):
        text = lines[number - 1]
        if role(text):
            found += [*unknown, Cell(text, 0, number)]
            unknown = []
        elif _bare(text):
            unknown.append(Cell(text, 0, number))
            if len(_unbracketed(text)) > _LONGEST_HEADER or len(unknown) > _UNKNOWN_HEADERS:
                break
    return found


def _bare(text: str) -> str:
    return text.strip(" \t\u3000|｜")


def _unbracketed(text: str) -> str:
    """Return a header without its measure: 年度投资金额（万元）."""
    return re.sub(r"\s*[(（][^()（）]*[)）]", "", _bare(text))


def _flattened(lines: tuple[str, ...], heads: list[Cell]) -> tuple[list[list[Cell]], int]:
    """Return the rows below flattened headers, and the line after them.

    A row begins with its number; the headers printed again on a new page are passed over.
    """
    columns = tuple(role(head.text) for head in heads)
    found: list[list[Cell]] = []
    number = heads[-1].line + 1
    for number in range(heads[-1].line + 1, len(lines) + 1):
        text = lines[number - 1]
        words = _bare(text)
        if _ENDS_TABLE.match(text):
            break
        if words.isdigit() and int(words) == len(found) + 1:
            found.append([Cell(words, 0, number)])
        elif found and words and not role(text) and not _SUM.match(text):
            found[-1].append(Cell(words, text.index(words), number))
    else:
        number = len(lines) + 1
    return [_aligned(columns, row) for row in found], number


def _aligned(columns: Columns, row: list[Cell]) -> list[Cell]:
    """Put the cells of a row under their columns, by what they look like."""
    if len(row) == len(columns):
        return row
    waiting = list(row)
    return [_taken(column, waiting) for column in columns]


def _taken(column: str, waiting: list[Cell]) -> Cell:
    """Take from the waiting cells those that belong under a column."""
    if column in {"units", "lead", "support"}:
        units = [cell for cell in waiting if all(map(is_unit, listed(cell.text)))]
        chosen = units[:1] if column == "lead" else units
    elif column == "deadline":
        chosen = [cell for cell in waiting if _DEADLINE.match(cell.text.strip())]
    else:
        chosen = [c for c in waiting if not _DEADLINE.match(c.text.strip())][:1]
    for cell in chosen:
        waiting.remove(cell)
    if not chosen:
        return Cell()
    return replace(chosen[0], text="、".join(cell.text for cell in chosen))


def says_nothing(found: list[Cell]) -> bool:
    """Tell the rule under a Markdown header, and a row that only sums up."""
    ruled = all(re.match(r"^\s*:?-+:?\s*$", cell.text) for cell in found)
    return ruled or any(_SUM.match(cell.text) for cell in found[:3])
