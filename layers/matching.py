"""Finding the words of the filters in a typed text, and taking back those that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from layers import ties
from layers.folding import folded
from layers.vocabulary import INITIALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.folding import Folded
    from layers.vocabulary import Candidate, Vocabulary

# Initials with more meanings than this say nothing.
_VAGUE = 4
# How many borders on either side are tried when looking for a name around a word.
_BORDERS = 4
_RUN = re.compile(r"[a-z']+")


class Part(NamedTuple):
    """Some typed signs that were understood.

    Attributes
    ----------
    start, end
        Where they stand in the text as typed, in code points, end exclusive.
    candidates
        What they may mean, the surest first; never empty.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class _Match(NamedTuple):
    start: int
    end: int
    candidates: tuple[Candidate, ...]


def parts_of(typed: str, words: Vocabulary) -> list[Part]:
    """Return the words that are meant in a typed text, from left to right.

    None where the whole text is the name of a thing.
    """
    text = folded(typed)
    if text.signs in words.names:
        return []
    matches = list(_matches(text, words))
    kept = _settled(typed, text, matches, words)
    return [Part(*_span(text, match), match.candidates) for match in kept]


def _span(text: Folded, match: _Match) -> tuple[int, int]:
    return text.origins[match.start], text.origins[match.end - 1] + 1


def _matches(text: Folded, words: Vocabulary) -> Iterator[_Match]:
    """Yield the words from left to right, each time the longest."""
    at = 0
    while at < len(text.signs):
        match = _match(text, at, words)
        if match:
            yield from match
            at = match[-1].end
        else:
            at += 1


def _match(text: Folded, at: int, words: Vocabulary) -> list[_Match]:
    longest = min(words.longest, len(text.signs) - at)
    for end in range(at + longest, at, -1):
        candidates = words.words.get(text.signs[at:end])
        if candidates and _whole(text, at, end):
            match = _Match(at, end, candidates)
            break
    else:
        match = None
    end, units = words.unit_at(text.signs, at)
    if units and (match is None or end > match.end):
        match = _Match(at, end, units)
    return [match] if match else _spelt(text, at, words)


def _whole(text: Folded, start: int, end: int) -> bool:
    """Return whether Latin letters and digits are not cut out of longer words."""
    return not (cut(text, start) or cut(text, end))


def cut(text: Folded, at: int) -> bool:
    """Return whether a place lies inside a word of Latin letters, or inside a number."""
    if text.apart[at] or not 0 < at < len(text.signs):
        return False
    left, right = text.signs[at - 1], text.signs[at]
    if left.isdecimal() and right.isdecimal():
        return True
    return (left + right).isascii() and (left + right).isalnum()


def _spelt(text: Folded, at: int, words: Vocabulary) -> list[_Match]:
    """Return the words that a run of letters spells from its first letter to its last."""
    run = _RUN.match(text.signs, at)
    if not run or cut(text, at):
        return []
    end = next((each for each in range(at + 1, run.end()) if text.apart[each]), run.end())
    if cut(text, end):
        return []
    return _syllables(text.signs[:end], at, words)


def _syllables(signs: str, at: int, words: Vocabulary) -> list[_Match]:
    ways: dict[int, list[_Match]] = {len(signs): []}
    for start in range(len(signs) - 1, at - 1, -1):
        for end in range(len(signs), start + 1, -1):
            found = words.latin.get(signs[start:end].replace("'", ""), ())
            # Initials are only a word where they stand alone.
            if end - start < len(signs) - at:
                found = tuple(one for one in found if one.score > INITIALS)
            if end in ways and 0 < len(found) <= _VAGUE:
                ways[start] = [_Match(start, end, found), *ways[end]]
                break
    return ways.get(at, [])


def _settled(typed: str, text: Folded, matches: list[_Match], words: Vocabulary) -> list[_Match]:
    """Take back words that are part of something else, until none is."""
    while True:
        bad = _negated(typed, text, matches)
        bad |= {
            match
            for at, match in enumerate(matches)
            if _in_a_name(typed, text, at, matches, words)
            or _leaves_a_lone_sign(typed, text, at, matches)
        }
        if not bad:
            return matches
        matches = [match for match in matches if match not in bad]


def _negated(typed: str, text: Folded, matches: Sequence[_Match]) -> set[_Match]:
    found: set[_Match] = set()
    before, reached = False, 0
    for match in matches:
        start, end = _span(text, match)
        if before and ties.phrase_ends(typed, reached, start):
            before = False
        before = before or ties.negated(typed[reached:start])
        if before or ties.excepted(typed, end):
            found.add(match)
        reached = end
    return found


def _in_a_name(
    typed: str, text: Folded, at: int, matches: Sequence[_Match], words: Vocabulary
) -> bool:
    """Return whether a word belongs to a longer stretch of text that stands in a thing's name."""
    match = matches[at]
    borders = _borders(typed, text, matches)
    lefts = [one for one in borders if one <= match.start][-_BORDERS:]
    rights = [one for one in borders if one >= match.end][:_BORDERS]
    return any(
        right - left > match.end - match.start and words.names.hold(text.signs[left:right])
        for left in lefts
        for right in rights
    )


def _borders(typed: str, text: Folded, matches: Sequence[_Match]) -> list[int]:
    """Return where a name may begin or end: at blanks, words that were understood, and ties."""
    found = {0, len(text.signs)} | {at for at, apart in enumerate(text.apart) if apart}
    found |= {edge for match in matches for edge in match[:2]}
    places = {origin: at for at, origin in reversed(list(enumerate(text.origins)))}
    found |= {places[edge] for edge in ties.tied_at(typed) if edge in places}
    return sorted(found)


def _leaves_a_lone_sign(typed: str, text: Folded, at: int, matches: Sequence[_Match]) -> bool:
    """Return whether a word was cut out of a longer one.

    It was where one single Chinese sign is left beside it, and a word of one sign where anything
    is left beside it.
    """
    match = matches[at]
    start, end = _span(text, match)
    left = typed[_span(text, matches[at - 1])[1] if at else 0 : start]
    right = typed[end : _span(text, matches[at + 1])[0] if at + 1 < len(matches) else None]
    if not ties.is_han(typed[start]):
        return False
    single = match.end - match.start == 1
    before, after = ties.lone(left, before=True), ties.lone(right, before=False)
    if single:
        return not (ties.clean_before(left) and ties.clean_after(right))
    return before or after
