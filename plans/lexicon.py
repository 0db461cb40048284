"""The words of planning language, from the tables under ``data/grammar``.

The tables hold kinds of words (feature nouns, verbs with their stage, kinds of work, measures),
never the name of a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from plans.codes import codes
from store import DATA, Row, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plans.model import Kind, Stage

GRAMMAR = DATA / "grammar"
STAGES = tuple(codes("stage"))
_STRENGTHS = ("weak", "strong", "count", "own", "append", "rank", "class")
_CLASSES = (
    "raw",
    "phase",
    "adverb",
    "ensure",
    "strive",
    "preposition",
    "clause_initial",
    "stop",
    "postposition",
    "determiner",
    "word",
    "abstract",
    "amount",
)


@dataclass(frozen=True)
class Verb:
    """What a verb says of its object: one stage in a review, another in a plan.

    ``position`` tells whether it stands before its object, after it, or both, or behind an
    ``actor`` (发布), who is no object at all, or before what the object ``becomes`` (打造成);
    ``needs_works`` that it means construction only for works, ``by_works`` that it has no stage
    of its own but takes construction from works (加强某园建设).
    """

    word: str
    report: Stage
    promise: Stage
    position: str
    needs_works: bool = False
    by_works: bool = False


@dataclass(frozen=True)
class Noun:
    """A feature noun.

    ``strength`` tells what it can name: ``strong`` a facility even without a proper name before
    it, ``weak`` only with one, ``count`` nothing unless counted (企业), ``own`` the same unless
    words of its own stand before it (某某项目), ``append`` a part that is added to each name of a
    list (路口), ``rank`` a title of a town (省级中心镇), ``class`` what the names before it are
    counted among (线子街、大巷子等背街小巷).
    """

    word: str
    category: str
    kind: Kind
    strength: str


@dataclass(frozen=True)
class Works:
    """A kind of work.

    ``role`` tells what it does to a name: ``makes`` the thing and stays in it (旧村改造),
    ``names`` a thing that has no feature noun of its own (迁建), or nothing (建设).
    """

    word: str
    category: str
    role: str


@dataclass(frozen=True)
class Lexicon:
    """All words of the grammar; ``classes`` gives for every word what it can be."""

    verbs: Mapping[str, Verb]
    nouns: Mapping[str, Noun]
    works: Mapping[str, Works]
    measures: Mapping[str, str]
    classes: Mapping[str, frozenset[str]]
    plurals: frozenset[str]
    themes: Mapping[str, str]


@cache
def lexicon() -> Lexicon:
    """Read the tables once.

    Raises
    ------
    BrokenFile
        A table breaks its contract or holds an unknown code.
    """
    verbs = {
        row["word"]: _verb(row) for row in _rows("verbs", "word report promise position works")
    }
    nouns = {row["noun"]: _noun(row) for row in _rows("nouns", "noun category kind strength")}
    works = {row["works"]: _works(row) for row in _rows("works", "works category role")}
    measures = {row["measure"]: row["kind"] for row in _rows("measures", "measure kind")}
    classes: dict[str, set[str]] = {}
    for kind, words in (("verb", verbs), ("noun", nouns), ("works", works)):
        for word in words:
            classes.setdefault(word, set()).add(kind)
    modifiers = _rows("modifiers", "word plural")
    for row in modifiers:
        classes.setdefault(row["word"], set()).add("modifier")
    for row in _rows("functions", "word class"):
        classes.setdefault(row["word"], set()).add(row.one_of("class", _CLASSES))
    frozen = {word: frozenset(kinds) for word, kinds in classes.items()}
    plurals = frozenset(row["word"] for row in modifiers if row["plural"])
    themes = {row["word"]: row["category"] for row in _rows("themes", "word category")}
    return Lexicon(verbs, nouns, works, measures, frozen, plurals, themes)


def _rows(table: str, columns: str) -> list[Row]:
    required, *optional = columns.split()
    return read_table(GRAMMAR / f"{table}.csv", (required,), optional)


def _verb(row: Row) -> Verb:
    report = cast("Stage", row.one_of("report", STAGES))
    promise = cast("Stage", row.one_of("promise", STAGES))
    position = row.one_of("position", ("before", "after", "both", "actor", "becomes"))
    role = row.one_of("works", ("works", "through", ""))
    return Verb(row["word"], report, promise, position, role == "works", role == "through")


def _noun(row: Row) -> Noun:
    kind = cast("Kind", row.one_of("kind", ("project", "place", "area", "facility")))
    row.one_of("category", codes("category"))
    strength = row.one_of("strength", _STRENGTHS)
    return Noun(row["noun"], row["category"], kind, strength)


def _works(row: Row) -> Works:
    return Works(row["works"], row["category"], row.one_of("role", ("makes", "names", "")))


def measured(measure: str) -> str:
    """Return what kind of measure this is; pieces where the print has lost it."""
    return lexicon().measures[measure] if measure else "thing"


@cache
def word_set(name: str) -> tuple[str, ...]:
    """Return the words of one of the small sets of ``data/grammar/word_sets.csv``.

    Raises
    ------
    KeyError
        There is no set of this name.
    """
    sets: dict[str, tuple[str, ...]] = {}
    for row in _rows("word_sets", "set word note"):
        sets[row["set"]] = (*sets.get(row["set"], ()), row["word"])
    return sets[name]


@cache
def indicators() -> Mapping[str, tuple[str, ...]]:
    """Return the words by which a counted name is an indicator, by where they stand in it.

    ``ends`` and ``holds`` make it one; ``works`` are endings that never do.

    Raises
    ------
    BrokenFile
        A word stands in no known position.
    """
    found: dict[str, tuple[str, ...]] = dict.fromkeys(("ends", "holds", "works"), ())
    for row in _rows("indicators", "word position note"):
        position = row.one_of("position", found)
        found[position] = (*found[position], row["word"])
    return found
