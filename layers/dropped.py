"""What of an address was not understood, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.words import caption, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.words import Language

# No more parts are quoted than this, and none longer.
_MOST, _LONGEST = 6, 60


def dropped_line(parts: Sequence[tuple[str, str]], language: Language) -> str:
    """Return in words which parts of an address were dropped; each is quoted as it stood there."""
    quoted = [_cut(f"{name}={value}") for name, value in parts[:_MOST]]
    if len(parts) > _MOST:
        quoted.append(caption("and_so_on", language))
    return caption("address_dropped", language, count=len(parts), parts=join(quoted, language))


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
