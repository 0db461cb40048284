"""Values that a person set or replaced, in words: codes by their labels, texts as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.words import Language, caption, codes, join, label

if TYPE_CHECKING:
    from collections.abc import Iterable

# The list that the codes of a field stand in; other fields hold texts.
_CODES = {
    **{name: name for name in ("stage", "category", "strategy", "kind")},
    "place": "location_class",
}


def values_text(field: str, values: Iterable[str], language: Language) -> str:
    """Return the values of a field as one text; of none a word for that."""
    named = [_named(field, value, language) for value in values]
    return join(named, language) or caption("corrected_none", language)


def _named(field: str, value: str, language: Language) -> str:
    known = codes(_CODES[field]) if field in _CODES else ()
    return label(_CODES[field], value, language) if value in known else value
