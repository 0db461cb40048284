"""Works: what is done to a thing, and the category and name that it gives."""

from __future__ import annotations

from functools import cache

from plans.lexicon import lexicon, word_set

# What only calls works so.
_CALLED = ("工程", "项目")


@cache
def has_role(works: str) -> bool:
    """Tell works that name a thing of their own or make it."""
    known = lexicon().works
    return any(known[word].role for word in known if works.endswith(word))


@cache
def split_works(works: str) -> tuple[str, str]:
    """Split works that make the thing (旧村改造) from those that are only done to it."""
    for word in sorted(lexicon().works, key=len, reverse=True):
        if lexicon().works[word].role == "makes" and works.startswith(word):
            return works.removeprefix(word), word
    return works, ""


def theme(name: str) -> str:
    """Guess the category of a name whose noun tells none from a word in it; else ``other``."""
    return next((code for word, code in lexicon().themes.items() if word in name), "other")


@cache
def works_category(works: str) -> str:
    """Return the category that works tell; empty where they tell none."""
    known = lexicon().works
    named = sorted((word for word in known if known[word].category), key=len, reverse=True)
    return next((known[word].category for word in named if word in works), "")


@cache
def telling(works: str) -> str:
    """Return what works say of a thing; empty for 工程, 建设, 前期 and the like: these say nothing.

    What only calls them works is left out at the end: 迁扩建工程 is 迁扩建.
    """
    words = sorted(word_set("mere works"), key=len, reverse=True)
    rest = works
    while rest and (mere := next((word for word in words if rest.endswith(word)), "")):
        rest = rest.removesuffix(mere)
    if not rest:
        return ""
    return next((works.removesuffix(word) for word in _CALLED if works.endswith(word)), works)
