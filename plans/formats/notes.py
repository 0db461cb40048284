"""What a reader should know of how a file was read: a code and what it is about.

The words for each code stand with the captions, in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass


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
