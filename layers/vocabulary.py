"""The words of all filters in one table: labels, short forms, spoken words, pinyin, initials."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import pypinyin

import store
from layers.facets import FACETS
from layers.folding import folded
from layers.nouns import NOUNS
from layers.unit_words import Abbreviations, plain_forms, short_forms
from layers.words import LANGUAGES, caption, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layers.words import Language

_TABLE = store.DATA / "query_words.csv"
# In the table: one word for all values of a filter together, and a word that holds the value.
_ALL, _VALUE = "*", "{value}"
# How sure a word is of its meaning.
LABEL, SPOKEN, SHORT, PINYIN, INITIALS = 5, 4, 3, 2, 1
# Where a word means values of several filters, the first of these is offered first.
_ORDER = ("township", "unit", "category", "status", "due", "role", "target_year", "year")
_TOWN = re.compile(r"(?<=..)(?:镇|乡|街道)$")
_HAN = re.compile(r"[㐀-鿿]{2,}")
_LATIN = re.compile(r"[ -~]*[a-rt-z]", re.IGNORECASE)
# What stands between the name of a filter and a value.
_AFTER_NAME = ("", ":", "为", "是")
# A word with more readings than this is spelt by its first ones only.
_READINGS = 8
_COMPLETED = 60
# So many signs from within a title say which document is meant; the same for units.
_TOLD = 3

Filter = tuple[str, str]


class Candidate(NamedTuple):
    """What a word may mean: filters that are set together, and how sure that is."""

    filters: tuple[Filter, ...]
    score: int


class _Word(NamedTuple):
    text: str
    candidate: Candidate


class Names:
    """The names of all things, to tell what is (part of) a name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._all = frozenset(names)

    def __contains__(self, text: str) -> bool:
        """Return whether a folded text is a whole name."""
        return text in self._all

    def hold(self, text: str) -> bool:
        """Return whether a folded text stands in a name."""
        pairs = (text[at : at + 2] for at in range(len(text) - 1))
        return all(pair in self._pairs for pair in pairs) and text in self._joined

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self._all)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset(name[at : at + 2] for name in self._all for at in range(len(name) - 1))


class Vocabulary:
    """What can be typed for a filter.

    Parameters
    ----------
    choices
        For each filter the values it can take. ``issuer`` holds the issuers that can stand in for
        units.
    titles
        Of the documents, by id.
    names
        Of all things, folded as typed text is.
    """

    def __init__(
        self, choices: Mapping[str, Sequence[str]], titles: Mapping[str, str], names: Iterable[str]
    ) -> None:
        self.choices, self.names = choices, Names(names)
        self.words = _table(
            (folded(word.text).signs, word.candidate)
            for word in (*_written(choices, titles), *_after_names(choices))
        )
        self.latin = _table(_spelt(_written(choices, titles), choices))
        self.longest = max(map(len, self.words), default=0)
        self._units = {folded(unit).signs: unit for unit in choices.get("unit", ())}
        self._long = {
            **{folded(title).signs: (("document", name),) for name, title in titles.items()},
            **{signs: (("unit", unit),) for signs, unit in self._units.items()},
        }
        self._abbreviations = Abbreviations(self._units)

    def warm_up(self) -> None:
        """Make ready all that is made ready when first asked for."""
        self.completions("a")
        self.names.hold("a")

    def unit_at(self, signs: str, start: int) -> tuple[int, tuple[Candidate, ...]]:
        """Return where the abbreviation of a unit that starts here ends, and whom it may mean."""
        end, units = self._abbreviations.ending_at(signs, start)
        return end, tuple(Candidate((("unit", self._units[unit]),), SHORT) for unit in units)

    def completions(self, begun: str) -> tuple[Candidate, ...]:
        """Return what words that begin like this mean, surest and shortest first.

        Documents and units are also meant by signs from within their names.
        """
        found: dict[tuple[Filter, ...], tuple[int, int]] = {}
        for table, keys in ((self.words, self._keys), (self.latin, self._latin_keys)):
            first = bisect_left(keys, begun)
            for key in islice(keys, first, first + _COMPLETED):
                for filters, score in table[key] if key.startswith(begun) else ():
                    rank = (-score, len(key))
                    found[filters] = min(found.get(filters, rank), rank)
        for name, filters in self._long.items() if len(begun) >= _TOLD else ():
            if begun in name:
                found.setdefault(filters, (-SHORT, len(name)))
        ranked = sorted(found.items(), key=lambda one: (one[1], _by_filter(one[0])))
        return tuple(Candidate(filters, -rank[0]) for filters, rank in ranked)

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self.words)

    @cached_property
    def _latin_keys(self) -> list[str]:
        return sorted(self.latin)


