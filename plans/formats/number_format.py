"""Numbers and days as a spreadsheet prints them: the unit and the scale stand in the format.

0.0"公里" prints 3.2 as 3.2公里, and 0!.0,"万元" prints 120000000 as 12000.0万元.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.'
    r"|(?P<general>general|G/通用格式)|(?P<exponent>E[+-])|(?P<percent>%)|(?P<digit>[0#?])"
    r"|(?P<comma>,)|(?P<point>\.)|(?P<slash>/)|(?P<text>@)"
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<day>e+|y+|m+|d+|a{3,4}|h+|s+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_CURRENCY = re.compile(r"\$([^-]*)")
_CHECKS = {
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "<=": lambda value, bound: value <= bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}
_PLAIN_SIGNS = re.compile(r"[-/.:：\s年月日号时分秒]*")
_THOUSAND = 3  # digits
_EXACT = Context(prec=1000)  # no number of a cell, in no scale, is rounded on the way
_LONG_YEAR = 4


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


@lru_cache(1024)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """Return a format's parts for positive, negative, zero and text, each cut into tokens."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "space"
        if kind == "other" and match[0] == ";":
            sections.append([])
        elif kind != "space":
            sections[-1].append(_Token(kind, match[kind]))
    return tuple(map(tuple, sections))


def printed_number(value: float, code: str) -> str:
    """Return a number as a format prints it.

    A format that prints nothing gives an empty text. Where the format holds no place for digits,
    only its words are printed.
    """
    sections = _sections(code)
    chosen, negative = _chosen(value, sections)
    if any(token.kind == "general" for token in chosen) or not chosen:
        return "" if len(sections) > 1 and not chosen else _with_words(chosen, value)
    digits = _digits(abs(value), chosen)
    return f"-{digits}" if negative and re.search(r"[1-9]", digits) else digits


def printed_text(value: str, code: str) -> str:
    """Return a text as a format prints it: "第"@"号" puts words around it."""
    sections = _sections(code)
    of_text = [each for each in sections if any(token.kind == "text" for token in each)]
    if not of_text:
        return value
    return "".join(value if t.kind == "text" else _word(t) for t in of_text[-1])


def _chosen(
    value: float, sections: tuple[tuple[_Token, ...], ...]
) -> tuple[tuple[_Token, ...], bool]:
    """Return the part of a format that prints a value, and whether a minus stands before it."""
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _CHECKS[condition[0]](value, condition[1]):
                return section, value < 0
        return sections[-1], value < 0
    numbers = [each for each in sections[:3] if not any(t.kind == "text" for t in each)] or [()]
    if value < 0 and len(numbers) > 1:
        return numbers[1], False
    return numbers[2 if value == 0 and len(numbers) > 2 else 0], value < 0  # noqa: PLR2004 - zero's part


def _condition(section: tuple[_Token, ...]) -> tuple[str, float] | None:
    for token in section:
        if token.kind == "bracket" and (match := _CONDITION.fullmatch(token.text)):
            return match[1], float(match[2])
    return None


def _word(token: _Token) -> str:
    """Return what a token prints that stands for no digit."""
    if token.kind == "bracket":
        money = _CURRENCY.match(token.text)
        return money[1] if money else ""
    return token.text if token.kind in {"quoted", "escaped", "other", "percent", "day"} else ""


def plain(value: float) -> str:
    """Return a number as a cell without a format prints it."""
    if not math.isfinite(value):
        return str(value)
    return str(int(value)) if value == int(value) else f"{value:.12g}"


def _with_words(section: tuple[_Token, ...], value: float) -> str:
    words = [plain(value) if token.kind == "general" else _word(token) for token in section]
    return "".join(words) or plain(value)


def _digits(value: float, section: tuple[_Token, ...]) -> str:
    kinds = [token.kind for token in section]
    if "digit" not in kinds:
        return "".join(map(_word, section))
    if "slash" in kinds:
        return _fraction(value, section)
    if "exponent" in kinds:
        return plain(value)
    scaled = Decimal(repr(float(value))).scaleb(2 * kinds.count("percent"))
    last = len(kinds) - 1 - kinds[::-1].index("digit")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    end = max((at for at in range(min(point, len(kinds))) if kinds[at] == "digit"), default=-1)
    commas = _commas_behind(kinds, end) + (_commas_behind(kinds, last) if last > end else 0)
    scaled = scaled.scaleb(-_THOUSAND * commas)
    places = sum(kind == "digit" for kind in kinds[point:])
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    whole, _, rest = f"{rounded:f}".partition(".")
    grouped = "comma" in kinds[: max(end, 0)]
    before = _before(section[:point], "" if whole == "0" else whole, grouped=grouped)
    return before + _behind(section[point:], rest)


