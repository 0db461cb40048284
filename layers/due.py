"""Whether a promise is overdue on a day, and what the later documents say or do not say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.comparison import overdue
from layers.history import histories
from layers.outcomes import with_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import geopandas as gpd

    from layers.comparison import Silence


def with_due(
    table: gpd.GeoDataFrame,
    documents: Mapping[str, Any],
    by: date,
    city_of: Mapping[str, str] | None = None,
) -> gpd.GeoDataFrame:
    """Return the table with what is due by the end of a day, as columns of their own.

    ``due`` is a code of the list of that name or None, ``due_stage`` the stage that was promised
    (it may be a first step only), ``due_year`` the year by whose end it was promised,
    ``due_by`` the day that was asked for, as YYYY-MM-DD.

    Parameters
    ----------
    table
        Any rows of the one table, with what is known of their outcomes.
    documents
        By id: all that can have reported something.
    by
        The day; nothing here asks the clock.
    city_of
        The city by town: a city's plan covers its towns.
    """
    some = histories(table, documents)
    waiting = {one.history.id: one for one in overdue(some, documents, city_of or {}, by)}
    return with_columns(table, [_columns(waiting.get(name), by) for name in table["id"]])


def _columns(silence: Silence | None, by: date) -> dict[str, Any]:
    return {
        "due": silence.code if silence else None,
        "due_stage": silence.stage if silence else None,
        "due_year": silence.due if silence else None,
        "due_by": by.isoformat(),
    }
