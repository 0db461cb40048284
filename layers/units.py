"""All units at once: how much each leads and takes part in, and what of it is overdue."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from layers.nouns import of_noun
from layers.words import Language, caption, codes

if TYPE_CHECKING:
    import geopandas as gpd


def unit_list(table: gpd.GeoDataFrame, language: Language) -> pd.DataFrame:
    """Return the number of projects of each unit, those with the most first.

    A row for each unit, named by it; columns named in the language: led, taken part in, due by
    each code of what is due (``open``, the sum of the others, left out), all three of projects;
    and counted programmes, in whichever role. Indicators are not counted. No rows for a table
    that names no unit.
    """
    led: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    due = {code: Counter[str]() for code in codes("due") if code != "open"}
    for row in of_noun(table, "project").itertuples():
        leads = set(row.lead_units)
        led.update(leads)
        joined.update(set(row.units) - leads)
        if row.due in due:
            due[row.due].update(leads | set(row.units))
    counted: Counter[str] = Counter()
    for row in of_noun(table, "programme").itertuples():
        counted.update({*row.lead_units, *row.units})
    counts = {"led": led, "joined": joined, **{f"due_{code}": some for code, some in due.items()}}
    counts["programmes"] = counted
    units = sorted(
        led | joined | counted, key=lambda unit: (-led[unit], -joined[unit], -counted[unit], unit)
    )
    columns = {
        caption(f"units_{name}", language): [some[unit] for unit in units]
        for name, some in counts.items()
    }
    return pd.DataFrame(columns, index=pd.Index(units, name=caption("filter_unit", language)))
