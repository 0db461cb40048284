"""Why a file cannot be read: each kind says in one line what is wrong and what to do.

The words for each cause stand with the captions, in both languages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from store import DATA, BrokenFile, Cause, NotUtf8, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_CAPTIONS = DATA / "captions.csv"


class EmptyFile(BrokenFile):
    """A file without a word in it."""


class TooLarge(BrokenFile):
    """A file that is larger than the limit, or would be once it is unpacked."""


class UnknownSuffix(BrokenFile):
    """A file in a format that is not read."""


class WrongSuffix(BrokenFile):
    """A file that holds something else than its suffix says."""


class UnknownEncoding(NotUtf8):
    """A text that is neither UTF-8 nor GB18030."""


class ProtectedFile(BrokenFile):
    """A file that opens only with a password."""


class DamagedFile(BrokenFile):
    """A file that breaks the rules of its own format."""


class NoText(BrokenFile):
    """A file that shows pictures of text, or signs that no one can name, instead of text."""


def because(
    kind: type[BrokenFile], path: Path, code: str, *, line: int = 0, **values: object
) -> BrokenFile:
    """Make the error of a file that cannot be read, its text in English.

    Parameters
    ----------
    kind
        What the error is caught by.
    code
        Of the cause: ``cause_file_`` and it is the key of the caption.
    line
        As in ``BrokenFile``.
    values
        What fills the caption's blanks: names and figures, no words of a language.
    """
    cause = Cause(f"file_{code}", values=values)
    return kind(path, _english()[f"cause_file_{code}"].format(**values), line=line, cause=cause)


@cache
def _english() -> Mapping[str, str]:
    return {row["key"]: row["en"] for row in read_table(_CAPTIONS, ["key", "zh", "en"])}
