"""How much of the machine one reading may take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Bounds:
    """What a child process may use to read one file.

    Attributes
    ----------
    memory
        Bytes of address space.
    silent_seconds, seconds
        Seconds of computing without any progress, and in all.
    silent_wall, wall
        The same by the clock; more, because a busy machine does not make a file hostile.
    start_wall
        Seconds by the clock in which the child must have loaded its libraries.
    answer
        Bytes of one message of the child.
    """

    memory: int = 2**30
    silent_seconds: int = 7
    seconds: int = 300
    silent_wall: float = 30.0
    wall: float = 900.0
    start_wall: float = 120.0
    answer: int = 64 * 2**20

    def record(self) -> dict[str, Any]:
        """Return the bounds as plain values, for the command line of the child."""
        return asdict(self)
