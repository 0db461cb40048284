"""Lists: a run of words as items, and after 等 or a number in between what sums them up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plans.anatomy import dissect
from plans.lexicon import lexicon, measured, word_set
from plans.phrases import LONGEST_NAME, Item, Phrase, letters
from plans.tokens import is_inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plans.tokens import Token

_MEETING = ("与", "和")
_LONG_NOUN = 4
_AHEAD = 12  # words that a list looks ahead: no sentence needs more


def phrases(chunk: list[Token]) -> Iterator[Phrase]:
    """Read a run of tokens as lists: items, and after 等 or a number in between their sum."""
    lister = _Lister()
    for position, token in enumerate(chunk):
        if lister.lacks_separator(token) and chunk[position + 1 :]:
            lister.close_item()
        if is_inert(token.classes):
            lister.add(token)
            continue
        rest = chunk[position + 1 : position + 1 + _AHEAD]
        if lister.parts_at(token, rest):
            if phrase := lister.close_item():
                yield phrase
        elif token.is_a("etc") or lister.is_summed_up(token, rest):
            lister.open_tail(token)
        elif token.is_a("conjunction") and lister.is_empty():
            lister.open_with(token, rest)
        else:
            lister.add(token)
    if phrase := lister.close():
        yield phrase


@dataclass
class _Lister:
    """A list being read: its finished items, the one being read, and the sum once 等 has come."""

    items: list[Item] = field(default_factory=list)
    current: list[Token] = field(default_factory=list)
    tail: list[Token] | None = None

    def add(self, token: Token) -> None:
        if self.tail is not None and self.items:
            self.tail.append(token)
        elif self.current or not token.is_a("conjunction"):
            self.current.append(token)

    def open_with(self, token: Token, rest: list[Token]) -> None:
        """Let 和 begin a name (和山大桥); 与某学院合作 speaks of a partner."""
        if token.text == "和" and rest and (rest[0].is_a("raw") or len(rest[0].text) == 1):
            self.current.append(token)

    def parts_at(self, token: Token, rest: list[Token]) -> bool:
        """Tell whether 、 or 和 ends the item: not at its start, nor where half a name is read.

        和山大桥 begins with it; 云和 and 大与至和岭公路 hold it.
        """
        if token.is_a("separator"):
            return True
        if not token.is_a("conjunction"):
            return False
        before = letters(self.current[-4:])  # the last two signs decide: a list may be long
        if token.text in _MEETING and _crosses(self.current, rest):
            return False
        half = len(before) < 2 or before.endswith(("至", "到"))  # noqa: PLR2004 - one sign
        if half and self.tail is None:
            return False
        return _stands_alone(rest) or self._both_whole(rest)

    def lacks_separator(self, token: Token) -> bool:
        """Tell a new item whose comma the print has lost: 甲企业10家 50亿元以上企业2家."""
        last = self.current[-1:]
        if not (last and last[0].quantity and token.quantity and self.tail is None):
            return False
        counted = measured(last[0].quantity.unit) == "thing"
        return counted and any(part.is_a("noun") for part in self.current)

    def _both_whole(self, rest: list[Token]) -> bool:
        """Tell two whole things: 福利院和大新镇敬老院, but not 178个基础设施和社会事业项目."""
        if not self.current or self.current[0].is_a("quantity"):
            return False
        right = _without_works(_first_item(rest))
        ends = (self.current[-1], *right[-1:])
        if not (right and all(t.is_a("noun") and len(t.text) > 1 for t in ends)):
            return False
        owned = [t for t in self.current[-2:] if t.is_a("noun") and len(t.text) > 1]
        if len(owned) > 1:
            return True  # 某某中学食堂和运动场
        return len(right) > 1 or not any(t.is_a("raw", "quoted") for t in self.current)

    def is_empty(self) -> bool:
        return not self.current and not (self.items and self.tail is not None)

    def open_tail(self, token: Token) -> None:
        self._finish_item()
        self.tail = [] if token.is_a("etc") else [token]

    def is_summed_up(self, token: Token, rest: list[Token]) -> bool:
        if self.tail is not None:
            return False
        quantity, count = token.quantity, len(self.items) + 1
        if quantity and quantity.value == count > 1 and measured(quantity.unit) == "thing":
            return bool(self.current and rest)  # 甲医院、乙车站2处停车库
        return _sums_up(token, self.current, rest)

    def close_item(self) -> Phrase | None:
        """End the item; a list that has been summed up ends with it."""
        if self.tail and self.items and all(t.is_a("raw", "determiner") for t in self.tail):
            return None  # 等一批公建、商住项目
        if self.tail is not None and self.items:
            return self.close()
        self._finish_item(self.current)  # 大与、桥头: here the sign belongs to the name
        return None

    def close(self) -> Phrase | None:
        self._finish_item()
        items, tail = tuple(self.items), _without_dangling(self.tail or [])
        self.items, self.tail = [], None
        return Phrase(items, Item(tuple(tail)) if tail else None) if items else None

    def _finish_item(self, tokens: list[Token] | None = None) -> None:
        tokens = _without_dangling(self.current) if tokens is None else tokens
        if tokens:
            self.items.append(Item(tuple(tokens)))
        self.current = []


def _without_dangling(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[-1].is_a("conjunction"):
        tokens = tokens[:-1]
    return tokens


def _first_item(rest: list[Token]) -> list[Token]:
    first: list[Token] = []
    for token in rest:
        # 和 after a single sign is half a name again: 新和村
        if token.is_a("separator", "etc") or (
            token.is_a("conjunction") and len(letters(first)) > 1
        ):
            break
        first.append(token)
    return first


def _without_works(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[-1].is_a("works") and not tokens[-1].is_a("noun"):
        tokens = tokens[:-1]
    return tokens


def _crosses(current: list[Token], rest: list[Token]) -> bool:
    """Tell the two roads of one junction: 国道204与某某路枢纽立交."""
    first = _without_works(_first_item(rest))
    if not (first and first[-1].text.endswith(word_set("junctions"))):
        return False
    roads = [token for token in (*current[-1:], *first[:-1]) if token.is_a("noun", "route")]
    return sum(_category(token) == "road" for token in roads) > 1


def _category(token: Token) -> str:
    return lexicon().nouns["公路" if token.is_a("route") else token.text].category


def _stands_alone(rest: list[Token]) -> bool:
    """Tell whether what follows 和 is a thing of its own, not the second half of a name."""
    first = _first_item(rest)
    if first and first[0].text in word_set("other_things"):
        return True  # 航站楼、跑道及相关配套设施
    if any(token.is_a("raw", "quoted", "quantity") for token in first):
        half = letters(first) == "段" or (first[-1].text in {"路口", "交叉口"} and len(first) > 1)
        return not half
    # 隧道及连接线 and 清和公园 stay whole; 和居家养老服务中心 does not
    return bool(first) and first[0].is_a("noun") and len(first[0].text) >= _LONG_NOUN


def _sums_up(token: Token, current: list[Token], rest: list[Token]) -> bool:
    """Tell a number that sums up a list without 等: 雁荡、芙蓉2个样板镇, A和B三大平台."""
    if len(current) > LONGEST_NAME:
        return False
    if token.is_a("total") and current and rest:
        described = sum(part.is_a("noun") for part in _first_item(rest)) > 1  # 甲、乙两大枢纽物流园
        return described or any(part.is_a("noun") for part in current)
    if not (token.is_a("quantity") and token.quantity and current and rest):
        return False
    named = dissect(Item(tuple(current)))
    counts = measured(token.quantity.unit) == "thing"
    whole = named.noun is not None and not any(t.is_a("raw", "quoted") for t in current)
    return counts and named.proper and not whole and rest[0].is_a("modifier", "noun")
