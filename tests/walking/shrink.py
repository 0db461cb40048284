"""Making a sequence that fails shorter: what is not needed for the failure is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Step = TypeVar("_Step")


def shrunk(steps: Sequence[_Step], fails: Callable[[list[_Step]], bool]) -> list[_Step]:
    """Return steps that still fail, of which no stretch of any tried length can be left out.

    ``steps`` fail. Long stretches are tried first, then shorter ones, at last single steps.
    """
    left, size = list(steps), max(len(steps) // 2, 1)
    while True:
        left, before = _without_stretches(left, size, fails), left
        if len(left) == len(before) and size == 1:
            return left
        size = max(min(size, len(left)) // 2, 1)


def _without_stretches(
    steps: list[_Step], size: int, fails: Callable[[list[_Step]], bool]
) -> list[_Step]:
    # from the end: what comes late depends on what comes early, not the other way round
    for start in range(max(len(steps) - size, 0), -1, -size):
        shorter = steps[:start] + steps[start + size :]
        if fails(shorter):
            steps = shorter
    return steps
