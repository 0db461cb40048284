"""How a found thing differs from a wanted one, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def differ(what: str, found: Any, wanted: Any) -> Iterable[str]:
    """Say in words how a found value differs from a wanted one; nothing where it does not."""
    if found == wanted:
        return []
    if isinstance(found, set) and isinstance(wanted, set):
        return [f"{what}: lacks {_few(wanted - found)}, has too many {_few(found - wanted)}"]
    return [f"{what} is {_few(found)}, not {_few(wanted)}"]


def _few(value: Any) -> str:
    text = repr(sorted(value) if isinstance(value, set) else value)
    return text if len(text) < 300 else f"{text[:300]}… ({len(value)})"
