"""Reading what is typed into the search box: which filters it may mean, and what stays text.

Nothing is guessed. A word of several meanings keeps them all; a negation is not understood and
stays text, and so does whatever is part of a thing's name.
"""

from __future__ import annotations

import re
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from layers.folding import Folded, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.vocabulary import Candidate, Filter, Vocabulary

# Nobody types a longer question; a longer text is only text.
LONGEST = 80
# So many readings of a text of several meanings can be looked through.
_READINGS = 4
# Initials with more meanings than this say nothing.
_VAGUE = 4
# How many borders on either side are tried when looking for a name around a word.
_BORDERS = 4
_HAN = re.compile(r"[㐀-鿿]")
_RUN = re.compile(r"[a-z']+")
# Words that only tie the others together.
_TIES = (
    r"(?:的|和|与|及|以及|或者?|由|是|在|了|里|内|中|有哪些|哪些|有|所有|全部|负责|项目|工程|"
    r"情况|请|查看|查|看|找|我要|显示|列出|年"
    r"|\b(?:the|of|by|in|at|on|and|or|with|for|to|all|that|which|are|is|be|show|projects?|works)\b"
    r"|[\s、，,；;。.:：?？!！/·+&|()（）])"
)
_ONLY_TIES = re.compile(f"{_TIES}*", re.IGNORECASE)
_TIE_BEFORE = re.compile(f"{_TIES}$", re.IGNORECASE)
_TIE_AFTER = re.compile(_TIES, re.IGNORECASE)
_EDGE = r"[\s、，,；;。.:：?？!！/·+&|]"
_ENGLISH = r"(?:the|of|by|in|and|or|with|for|that|which|are|is|projects?|works)\b"
# What goes from a text where it touches a word that was understood.
_AFTER_WORD = re.compile(
    rf"{_EDGE}*(?:负责|年)?(?:的(?:项目|工程)?|和|与|及|以及|或)?(?:{_EDGE}+(?:{_ENGLISH})?)*",
    re.IGNORECASE,
)
_BEFORE_WORD = re.compile(
    rf"(?:{_EDGE}+{_ENGLISH})*(?:的|和|与|及|以及|或|由|是|在)?{_EDGE}*$", re.IGNORECASE
)
_NEGATED = re.compile(
    r"(?:[不非未没无除](?:是|在|由|有|了|要|含|属于|看)?|别看|[-−!！]"
    r"|\b(?:not|no|non|never|without|except|excluding|isn't|aren't)\b"
    r"(?:\s+(?:the|any|in|by|yet|for|from|of))?)[\s-]*$",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(r"\s*(?:除外|以外|之外|excluded\b)", re.IGNORECASE)
# A negation reaches to the end of its phrase.
_PHRASE_ENDS = re.compile(r"[的，,；;。]|(?<=[㐀-鿿])\s")


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


class Query(NamedTuple):
    """A typed text as it was understood: its parts in their order, and the text that is left."""

    typed: str
    parts: tuple[Part, ...]
    rest: str

    def readings(self) -> list[tuple[Filter, ...]]:
        """Return what the whole may mean, the surest first; empty where nothing was understood.

        Each reading takes one meaning of each part.
        """
        if not self.parts:
            return []
        ways = product(*(_likely(part, self._led()) for part in self.parts))
        read = dict.fromkeys(
            tuple(dict.fromkeys(one for meant in way for one in meant.filters)) for way in ways
        )
        return list(islice(read, _READINGS))

    def without(self, part: Part) -> str:
        """Return what stays in the box when only one part is taken out."""
        return _rest(self.typed, [(part.start, part.end)])

    def _led(self) -> bool:
        return any(name == "role" for part in self.parts for name, _ in part.candidates[0].filters)


class _Match(NamedTuple):
    start: int
    end: int
    candidates: tuple[Candidate, ...]


def understood(typed: str, words: Vocabulary) -> Query:
    """Return how a typed text can be read by the words of the filters.

    What stays text, read again, is text: reading is finished after one time.
    """
    typed = typed.strip()
    found = _parts(typed, words) if len(typed) <= LONGEST else []
    rest = _rest(typed, [(part.start, part.end) for part in found])
    if found and _parts(rest, words):
        # Taking words out has put new ones together: then none was meant.
        found, rest = [], typed
    return Query(typed, tuple(found), rest)


def begun(query: Query, words: Vocabulary) -> tuple[str, tuple[Candidate, ...]]:
    """Return what the last word may become when typed to its end, and the text before it.

    A word counts as begun from its second sign on.
    """
    if len(query.typed) > LONGEST:
        return query.typed, ()
    text, tail = folded(query.typed), _tail(query)
    if text.signs in words.names:
        # A thing can be called as a township or a category is: both are offered.
        return "", words.words.get(text.signs, ())
    for at in range(len(text.signs) - 1):
        start = text.origins[at]
        if start < tail or not (_clean(query.typed[:start], tail) or text.apart[at]):
            continue
        if _NEGATED.search(query.typed[:start]) or _joined(text, at):
            break
        if found := words.completions(text.signs[at:]):
            return _rest(query.typed, [(start, len(query.typed))]), found
    return _first_sign(query, words)


def _first_sign(query: Query, words: Vocabulary) -> tuple[str, tuple[Candidate, ...]]:
    """Return what a word becomes of which one Chinese sign stands behind a word understood."""
    before = understood(query.typed[:-1], words)
    last = query.typed[-1:]
    follows = before.parts and before.parts[-1].end == len(query.typed) - 1
    if follows and not query.parts and _HAN.match(last):
        return before.typed, words.completions(folded(last).signs)
    return query.typed, ()


def _tail(query: Query) -> int:
    """Return where a word begins that may go on: the last one, though it was understood."""
    if not query.parts:
        return 0
    last = query.parts[-1]
    return last.start if last.end == len(query.typed) else last.end


def _parts(typed: str, words: Vocabulary) -> list[Part]:
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
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: Folded, at: int) -> bool:
    if text.apart[at] or not 0 < at < len(text.signs):
        return False
    left, right = text.signs[at - 1], text.signs[at]
    if left.isdigit() and right.isdigit():
        return True
    return (left + right).isascii() and (left + right).isalnum()


