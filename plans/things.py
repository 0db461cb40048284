"""Lists become named things: endings and works shared out, counted things kept as programmes.

``X、Y等3个卫生院迁扩建工程`` is two clinics with the works 迁扩建; ``A、B垃圾中转站`` are two
stations of which only the second shows its noun; a number with a measure makes a programme.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plans.anatomy import dissect
from plans.endings import MERE, Ending, appends, borrows, is_classed, shared_ending
from plans.heads import with_heads
from plans.lexicon import Noun, lexicon, word_set
from plans.named import Thing, again, bare_part, numbered, with_head, with_whole
from plans.naming import is_bare, is_name, is_titled, only_titled
from plans.phrases import LONGEST_NAME, NAMING, Anatomy, Item, Phrase, abbreviated_noun
from plans.programmes import is_sized, programme
from plans.spread import spread
from plans.works import split_works, theme, works_category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plans.tokens import Token

# lines with a letter and a number, and names that say so, are railways: S2线, 市域铁路
_RAIL = re.compile(r"(?<![A-Z\d])[A-Z]\d{1,2}号?线|铁路|轨道交通")
_LEAST_ROW = 6  # signs of a row's name
_LEAST_WORKS = 4  # signs of works that say what they are
_LONGEST_LIST = 40  # items over which an ending is shared
_TOWN = re.compile(r"^([\u4e00-\u9fff]{2,3}(?:镇|街道|乡))(?:城市|城镇|城区)?$")
_TOWN_ENDS = frozenset(["镇", "街道", "乡", "城市", "城镇", "城区"])
_ALONG = ("沿", "以")
_SHORE_ROAD = re.compile(r"沿[江河溪湖海山湾港]{1,2}[东西南北中]?(?:路|街|大道|公路|高速)")
_WATERS = {"river_water", "flood"}


def things(phrase: Phrase, previous: Thing | None = None) -> list[Thing]:
    """Return what a list names, one thing for each item.

    ``previous`` is the thing named before in the sentence: a bare 二期 is its phase, a bare
    number counts its kind again. An empty list where the phrase names nothing.
    """
    wide = spread(phrase)
    if wide is not phrase and (of_each := things(wide, previous)):
        return of_each
    if not _may_name(phrase):
        return [town for item in phrase.items if (town := _town(item))]
    items = [item for item in with_heads(phrase).items if len(item.tokens) <= LONGEST_NAME]
    if not items:
        return []
    parts = [dissect(item) for item in items]
    tail = _summed(phrase.tail) if phrase.tail else None
    if parts[0].plural and not parts[0].proper:
        parts = [replace(part, plural=True) for part in parts]
    found: list[Thing] = []
    for position, (item, own) in enumerate(zip(items, parts, strict=True)):
        if _is_along(item) or (own.quantity and item.text.startswith("含")):
            continue
        shared = shared_ending(own, parts[position + 1 : position + 1 + _LONGEST_LIST], tail)
        if placed := _at_places(item, own, phrase.places):
            found.extend(placed)
            continue
        before = found[-1] if found and own.part else previous
        if thing := numbered(item, found) or _thing(item, own, shared, before) or _town(item):
            found.append(with_whole(with_head(thing, found)))
    if all(thing.bare for thing in found) and (counted := _kinds_counted(phrase)):
        return counted
    return found or _sized(phrase.items[0], phrase)


def _is_along(item: Item) -> bool:
    """Tell what only lies along something from a road of that name: 沿溪路."""
    along = item.text.startswith(_ALONG) and item.tokens[0].text not in word_set("given_names")
    place = len(item.tokens) == 1 and len(item.text) == len("沿浦")
    return along and not place and not _SHORE_ROAD.match(item.text)


def _kinds_counted(phrase: Phrase) -> list[Thing]:
    """Read the sum of kinds that name nothing: 步道、球场等健身场地40处."""
    tail = phrase.tail
    own = dissect(tail) if tail else None
    if tail is None or own is None or own.quantity is None or own.noun is None:
        return []
    kinds = all(dissect(item).noun for item in phrase.items)
    counted = programme(tail, own) if kinds and own.noun.kind != "place" else None
    return [counted] if counted else []


def _sized(item: Item, phrase: Phrase) -> list[Thing]:
    """Name the one thing of a kind that is meant where its size is told: 占地15亩的街头公园."""
    own = dissect(item) if phrase.sized and len(phrase.items) == 1 and not phrase.tail else None
    if own is None or own.noun is None or own.quantity or own.noun.kind == "project":
        return []
    name, noun = own.body + own.noun_text, own.noun
    if len(name) < _LEAST_WORKS or own.plural:
        return []
    return [Thing(name, item.start, item.end, noun.category, noun.kind, own.works, loose=True)]


def of_row(tokens: Sequence[Token]) -> Thing | None:
    """Return what a table's cell for a name names, though it only describes (县冷链物流集散中心).

    None where it is no facility.
    """
    if not tokens or len(tokens) > LONGEST_NAME:
        return None
    item = Item(tuple(tokens))
    own = dissect(item)
    if own.noun is None or own.quantity or own.noun.kind != "facility":
        return None
    if len(own.body + own.noun_text) < _LEAST_ROW:
        return None
    name = own.body + own.noun_text + bare_part(own.part)
    kind = "project" if own.works else own.noun.kind
    return Thing(name, item.start, item.end, own.noun.category, kind, own.works)


def _town(item: Item) -> Thing | None:
    """Read a township's own name, with words on its 城市 or 功能 behind it at most."""
    if item.tokens[-1].text not in _TOWN_ENDS:
        return None
    match = _TOWN.match(item.text)
    nouns = (token for token in item.tokens if token.is_a("noun", "quantity", "phase"))
    if not match or any(len(token.text) > 1 for token in nouns):
        return None
    return Thing(match[1], item.start, item.end, "new_town", "place", town=True)


