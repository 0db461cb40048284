"""The parts of a clause: its verbs, and the lists between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plans.lexicon import Verb, lexicon, measured, word_set
from plans.lists import phrases
from plans.phrases import NAMING, Item, Phrase
from plans.spread import lists_places
from plans.tokens import is_inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.tokens import Token

_BETWEEN = ["date", "stop", "postposition", "preposition", "ensure", "strive", "abstract", "amount"]
_BY = "由"
_INTO_WORKS = [
    "works",
    "phase",
    "separator",
    "conjunction",
    "etc",
    "postposition",
    "quantity",
    "verb",
    "stop",
    "noun",
    "abstract",
    "bracket",
]


@dataclass(frozen=True)
class Part:
    """A piece of a clause: a verb or a list."""

    verb: Verb | None = None
    phrase: Phrase | None = None


def parts_of(clause: list[Token]) -> Iterator[Part]:
    """Split a clause into verbs and lists; what 在 and its like govern is kept as places."""
    chunk: list[Token] = []
    places: tuple[Item, ...] = ()
    opener, sized = "", False
    clause = _without_sums(clause)
    for position, token in enumerate(clause):
        if _follows_works(clause, position):
            continue
        if is_inert(token.classes) and token.text != "的":
            chunk.append(token)
        elif _is_verb(clause, position, chunk):
            yield from _with_size(_lists(chunk, opener, places), sized=sized)
            places = _places(chunk, opener) or places
            chunk, opener, sized = [], "", False
            yield Part(verb=lexicon().verbs[token.text])
        elif token.text == "的" and _joins(clause, position, chunk):
            chunk = [t for t in chunk if t.is_a("quantity")] if _counts(chunk) else chunk
        elif token.text == "的" and _measures(chunk):
            chunk, sized = _counted(chunk), True  # 占地15亩的街头公园, 总投资7.58亿元的县医院
        elif _is_amount(clause, position) or _shared_by_places(clause, position, chunk):
            continue
        elif _ends_list(clause, position, chunk):
            yield from _lists(chunk, opener, places)
            places = _places(chunk, opener) or places
            chunk, sized = [], False
            opener = token.text if token.is_a("clause_initial", "preposition") else opener
            opener = "" if token.text == "的" and opener == _BY else opener  # 由某公司承建的公园
        else:
            if token.is_a("apart"):  # what stands before a quoted name only describes it
                chunk = []
            chunk.append(token)
    yield from _with_size(_lists(chunk, opener, places), sized=sized)


def _with_size(parts: Iterator[Part], *, sized: bool) -> Iterator[Part]:
    for part in parts:
        phrase = replace(part.phrase, sized=True) if sized and part.phrase else part.phrase
        yield replace(part, phrase=phrase)


def _without_sums(clause: list[Token]) -> list[Token]:
    """Leave out what only sums up: 新建绿道137公里、累计达到2136公里."""
    if not any(token.text in word_set("sums_so_far") for token in clause):
        return clause
    kept: list[Token] = []
    summing = False
    for token in clause:
        opens = token.text in word_set("sums_so_far")
        if not summing or not (opens or token.is_a("amount", "quantity")):
            kept.append(token)
        summing = opens or (summing and token.is_a("amount"))
    return kept


def _is_verb(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell a verb from the same word inside a name or as the works done to it."""
    token = clause[position]
    if not token.is_a("verb") or _tells_size(clause, position):
        return False
    if not chunk or chunk[-1].is_a("separator", "conjunction"):
        return not (token.is_a("modifier") and _describes(clause, position, chunk))
    if chunk[-1].is_a("determiner") or not token.is_a("works", "noun", "modifier"):
        return True
    following = clause[position + 1 : position + 2]
    return bool(following) and not following[0].is_a(*_INTO_WORKS)


def _counted(chunk: list[Token]) -> list[Token]:
    """Keep the number of what each is so long or large: 3条总长9公里的公路."""
    first = chunk[0].quantity
    pieces = first is not None and measured(first.unit) == "thing"
    return chunk[:1] if pieces and len(chunk) > 1 else []


def _tells_size(clause: list[Token], position: int) -> bool:
    """Tell 总投资 of 总投资7亿元的县医院: a description, no verb of what is done."""
    behind = clause[position + 1 : position + 3]
    size = behind[0].quantity if len(behind) > 1 and behind[1].text == "的" else None
    return size is not None and measured(size.unit) in {"money", "area"}


