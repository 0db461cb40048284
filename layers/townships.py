"""Things of which only the township is known: counted at its seat, listed under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from layers.nouns import is_project

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd


def by_township(table: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    """Return the rows of class township under each township they name: projects only.

    A thing of several townships stands under each of them.
    """
    found: dict[str, list[Any]] = {}
    # Arrays of objects compare faster than columns, and most tables are asked for few rows.
    classes, kinds = table["location_class"].to_numpy(), table["kind"].to_numpy()
    projects = np.array([is_project(kind) for kind in kinds], dtype=bool)
    chosen = np.flatnonzero((classes == "township") & projects)
    # Columns come faster out of a plain table.
    plain = pd.DataFrame(table)
    rows: Iterable[Any] = plain.iloc[chosen].itertuples(index=False) if len(chosen) else ()
    for row in rows:
        for township in row.townships:
            found.setdefault(township, []).append(row)
    return found
