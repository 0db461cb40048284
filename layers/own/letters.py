"""Bytes of a text file into characters: what it declares, UTF-8, and the encodings of China.

Nothing is replaced or left out: an encoding is taken only if every byte fits it.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GB 2312 and GBK are parts of GB 18030, and files that declare them hold its characters.
_CHINESE = {"gb2312", "gbk", "cp936", "ms936", "936", "gb18030"}
_CHINESE_SIGN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_COMMON = 0.5  # of the characters beyond ASCII, for a text to be taken as Chinese


def codec(name: str) -> str:
    """Return Python's name of an encoding, the widest of its family; empty if it has none."""
    plain = re.sub(r"^(?:ansi|cp|windows|oem)?[ _-]*(?=\d{3,5}$)", "", name.strip().casefold())
    if plain in _CHINESE:
        return "gb18030"
    for candidate in (plain, f"cp{plain}", f"iso8859-{plain[4:]}" if plain[:4] == "8859" else ""):
        if candidate and _is_known(candidate):
            return codecs.lookup(candidate).name
    return ""


def _is_known(name: str) -> bool:
    try:
        b" ".decode(name)  # some of Python's codecs turn bytes into bytes
    except (LookupError, UnicodeError):
        return False
    return True


def decoded(raw: bytes, declared: str = "") -> str | None:
    """Return a text without its byte order mark; None if no encoding fits all bytes.

    UTF-8 comes first, since bytes of another encoding hardly ever pass for it; then what the file
    declares, then GB 18030.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, name)
    tries = (_strict(raw, name) for name in ("utf-8", codec(declared), "gb18030"))
    return next((text for text in tries if text is not None), None)


def told_encoding(values: Iterable[bytes], declared: Iterable[str]) -> str:
    """Return the encoding that all values fit; empty if there is none.

    Parameters
    ----------
    values
        Short texts as stored. The last character of each may be cut off.
    declared
        What the file says of its encoding, most telling first; it may lie.
    """
    telling = [value for value in values if not value.isascii()]
    if not telling:
        return "utf-8"
    if _fits(telling, "utf-8") and _is_chinese(telling, "utf-8"):
        return "utf-8"
    names = [name for name in map(codec, declared) if name]
    # one byte a character fits anything, and is what programs write that do not ask
    wide = [name for name in names if name not in _single_byte()]
    if chosen := next((name for name in wide if _fits(telling, name)), ""):
        return chosen
    if _fits(telling, "gb18030") and _is_chinese(telling, "gb18030"):
        return "gb18030"
    rest = [*names, "utf-8", "cp1252", "gb18030"]
    return next((name for name in rest if _fits(telling, name)), "")


@cache
def _single_byte() -> set[str]:
    numbers = (*range(1250, 1259), 437, 850, 852, 866)
    parts = (f"iso8859-{number}" for number in range(1, 17))
    return {"ascii", *(f"cp{number}" for number in numbers), *parts}


def uncut(value: bytes, encoding: str) -> str:
    """Return a value as characters, without a last one that is cut off.

    Raises
    ------
    UnicodeDecodeError
        A byte before the last character does not fit the encoding.
    """
    return codecs.getincrementaldecoder(encoding)("strict").decode(value, final=False)


def _strict(raw: bytes, name: str) -> str | None:
    if not name:
        return None
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def _fits(values: list[bytes], name: str) -> bool:
    try:
        for value in values:
            uncut(value, name)
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(values: list[bytes], name: str) -> bool:
    """Return whether most characters beyond ASCII are Chinese ones in common use.

    Bytes of another encoding turn into rare ones.
    """
    beyond = [sign for value in values for sign in uncut(value, name) if not sign.isascii()]
    return sum(map(_is_common, beyond)) > _COMMON * len(beyond)


def _is_common(sign: str) -> bool:
    try:
        return bool(_CHINESE_SIGN.match(sign)) and bool(sign.encode("gb2312"))
    except UnicodeEncodeError:
        return False
