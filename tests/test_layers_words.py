"""Words: every caption that the program asks for is there, in both languages."""

from __future__ import annotations

import ast
import re
import string
from functools import cache

import pytest

import store
from layers.lists import _COLUMNS, LISTS
from layers.selection import FACETS
from layers.words import LANGUAGES, UnknownCaption, UnknownCode, caption, codes, label, labels

CAPTIONS = store.read_table(store.DATA / "captions.csv", ["key", *LANGUAGES])
KEYS = {row["key"] for row in CAPTIONS}
PROGRAM = [
    store.ROOT / "app.py",
    *(p for d in ("layers", "pages") for p in (store.ROOT / d).rglob("*.py")),
]
ASKING = {"caption", "say", "noted", "_hint"}


@cache
def asked_for() -> set[str]:
    """Return all captions that the program asks for, by reading it; blanks become ``.+``."""
    found = set()
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in ASKING and node.args:
                found |= patterns(node.args[0])
    return found


def name_of(function: ast.expr) -> str:
    """Return the last part of a called name."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def patterns(argument: ast.expr) -> set[str]:
    """Return what an argument can be, as regular expressions; nothing for a variable."""
    if isinstance(argument, ast.Constant):
        return {re.escape(argument.value)}
    if isinstance(argument, ast.IfExp):
        return patterns(argument.body) | patterns(argument.orelse)
    if isinstance(argument, ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
            for part in argument.values
        ]
        return {"".join(parts)}
    return set()


def test_no_caption_is_missing() -> None:
    """Whatever caption the program asks for stands in the table of interface texts."""
    assert len(asked_for()) > 40
    missing = [one for one in asked_for() if not any(re.fullmatch(one, key) for key in KEYS)]
    assert missing == []


def test_no_caption_comes_twice() -> None:
    """Each key stands once: of two captions of one name the later would silently win."""
    keys = [row["key"] for row in CAPTIONS]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_no_caption_is_idle() -> None:
    """Each interface text is asked for somewhere."""
    program = "\n".join(path.read_text(encoding="utf-8") for path in PROGRAM)
    idle = [
        key
        for key in KEYS
        if f'"{key}"' not in program and not any(re.fullmatch(one, key) for one in asked_for())
    ]
    assert idle == []


@pytest.mark.parametrize("row", CAPTIONS, ids=lambda row: row["key"])
def test_both_languages_have_the_same_blanks(row: store.Row) -> None:
    """A text and its translation are filled with the same values, and differ."""
    blanks = [
        {name for _, name, _, _ in string.Formatter().parse(row[language]) if name}
        for language in LANGUAGES
    ]
    # The name of an error in its library is English, and stands in English only.
    assert blanks[0] == blanks[1] - {"error"}


def test_filters_and_lists_have_their_captions() -> None:
    """Captions whose key is put together from a list exist for the whole list."""
    wanted = {f"list_{name}" for name in LISTS} | {f"column_{name}" for name in _COLUMNS}
    wanted |= {f"describe_{name}" for name in FACETS} | {f"language_{name}" for name in LANGUAGES}
    assert wanted <= KEYS


def test_a_missing_caption_is_named() -> None:
    """Asking for a text that is not there says which."""
    with pytest.raises(UnknownCaption, match="no_such_text"):
        caption("no_such_text", "zh")


@pytest.mark.parametrize("question", [("stage", "nonsense"), ("nonsense", "started")])
def test_an_unknown_code_is_named(question: tuple[str, str]) -> None:
    """Asking for a code or list that is not there says which, and what there is."""
    with pytest.raises(UnknownCode, match=r"nonsense.*known are"):
        label(*question, "en")


def test_labels_read_as_an_enumeration() -> None:
    """Several labels are joined in the manner of the language, none give nothing."""
    assert labels("strategy", ["culture", "safety"], "zh") == "文化引领、平安强基"
    assert labels("strategy", ["culture", "safety"], "en") == "culture, safety"
    assert labels("strategy", [], "en") == ""
    assert len(codes("strategy")) == 6
