"""How long, how large, how dear a thing is, in one unit each, so that lists can be sorted by it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# In kilometres (公里), mu of land (亩) and a hundred million yuan (亿元); floor space is no land.
AMOUNTS = ("length", "area", "money")
_TABLE = store.DATA / "amounts.csv"


class _Unit(NamedTuple):
    amount: str
    factor: float


def amount(statements: Sequence[Mapping[str, Any]], name: str) -> float | None:
    """Return one of ``AMOUNTS`` as the latest statement that names it has it; None for none.

    Parameters
    ----------
    statements
        Of one thing, oldest first, as the table holds them.
    """
    for said in reversed(statements):
        quantity = said["quantity"]
        unit = _units().get(quantity["unit"]) if quantity else None
        if unit and unit.amount == name:
            return float(quantity["value"]) * unit.factor
    return None


@cache
def _units() -> dict[str, _Unit]:
    rows = store.read_table(_TABLE, ["unit", "amount", "factor"])
    return {row["unit"]: _Unit(row.one_of("amount", AMOUNTS), _factor(row)) for row in rows}


def _factor(row: store.Row) -> float:
    try:
        return float(row["factor"])
    except ValueError:
        raise row.broken("factor", f"{row['factor']!r} is no number") from None
