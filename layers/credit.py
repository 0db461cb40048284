"""Whom a map or a file must name: the sources of its base map and of the positions it shows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo import load_sources, services
from layers.lines import NO_TERMS
from layers.words import caption
from store import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

    from layers.base import Base
    from layers.words import Language

_LIST = "；"
# Single facts published without terms, and our own work, are named with all sources.
_OURS = "planmap"
# The lines that are more than names, in the words of the tables (English) and of each language.
_SENTENCES = ("credit_county", "credit_land", "credit_osm", "credit_osm_tiles")


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
    texts = dict.fromkeys(text for text, licence in shown if text and licence != NO_TERMS)
    lines = dict.fromkeys(base.attribution if base else ())
    known = _known()
    return tuple(lines | dict.fromkeys(line for text in texts for line in _lines(text, known)))


def credit_in(line: str, language: Language) -> str:
    """Return an attribution in a language; one that consists of names only stays as it is."""
    return _told(language).get(line) or source_in(line, language)


def source_in(text: str, language: Language) -> str:
    """Return what a source is called, or whom it names, in a language; several by ``；``."""
    known = _words() if language == "zh" else {}
    return _LIST.join(known.get(part, part) for part in text.split(_LIST))


@cache
def _words() -> dict[str, str]:
    """Return the Chinese words for those of ``sources.csv`` that are English; read once."""
    return {row["en"]: row["zh"] for row in read_table(DATA / "source_words.csv", ("en", "zh"))}


@cache
def _told(language: Language) -> dict[str, str]:
    return {caption(key, "en"): caption(key, language) for key in _SENTENCES}


@cache
def _known() -> dict[str, str]:
    """Return the attribution of each source of the table by its title; read once."""
    return {
        source.title: source.attribution
        for source in load_sources(DATA / "sources.csv").values()
        if source.key != _OURS and source.licence != NO_TERMS
    }


@cache
def _services() -> tuple[str, ...]:
    return tuple(service.attribution for service in services().values())


def _lines(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """Return the attributions of a row's source: of tables by their titles, of services as said."""
    yield from (known[part] for part in text.split(_LIST) if part in known)
    yield from (line for line in _services() if text.startswith(line))