def _commas_behind(kinds: list[str], at: int) -> int:
    """Count the commas right behind the last digit: each divides by a thousand."""
    count = 0
    while at >= 0 and at + 1 + count < len(kinds) and kinds[at + 1 + count] == "comma":
        count += 1
    return count


def _before(section: tuple[_Token, ...], whole: str, *, grouped: bool) -> str:
    """Fill the places before the point from right to left; the first takes all that is left."""
    places = [at for at, token in enumerate(section) if token.kind == "digit"]
    printed, waiting, count = [], whole, 0
    for at in range(len(section) - 1, -1, -1):
        token = section[at]
        if token.kind != "digit":
            printed.append(_word(token))
            continue
        width = len(waiting) if at == places[0] else 1
        digits = waiting[len(waiting) - width :] if waiting else ""
        waiting = waiting[: len(waiting) - len(digits)]
        for digit in reversed(digits or ("0" if token.text == "0" else "")):
            if grouped and count and count % 3 == 0:
                printed.append(",")
            printed.append(digit)
            count += 1
    return "".join(reversed(printed))


def _behind(section: tuple[_Token, ...], rest: str) -> str:
    """Fill the places behind the point; those that need not stand are left out where zero."""
    printed, at = "", 0
    needed = [n for n, t in enumerate(t for t in section if t.kind == "digit") if t.text == "0"]
    shown = max(len(rest.rstrip("0")), needed[-1] + 1 if needed else 0)
    for token in section:
        if token.kind == "point":
            printed += "." if shown else ""
        elif token.kind == "digit":
            printed += rest[at] if at < shown else ""
            at += 1
        else:
            printed += _word(token)
    return printed


def _fraction(value: float, section: tuple[_Token, ...]) -> str:
    """Return a number as a whole and a fraction with as many digits as the format has."""
    slash = next(at for at, token in enumerate(section) if token.kind == "slash")
    below = [token.text for token in section[slash + 1 :] if token.kind in {"digit", "other"}]
    named = "".join(text for text in below if text.isdecimal() and text != "0")
    size = max(sum(text in "0#?" for text in below), 1)
    exact = Fraction(value).limit_denominator(int(named) if named else 10**size - 1)
    if named:
        exact = Fraction(round(value * int(named)), int(named))
    mixed = sum(token.kind == "other" and token.text == " " for token in section[:slash])
    whole, part = divmod(exact.numerator, exact.denominator) if mixed else (0, exact.numerator)
    over = f"{part}/{exact.denominator}" if part else ""
    return " ".join(filter(None, [str(whole) if whole or not over else "", over]))


def printed_day(value: dt.date, code: str) -> str:
    """Return a day as 2024年12月31日, with no more of it than its format prints.

    A format with words of its own (yyyy"年底前") is printed letter by letter.
    """
    section = _sections(code)[0]
    parts = [t.text.lower() for t in section if t.kind == "day"]
    words = "".join(_word(t) for t in section if t.kind in {"quoted", "escaped", "other"})
    kinds = {part[0] for part in parts}
    if kinds & set("yed") and not _PLAIN_SIGNS.fullmatch(words):
        return "".join(_part(value, t) for t in section)
    year = f"{value.year}年" if kinds & set("ye") or not kinds & set("md") else ""
    month = f"{value.month}月" if "m" in kinds or not kinds & set("yemd") else ""
    day = f"{value.day}日" if "d" in kinds or not kinds & set("yem") else ""
    return (year or (f"{value.year}年" if day or month else "")) + month + day


def _part(value: dt.date, token: _Token) -> str:
    if token.kind != "day":
        return "/" if token.kind == "slash" else "." if token.kind == "point" else _word(token)
    kind, size = token.text[0].lower(), len(token.text)
    if kind in "ye":
        long = kind == "e" or size >= _LONG_YEAR or size == 3  # noqa: PLR2004 - yyy is a year too
        return str(value.year) if long else f"{value.year % 100:02}"
    number = {"m": value.month, "d": value.day}.get(kind)
    return "" if number is None else str(number)
