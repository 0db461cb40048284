"""One line of the results."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the results: what was measured, the figure, and what is aimed at."""

    what: str
    value: str
    aim: str = ""
