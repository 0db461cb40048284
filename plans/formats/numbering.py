"""The numbers that Word prints before paragraphs and does not store: 一、 （一） 1. ①."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_LEVELS = 9
_OFF = {"0", "false", "off", "none"}
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CHINESE = {
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting"),
}


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Return a number below 10,000 in Chinese: 12 gives 十二, 105 gives 一百零五."""
    if not 0 < number < 10 ** (len(units) + 1):
        return str(number)
    printed, gap = "", False
    for power in range(len(units), -1, -1):
        digit = number // 10**power % 10
        if digit:
            unit = units[power - 1] if power else ""
            printed += ("零" if gap and printed else "") + digits[digit] + unit
        gap = not digit
    return printed[1:] if printed.startswith("一十") else printed


def roman(number: int) -> str:
    """Return a number in small Roman numerals."""
    printed = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        printed += sign * times
    return printed


def printed_number(number: int, form: str) -> str:
    """Return a number as a Word numbering format prints it; an unknown format as digits."""
    if form in {"bullet", "none"}:
        return ""
    if form in _CHINESE:
        return chinese(number)
    if form == "chineseLegalSimplified":
        return chinese(number, _LEGAL, "拾佰仟")
    if form.endswith("Roman"):
        return roman(number).upper() if form == "upperRoman" else roman(number)
    return _from_row(number, form) or (f"{number:02}" if form == "decimalZero" else str(number))


_ROWS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}


def _from_row(number: int, form: str) -> str:
    row = _ROWS.get(form, "")
    return row[number - 1] if 0 < number <= len(row) else ""


@dataclass(frozen=True)
class Level:
    """One level of a numbered list: ``pattern`` prints level k's number where it has ``%k``."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    style: str = ""


@dataclass
class _List:
    """A numbered list: its levels, and the key of the counters it shares with others."""

    shared: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """The counters of all lists of a document, walked through in order of print."""

    def __init__(self, document: Document) -> None:
        self._lists = _lists(document)
        self._styles = {
            style.get(qn("w:styleId"), ""): style
            for style in document.styles.element.iter(qn("w:style"))
        }
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def style_name(self, paragraph: _Element) -> str:
        """Return the name of a paragraph's style; empty for the default."""
        style = self._styles.get(_value(paragraph, "w:pPr/w:pStyle"))
        return "" if style is None else _value(style, "w:name")

    def is_struck(self, run: _Element) -> bool:
        """Return whether a run is struck out, by itself or by its character style."""
        for mark in ("w:strike", "w:dstrike"):
            own = run.find("/".join(map(qn, ("w:rPr", mark))))
            if own is None:
                style = self._styles.get(_value(run, "w:rPr/w:rStyle"))
                own = None if style is None else style.find("/".join(map(qn, ("w:rPr", mark))))
            if own is not None and own.get(qn("w:val"), "1") not in _OFF:
                return True
        return False

    def next(self, paragraph: _Element) -> str:
        """Count a paragraph and return the number printed before it; empty if it has none."""
        key, depth = self._place(paragraph)
        numbered = self._lists.get(key)
        if numbered is None or depth not in numbered.levels:
            return ""
        counters = self._count(key, numbered, depth)
        level = numbered.levels[depth]
        if level.form in {"bullet", "none"}:
            return ""
        return _filled(level.pattern, numbered, counters)

    def _place(self, paragraph: _Element) -> tuple[str, int]:
        """Return a paragraph's list and level, its own or its style's."""
        own = _value(paragraph, "w:pPr/w:numPr/w:numId")
        depth = _value(paragraph, "w:pPr/w:numPr/w:ilvl")
        if own:
            return own, _whole(depth)
        name = _value(paragraph, "w:pPr/w:pStyle")
        for _ in range(_LEVELS):  # a chain of styles that loops ends as well
            style = self._styles.get(name)
            if style is None:
                break
            if key := _value(style, "w:pPr/w:numPr/w:numId"):
                return key, self._depth_of(style, key, name)
            name = _value(style, "w:basedOn")
        return "", 0

    def _depth_of(self, style: _Element, key: str, name: str) -> int:
        levels = self._lists[key].levels if key in self._lists else {}
        tied = (depth for depth, level in levels.items() if level.style == name)
        return next(tied, _whole(_value(style, "w:pPr/w:numPr/w:ilvl")))

    def _count(self, key: str, numbered: _List, depth: int) -> dict[int, int]:
        counters = self._counters.setdefault(numbered.shared, {})
        for above in range(depth):
            counters.setdefault(above, numbered.levels.get(above, Level()).start)
        fresh = depth in numbered.restarts and (key, depth) not in self._begun
        self._begun.add((key, depth))
        if fresh:
            counters[depth] = numbered.restarts[depth]
        else:
            counters[depth] = counters.get(depth, numbered.levels[depth].start - 1) + 1
        for below in range(depth + 1, _LEVELS):
            counters.pop(below, None)
        return counters


def _filled(pattern: str, numbered: _List, counters: dict[int, int]) -> str:
    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        return printed_number(counters.get(depth, 1), numbered.levels.get(depth, Level()).form)

    return re.sub(r"%([1-9])", number, pattern)


def _lists(document: Document) -> dict[str, _List]:
    links = document.part.rels.values()
    part = next((r.target_part for r in links if r.reltype == RELATIONSHIP_TYPE.NUMBERING), None)
    if part is None:
        return {}
    root: _Element = part.element
    shared = {
        each.get(qn("w:abstractNumId"), ""): _levels(each)
        for each in root.iter(qn("w:abstractNum"))
    }
    return {each.get(qn("w:numId"), ""): _list(each, shared) for each in root.iter(qn("w:num"))}


def _list(element: _Element, shared: dict[str, dict[int, Level]]) -> _List:
    key = _value(element, "w:abstractNumId")
    levels, restarts = dict(shared.get(key, {})), {}
    for override in element.iter(qn("w:lvlOverride")):
        levels |= _levels(override)
        if start := _value(override, "w:startOverride"):
            restarts[_whole(override.get(qn("w:ilvl")))] = _whole(start)
    return _List(key, levels, restarts)


def _levels(element: _Element) -> dict[int, Level]:
    return {
        _whole(level.get(qn("w:ilvl"))): Level(
            form=_value(level, "w:numFmt") or "decimal",
            pattern=_value(level, "w:lvlText"),
            start=_whole(_value(level, "w:start") or "1"),
            style=_value(level, "w:pStyle"),
        )
        for level in element.iter(qn("w:lvl"))
    }


def _value(element: _Element, path: str) -> str:
    """Return ``w:val`` of the element at a path such as ``w:pPr/w:numPr``; empty if none."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return "" if found is None else found.get(qn("w:val"), "")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
