"""Lists become named things: endings and works shared out, counted things kept as programmes.

``X、Y等3个卫生院迁扩建工程`` is two clinics with the works 迁扩建; ``A、B垃圾中转站`` are two
stations of which only the second shows its noun; a number with a measure makes a programme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from plans.lexicon import Noun, lexicon
from plans.model import Quantity
from plans.phrases import Anatomy, Item, Phrase, abbreviated_noun, dissect

_PART = re.compile(
    r"^(.{2,}(?:国道|省道|县道|高速|公路|铁路|大道|快速路|连接线|线|路|河|江|街))(\S{2,8}段)$"
)
_PHASE = re.compile(r"^(.{2,})([一二三四五六七八九十首]期)$")
# measures of which a thing is no programme but a person, a sum, a ratio or a date
_NOT_THINGS = ("people", "money", "ratio", "time")
# counted, but words rather than works
_NOT_WORKS = ("事项", "数量", "指标", "任务", "措施", "面积", "长度", "能力", "建议案", "水平", "容量")
_ALONG = ("沿", "以")
# an area named only to say whose facility is meant: 虹桥片区等污水处理厂
_LOCATORS = ("片区", "城区", "组团", "老城区")


@dataclass(frozen=True)
class Thing:
    """A named thing or a counted programme, before its verb is known."""

    name: str
    start: int
    end: int
    category: str
    kind: str
    works: str = ""
    quantity: Quantity | None = None
    programme: bool = False
    part_of: str = ""


@dataclass(frozen=True)
class _Ending:
    """What items without a noun of their own borrow from the list's end."""

    noun: Noun | None = None
    text: str = ""
    works: str = ""


def things(phrase: Phrase, previous: Thing | None = None) -> list[Thing]:
    """Return what a list names, one thing for each item.

    ``previous`` is the thing named before in the sentence: a bare 二期 is its phase, a bare
    number counts its kind again. An empty list where the phrase names nothing.
    """
    parts = [dissect(item) for item in phrase.items]
    tail = dissect(phrase.tail) if phrase.tail else None
    if parts[0].plural and not parts[0].proper:
        parts = [replace(part, plural=True) for part in parts]
    found: list[Thing] = []
    for position, (item, own) in enumerate(zip(phrase.items, parts, strict=True)):
        if item.text.startswith(_ALONG):
            continue
        shared = _shared_ending(parts[position + 1 :], tail)
        if placed := _at_places(item, own, phrase.places):
            found.extend(placed)
        elif thing := _thing(item, own, shared, previous):
            found.append(_with_whole(thing))
    return found


def _shared_ending(later: list[Anatomy], tail: Anatomy | None) -> _Ending:
    """Return the ending that an item takes from the list's sum or from the next item with one."""
    if tail:
        return _Ending(tail.noun, tail.noun_text, tail.works)
    for part in later:
        if part.quantity is None and part.noun and part.proper:
            return _Ending(part.noun, _describing(part) + part.noun_text, part.works)
    return _Ending(works=later[-1].works if later else "")


def _describing(own: Anatomy) -> str:
    """Return the general words right before the noun: 省级 of 某某省级中心镇."""
    words: list[str] = []
    for token in reversed(own.words):
        if not token.is_a("modifier"):
            break
        words.insert(0, token.text)
    return "".join(words)


def _thing(item: Item, own: Anatomy, shared: _Ending, previous: Thing | None) -> Thing | None:
    if not own.words and not own.noun:
        return _again(item, own, previous)
    if own.quantity is not None:
        return _programme(item, own)
    noun, text, body = own.noun, own.noun_text, own.body
    if _borrows(own, shared):
        noun, text, body = shared.noun, shared.text, body + text
    elif shared.noun and shared.noun.strength == "append" and not body.endswith(shared.text):
        noun, text, body = shared.noun, shared.text, body + text
    works = own.works or (shared.works if noun or own.proper else "")
    return _named(item, own, _Ending(noun, text, works), body)


