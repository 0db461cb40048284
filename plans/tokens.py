"""A sentence cut into words of the grammar; what no table knows stays together as ``raw``."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from plans.lexicon import lexicon, measured, word_set
from plans.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROAD_WORDS = "建设|开发|创业|创新|发展|振兴|解放|改革|规划|胜利|团结|建国|建成|开元|开源"
_WRITTEN = "[一二两三四五六七八九十百千]+"
_FIXED = (
    ("year", r"20\d\d(?:年(?:度|[初中末底])?|(?=[年末底前]))"),
    (
        "date",
        (
            r"(?:\d{1,2}|十?[一二三四五六七八九十])月份?(?:\d{1,2}日|[上中下]旬|[初中末底])?(?:之?前)?"
            r"|(?:上|下)半年|年[初中末底]前?|第?[一二三四]季度(?:末|前)?"
            r"|(?:春节|国庆节?|五一|元旦|汛期?|节|学期|迎峰度夏)(?:之?前)|“?十[一二三四五]五”?(?:初期|中期|末期?|前期|后期)|[春夏秋冬]季(?:学期|开学时)?"
        ),
    ),
    # a stretch from one end to the other is part of a name: 春城路（甲路-乙路）
    (
        "stretch",
        r"（(?!\d)[^（），。；、]{1,20}?(?:[-—－~～]|至)[^（），。；、]{1,20}）|（[^（），。；、\d]{1,12}段）",
    ),
    ("first_phases", r"[一二三四五六七八九](?=(?:、[一二三四五六七八九十]){1,5}期)"),
    (
        "phase",
        r"（[一二三四五六七八九十]期(?:工程)?）|[一二三四五六七八九十首]期(?:工程)?|[东南西北]{1,2}延?段|中段",
    ),
    ("under_way", r"进入[\u4e00-\u9fff]{0,10}?阶段"),
    # roads are called 规划一路, 建设大道, 胜利路: no verb is meant there
    (
        "raw",
        f"(?:{_ROAD_WORDS})(?=[东西南北中]?(?:大道|大街|路|街(?!道)|巷)|新村|里(?![程面]))|(?:规划|建设)[一二三四五六七八九十]+(?=路|街|支路)",
    ),
    (
        "total",
        r"(?:[一二两三四五六七八九十]|(?<!\d)\d{1,3})大(?!道|桥|厦|学|型|荆|小)|[两三四五六七八九](?:村|镇|乡)(?=[\u4e00-\u9fff]{2})",
    ),
    # a road's number is its name: 省道394, G325, x207线
    (
        "route",
        (
            r"(?:国道|省道|县道|乡道)[A-Za-z]?\d{2,4}(?:线(?!路))?"
            r"|[Gg]\d{1,4}(?:线(?!路))?(?![\dA-Za-z])|[SsXxYyCc]\d{3,4}(?:线(?!路))?(?![\dA-Za-z])"
        ),
    ),
    ("ordinal", r"\d{1,3}号(?=[、和及与]\d{1,3}号)|第[一二三四五六七八九十]{1,3}(?=[、和及与]第)"),
    (
        "at",
        r"(?:分别)?于(?=\d{1,2}月|20\d\d年|[今明去]年|年[初中底]|近日|昨日|日前|[本上下]月|[一二三四]季度)",
    ),
    # 十九届四中、五中全会 are meetings, no schools
    (
        "stop",
        r"(?:十[五六七八九]|二十)届[一二三四五六七]中(?:[、和及][一二三四五六七]中){0,6}(?:全会)?",
    ),
    ("built", r"(?<![^，；：。])建(?=[\u4e00-\u9fff]{2,8}\d)"),
    ("separator", "、"),
    ("conjunction", "以及|和|与|及|或"),
    ("etc", "等等|等(?!级)"),
    ("punctuation", "[，：:…]|—{2,}"),
    ("bracket", "（(?:[^（）]|（[^（）]{0,40}）){0,300}）|《[^《》]{0,60}》"),
    ("quoted", "“[^“”]{1,14}”|「[^「」]{1,14}」|‘[^‘’]{1,14}’"),
)
_PARTS = {"stretch": "phase", "first_phases": "phase", "ordinal": "raw", "at": "adverb"}
# what any of these patterns can begin with: most signs need no closer look
_FIXED_FIRST = frozenset(
    "进东南西北春夏秋冬国五元汛节学迎二第0123456789一二两三四五六七八九十百千首上下年、以和与及或等，：:—…（《“「‘规省县乡GgSsXxYyCc于分"
) | {words[0] for words in _ROAD_WORDS.split("|")}
_ROAD_WORD = 2  # signs
_BUILT, _MIDST = "新建", "中"
_ROAD_VERBS = frozenset(_ROAD_WORDS.split("|"))
_ONE_SIGN_AMOUNTS = ("达", "超", "近", "约", "逾")
_SHORTEST_QUOTED, _LONGEST_QUOTED = 3, 8
_NAME_END = re.compile(
    r"^(?![和与及])\w*(?<!行动)(?:工程|计划|防区|平台|城管|中心|公园|小镇|走廊|新城)$"
)


_INERT = frozenset(["raw", "noun", "modifier", "works", "phase", "year", "word"])


class Token(NamedTuple):
    """A word: where it stands in the sentence, its letters, and what it can be."""

    start: int
    end: int
    text: str
    classes: frozenset[str]
    quantity: Quantity | None = None

    def is_a(self, *classes: str) -> bool:
        """Tell whether the word can be any of these."""
        return not self.classes.isdisjoint(classes)


@cache
def _amount() -> re.Pattern[str]:
    known = sorted(lexicon().measures, key=len, reverse=True)
    # 三元路 is no sum of money: written-out numbers count only what can be touched
    touched = [m for m in known if measured(m) in {"thing", "length", "area"}]
    return re.compile(
        rf"(?<!第)(?<![\d.])(?P<number>\d{{1,12}}(?:\.\d{{1,6}})?(?:-\d{{1,12}}(?:\.\d{{1,6}})?)?|{_WRITTEN}(?=(?:{'|'.join(touched)})(?![道路厦])))"
        rf"(?P<scale>[百千万亿]*)(?:余|多|来)?"
        rf"(?P<measure>{'|'.join(map(re.escape, known))})(?:以上|以下|左右|以内)?"
    )


@cache
def _fixed() -> re.Pattern[str]:
    amount = re.sub(r"\?P<\w+>", "", _amount().pattern).replace("((", "(?:(")
    year, date, *rest = (f"(?P<{name}>{pattern})" for name, pattern in _FIXED)
    return re.compile("|".join([year, date, f"(?P<quantity>（(?:{amount})）|{amount})", *rest]))


@cache
def _by_first() -> dict[str, tuple[tuple[int, frozenset[str]], ...]]:
    """Return for each first sign its words by length, the longest first."""
    by_first: dict[str, dict[int, set[str]]] = {}
    for word in lexicon().classes:
        by_first.setdefault(word[0], {}).setdefault(len(word), set()).add(word)
    return {
        first: tuple((n, frozenset(sizes[n])) for n in sorted(sizes, reverse=True))
        for first, sizes in by_first.items()
    }


def tokenise(text: str, gaps: Sequence[int] = ()) -> list[Token]:
    """Cut a sentence into tokens, at each place the longest word that any table knows.

    Parameters
    ----------
    gaps
        Sorted positions where the print has a blank, in a document that has lost its quotation
        marks: a stretch between two blanks that ends like a name is read as quoted.
    """
    tokens: list[Token] = []
    position = raw = 0
    while position < len(text):
        token = _between_blanks(text, position, gaps) if gaps else None
        if token is None and (token := _longest(text, position)) is None:
            position += 1
            continue
        if raw < position:
            tokens.append(_raw(text, raw, position))
        tokens.append(token)
        position = raw = token.end
    if raw < len(text):
        tokens.append(_raw(text, raw, len(text)))
    return tokens


def _between_blanks(text: str, position: int, gaps: Sequence[int]) -> Token | None:
    first = bisect_left(gaps, position)
    if first == len(gaps) or gaps[first] != position:
        return None
    ends = gaps[first + 1 : first + 1 + _LONGEST_QUOTED]
    for end in (
        end for end in ends if end <= position + _LONGEST_QUOTED
    ):  # OCR breaks a name now and then
        words = text[position:end]
        if len(words) >= _SHORTEST_QUOTED and _NAME_END.search(words):
            return Token(position, end, words, frozenset({"quoted", "apart"}))
    return None


def _raw(text: str, start: int, end: int) -> Token:
    return Token(start, end, text[start:end], frozenset({"raw"}))


def _longest(text: str, position: int) -> Token | None:
    sign = text[position]
    word = _table_word(text, position) if sign in _by_first() else ""
    if len(word) > _ROAD_WORD and word[-_ROAD_WORD:] in _ROAD_VERBS:
        word = _before_road(text, position, word)
    if len(word) > _ROAD_WORD and word.endswith(_MIDST):
        word = _before_school(text, position, word)
    match = _fixed().match(text, position) if sign in _FIXED_FIRST else None
    if match and match.lastgroup == "under_way":
        return _entering(match)
    if match and match.lastgroup == "built" and not _is_longer_verb(text, position, word):
        return Token(position, position + 1, _BUILT, lexicon().classes[_BUILT])
    if match and match.end() - position >= len(word):
        kind = _PARTS.get(str(match.lastgroup), str(match.lastgroup))
        quantity = _quantity(match[0]) if kind == "quantity" else None
        if kind == "quoted" and (inner := match[0][1:-1]) in lexicon().works:
            return Token(position, match.end(), inner, lexicon().classes[inner])  # “白改黑”
        classes = frozenset({kind, "raw"} if kind == "route" else {kind})
        return Token(position, match.end(), match[0], classes, quantity)
    if word and not (word in _ONE_SIGN_AMOUNTS and not _counts_next(text, position + 1)):
        return Token(position, position + len(word), word, lexicon().classes[word])
    return None


def _before_road(text: str, position: int, word: str) -> str:
    """Leave a road its name: 完成建设路 completes 建设路."""
    shorter = word[:-_ROAD_WORD]
    match = _fixed().match(text, position + len(shorter))
    named = match is not None and match.lastgroup == "raw"
    return shorter if named and shorter in lexicon().classes else word


def _is_longer_verb(text: str, position: int, word: str) -> bool:
    """Tell 建设 and 建成 from 建 before what is counted: 建绿道7公里."""
    if len(word) < _ROAD_WORD:
        return False
    behind = _table_word(text, position + 1)
    counted = len(behind) > 1 and "noun" in lexicon().classes[behind]
    return word in _ROAD_VERBS or not counted


def _before_school(text: str, position: int, word: str) -> str:
    """Leave what is built its first sign: 建设中学 builds a 中学."""
    shorter = word.removesuffix(_MIDST)
    begun = _table_word(text, position + len(shorter))
    noun = len(begun) > 1 and "noun" in lexicon().classes[begun]
    return shorter if noun and shorter in lexicon().classes else word


def _counts_next(text: str, position: int) -> bool:
    """Tell whether a number follows: 达100家, but not 恒达."""
    follows = text[position : position + 1]
    return follows.isdecimal() or follows in _DIGITS or follows in _SCALES or follows == "到"


def _entering(match: re.Match[str]) -> Token:
    """Read 进入…阶段 as one verb: of preparation if it names a step before the works."""
    early = any(word in match[0] for word in word_set("preparatory"))
    word = "进入前期阶段" if early else "进入施工阶段"
    return Token(match.start(), match.end(), word, lexicon().classes[word])


def _table_word(text: str, position: int) -> str:
    for length, words in _by_first().get(text[position : position + 1], ()):
        if (word := text[position : position + length]) in words:
            return word
    return ""


# units that are printed with a small number, as 平方米 is the word elsewhere
_MEASURES = {
    **dict.fromkeys(("m2", "m²"), "平方米"),
    **dict.fromkeys(("km2", "km²"), "平方公里"),
    **dict.fromkeys(("m3", "m³", "㎥"), "立方米"),
}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def _quantity(printed: str) -> Quantity | None:
    words = printed.strip("（）")
    match = _amount().match(words)
    if match is None:
        return None
    value = _value(match["number"])
    for sign in match["scale"]:
        value *= _SCALES[sign]
    return Quantity(value, _MEASURES.get(match["measure"], match["measure"]), words)


def _value(number: str) -> float:
    """Return a printed number's value; of a range like 2-3 the lower end."""
    if number[0].isdecimal():
        return float(number.split("-", maxsplit=1)[0])
    total = digit = 0
    for sign in number:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += max(digit, 1) * _SCALES[sign]
            digit = 0
    return float(total + digit)


@cache
def is_inert(classes: frozenset[str]) -> bool:
    """Tell words that only carry on what is being read: most of them."""
    return classes <= _INERT
