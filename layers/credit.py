"""Whom a map or a file must name: the sources of its base map and of the positions it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import load_sources, services
from store import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from layers.base import Base

_LIST = "；"
# Single facts published without terms, and our own work, are named with all sources.
_NO_TERMS, _OURS = "not stated", "planmap"


def credits_of(table: gpd.GeoDataFrame, base: Base | None = None) -> tuple[str, ...]:
    """Return the lines that must stand with a map or a file, each once.

    Parameters
    ----------
    table
        What is shown; only rows with a geometry count, for only they show a position.
    base
        The base map, where one is drawn: its lines come first.
    """
    placed = table[table.geometry.notna()]
    shown = zip(placed["location_source"], placed["licence"], strict=True)
    texts = dict.fromkeys(text for text, licence in shown if text and licence != _NO_TERMS)
    lines = dict.fromkeys(base.attribution if base else ())
    return tuple(lines | dict.fromkeys(line for text in texts for line in _lines(text)))


def _lines(text: str) -> Iterator[str]:
    """Return the attributions of a row's source: of tables by their titles, of services as said."""
    known = {
        source.title: source.attribution
        for source in load_sources(DATA / "sources.csv").values()
        if source.key != _OURS and source.licence != _NO_TERMS
    }
    for part in text.split(_LIST):
        if part in known:
            yield known[part]
    yield from (
        service.attribution
        for service in services().values()
        if text.startswith(service.attribution)
    )
