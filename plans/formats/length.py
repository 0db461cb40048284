"""How much text one document may hold: more than any plan, and no more than can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plans.formats.errors import TooLarge, because

if TYPE_CHECKING:
    from pathlib import Path

MOST_SIGNS, MOST_LINES, LONGEST_LINE = 5_000_000, 150_000, 20_000


def check_length(path: Path, text: str) -> None:
    """Make sure that a text is not longer than what can be searched for projects.

    Raises
    ------
    TooLarge
        It has too many signs or lines, or too long a line, which is named.
    """
    lines = text.split("\n")
    longest = max(lines, key=len)
    _check(path, len(text), MOST_SIGNS, "signs")
    _check(path, len(lines), MOST_LINES, "lines")
    if len(longest) > LONGEST_LINE:
        _check(path, len(longest), LONGEST_LINE, "line_signs", line=lines.index(longest) + 1)


def _check(path: Path, count: int, most: int, what: str, line: int = 0) -> None:
    if count > most:
        amount = {"count": f"{count:,}", "most": f"{most:,}"}
        raise because(TooLarge, path, f"too_many_{what}", line=line, **amount)
