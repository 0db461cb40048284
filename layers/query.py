"""Reading what is typed into the search box: which filters it may mean, and what stays text.

Nothing is guessed. A word of several meanings keeps them all; a negation is not understood and
stays text, and so does whatever is part of a thing's name.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from layers.folding import folded
from layers.matching import Part, cut, parts_of
from layers.ties import clean_before, is_han, negated, text_left

if TYPE_CHECKING:
    from layers.vocabulary import Candidate, Filter, Vocabulary

# Nobody types a longer question; a longer text is only text.
LONGEST = 80
# So many readings of a text of several meanings can be looked through.
_READINGS = 4


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
        return text_left(self.typed, [(part.start, part.end)])

    def _led(self) -> bool:
        return any(name == "role" for part in self.parts for name, _ in part.candidates[0].filters)


def understood(typed: str, words: Vocabulary) -> Query:
    """Return how a typed text can be read by the words of the filters.

    What stays text, read again, is text: reading is finished after one time.
    """
    typed = typed.strip()
    found = parts_of(typed, words) if len(typed) <= LONGEST else []
    rest = text_left(typed, [(part.start, part.end) for part in found])
    if found and parts_of(rest, words):
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
        if start < tail or not (clean_before(query.typed[:start], tail) or text.apart[at]):
            continue
        if negated(query.typed[:start]) or cut(text, at):
            break
        if found := words.completions(text.signs[at:]):
            return text_left(query.typed, [(start, len(query.typed))]), found
    return _first_sign(query, words)


def _first_sign(query: Query, words: Vocabulary) -> tuple[str, tuple[Candidate, ...]]:
    """Return what a word becomes of which one Chinese sign stands behind a word understood."""
    before = understood(query.typed[:-1], words)
    last = query.typed[-1:]
    follows = before.parts and before.parts[-1].end == len(query.typed) - 1
    if follows and not query.parts and is_han(last):
        return before.typed, words.completions(folded(last).signs)
    return query.typed, ()


def _tail(query: Query) -> int:
    """Return where a word begins that may go on: the last one, though it was understood."""
    if not query.parts:
        return 0
    last = query.parts[-1]
    return last.start if last.end == len(query.typed) else last.end


def _likely(part: Part, led: bool) -> tuple[Candidate, ...]:  # noqa: FBT001 - read once
    """Return the meanings of a part; who leads is a unit, not a place."""
    units = tuple(one for one in part.candidates if one.filters[0][0] == "unit")
    return units if led and units else part.candidates
