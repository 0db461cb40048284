"""Every word the interface shows, in two languages, from two tables under ``data/``."""

from __future__ import annotations

import re
from functools import cache, reduce
from typing import TYPE_CHECKING, Literal, get_args

import store

if TYPE_CHECKING:
    from collections.abc import Sequence

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_CODES = store.DATA / "codes.csv"
_CAPTIONS = store.DATA / "captions.csv"
_LIBRARY_WORDS = store.DATA / "library_words.csv"
# All that CommonMark lets a backslash take the meaning from.
_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")


class UnknownCode(ValueError):  # noqa: N818 - it names what is unknown
    """A code that its list does not hold; the message lists those it holds."""

    def __init__(self, list_name: str, code: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown {list_name} {code!r}; known are {', '.join(known)}")
        self.list_name, self.code = list_name, code


class UnknownCaption(ValueError):  # noqa: N818 - it names what is unknown
    """A caption asked for that the table of interface texts does not hold."""


def codes(list_name: str) -> tuple[str, ...]:
    """Return the codes of one list in the table's order; for stages that is the order of life.

    Raises
    ------
    UnknownCode
        There is no such list.
    """
    if list_name not in (lists := _labels()):
        raise UnknownCode("list", list_name, tuple(lists))
    return tuple(lists[list_name])


def label(list_name: str, code: str, language: Language) -> str:
    """Return what a code is called.

    Raises
    ------
    UnknownCode
        The list does not hold the code.
    """
    if code not in (known := codes(list_name)):
        raise UnknownCode(list_name, code, known)
    return _labels()[list_name][code][language]


def standard_code(list_name: str, code: str) -> str:
    """Return the code of the Open Contracting standard (OC4IDS); empty where it has none.

    Raises
    ------
    UnknownCode
        The list does not hold the code.
    """
    label(list_name, code, "en")
    return _standard_codes()[list_name, code]


def labels(list_name: str, wanted: Sequence[str], language: Language) -> str:
    """Return several labels as one enumeration; empty for none."""
    return join([label(list_name, code, language) for code in wanted], language)


def join(parts: Sequence[str], language: Language, pair: str = "list_pair") -> str:
    """Return the parts as one enumeration in the manner of the language; empty for none.

    ``pair`` is the caption that puts two parts together.
    """
    if not parts:
        return ""
    return reduce(lambda left, right: caption(pair, language, left=left, right=right), parts)


def noted(text: str, note: str, language: Language) -> str:
    """Return a text with a note in brackets."""
    return caption("noted", language, text=text, note=note)


def caption(key: str, language: Language, **values: object) -> str:
    """Return an interface text with its ``{blanks}`` filled.

    Raises
    ------
    UnknownCaption
        The table holds no such text.
    """
    try:
        text = _captions()[key][language]
    except KeyError:
        raise UnknownCaption(f"no caption {key!r} in {_CAPTIONS.name}") from None
    return text.format(**values) if values else text


def library_words() -> list[dict[str, str]]:
    """Return the words that Streamlit's own parts say, each in both languages.

    ``{}`` in a word stands for what differs, such as a size.
    """
    return [_both(row) for row in store.read_table(_LIBRARY_WORDS, LANGUAGES)]


def literal(text: str) -> str:
    """Return a text so that Markdown shows it letter by letter."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


@cache
def _labels() -> dict[str, dict[str, dict[str, str]]]:
    lists: dict[str, dict[str, dict[str, str]]] = {}
    rows = store.read_table(_CODES, ["list", "code", "zh", "en"], ["oc4ids", "strategy"])
    for row in rows:
        lists.setdefault(row["list"], {})[row["code"]] = _both(row)
    return lists


@cache
def _standard_codes() -> dict[tuple[str, str], str]:
    rows = store.read_table(_CODES, ["list", "code", "zh", "en"], ["oc4ids", "strategy"])
    return {(row["list"], row["code"]): row["oc4ids"] for row in rows}


@cache
def _captions() -> dict[str, dict[str, str]]:
    return {row["key"]: _both(row) for row in store.read_table(_CAPTIONS, ["key", *LANGUAGES])}


def _both(row: store.Row) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES}
