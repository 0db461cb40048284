"""A typed text as it is compared, with the way back to the places in what was typed."""

from __future__ import annotations

from typing import NamedTuple

from layers.searching import plain


class Folded(NamedTuple):
    """A text without blanks, width, case and look-alike signs.

    Attributes
    ----------
    signs
        The folded text.
    origins
        For each sign, and for the end, its place in the text as typed, in code points.
    apart
        For each sign, and for the end, whether a blank or an edge of the text stands before it.
    """

    signs: str
    origins: list[int]
    apart: list[bool]


def folded(text: str) -> Folded:
    """Fold a text sign by sign."""
    signs: list[str] = []
    origins: list[int] = []
    apart: list[bool] = []
    blank = True
    for at, sign in enumerate(text):
        found = plain(sign)
        for number, each in enumerate(found):
            signs.append(each)
            origins.append(at)
            apart.append(blank and number == 0)
        blank = not found
    return Folded("".join(signs), [*origins, len(text)], [*apart, True])
