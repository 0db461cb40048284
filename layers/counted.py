"""The count sheet as a table to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.counting import CLASSES, COUNTS, REASONS, count_sheet
from layers.words import Language, caption, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd


def counts_frame(
    table: gpd.GeoDataFrame, documents: Iterable[str], language: Language
) -> pd.DataFrame:
    """Return the count sheet with a row per count and a column per document, then one for all.

    ``documents`` are ids that get a column even if the table quotes nothing of them.
    """
    sheet = count_sheet(table, documents)
    names = [record["document"] or caption("count_all", language) for record in sheet]
    columns = {
        name: [record[count] for count in COUNTS] for name, record in zip(names, sheet, strict=True)
    }
    index = pd.Index([_name(count, language) for count in COUNTS])
    return pd.DataFrame(columns, index=index)


def _name(count: str, language: Language) -> str:
    if count in CLASSES:
        return label("location_class", count, language)
    if count in REASONS:
        reason = label("unplaced_reason", count, language)
        return caption("count_reason", language, reason=reason)
    return caption(f"count_{count}", language)
