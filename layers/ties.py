"""Words that only tie others together, negations, and what is left of a text without its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAN = re.compile(r"[㐀-鿿]")
# Words that only tie the others together.
_TIES = (
    r"(?:的|和|与|及|以及|或者?|由|是|在|了|里|内|中|还|仍|尚|要|会|应|都|有哪些|哪些|有|所有|全部|负责|项目|工程|"
    r"建设情况|进展情况|情况|进展|进度|请|查看|查|看|找|我要|显示|列出|年"
    r"|\b(?:the|of|by|in|at|on|and|or|with|for|to|all|that|which|are|is|be|show|projects?|works)\b"
    r"|[\s、，,；;。.:：?？!！/·+&|()（）])"
)
_ONLY_TIES = re.compile(f"{_TIES}*", re.IGNORECASE)
_TIE_BEFORE = re.compile(f"{_TIES}$", re.IGNORECASE)
_TIE_AFTER = re.compile(_TIES, re.IGNORECASE)
_EDGE = r"[\s、，,；;。.:：?？!！/·+&|]"
_ENGLISH = r"(?:the|of|by|in|and|or|with|for|that|which|are|is|projects?|works)\b"
# What goes from a text where it touches a word that was understood.
_AFTER_WORD = re.compile(
    rf"{_EDGE}*(?:负责|年)?(?:的(?:项目|工程)?|和|与|及|以及|或)?(?:{_EDGE}+(?:{_ENGLISH})?)*",
    re.IGNORECASE,
)
_BEFORE_WORD = re.compile(
    rf"(?:{_EDGE}+{_ENGLISH})*(?:的|和|与|及|以及|或|由|是|在)?{_EDGE}*$", re.IGNORECASE
)
_NEGATED = re.compile(
    r"(?:[不非未没无除](?:是|在|由|有|了|要|含|属于|看)?|别看|[-−!！]"
    r"|\b(?:not|no|non|never|without|except|excluding|isn't|aren't)\b"
    r"(?:\s+(?:the|any|in|by|yet|for|from|of))?)[\s-]*$",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(r"\s*(?:除外|以外|之外|excluded\b)", re.IGNORECASE)
# A negation reaches to the end of its phrase.
_PHRASE_ENDS = re.compile(r"[的，,；;。]|(?<=[㐀-鿿])\s")


def is_han(sign: str) -> bool:
    """Return whether a text begins with a Chinese sign."""
    return bool(_HAN.match(sign))


def clean_before(text: str, start: int = 0) -> bool:
    """Return whether a word can begin after this text: nothing, or a word that ties."""
    return not text[start:] or bool(_TIE_BEFORE.search(text, start))


def clean_after(text: str) -> bool:
    """Return whether a word can end before this text: nothing, or a word that ties."""
    return not text or bool(_TIE_AFTER.match(text))


def tied_at(text: str) -> Iterator[int]:
    """Yield where words that tie begin and end."""
    for tie in _TIE_AFTER.finditer(text):
        yield from tie.span()


def lone(text: str, *, before: bool) -> bool:
    """Return whether just one Chinese sign stands between a word and the next border."""
    pieces = re.split(_TIES, text, flags=re.IGNORECASE)
    piece = pieces[-1] if before else pieces[0]
    return len(piece) == 1 and bool(_HAN.match(piece))


def negated(before: str) -> bool:
    """Return whether a text ends with a negation of what comes next."""
    return bool(_NEGATED.search(before))


def excepted(text: str, end: int) -> bool:
    """Return whether what ends here is taken out by the words that follow."""
    return bool(_EXCEPTED.match(text, end))


def phrase_ends(text: str, start: int, end: int) -> bool:
    """Return whether a phrase ends between two places; a negation reaches no further."""
    return bool(_PHRASE_ENDS.search(text, max(start - 1, 0), end))


def text_left(typed: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text outside the spans, without the words that tied it to them."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(typed)]
    pieces = []
    for number, (left, right) in enumerate(zip(ends, starts, strict=True)):
        piece = typed[left:right]
        if spans and _ONLY_TIES.fullmatch(piece):
            continue
        if number > 0:
            piece = _AFTER_WORD.sub("", piece, count=1) if _AFTER_WORD.match(piece) else piece
        if number < len(spans):
            piece = _BEFORE_WORD.sub("", piece, count=1)
        pieces.append(piece.strip())
    return " ".join(filter(None, pieces))
