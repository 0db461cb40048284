"""What a map must show to show all that is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

# Length of a degree of latitude on the sphere that web maps use.
_METRES = 111_320.0
_DECIMALS = 5


def reaches(table: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return the box that each row may lie in: its geometry with the radius around it.

    Parameters
    ----------
    table
        EPSG:4326.

    Returns
    -------
    ndarray
        West, south, east, north in degrees, a row for each of the table's; not a number for those
        without a geometry.
    """
    boxes = shapely.bounds(table.geometry.to_numpy()).reshape(-1, 4)
    high = np.nan_to_num(table["radius_m"].to_numpy(dtype=float)) / _METRES
    wide = high / np.cos(np.radians(boxes[:, [1, 3]].mean(axis=1)))
    found: NDArray[np.float64] = boxes + np.column_stack([-wide, -high, wide, high])
    return found


def fitting(
    boxes: NDArray[np.float64], shown: NDArray[np.bool_], badges: Sequence[Mapping[str, Any]]
) -> list[float] | None:
    """Return west, south, east, north (degrees, EPSG:4326) around rows and badges.

    Parameters
    ----------
    boxes
        Of all rows, as ``reaches`` returns them.
    shown
        Which of the rows are meant.
    badges
        With ``at``: latitude and longitude.

    Returns
    -------
    list or None
        None where nothing of what is meant has a place.
    """
    seats = np.array([[lon, lat, lon, lat] for lat, lon in (one["at"] for one in badges)])
    meant = np.vstack([boxes[shown], seats.reshape(-1, 4)])
    meant = meant[~np.isnan(meant).any(axis=1)]
    if not len(meant):
        return None
    edges = [*meant[:, :2].min(axis=0), *meant[:, 2:].max(axis=0)]
    return [round(float(edge), _DECIMALS) for edge in edges]
