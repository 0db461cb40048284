"""What a printed line of prose is: a heading, a caption, or text that goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plans.documents import Document

_HEADING_MARK = re.compile(
    r"^(#{1,6}\s|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章节部])"
)
# 5.500千伏某变电站 is the fifth item, 5.5公里 is a length
_ITEM_NUMBER = re.compile(
    r"^\s*(?:\d{1,3}\s*[.．、](?!\d)|\d{1,2}[.．](?=\d{2,4}(?:千伏|国道|省道|县道))|[(（]\d{1,3}[)）]|[①-⑳]|[-*•●▶◆■]\s?)\s*"
)
# 一、石桥公园。 is the first item; 一、二期 and 二、三产业 are lists that begin a sentence
_CHINESE_NUMBER = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十百]{1,4}[)）][、.．]?"
    r"|[一二三四五六七八九十百]{1,4}\s*[、.．](?![一二三四五六七八九十]+[、期产批级次标类季环段号]))\s*"
)
FULL_STOP = ("。", "；", "！", "？", "”", "：", ":", ";", ".")
_LONGEST_HEADING = 60
_LONGEST_CAPTION = 30
_SHORT_MOTTO = 15


def after_number(line: str) -> int:
    """Return where a line's words begin behind its item number: 7．, (2), ③, 一、, （四）."""
    match = _ITEM_NUMBER.match(line) or _CHINESE_NUMBER.match(line)
    return match.end() if match else 0


def ends_with_note(line: str) -> bool:
    """Tell a line that ends with a note in brackets behind its last sentence."""
    return line.rstrip().endswith(("）", ")")) and bool(re.search(r"[。；][（(][^（(]+", line))


def kind_of(document: Document, number: int, *, is_open: bool) -> str:
    """Return what a line is: ``heading``, ``caption`` or ``text``.

    Parameters
    ----------
    number
        Of the line, counted from 1.
    is_open
        Whether a sentence that began above goes on.
    """
    line = document.lines[number - 1].strip()
    if _HEADING_MARK.match(line) and len(line) <= _LONGEST_HEADING and "。" not in line:
        return "heading"
    plain = len(line) <= _LONGEST_HEADING and not re.search(r"[，。；,;、]$|[，。；,;]", line)
    if not plain or line.endswith(FULL_STOP):
        return "text"
    if is_open:
        return "caption" if _stands_apart(document.lines, number) else "text"
    return "text" if document.has_marked_headings else "heading"


def _stands_apart(lines: tuple[str, ...], number: int) -> bool:
    """Tell a picture's caption: short lines inside a sentence, parted from it by two blanks."""
    blanks = 0
    for text in reversed(lines[: number - 1]):
        if text.strip():
            if len(text) > _LONGEST_CAPTION or re.search(r"[，。；,;、]", text):
                return False
            blanks = 0
        else:
            blanks += 1
            if blanks > 1:
                return True
    return False


def is_top(line: str, heading: str) -> bool:
    """Take a heading as the top one if it is marked or parted by a blank (name and motto)."""
    marked = bool(_HEADING_MARK.match(line.strip()))
    return marked or not heading or len(heading_of(line)) < len(line.strip()) > _SHORT_MOTTO


def heading_of(line: str) -> str:
    """Return the words of a heading without its marks."""
    return line.strip("# ").split(" ")[0].strip()
