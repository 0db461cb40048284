"""What a download is called: the selection in a few words, how much of what, and the day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layers.nouns import with_nouns
from layers.selection import value_label
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.selection import Selection

# No file system takes more than 255 bytes; folders, endings and "(1)" need some of them.
MOST_BYTES = 160
_FEWEST = 12  # bytes of a part that is cut
# What Windows forbids in a name, what separates our own parts, and what does not show.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*_\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]')
_BLANK = re.compile(r"\s+")


def file_stem(
    where: str, selection: Selection, counts: Mapping[str, int], day: str, language: Language
) -> str:
    """Return the name of a file of a selection, without its ending.

    Parameters
    ----------
    where
        The area, which stands first where no township is chosen.
    counts
        How many of each of ``NOUNS`` the file holds.
    day
        As ``2026-12-01``.
    language
        Of the page.

    Returns
    -------
    str
        Safe on Windows, at most ``MOST_BYTES`` bytes of UTF-8: ``乐清市_道路_46个项目_2026-12-01``.
    """
    chosen = dict(selection.filters)
    place = list(chosen.pop("township", ())) or [where]
    values = [
        _values(value_label(name, value, language) for value in values)
        for name, values in chosen.items()
    ]
    number = with_nouns(counts, language)
    return named([_values(place), *values], [number, day])


def page_stem(stem: str, page: int, pages: int, language: Language) -> str:
    """Return the name of one page's file, without its ending, from that of all pages together.

    A single page needs no number; others have it with as many digits as the last one has, so
    that they stand in their order in any list of files.
    """
    if pages == 1:
        return stem
    number = f"{page:0{len(str(pages))}}"
    return f"{stem}_{caption('stem_page', language, page=number)}"


def edits_stem(count: int, day: str, language: Language, *, shared: bool) -> str:
    """Return the name of a file of edits, without its ending."""
    what = "stem_edits_shared" if shared else "stem_edits"
    return named([caption(what, language)], [caption("stem_count", language, count=count), day])


def named(about: Iterable[str], sure: Iterable[str]) -> str:
    """Return a name of parts; what it is about is cut where it is too long, the rest never is."""
    end = "_".join(filter(None, map(_clean, sure)))
    parts = [part for part in map(_clean, about) if part]
    while parts and _size("_".join([*parts, end])) > MOST_BYTES:
        longest = max(range(len(parts)), key=lambda at: _size(parts[at]))
        if _size(parts[longest]) <= _FEWEST:
            parts.pop()
        else:
            parts[longest] = parts[longest][:-1].rstrip(" .-")
    return "_".join([*parts, end])


def _values(values: Iterable[str]) -> str:
    return "-".join(values)


def _clean(text: str) -> str:
    plain = text.encode("utf-8", "ignore").decode()
    plain = _BLANK.sub(" ", _FORBIDDEN.sub("", plain))
    # Between two Chinese signs a blank is only in the way.
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])| ?\+ ?", _joined, plain).strip(" .-")


def _joined(match: re.Match[str]) -> str:
    return "+" if "+" in match[0] else ""


def _size(text: str) -> int:
    return len(text.encode())
