"""An item taken apart, from both ends to the middle."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plans.lexicon import Noun, lexicon, measured, word_set
from plans.model import Quantity
from plans.phrases import Anatomy, letters, noun_ending

if TYPE_CHECKING:
    from plans.phrases import Item
    from plans.tokens import Token

_PART_ENDING = re.compile(r"段$")
# works that say nothing of the thing: 海塘安澜项目 is 海塘安澜
_WAYS = ("road", "rail", "bridge")
_WORKED = (*_WAYS, "river_water")
_BUILT = (*_WAYS, "interchange", "tunnel")
_TITLES = ("项目", "工程")
_MERE_WORKS = ("项目", "工程", "等工程", "建设项目")


def dissect(item: Item) -> Anatomy:
    """Take an item apart, from both ends to the middle."""
    tokens = _to_phase(list(item.tokens))
    quantity, total = _pull_quantity(tokens)
    plural = _pull_determiners(tokens)
    works = _pull_works(tokens)
    if len(tokens) > 1 and tokens[-1].text in word_set("components"):
        works = tokens.pop().text + works if _has_parts(tokens[:-1]) else works
    part = tokens.pop().text if tokens and tokens[-1].is_a("phase") else ""
    before = _pull_works(tokens) if part else ""
    if before and before not in _MERE_WORKS and len(tokens) > 0:
        part = before + part  # 某大道改造二期 is not the second 大道
    works = works or before
    core = _core(tokens, works)
    return Anatomy(
        core.words,
        core.noun,
        core.noun_text,
        core.part + part,
        core.works,
        quantity,
        total,
        plural or any(_is_plural(token) for token in core.words),
    )


def _has_parts(tokens: list[Token]) -> bool:
    """Tell a stretch of a way, or one with a name, of which a part is spoken of: 某某大桥桩基."""
    *head, last = tokens
    noun = lexicon().nouns[last.text] if last.is_a("noun") and len(last.text) > 1 else None
    way = noun is not None and noun.category in _BUILT and any(t.is_a("raw") for t in head)
    return last.text.endswith("段") or way


def _to_phase(tokens: list[Token]) -> list[Token]:
    """Leave out what is counted of a phase: 某某园一期6幢厂房 is 某某园一期."""
    if tokens[0].is_a("phase") and any(token.quantity for token in tokens):
        return tokens[:1]  # 一期厂房6万平方米
    for at, token in enumerate(tokens[:-2]):
        if token.is_a("phase") and tokens[at + 1].is_a("quantity", "determiner"):
            return tokens[: at + 1]
    return tokens


def _is_plural(token: Token) -> bool:
    return token.text in lexicon().plurals or token.classes == {"determiner"}


def _pull_quantity(tokens: list[Token]) -> tuple[Quantity | None, bool]:
    trailing: Token | None = None
    if len(tokens) > 1 and tokens[-1].text.isdecimal() and tokens[-2].is_a("noun"):
        lost = tokens.pop().text  # 照料中心63: the measure is lost
        return Quantity(float(lost), "", lost), False
    while tokens and tokens[-1].is_a("quantity"):
        trailing = tokens.pop()
    if trailing and _sizes(trailing) and len(tokens) > 1 and tokens[-1].text == "至":
        tokens.pop()
        return None, False  # 某某水厂至20万吨/日
    if trailing:
        return trailing.quantity, False
    if len(tokens) > 1 and _sizes(tokens[0]) and tokens[-1].text in _TITLES:
        return None, False  # 80万吨乙烯改扩建项目
    if tokens and tokens[0].is_a("quantity", "total"):
        first = tokens.pop(0)
        return first.quantity, first.is_a("total")
    totals = [token for token in tokens if token.is_a("total")]
    for token in totals:
        tokens.remove(token)
    return None, bool(totals)


def _sizes(token: Token) -> bool:
    return token.quantity is not None and measured(token.quantity.unit) == "capacity"


def _pull_determiners(tokens: list[Token]) -> bool:
    pulled = False
    while tokens and tokens[0].is_a("determiner", "adverb", "year"):
        pulled = tokens.pop(0).is_a("determiner") or pulled
    return pulled


def _pull_works(tokens: list[Token]) -> str:
    pulled: list[str] = []
    while len(tokens) > 1 and (_is_works(tokens[-1]) or (pulled and _joins_works(tokens))):
        pulled.insert(0, tokens.pop().text)
    return "".join(pulled)


def _is_works(token: Token) -> bool:
    return token.is_a("works") and not token.is_a("quantity")


def _joins_works(tokens: list[Token]) -> bool:
    """Tell the 和 between two works: 白改黑和线缆下地."""
    return tokens[-1].is_a("conjunction") and len(tokens) > 2 and _is_works(tokens[-2])  # noqa: PLR2004 - a name, its works and 和


def _core(tokens: list[Token], works: str) -> Anatomy:
    """Find the feature noun: at the end, or earlier when only a part or works follow it."""
    if not tokens:
        return Anatomy(works=works)
    if noun := _noun_at(tokens, len(tokens) - 1):
        head, text = _without_noun(tokens, noun)
        return Anatomy(tuple(head), noun, text, works=works)
    positions = list(range(len(tokens) - 1))[::-1]
    if _PART_ENDING.search(tokens[-1].text):
        positions = _ways_first(tokens)
    for position in positions:
        if _noun_at(tokens, position) and (found := _with_rest(tokens, position, works)):
            return found
    return Anatomy(tuple(tokens), works=works)


def _ways_first(tokens: list[Token]) -> list[int]:
    """Order the nouns before a part: 甲市至乙江高速丙段 is a part of a road, not of a river."""
    nouns = [(n, noun) for n in range(len(tokens) - 1) if (noun := _noun_at(tokens, n))]
    long = [n for n, noun in nouns if noun.category in _WAYS and len(noun.word) > 1]
    short = [n for n, noun in nouns if noun.category in _WAYS and len(noun.word) == 1]
    return [*long, *short[::-1], *(n for n, _ in nouns)]


def _with_rest(tokens: list[Token], position: int, works: str) -> Anatomy | None:
    """Read what follows an earlier noun: a part of the thing, its works, or words on an area.

    None where the noun is only a word on the way (道路网络连通性).
    """
    noun = _noun_at(tokens, position)
    head, text = _without_noun(tokens[: position + 1], noun) if noun else (tokens, "")
    rest = tokens[position + 1 :]
    found = Anatomy(tuple(head), noun, text, works=works)
    if noun is None or any(token.is_a("conjunction") for token in rest):
        return None
    if tokens[position].is_a("route") and not _PART_ENDING.search(letters(rest)):
        return replace(found, words=tuple(tokens))  # S356甲至乙改扩建
    if part := _part_behind(rest, works):
        return replace(found, part=letters(part), works=letters(rest[len(part) :]) + works)
    if works in _MERE_WORKS:
        return replace(found, words=tuple(tokens), noun_text="")
    if len(noun.word) == 1 and not (works and noun.category in _WORKED):
        return None
    return _with_works(found, letters(rest) + works if works else "")


def _with_works(found: Anatomy, works: str) -> Anatomy | None:
    """Take what follows a noun as the works done to it; without works it names an area at most."""
    proper = any(token.is_a("raw", "quoted") for token in found.words)
    noun = found.noun
    if works:
        return (
            replace(found, works=works) if proper or (noun and noun.strength == "strong") else None
        )
    return found if proper and noun and noun.kind == "area" else None


def _part_behind(rest: list[Token], works: str) -> list[Token]:
    """Return the words behind a noun that name a part: 城区段 of 某河城区段防洪工程."""
    if rest[0].is_a("phase") and works:
        return rest[:1]
    return rest if _PART_ENDING.search(letters(rest)) else []


def _noun_at(tokens: list[Token], position: int) -> Noun | None:
    token = tokens[position]
    if token.is_a("noun"):
        return lexicon().nouns[token.text]
    if token.is_a("route"):
        return lexicon().nouns["公路"]
    if token.is_a("quoted"):
        noun = noun_ending(letters([token]))
        return noun if noun and len(noun.word) > 1 else None
    return None


def _without_noun(tokens: list[Token], noun: Noun) -> tuple[list[Token], str]:
    *head, last = tokens
    if last.is_a("route"):
        return tokens, ""
    inner = letters([last])
    if len(inner) == len(noun.word):
        return head, noun.word
    text = inner.removesuffix(noun.word)
    return [*head, last._replace(text=text, classes=frozenset({"quoted"}))], noun.word
