"""Noun phrases: one item of a list taken apart into its own words, noun, part and works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from plans.lexicon import Noun, lexicon, measured, word_set

if TYPE_CHECKING:
    from plans.model import Quantity
    from plans.tokens import Token

LONGEST_NAME = 60  # words; a longer run without a comma names nothing
# the words by which things are named
NAMING = frozenset(["noun", "route", "works", "phase", "quantity", "total", "quoted"])
_QUOTES = str.maketrans("", "", "“”「」‘’")
_ABBREVIATED = re.compile(r"^[一-鿿]{1,2}(?P<ending>中|职|医|小)$")
_ABBREVIATIONS = {"中": "中学", "职": "职业高中", "医": "医院", "小": "小学"}
_TITLE = 4  # signs: a firm and its product
_LONG_NOUN, _DESCRIBED = 5, 7  # signs
_OF_ALL = ("park_green", "sport", "culture")  # 市植物园
_OWN_RANKS = ("市", "县", "区", "镇", "乡", "街道")
_RANKS = "省市县区镇乡村各"


@dataclass(frozen=True, slots=True)
class Item:
    """One member of a list as printed: its tokens, in order."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where it begins in the sentence."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the sentence."""
        return self.tokens[-1].end

    @property
    def text(self) -> str:
        """Its letters without quotation marks."""
        return letters(self.tokens)


@dataclass(frozen=True)
class Phrase:
    """A list of items and, after 等, what the print says of all of them.

    ``places`` are the items of a phrase with 在 that tells where the list is to be; ``sized``
    tells that its size or cost stands before it (占地15亩的), so that one certain thing is meant.
    """

    items: tuple[Item, ...]
    tail: Item | None = None
    places: tuple[Item, ...] = ()
    sized: bool = False

    @property
    def start(self) -> int:
        """Where the first item begins."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where the last item or the tail ends."""
        return (self.tail or self.items[-1]).end


@dataclass(frozen=True, slots=True)
class Anatomy:
    """An item taken apart.

    Attributes
    ----------
    words
        What stands before the noun.
    noun, noun_text
        The feature noun; None where the item has none of its own.
    part
        A phase (二期) or the words from the noun on that name a part (蒲岐段).
    works
        What is done to the thing.
    quantity, total
        The amount; ``total`` where it only sums up a list (两大).
    plural
        The item speaks of things in general (各类广场, 基层卫生院).
    """

    words: tuple[Token, ...] = ()
    noun: Noun | None = None
    noun_text: str = ""
    part: str = ""
    works: str = ""
    quantity: Quantity | None = None
    total: bool = False
    plural: bool = False

    @property
    def body(self) -> str:
        """The letters before the noun."""
        return letters(self.words)

    @property
    def proper(self) -> bool:
        """Whether anything before the noun is more than a describing word."""
        if any(t.is_a("raw", "quoted", "noun") for t in self.words):
            return True
        # 大新路 and 大与路 are named by single signs that describe nothing together
        signs = [t.text for t in self.words]
        return len(signs) > 1 and all(len(s) == 1 and s not in _RANKS for s in signs)

    @property
    def quoted(self) -> bool:
        """Whether the print puts the whole name between quotation marks."""
        return len(self.words) == 1 and self.words[0].is_a("quoted") and len(self.body) > 1

    @property
    def scheme(self) -> bool:
        """Whether a quoted name calls itself a work or a plan (天网工程, 十百千计划)."""
        return self.quoted and self.body.endswith(("工程", "计划"))

    @property
    def titled(self) -> bool:
        """Whether words of its own, no mere description, stand before the noun (某某电缆项目)."""
        own = any(t.is_a("raw", "quoted") and len(t.text) > 1 for t in self.words)
        counted = any(t.quantity and _counts(t.quantity.unit) for t in self.words)
        return own and len(self.body) >= _TITLE and not (self.plural or counted)

    def of_rank(self, noun: Noun) -> bool:
        """Tell the one facility of a town or county: 县医院, 镇敬老院."""
        one = noun.kind == "facility" or noun.category in _OF_ALL
        return one and len(noun.word) > 1 and self.body in _OWN_RANKS

    @property
    def described(self) -> bool:
        """Whether two or more describing words stand before the noun (电力科技特色小镇).

        A long noun holds some of them itself: 镇级 创业孵化中心.
        """
        if self.words and self.words[0].text in word_set("high_ranks"):
            return False
        kind = self.noun.kind if self.noun else "project"
        if len(self.noun_text) >= _LONG_NOUN and kind != "project":
            return len(self.body) + len(self.noun_text) >= _DESCRIBED
        return len(self.words) > 1 and len(self.body) >= 4  # noqa: PLR2004 - two words of two signs

    @property
    def weak_noun(self) -> bool:
        """Whether the noun is a single sign that may as well end a village's name (溪, 桥)."""
        return len(self.noun_text) == 1


def letters(tokens: tuple[Token, ...] | list[Token]) -> str:
    """Return the letters of tokens without quotation marks."""
    return "".join(token.text for token in tokens).translate(_QUOTES)


def _counts(measure: str) -> bool:
    return measured(measure) == "thing"


@cache
def noun_ending(text: str) -> Noun | None:
    """Return the longest feature noun that ends the text; None if there is none."""
    nouns = lexicon().nouns
    return next((nouns[text[i:]] for i in range(len(text)) if text[i:] in nouns), None)


def abbreviated_noun(text: str) -> Noun | None:
    """Return the noun that a short name stands for (柳中 for a 中学); None if it is none."""
    match = _ABBREVIATED.match(text)
    return lexicon().nouns[_ABBREVIATIONS[match["ending"]]] if match else None
