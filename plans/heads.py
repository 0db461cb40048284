"""Heads that a list prints only once: 某港3号、4号泊位, 某某中学食堂和运动场."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plans.lexicon import lexicon
from plans.phrases import Item, Phrase

if TYPE_CHECKING:
    from plans.tokens import Token

_ORDINAL = re.compile(r"\d{1,3}号|第[一二三四五六七八九十]{1,3}")
_LONGEST = 12  # words of an item that is looked at


def with_heads(phrase: Phrase) -> Phrase:
    """Give each item the head that only the one before it shows."""
    if len(phrase.items) == 1:
        return phrase
    items = [phrase.items[0]]
    for item in phrase.items[1:]:
        before = items[-1]
        if len(before.tokens) <= _LONGEST and (head := _ordinal_head(before, item)):
            items[-1] = Item((*before.tokens, *_ending(item)))
            items.append(Item((*head, *item.tokens)))
        elif len(before.tokens) <= _LONGEST and (head := _owner(before, item)):
            items.append(Item((*head, *item.tokens)))
        else:
            items.append(item)
    return replace(phrase, items=tuple(items))


def _ordinal_head(before: Item, item: Item) -> tuple[Token, ...]:
    """Return 某港 of 某港3号、4号泊位."""
    one, other = before.tokens[-1], item.tokens[0]
    if not (_ORDINAL.fullmatch(one.text) and _ORDINAL.match(other.text)):
        return ()
    return before.tokens[:-1]


def _ending(item: Item) -> tuple[Token, ...]:
    """Return what follows the number: 泊位 of 4号泊位."""
    return item.tokens[1:] if _ORDINAL.fullmatch(item.tokens[0].text) else ()


def _owner(before: Item, item: Item) -> tuple[Token, ...]:
    """Return 某某中学 of 某某中学食堂和运动场, where the second does not name a thing itself."""
    if not _is_kind(item) or not before.tokens[0].is_a("raw"):
        return ()
    core = [n for n, token in enumerate(before.tokens) if token.is_a("noun")]
    if len(core) < 2:  # noqa: PLR2004 - the owner and its part
        return ()
    owner, part = core[-2:]
    noun = lexicon().nouns[before.tokens[owner].text]
    owns = noun.kind == "facility" and len(noun.word) > 1 and owner > 0
    return before.tokens[: owner + 1] if owns and part == owner + 1 else ()


def _is_kind(item: Item) -> bool:
    named = [token for token in item.tokens if not token.is_a("works") or token.is_a("noun")]
    if len(named) > 1 and _ORDINAL.fullmatch(named[0].text):
        named = named[1:]  # 第四跑道
    if len(named) != 1 or not named[0].is_a("noun"):
        return False
    noun = lexicon().nouns[named[0].text]
    return noun.strength != "count" and len(noun.word) > 1
