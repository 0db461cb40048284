"""Characters whose font does not say what they are, or says it wrongly."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from plans.formats.notes import LOST

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNNAMED = "(cid:"  # what pdfminer writes for a character without a name
_SPACE = "(cid:3)"  # the blank of TrueType fonts, which often has no name
_NARROW = 0.6  # of the size: a blank is no Chinese character
_NO_CHARACTER = {"Co", "Cn", "Cs", "Cc"}  # private use, unassigned, surrogates, controls
_SYMBOLS = re.compile(r"wingdings|webdings|symbol|dingbats", re.IGNORECASE)
_ENOUGH = 100  # Chinese characters, to judge by how common they are
_FREQUENT = frozenset(
    "的一是在和有大中上为地年市县区镇村建设工程项目完成推进加强发展实施责任单位政府"
    "人民公局路道水生产业农全新重点作务目标改造提升管理"
)
_LEAST_FREQUENT = 0.04  # of the characters of a plan; in real ones about 0.35


def named(char: dict[str, Any]) -> dict[str, Any]:
    """Return a character under its name: ``LOST`` where its font gives none.

    A bullet of a symbol font keeps its number for private use: it is no writing.
    """
    text = char["text"]
    if text == _SPACE and char["x1"] - char["x0"] <= _NARROW * char["size"]:
        return char | {"text": " "}
    if not (text.startswith(_UNNAMED) or _is_nameless(text)):
        return char
    if _SYMBOLS.search(char.get("fontname", "")):
        return char | {"text": " "} if text.startswith(_UNNAMED) else char
    return char | {"text": LOST}


def _is_nameless(text: str) -> bool:
    if text.isspace() or "\u4e00" <= text <= "\u9fff":
        return False
    return any(sign == LOST or unicodedata.category(sign) in _NO_CHARACTER for sign in text)


def are_exchanged(texts: Iterable[str]) -> bool:
    """Tell print whose fonts name each character as another one: hardly any is a common one."""
    signs = [sign for text in texts for sign in text if "\u4e00" <= sign <= "\u9fff"]
    frequent = sum(sign in _FREQUENT for sign in signs)
    return len(signs) >= _ENOUGH and frequent < _LEAST_FREQUENT * len(signs)
