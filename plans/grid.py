"""The rows of printed tables: tabs, Markdown bars, or one cell to a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from plans.units import is_unit, listed
from store import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

Columns = tuple[str, ...]
_LEAST_HEADERS, _LEAST_KNOWN = 3, 2
_BARS = 2
_LONGEST_HEADER, _UNKNOWN_HEADERS = 10, 2
_LONGEST_HINT = 14  # a header that says more: 1-9月份工作完成情况
_LONGEST_PRINTED = 30  # a header with its blanks
_REMEMBERED = 4096  # cells that may be headers
_LONGEST_NUMBER = 5  # （十二）
_ENDS_TABLE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|附件|注[:：]|抄送|第[一二三四五六七八九十]+章)"
)
_NAMED = ("units", "lead")
_TELLING = (*_NAMED, "deadline")  # columns whose cells look like nothing else
_SUM = re.compile(r"^\W*(?:合计|小计|总计)\W*$")
_DEADLINE = re.compile(
    r"^[^，。]{0,12}(?:\d月|年底|年末|季度|半年|20\d\d年|20\d\d[.．]\d)[^，。]{0,12}$"
)


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
    known = sum(map(bool, roles))
    if known >= _LEAST_KNOWN:
        known = sum(bool(role) or _hinted(c.text) for role, c in zip(roles, found, strict=True))
    if len(found) < 2 or known <= len(found) / 2:  # noqa: PLR2004 - a pair
        return ()
    taken = set(roles)
    guesses = (known or _guess(cell.text, taken) for known, cell in zip(roles, found, strict=True))
    return _headed(tuple(guesses))


def _headed(columns: Columns) -> Columns:
    """Let the first of two columns of words head the other: 重点任务, 具体内容."""
    if columns.count("text") > 1 and "title" not in columns:
        at = columns.index("text")
        return (*columns[:at], "title", *columns[at + 1 :])
    return columns


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
    """Tell a row whose first cell is merged with that above, and put its cells in place.

    Its number is missing, or its cells look right only some columns further on, and a cell at
    its end is missing too.
    """
    if len(found) >= len(columns) and found[-1].text.strip():
        return found, False
    if columns[0] == "number" and len(found[0].text.strip()) > _LONGEST_NUMBER:
        return [Cell(), *found][: len(columns)], True
    if _fitting(columns, found) == sum(column in _TELLING for column in columns):
        return found, False
    moved = [[*[Cell()] * by, *found][: len(columns)] for by in range(len(columns))]
    best = max(moved, key=lambda cells: _fitting(columns, cells))
    return best, best is not moved[0]


def _fitting(columns: Columns, found: list[Cell]) -> int:
    """Count the cells that look like what their column holds."""
    printed = [(column, cell.text.strip()) for column, cell in zip(columns, found, strict=False)]
    dates = sum(bool(_DEADLINE.match(words)) for column, words in printed if column == "deadline")
    named = [words for column, words in printed if column in _NAMED and words]
    return dates + sum(all(map(is_unit, listed(words))) for words in named)


@lru_cache(_REMEMBERED)
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
        if len(heads) >= _LEAST_HEADERS and header(heads):
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
        if role(text) or _hinted(text):
            found += [*unknown, Cell(text, 0, number)]
            unknown = []
        elif _bare(text):
            unknown.append(Cell(text, 0, number))
            if len(_unbracketed(text)) > _LONGEST_HEADER or len(unknown) > _UNKNOWN_HEADERS:
                break
    return found


def _bare(text: str) -> str:
    return text.strip(" \t\u3000|｜")


def _hinted(text: str) -> bool:
    """Tell a header that no table knows but for a word in it: 1-10月推进情况."""
    plain = _unbracketed(text)
    return len(plain) <= _LONGEST_HINT and any(word in plain for word in _roles("part"))


def _unbracketed(text: str) -> str:
    """Return a header without its measure: 年度投资金额（万元）."""
    return re.sub(r"\s*[(（][^()（）]*[)）]", "", _bare(text))


def _flattened(lines: tuple[str, ...], heads: list[Cell]) -> tuple[list[list[Cell]], int]:
    """Return the rows below flattened headers, and the line after them.

    A row begins with its number; the headers printed again on a new page are passed over.
    Where each cell ends with a bar, a bar alone is a blank cell.
    """
    columns = header(heads)
    barred = heads[-1].text.rstrip().endswith("|")
    found: list[list[Cell]] = []
    expected = ""  # the number of the next row; the first may be any
    number = heads[-1].line + 1
    for number in range(heads[-1].line + 1, len(lines) + 1):
        text = lines[number - 1]
        words = _bare(text)
        if _ENDS_TABLE.match(text):
            behind = _next_words(lines, number)
            if not behind.isdecimal() or behind != (expected or behind):
                break
            found.append([Cell(words, text.index(words), number)])  # it heads the rows below it
        elif words == (expected or words) and words.isdecimal():
            expected = str(int(words) + 1)
            found.append([Cell(words, 0, number)])
        elif found and barred and not words:
            found[-1] += [Cell(line=number)] * text.count("|")
        elif found and words and not role(text) and not _SUM.match(text):
            found[-1].append(Cell(words, text.index(words), number))
    else:
        number = len(lines) + 1
    return [row if len(row) == 1 else _aligned(columns, row) for row in found], number


def _next_words(lines: tuple[str, ...], after: int) -> str:
    words = (_bare(lines[number]) for number in range(after, len(lines)))
    return next(filter(None, words), "")


def _aligned(columns: Columns, row: list[Cell]) -> list[Cell]:
    """Put the cells of a row under their columns, by what they look like."""
    if len(row) == len(columns):
        return row
    if len(row) > len(columns) and not row[-1].text:
        # a cell may be merged with that beside it: 主要任务 and 全年目标任务
        parted = [[*row[:at], Cell(), *row[at:]] for at in range(2, len(columns))]
        fits = max([row, *parted], key=lambda cells: _fitting(columns, cells))
        return fits[: len(columns)]
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
