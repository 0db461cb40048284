"""The codes of the vocabulary, from the one table that also holds their labels."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from store import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES = DATA / "codes.csv"


@cache
def codes(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the codes of a list with their labels and what they imply; empty for no such list."""
    rows = read_table(CODES, ("list", "code", "zh", "en"), ("oc4ids", "strategy"))
    return {row["code"]: row.values for row in rows if row["list"] == name}
