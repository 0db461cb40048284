"""Endings: what the items of a list borrow from its end or from the next item with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plans.lexicon import lexicon, word_set
from plans.works import split_works

if TYPE_CHECKING:
    from plans.lexicon import Noun
    from plans.phrases import Anatomy

# endings that name no kind of thing: 海塘安澜等项目 is 海塘安澜
MERE = ("项目", "工程")
_BETWEEN = "至"
_WAYS = {"road", "bridge", "rail"}
# an area named only to say whose facility is meant: 虹桥片区等污水处理厂
_LOCATORS = ("片区", "城区", "组团", "老城区")


@dataclass(frozen=True)
class Ending:
    """What items borrow from the list's end; ``of_all`` where 等 sums up the whole list.

    ``classed`` where this end only tells what kind they are and is no part of their names;
    ``of_place`` where an item's own noun only ends the name of the place that borrows.
    """

    noun: Noun | None = None
    text: str = ""
    works: str = ""
    of_all: bool = False
    of_place: bool = False
    classed: bool = False


def _classes(tail: Anatomy) -> bool:
    """Tell a sum that only says what kind its things are: 等著名景区, 等重点项目."""
    return any(token.text in word_set("classing") for token in tail.words)


def shared_ending(own: Anatomy, later: list[Anatomy], tail: Anatomy | None) -> Ending:
    """Return the ending that an item takes from the list's sum or from the next item with one.

    What lies between two ends takes it from the next that does (甲至乙、丙至丁高速公路), and a
    place from one inside the next of its kind (甲公园、乙公园体育设施).
    """
    if tail:
        return _of_sum(tail)
    between = _BETWEEN in own.body
    for part in later:
        if own.noun and not own.works and _stands_at_its_like(own.noun, part):
            return Ending(part.noun, part.noun_text, part.works, of_place=True)
        alike = _BETWEEN in part.body or not between
        if part.quantity is None and part.noun and part.proper and alike:
            return Ending(part.noun, _describing(part) + part.noun_text, part.works)
    return Ending(works=later[-1].works if later else "")


def _of_sum(tail: Anatomy) -> Ending:
    """Return what a list's sum lends to each of its items."""
    if tail.noun_text in _LOCATORS and split_works(tail.works)[1]:
        return Ending(works=tail.works, of_all=True)  # 老片区城中村改造 is 城中村改造
    if tail.noun and tail.noun.strength == "count" and tail.noun_text.endswith(MERE):
        return Ending(works=tail.noun_text[-len(MERE[0]) :] + tail.works, of_all=True)  # 等重点项目
    if sound := _without_condition(tail.noun_text):
        return Ending(lexicon().nouns[sound], sound, tail.works, of_all=True)
    text = _own_words(tail) + tail.noun_text
    return Ending(tail.noun, text, tail.works, of_all=True, classed=_classes(tail))


def _without_condition(noun: str) -> str:
    """Return 山塘 of 病险山塘: it is the state of those counted and no part of their names."""
    bare = next((noun.removeprefix(w) for w in word_set("conditions") if noun.startswith(w)), "")
    return bare if bare in lexicon().nouns else ""


def _stands_at_its_like(noun: Noun, part: Anatomy) -> bool:
    """Tell a name that begins with a place of this kind: 某公园体育设施 with 公园."""
    inner = part.words[-1].text if part.noun and part.words else ""
    place = lexicon().nouns.get(inner)
    if place is None or part.noun is None or part.quantity:
        return False
    alike = place.category == noun.category and inner[-1] == noun.word[-1]
    return alike and noun.kind != "place" and part.noun.word[-1] != noun.word[-1]


def _own_words(tail: Anatomy) -> str:
    """Return the words of a list's sum that belong to each of its names: 等13家婴幼儿成长驿站."""
    raw = any(token.is_a("raw", "quoted", "noun") for token in tail.words)
    return tail.body if raw and tail.noun and not tail.plural else ""


def _describing(own: Anatomy) -> str:
    """Return the general words right before the noun: 省级 of 某某省级中心镇."""
    words: list[str] = []
    for token in reversed(own.words):
        if not token.is_a("modifier"):
            break
        words.insert(0, token.text)
    return "".join(words)


def appends(own: Anatomy, noun: Noun | None) -> bool:
    """Tell an ending that is added to every name of the list (路口, 地块)."""
    if noun is None or noun.strength != "append" or own.body.endswith(noun.word):
        return False
    return own.noun is None or own.noun.category != noun.category  # 某路口等交通堵点


def is_classed(own: Anatomy, shared: Ending) -> bool:
    """Tell a name that a list's sum only counts among its kind."""
    known = shared.noun is not None and (shared.noun.strength == "class" or shared.classed)
    by_class = shared.of_all and known
    bare = own.noun is None or (shared.classed and own.weak_noun)
    return by_class and bare and own.proper and not (own.part or own.total)


def borrows(own: Anatomy, shared: Ending) -> bool:
    """Tell an item that has no noun of its own, or one that only ends its place's name."""
    if shared.of_place:
        return True
    if (
        not shared.noun
        or shared.noun.strength in {"count", "own", "class"}
        or own.total
        or own.part
    ):
        return False
    if own.noun is None:
        done = bool(own.works) and not shared.of_all  # 某流域综合治理、某水库除险加固
        return bool(own.words) and shared.text not in MERE and not done
    half = len(own.body) == len(own.noun_text) == 1 and not own.works  # 沙河治理 is whole
    return half or _is_head(own, own.noun, shared, shared.noun)


def _is_head(own: Anatomy, noun: Noun, shared: Ending, other: Noun) -> bool:
    """Tell a noun that only ends the name of a place: 和平新村等老旧小区, 某溪、某桥幼儿园."""
    differs = noun.category != other.category
    if noun.kind == "place" and shared.of_all and noun.strength == "weak":
        return differs
    if own.noun_text in _LOCATORS:
        return differs and other.kind == "facility"
    ways = {noun.category, other.category} <= _WAYS
    return not ways and own.weak_noun and len(shared.text) > 1 and differs