def _spelt(text: Folded, at: int, words: Vocabulary) -> list[_Match]:
    """Return the words that a run of letters spells from its first letter to its last."""
    run = _RUN.match(text.signs, at)
    if not run or _joined(text, at):
        return []
    end = next((each for each in range(at + 1, run.end()) if text.apart[each]), run.end())
    if _joined(text, end):
        return []
    return _syllables(text.signs[:end], at, words)


def _syllables(signs: str, at: int, words: Vocabulary) -> list[_Match]:
    ways: dict[int, list[_Match]] = {len(signs): []}
    for start in range(len(signs) - 1, at - 1, -1):
        for end in range(len(signs), start + 1, -1):
            found = words.latin.get(signs[start:end].replace("'", ""), ())
            # Initials are only a word where they stand alone.
            if end - start < len(signs) - at:
                found = tuple(one for one in found if one.score > 1)
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
        if before and _PHRASE_ENDS.search(typed, max(reached - 1, 0), start):
            before = False
        before = before or bool(_NEGATED.search(typed[reached:start]))
        if before or _EXCEPTED.match(typed, end):
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
    for tie in _TIE_AFTER.finditer(typed):
        found |= {places[edge] for edge in tie.span() if edge in places}
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
    if not _HAN.match(typed[start]):
        return False
    single = match.end - match.start == 1
    before, after = _lone(left, before=True), _lone(right, before=False)
    if single:
        return not (_clean(left) and (not right or bool(_TIE_AFTER.match(right))))
    return before or after


def _clean(text: str, start: int = 0) -> bool:
    """Return whether a word can begin after this text: nothing, or a word that ties."""
    return not text[start:] or bool(_TIE_BEFORE.search(text, start))


def _lone(text: str, *, before: bool) -> bool:
    """Return whether just one Chinese sign stands between a word and the next border."""
    pieces = re.split(_TIES, text, flags=re.IGNORECASE)
    piece = pieces[-1] if before else pieces[0]
    return len(piece) == 1 and bool(_HAN.match(piece))


def _rest(typed: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text outside the spans, without the words that tied it to them."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(typed)]
    pieces = []
    for number, (left, right) in enumerate(zip(ends, starts, strict=True)):
        piece = typed[left:right]
        if spans and _ONLY_TIES.fullmatch(piece):
            continue
        if number > 0:
            piece = _AFTER_WORD.sub("", piece, count=1) if _AFTER_WORD.match(piece) else piece
        if number < len(spans):
            piece = _BEFORE_WORD.sub("", piece, count=1)
        pieces.append(piece.strip())
    return " ".join(filter(None, pieces))


def _likely(part: Part, led: bool) -> tuple[Candidate, ...]:  # noqa: FBT001 - read once
    """Return the meanings of a part; who leads is a unit, not a place."""
    units = tuple(one for one in part.candidates if one.filters[0][0] == "unit")
    return units if led and units else part.candidates