def _describes(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell 创新 of 创新创业示范区 from the verb: inside a list, or behind another verb."""
    before = clause[position - 1 : position] if position else []
    following = clause[position + 1 : position + 2]
    in_list = bool(chunk) or bool(before and before[0].is_a("verb"))
    return in_list and bool(following) and following[0].is_a("modifier", "noun")


def _joins(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell a 的 that parts nothing: before mere works, or after a number's description."""
    following = clause[position + 1 : position + 2]
    before_works = following and following[0].is_a("works")
    return bool(chunk) and (bool(before_works) or (_counts(chunk) and not _measures(chunk)))


def _shared_by_places(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell a 的 behind a list of places: 甲县、乙县的污水处理厂, 甲、乙两个镇的敬老院."""
    following = clause[position + 1 : position + 2]
    named = bool(following) and following[0].is_a("noun", "modifier", "raw", "works")
    return clause[position].text == "的" and named and lists_places(chunk)


def _within_count(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell a word inside what is counted: 14个民生领域重大项目."""
    following = clause[position + 1 : position + 2]
    inside = clause[position].is_a("postposition") and bool(chunk) and _counts(chunk)
    return inside and bool(following) and following[0].is_a("noun")


def _counts(chunk: list[Token]) -> bool:
    return chunk[0].is_a("quantity") and not any(t.is_a("noun") for t in chunk)


def _measures(chunk: list[Token]) -> bool:
    """Tell a chunk that gives no more than the size of what comes: 占地15亩."""
    last = chunk[-1].quantity if chunk else None
    sized = last is not None and measured(last.unit) in {"area", "length", "money", "capacity"}
    return sized and not any(token.is_a("noun", "quoted") for token in chunk)


def _is_amount(clause: list[Token], position: int) -> bool:
    """Tell a mere 达, 超 or 约 before a number."""
    following = clause[position + 1 : position + 2]
    return clause[position].is_a("amount") and bool(following) and following[0].is_a("quantity")


def _follows_works(clause: list[Token], position: int) -> bool:
    """Tell the 后 of 某公园改造后重新开放, where what comes behind says more."""
    if clause[position].text != "后" or not position:
        return False
    around = clause[position - 1 : position + 2 : 2]
    return all(token.is_a("verb") for token in around)


def _opens_future(clause: list[Token], position: int) -> bool:
    """Tell the 将 of 某某高速将正式通车 from one inside a name."""
    behind = clause[position + 1 : position + 2]
    tells = bool(behind) and behind[0].is_a("verb", "adverb", "date", "ensure", "strive")
    return clause[position].text == "将" and tells and not behind[0].is_a("noun")


def _ends_list(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    token = clause[position]
    if token.is_a(*_BETWEEN):
        return not _within_count(clause, position, chunk)
    if token.is_a("clause_initial"):
        return not chunk or token.text == "在" or _opens_future(clause, position)
    if not token.is_a("adverb") or token.is_a("works", "noun", "modifier", "determiner"):
        return False
    # 七都 is a place: a single sign is an adverb only before what it qualifies
    following = clause[position + 1 : position + 2]
    qualifies = bool(following) and following[0].is_a("verb", "adverb", "clause_initial")
    return len(token.text) > 1 or qualifies


def _lists(chunk: list[Token], opener: str, places: tuple[Item, ...]) -> Iterator[Part]:
    if not chunk or opener in word_set("circumstance"):
        return
    if chunk[0].is_a("year") and all(token.is_a("year") for token in chunk):
        return
    if _names_nothing(chunk):
        yield Part(phrase=Phrase((Item(tuple(chunk)),), places=places))  # whatever its items
        return
    for phrase in phrases(chunk):
        yield Part(phrase=Phrase(phrase.items, phrase.tail, places))


def _names_nothing(chunk: list[Token]) -> bool:
    words = any(not token.is_a("separator", "conjunction", "etc") for token in chunk)
    return words and all(token.classes.isdisjoint(NAMING) for token in chunk)


def _places(chunk: list[Token], opener: str) -> tuple[Item, ...]:
    if opener != "在":
        return ()
    kept = [token for token in chunk if not token.is_a("determiner")]
    return tuple(item for phrase in phrases(kept) for item in phrase.items)
