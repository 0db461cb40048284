"""A named thing, and what it lends to those named behind it: its head, its number, its phase."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plans.lexicon import measured

if TYPE_CHECKING:
    from plans.model import Quantity
    from plans.phrases import Anatomy, Item

_DIGITS = "一二三四五六七八九十"
_NUMBERED = re.compile(rf"^[{_DIGITS}]+(路|街|支路|桥|号线)$")
_ROUTE_NUMBER = re.compile(r"((?:国道|省道|县道|乡道)[A-Z]?)\d{2,4}$")
_VOLTAGE = re.compile(r"^\d+千伏")
_STRETCH = re.compile(r"^([^（]{2,})（[^（）]+）$")
_PHASE = re.compile(r"^(.{2,})([一二三四五六七八九十首]期)$")
_PART = re.compile(
    r"^(.{2,}(?:国道|省道|县道|高速|公路|铁路|大道|快速路|连接线|线|路|河|江|街))(\S{2,8}段)$"
)
_WITH_PART = re.compile(r"(?<=..)(?:[一二三四五六七八九十首]期|[东南西北中]{1,2}延?段).*$")
# measures of which a thing is no programme but a person, a sum, a ratio or a date
_NOT_THINGS = ("people", "money", "ratio", "time")


@dataclass(frozen=True)
class Thing:
    """A named thing or a counted programme, before its verb is known.

    ``loose`` marks words with a number but no feature noun: only a verb with a stage makes them
    a programme. ``described`` marks a name of describing words only: what a sentence wants to
    make of a place (打造文化样板街区) rather than a thing. ``bare`` marks a mere kind of facility
    (敬老院): it is one that a reader knows only where it is the subject of its sentence. ``town``
    marks a township, which only locates other things unless it is itself what is pushed on.
    """

    name: str
    start: int
    end: int
    category: str
    kind: str
    works: str = ""
    quantity: Quantity | None = None
    programme: bool = False
    loose: bool = False
    described: bool = False
    bare: bool = False
    town: bool = False
    part_of: str = ""


def countable(quantity: Quantity) -> bool:
    """Tell an amount of things from people, money, a ratio or a date."""
    return measured(quantity.unit) not in _NOT_THINGS


def again(item: Item, own: Anatomy, previous: Thing | None) -> Thing | None:
    """Read a bare phase or a bare number as more of the thing named before."""
    if previous is None:
        return None
    here = replace(previous, start=item.start, end=item.end, quantity=own.quantity)
    if own.part and not previous.programme:
        whole = previous.part_of or _WITH_PART.sub("", previous.name)
        return replace(here, name=whole + bare_part(own.part), works=own.works)
    if own.quantity and previous.programme and countable(own.quantity):
        return here
    return None


def numbered(item: Item, before: list[Thing]) -> Thing | None:
    """Read a bare number as one more of a numbered kind: 火山一路、三路."""
    if before and item.text.isdecimal() and (head := _ROUTE_NUMBER.match(before[-1].name)):
        return replace(before[-1], name=head[1] + item.text, start=item.start, end=item.end)
    match = _NUMBERED.match(item.text)
    first = match and before and re.match(rf"(.+?)[{_DIGITS}]+{match[1]}$", before[-1].name)
    if not first:
        return None
    return replace(before[-1], name=first[1] + item.text, start=item.start, end=item.end)


def with_head(thing: Thing, before: list[Thing]) -> Thing:
    """Give a thing the head that the list prints only once: 110千伏甲变、乙变."""
    head = _VOLTAGE.match(before[-1].name) if before else None
    same = before and thing.category == before[-1].category == "energy"
    if head and same and not thing.programme and not thing.name[0].isdecimal():
        return replace(thing, name=head[0] + thing.name)
    return thing


def with_whole(thing: Thing) -> Thing:
    """Give a phase or a stretch the thing that it is a part of."""
    if thing.programme:
        return thing
    for pattern in (_PHASE, _PART, _STRETCH):
        if match := pattern.match(thing.name):
            return replace(thing, part_of=match[1])
    return thing


def bare_part(part: str) -> str:
    """Return a phase without brackets and works; a stretch in brackets stays as printed."""
    phase = part.strip("（）").removesuffix("工程")
    if phase and phase in _DIGITS:
        return phase + "期"  # 某某园二、三期
    if "（" in phase:
        return part  # 城区段综合整治（三期）
    return phase if phase.endswith("期") else part