def _table(pairs: Iterable[tuple[str, Candidate]]) -> dict[str, tuple[Candidate, ...]]:
    best: dict[str, dict[tuple[Filter, ...], int]] = defaultdict(dict)
    for key, (filters, score) in pairs:
        best[key][filters] = max(score, best[key].get(filters, 0))
    return {key: _sorted(found) for key, found in best.items() if key}


def _sorted(found: Mapping[tuple[Filter, ...], int]) -> tuple[Candidate, ...]:
    ranked = sorted(found.items(), key=lambda one: (-one[1], _by_filter(one[0])))
    return tuple(Candidate(*one) for one in ranked)


def _by_filter(filters: tuple[Filter, ...]) -> tuple[int, tuple[Filter, ...]]:
    name = filters[0][0]
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), filters)


def _written(choices: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> Iterator[_Word]:
    for facet, values in choices.items():
        for value in values:
            yield from _labelled(facet, value)
    for document in choices.get("document", ()):
        yield _Word(titles.get(document, ""), Candidate((("document", document),), LABEL))
    for text, candidate in _spoken(choices):
        yield from (_Word(form.format(text), candidate) for form in _forms(text))


def _labelled(facet: str, value: str) -> Iterator[_Word]:
    """Yield what a value is called."""
    filters: tuple[Filter, ...] = ((facet, value),)
    if facet == "issuer":
        yield _Word(value, Candidate((("unit", value), ("issuer", "1")), LABEL))
        return
    if facet == "township":
        yield _Word(_TOWN.sub("", value), Candidate(filters, SHORT))
    for language in LANGUAGES:
        for text in _called(facet, value, language):
            yield from (
                _Word(form.format(text), Candidate(filters, LABEL)) for form in _forms(text)
            )


def _after_names(choices: Mapping[str, Sequence[str]]) -> Iterator[_Word]:
    """Yield the labels with the name of their filter before them: 类别：道路."""
    for facet, values in choices.items():
        for value, language in product(values, LANGUAGES):
            name = caption(f"filter_{facet}", language)
            for text, tie in product(_called(facet, value, language), _AFTER_NAME):
                yield _Word(f"{name}{tie}{text}", Candidate(((facet, value),), LABEL))


def _called(facet: str, value: str, language: Language) -> Iterable[str]:
    if facet == "unit":
        return plain_forms(value)
    # "projects" is what most people call all that is listed: it filters nothing
    if facet not in FACETS or (facet, value) == ("thing", NOUNS[0]):
        return ()
    return (label(FACETS[facet].codes, value, language) if FACETS[facet].codes else value,)


def _forms(text: str) -> Iterable[str]:
    """Return a text, and its plural where it may be a word of English."""
    return ("{}", "{}s") if _LATIN.fullmatch(text) else ("{}",)


def _spoken(choices: Mapping[str, Sequence[str]]) -> Iterator[_Word]:
    for row in store.read_table(_TABLE, ["facet", "value"], ["zh", "en"]):
        texts = [text for language in LANGUAGES for text in row.list(language)]
        for filters, value in _meant(row, choices):
            for text in texts:
                yield _Word(text.replace(_VALUE, value), Candidate(filters, SPOKEN))


def _meant(
    row: store.Row, choices: Mapping[str, Sequence[str]]
) -> Iterator[tuple[tuple[Filter, ...], str]]:
    facet, value = row["facet"], row["value"]
    values = choices.get(facet, ())
    if value == _ALL:
        if values:
            yield tuple((facet, each) for each in values), ""
        return
    for each in values if value == _VALUE else {value} & set(values):
        yield ((facet, each),), each


def _spelt(
    words: Iterable[_Word], choices: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Candidate]]:
    short = (
        _Word(form, Candidate((("unit", unit),), SHORT))
        for unit in choices.get("unit", ())
        for form in short_forms(unit)
    )
    for text, (filters, _) in (*words, *short):
        if _HAN.fullmatch(text):
            yield from (
                ("".join(reading), Candidate(filters, PINYIN)) for reading in _readings(text)
            )
            initials = (each[0] for each in pypinyin.lazy_pinyin(text))
            yield "".join(initials), Candidate(filters, INITIALS)


def _readings(text: str) -> Iterator[tuple[str, ...]]:
    found = pypinyin.pinyin(text, style=pypinyin.Style.NORMAL, heteronym=True)
    several = [[each.replace("ü", "v") for each in dict.fromkeys(sign) if each] for sign in found]
    if prod(map(len, several)) > _READINGS:
        several = [sign[:1] for sign in several]
    return product(*several)
