"""What is a name, and what only describes or speaks of many things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plans.endings import MERE
from plans.lexicon import word_set
from plans.works import has_role

if TYPE_CHECKING:
    from plans.endings import Ending
    from plans.phrases import Anatomy

# signs of running speech, in no name: 不用再跑远|路
_SPEECH = re.compile(r"[不再就很这那们吗呢吧没还又却被]|(?<![育英人成])才")
_GIVEN = {"education", "road", "rail", "park_green", "tourism", "bridge"}
_LEAST_TITLE = 6  # signs
_LEAST_BARE = 3  # signs


def is_bare(own: Anatomy, ending: Ending) -> bool:
    """Tell a mere kind of facility (敬老院)."""
    noun = ending.noun
    facility = noun is not None and noun.kind == "facility" and noun.strength == "weak"
    alone = not (own.words or own.plural or own.part or ending.of_place)
    return facility and alone and len(ending.text) >= _LEAST_BARE


def only_titled(ending: Ending, made: str) -> bool:
    """Tell a name that nothing but its 项目 makes one."""
    by_noun = ending.noun is not None and ending.noun.strength == "own"
    by_works = ending.noun is None and not made and ending.works.endswith("项目")
    return by_noun or by_works


def is_titled(works: str) -> bool:
    """Tell works that say what is done and call it a project (生态修复项目)."""
    return works.endswith(MERE) and len(works) >= _LEAST_TITLE


def is_name(own: Anatomy, ending: Ending, works: str, made: str) -> bool:
    """Tell a name from words that only describe; ``made`` are works that make the thing."""
    noun = ending.noun
    if noun is None:
        built = own.quoted and works == "建设"  # 深化“云上某某”建设
        worked = bool(made or has_role(works) or own.part or own.scheme or built)
        title = works.removesuffix("建设")
        titled = own.titled or (is_titled(title) and len(own.body) > 1)
        return own.proper and (worked or (title.endswith(MERE) and titled))
    if ending.of_place or (noun.strength == "class" and own.noun is None):
        return True
    if noun.strength in {"count", "own"}:
        named = noun.strength == "own" and own.titled
        return own.proper and (bool(made) or own.quoted or named)
    given = own.body in word_set("given_names") and noun.category in _GIVEN
    if given and not own.plural:
        return True
    if own.part or not own.proper:
        return (
            bool(own.part)
            or own.of_rank(noun)
            or (not own.plural and (noun.strength == "strong" or own.described))
        )
    return _is_proper_name(own, ending)


def _is_proper_name(own: Anatomy, ending: Ending) -> bool:
    """Tell a name from running speech, and from many things: 镇域各组团快速通道."""
    if any(token.classes == {"determiner"} for token in own.words):
        return False
    if own.weak_noun and _SPEECH.search(own.body):
        return False
    if len(own.body) > 1 or len(ending.text) > 1 or not own.weak_noun:
        return True
    river = ending.noun is not None and ending.noun.category == "river_water"
    return river and bool(ending.works)  # most rivers have a name of one sign: 汾河治理