def _summed(tail: Item) -> Anatomy:
    """Take the sum of a list apart; mere works are done to all of it (A、B等建设)."""
    if all(token.is_a("works") and not token.is_a("noun") for token in tail.tokens):
        return Anatomy(works=tail.text)
    return dissect(tail)


def _may_name(phrase: Phrase) -> bool:
    """Tell whether any word of a list is one of those by which things are named."""
    items = (*phrase.items, phrase.tail) if phrase.tail else phrase.items
    return any(token.is_a(*NAMING) for item in items for token in item.tokens)


def _thing(item: Item, own: Anatomy, shared: Ending, previous: Thing | None) -> Thing | None:
    if not own.words and not own.noun:
        return again(item, own, previous)
    if own.quantity is not None and not is_sized(item, own):
        return programme(item, own)
    noun, text, body = own.noun, own.noun_text, own.body
    if is_classed(own, shared):
        noun = shared.noun  # 线子街、大巷子等背街小巷: what kind they are, no part of their names
    elif borrows(own, shared) or appends(own, shared.noun):
        noun, text, body = shared.noun, shared.text, body + text
    of_place = own.noun is not None and noun is not own.noun  # its own noun ends a place's name
    of_all = shared.of_all or own.noun is None or shared.works == "建设"
    works = own.works or (shared.works if of_all else "")
    if noun is None and shared.text in MERE and own.proper:
        noun, works = _inner_noun(own), shared.text
    return _named(item, own, Ending(noun, text, works, of_place=of_place), body)


def _inner_noun(own: Anatomy) -> Noun | None:
    """Return the first feature noun inside a name that does not end with one (海塘安澜)."""
    words = (t.text for t in own.words if t.is_a("noun") and len(t.text) > 1)
    return next((lexicon().nouns[word] for word in words), None)


def _named(item: Item, own: Anatomy, ending: Ending, body: str) -> Thing | None:
    works, made = split_works(ending.works)
    noun = ending.noun or abbreviated_noun(body) or (_inner_noun(own) if own.part else None)
    if (body + ending.text).endswith(word_set("components")) or "政府" in body[:-1]:
        return None
    bare = is_bare(own, ending)
    if not (bare or is_name(own, ending, works, made)):
        return None
    sized = bool(own.words) and own.words[0].is_a("quantity")  # 80万吨乙烯改扩建项目
    titled = ending.works.removesuffix("建设")
    if noun is None and not made and (sized or titled.endswith("工程") or is_titled(titled)):
        made, works = titled, ""
    category = works_category(ending.works) if made or noun is None else noun.category
    kind = noun.kind if noun and not made and not own.part else "project"
    if noun and noun.category in _WATERS and works:
        kind = "project"  # a river is a place, its clearing is a project
    text = ending.text[-1] if noun and noun.strength == "rank" else ending.text
    name = body + text + bare_part(own.part) + made
    if _RAIL.search(name):
        category = "rail"
    if category == "water_supply" and works_category(works) == "flood":
        category = "flood"  # a reservoir's dam made safe
    category = theme(name) if category in {"", "other"} else category
    weak = ending.noun is not None and ending.noun.strength == "weak"
    described = weak and not own.proper and not own.part
    thing = Thing(name, item.start, item.end, category, kind, works, own.quantity)
    return replace(
        thing, described=described and not bare, bare=bare, loose=only_titled(ending, made)
    )


def _at_places(item: Item, own: Anatomy, places: tuple[Item, ...]) -> list[Thing]:
    """Name one unnamed facility by its place: 在某新城内新建一所小学 is 某新城小学."""
    one = own.quantity is not None and own.quantity.value == 1
    if not (one and places and own.noun and not own.proper):
        return []
    noun, name = own.noun, own.body + own.noun_text
    return [
        Thing(place.text + name, item.start, item.end, noun.category, noun.kind) for place in places
    ]
