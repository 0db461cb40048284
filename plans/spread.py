"""Lists of villages, towns or counties that share what is done in each of them.

上坂、石鼓3个村生活污水治理工程 is one for each village; 甲县、乙县的污水处理厂 one for each county.
"""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from plans.lexicon import word_set
from plans.phrases import Item, Phrase

if TYPE_CHECKING:
    from plans.tokens import Token

_AROUND = 12  # words that are looked back at
_LONGEST = 6  # signs of a place's name


def spread(phrase: Phrase) -> Phrase:
    """Give each place of a list what the print says only once; other lists stay as they are."""
    if len(phrase.items) == 1 and not phrase.tail:
        return phrase
    if phrase.tail:
        shared = _behind_number(phrase.tail)
        named = all(_may_be_place(item) for item in phrase.items)
        whole = shared and named and len(shared) > 1
        return Phrase(_joined(phrase.items, shared), None, phrase.places) if whole else phrase
    *before, last = phrase.items
    shared = _behind_rank(last)
    run = list(takewhile(_is_ranked, reversed(before))) if shared else []
    if not run:
        return phrase
    others, places = before[: -len(run)], before[-len(run) :]
    return Phrase((*others, *_joined(places, shared), last), None, phrase.places)


def done_at(places: Phrase, phrase: Phrase) -> Phrase:
    """Give each place what is done there: 上坂、石鼓3个村完成饮水提质工程."""
    tail = places.tail.tokens if places.tail else ()
    rank = tail[1:] if tail and tail[0].is_a("quantity") else tail
    (first, *more), works = phrase.items, phrase.items[0].tokens
    named = any(token.is_a("raw", "quoted", "quantity") for token in works)
    if len(rank) != 1 or not is_rank(rank[0]) or more or phrase.tail or named:
        return phrase
    if not first.tokens[-1].is_a("works") or not all(map(_may_be_place, places.items)):
        return phrase
    return Phrase(_joined(places.items, (*rank, *works)))


def lists_places(tokens: list[Token]) -> bool:
    """Tell a list of places, with their number perhaps: 甲县、乙县 or 甲、乙两个镇."""
    if not tokens or not is_rank(tokens[-1]):
        return False
    pieces = groupby(tokens[-_AROUND:], lambda token: token.is_a("separator", "conjunction"))
    places = [list(piece) for parts, piece in pieces if not parts][-2:]
    if len(places[-1]) > 1 and places[-1][-2].is_a("quantity"):
        places[-1] = places[-1][:-2]
    return len(places) > 1 and all(place and _may_be_place(Item(tuple(place))) for place in places)


def is_rank(token: Token) -> bool:
    """Tell a word for a kind of place: 村, 镇, 街道, 县."""
    return token.text in word_set("ranks")


def _behind_number(tail: Item) -> tuple[Token, ...]:
    """Return the words of a list's sum from its rank on: 3个村生活污水治理工程."""
    tokens = tail.tokens
    if tokens[0].is_a("quantity"):
        tokens = tokens[1:]
    return tokens if tokens and is_rank(tokens[0]) else ()


def _behind_rank(item: Item) -> tuple[Token, ...]:
    """Return what follows a place in the last item: 丙县 of 丙县人民医院."""
    ends = [n for n, token in enumerate(item.tokens[:-1]) if n and is_rank(token)]
    return item.tokens[ends[0] + 1 :] if ends else ()


def _joined(items: tuple[Item, ...] | list[Item], shared: tuple[Token, ...]) -> tuple[Item, ...]:
    rest = shared[1:] if shared[0].text in word_set("mixed_ranks") else shared
    return tuple(Item((*_without(item, shared[0]), *rest)) for item in items)


def _without(item: Item, rank: Token) -> tuple[Token, ...]:
    return item.tokens[:-1] if item.tokens[-1].text == rank.text else item.tokens


def _is_ranked(item: Item) -> bool:
    return len(item.tokens) > 1 and is_rank(item.tokens[-1]) and _may_be_place(item)


def _may_be_place(item: Item) -> bool:
    known = any(token.is_a("quantity", "quoted", "phase", "determiner") for token in item.tokens)
    return not known and len(item.text) <= _LONGEST
