"""Things of which only the township is known: counted at its seat, listed under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd


def by_township(table: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    """Return the rows of class township under each township they name, programmes left out.

    A thing of several townships stands under each of them.
    """
    found: dict[str, list[Any]] = {}
    chosen = table[(table["location_class"] == "township") & (table["kind"] != "programme")]
    for row in chosen.itertuples(index=False):
        for township in row.townships:
            found.setdefault(township, []).append(row)
    return found