def _borrows(own: Anatomy, shared: _Ending) -> bool:
    if not shared.noun or shared.noun.strength == "count" or own.total or own.part:
        return False
    if own.noun is None:
        return bool(own.words)
    if own.noun_text in _LOCATORS:
        return shared.noun.category != own.noun.category and shared.noun.kind == "facility"
    return own.weak_noun and len(shared.text) > 1 and own.noun.category != shared.noun.category


def _again(item: Item, own: Anatomy, previous: Thing | None) -> Thing | None:
    """Read a bare phase or a bare number as more of the thing named before."""
    if previous is None or previous.quantity is None and own.quantity is not None:
        return None
    span = {"start": item.start, "end": item.end}
    if own.part:
        whole = previous.part_of or previous.name
        name = whole + own.part.removesuffix("工程")
        return replace(previous, name=name, works=own.works, quantity=None, **span)  # type: ignore[arg-type]
    if own.quantity and previous.programme and _countable(own.quantity):
        return replace(previous, quantity=own.quantity, **span)  # type: ignore[arg-type]
    return None


def _countable(quantity: Quantity) -> bool:
    return lexicon().measures[quantity.unit] not in _NOT_THINGS


def _programme(item: Item, own: Anatomy) -> Thing | None:
    name = own.body + own.noun_text
    if own.quantity is None or not _countable(own.quantity) or len(name) < 2:  # noqa: PLR2004
        return None
    if own.noun is None and name.endswith(_NOT_WORKS) or name in _NOT_WORKS or name.isascii():
        return None
    category = own.noun.category if own.noun else _works_category(own.works) or "other"
    works, quantity = own.works, own.quantity
    return Thing(name, item.start, item.end, category, "programme", works, quantity, programme=True)


def _named(item: Item, own: Anatomy, ending: _Ending, body: str) -> Thing | None:
    works, made = _made(ending.works)
    noun = ending.noun or abbreviated_noun(body)
    if not _is_name(own, ending, works, made):
        return None
    if noun is None and ending.works.endswith("工程") and not made:
        made, works = ending.works, ""
    category = _works_category(ending.works) if made or noun is None else noun.category
    kind = noun.kind if noun and not made else "project"
    name = body + ending.text + own.part.removesuffix("工程") + made
    return Thing(name, item.start, item.end, category or "other", kind, works)


def _is_name(own: Anatomy, ending: _Ending, works: str, made: str) -> bool:
    noun = ending.noun
    if noun is None:
        role = any(lexicon().works[w].role for w in lexicon().works if works.endswith(w))
        return own.proper and bool(made or role or own.part)
    if noun.strength == "count":
        return own.proper and (bool(made) or own.quoted)
    if own.part:
        return True
    if own.proper:
        return len(own.body) > 1 or len(ending.text) > 1 or not own.weak_noun
    return not own.plural and (noun.strength == "strong" or own.described)


@cache
def _made(works: str) -> tuple[str, str]:
    """Split works that make the thing (旧村改造) from those that are only done to it."""
    for word in sorted(lexicon().works, key=len, reverse=True):
        if lexicon().works[word].role == "makes" and works.startswith(word):
            return works.removeprefix(word), word
    return works, ""


@cache
def _works_category(works: str) -> str:
    known = lexicon().works
    named = sorted((word for word in known if known[word].category), key=len, reverse=True)
    return next((known[word].category for word in named if word in works), "")


def _at_places(item: Item, own: Anatomy, places: tuple[Item, ...]) -> list[Thing]:
    """Name one unnamed facility by its place: 在某新城内新建一所小学 is 某新城小学."""
    one = own.quantity is not None and own.quantity.value == 1
    if not (one and places and own.noun and not own.proper):
        return []
    noun, name = own.noun, own.body + own.noun_text
    return [
        Thing(place.text + name, item.start, item.end, noun.category, noun.kind) for place in places
    ]


def _with_whole(thing: Thing) -> Thing:
    if thing.programme:
        return thing
    for pattern in (_PHASE, _PART):
        if match := pattern.match(thing.name):
            return replace(thing, part_of=match[1])
    return thing
