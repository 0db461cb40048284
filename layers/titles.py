"""The title of a thing: its name, with its works where all that is said of it is works."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from plans import telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def title_of(name: str, said: Sequence[Mapping[str, Any]]) -> str:
    """Return what a person reads as the name of a thing: 柳青南路（延伸）.

    Parameters
    ----------
    said
        The records of its statements, oldest first. Where one of them speaks of the thing itself,
        or of works that say nothing (工程, 建设), the title is the name alone. Of several works the
        one that most statements name is shown, and of these the latest.
    """
    works = [telling(one["works"]) for one in said]
    if not works or not all(works):
        return name
    counts = Counter(works)
    shown = max(reversed(works), key=lambda one: counts[one])
    return name if name.endswith(shown) else f"{name}（{shown}）"


def unbracketed(title: str) -> str:
    """Return a title as it would be typed: 柳青南路延伸."""
    return title.replace("（", "").replace("）", "")
