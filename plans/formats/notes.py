"""What a reader should know of how a file was read: a code and what it is about.

The words for each code stand with the captions, in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass

LOST = "\ufffd"  # stands for a character that cannot be told
_MOST_LINES = 12


@dataclass(frozen=True)
class Note:
    """One thing to know of a file.

    Attributes
    ----------
    code
        ``note_`` and it is the key of the caption.
    about
        The pages, sheets or number it speaks of; empty where it speaks of the whole file.
    """

    code: str
    about: str = ""


def lost_characters(text: str) -> tuple[Note, ...]:
    """Return a note on the lines with characters that could not be told; empty without such."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if LOST in line]
    named = ", ".join(map(str, lines[:_MOST_LINES]))
    more = f" … ({len(lines)})" if len(lines) > _MOST_LINES else ""
    return (Note("unnamed", named + more),) if lines else ()
