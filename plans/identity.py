"""When two names mean one thing: the key under which statements meet."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from plans.anatomy import dissect
from plans.documents import short_area
from plans.lexicon import GRAMMAR
from plans.model import COUNTED
from plans.phrases import Item, abbreviated_noun, noun_ending
from plans.tokens import tokenise
from store import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plans.model import Statement

_SIGNS = re.compile(r"[\s“”‘’「」（）()·—、\-]")
_ROUTE = re.compile(r"([A-Z]\d+(?:号?线)?|\d{3}(?:国道|省道|县道))")
_OWN_PART = re.compile(r"(.+?)(?:段|境内段)$")
_REMEMBERED = 8192  # names
Key = tuple[str, str]


@cache
def _light_words() -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table(GRAMMAR / "light_words.csv", ("word",)))


def key_of(statement: Statement, areas: tuple[str, ...], known: tuple[str, ...] = ()) -> Key:
    """Return the key of a statement: the area it belongs to by name, and the bare name.

    Parameters
    ----------
    known
        Areas of all documents: 柳市中学 in a plan of 乐清 is the 中学 of 柳市.
    areas
        Of the statement's document. A name without a proper part (便民服务中心) is the area's
        own; a part that is the plan's whole area (乐清段 in a plan of 乐清) is the thing itself.
    """
    name = _whole(statement, areas)
    if statement.kind in COUNTED:
        return ("#" + "|".join(areas), name)
    if route := _ROUTE.search(name):
        rest = name[route.end() :]
        return ("", route[1] + rest)
    return _without_area(name, tuple(map(short_area, (*areas, *known))))


def _whole(statement: Statement, areas: tuple[str, ...]) -> str:
    name = _SIGNS.sub("", statement.name)
    whole = _SIGNS.sub("", statement.part_of)
    part = _OWN_PART.match(name.removeprefix(whole)) if whole else None
    return whole if part and part[1] in set(map(short_area, areas)) else name


def _without_area(name: str, areas: tuple[str, ...]) -> Key:
    plain = name
    for word in _light_words():
        plain = plain.replace(word, "")
    for area in areas:
        rest = plain.removeprefix(area)
        rest = rest.removeprefix("镇") if rest != plain else rest
        if rest != plain and _is_common(rest):
            return (area, rest)
    if plain.startswith("市") and _is_common(plain[1:]):
        return ("市", plain[1:])
    if _is_common(plain):
        return (areas[0] if areas else "", plain)
    return ("", plain)


@lru_cache(_REMEMBERED)
def _is_common(name: str) -> bool:
    """Tell a name without a proper part: any town may have a 便民服务中心."""
    if noun_ending(name) is None:
        return False
    anatomy = dissect(Item(tuple(tokenise(name))))
    return anatomy.noun is not None and not anatomy.proper


def identifier(key: Key) -> str:
    """Return the stable id of a key."""
    return "p" + hashlib.sha256("|".join(key).encode()).hexdigest()[:10]


def abbreviated(name: str, keys: Iterable[Key]) -> Key | None:
    """Return the one key that a short name like 柳中 can stand for; None if none or several."""
    noun = abbreviated_noun(name)
    if noun is None:
        return None
    hits = [key for key in keys if key[0][:1] == name[0] and key[1] == noun.word]
    return hits[0] if len(hits) == 1 else None
