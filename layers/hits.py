"""Where a search hit: things named so come first, those that only share a quote are folded."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from layers.words import Language, caption, join

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.index import Index
    from layers.selection import Selection


class Fold(NamedTuple):
    """How a list of hits is parted.

    Attributes
    ----------
    named
        So many rows at the beginning are hit by a name; the rest only by a quote.
    words
        What was searched.
    opened
        Whether those hit only by a quote are shown.
    """

    named: int
    words: tuple[str, ...]
    opened: bool = False

    def shown(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the rows that are shown; where no name was hit there is nothing to fold."""
        return rows if self.opened or not self.named else rows[: self.named]

    def title(self, number: int, language: Language) -> str:
        """Return the heading of those of so many rows that are hit only by a quote."""
        words = join(self.words, language)
        return caption("list_quoted", language, words=words, count=number - self.named)


def named_first(
    index: Index, rows: NDArray[np.intp], selection: Selection
) -> tuple[NDArray[np.intp], int]:
    """Return rows with those hit by name first, each group in its order, and how many these are.

    Parameters
    ----------
    rows
        Numbers of rows of the table that the selection means.
    """
    by_name = index.named(selection)[rows]
    return rows[np.argsort(~by_name, kind="stable")], int(by_name.sum())


def parted(
    index: Index, shown: gpd.GeoDataFrame, selection: Selection
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the shown rows that are hit by name, and those hit only by a quote."""
    named = index.named(selection)
    by_name = np.array([named[index.row_of[one]] for one in shown["id"]], dtype=bool)
    return shown[by_name], shown[~by_name]


def hits_html(
    index: Index, shown: gpd.GeoDataFrame, selection: Selection, language: Language
) -> str:
    """Return how many are hit by name and how many only by a quote, as escaped HTML.

    Empty where nothing is hit only by a quote, or nothing is searched.
    """
    named, quoted = parted(index, shown, selection)
    if quoted.empty:
        return ""
    words = join(selection.search, language)
    text = caption("search_hits", language, words=words, named=len(named), quoted=len(quoted))
    return f'<p class="pm-sentence">{escape(text)}</p>'
