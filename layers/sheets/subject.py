"""What a sheet is about: the chosen rows, what of them its frame shows, and its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.base import opening_view
from layers.credit import credit_in, credits_of
from layers.lists import list_counts
from layers.nouns import NOUNS, with_nouns
from layers.selection import describe
from layers.sheets.hits import hit_line
from layers.sheets.options import BadSheet
from layers.townships import by_township
from layers.words import caption, join

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from layers.base import Base, Box, Town
    from layers.index import Index
    from layers.selection import Selection
    from layers.sheets.frame import Frame
    from layers.sheets.options import SheetOptions
    from layers.words import Language

# Degrees about what is chosen, about a township's seat, and about seats that stand for things of
# which no more is known: some six, five and ten kilometres across. Nearer by, the base map is bare.
_LEAST, _TOWN, _SEATS = 0.03, 0.025, 0.05
_DECIMALS = 6
_DEGREE = 100_000  # about as many metres


@dataclass(frozen=True)
class Subject:
    """What a sheet is about.

    Attributes
    ----------
    shown, table
        The chosen rows and all rows, EPSG:4326.
    documents
        By id: objects with ``title`` and ``date``.
    selection
        What was chosen, for the subtitle and the link.
    as_of
        The date as of which the rows are, for both too; empty for today.
    quoted
        Ids of shown rows that a search hit only by a quote, as far as others were hit by name.
    folded
        Rows of that kind that are left out; None where nobody looked for them.
    index
        Of the table, where one is there already.
    """

    shown: gpd.GeoDataFrame
    table: gpd.GeoDataFrame
    base: Base
    documents: Mapping[str, Any]
    selection: Selection
    as_of: str = ""
    quoted: frozenset[str] = frozenset()
    folded: gpd.GeoDataFrame | None = None
    index: Index | None = None


@dataclass(frozen=True)
class Seen:
    """What of a subject is in the frame.

    Attributes
    ----------
    things
        The rows whose geometry the frame shows.
    badges
        Townships in the frame of which things are known only by township, with those rows.
    """

    things: gpd.GeoDataFrame
    badges: tuple[tuple[Town, tuple[Any, ...]], ...]


def settled(subject: Subject) -> Subject:
    """Return the subject with positions to a tenth of a metre, finer than any source.

    A table read back from a file has shorter numbers than one just built; sheets of both are
    the same.
    """
    shown = subject.shown.copy()
    shown.geometry = shapely.transform(shown.geometry.to_numpy(), lambda xy: xy.round(_DECIMALS))
    return replace(subject, shown=shown)


def extent_of(subject: Subject, options: SheetOptions) -> Box:
    """Return the west, south, east, north (degrees, EPSG:4326) that a sheet shall show.

    Raises
    ------
    BadSheet
        The extent is none of the known words and no township of the base map.
    """
    if options.box:
        return options.box
    if options.extent == "selection":
        return _selected(subject)
    if options.extent == "city":
        own = subject.base.counties[subject.base.counties["own"]]
        return _bounds(own.geometry.to_list() or subject.base.land.geometry.to_list())
    for town in subject.base.towns:
        if town.name == options.extent:
            return _bounds([shapely.Point(town.lon, town.lat)], _TOWN)
    raise BadSheet("sheet_bad_extent", value=options.extent)


def part_of(subject: Subject, pick: Callable[[Any], Any]) -> Subject:
    """Return the subject of a part; ``pick`` returns the rows that belong to it from others."""
    folded = None if subject.folded is None else pick(subject.folded)
    return replace(subject, shown=pick(subject.shown), folded=folded)


def alone(subject: Subject, row: Any) -> Subject:
    """Return the subject of one thing alone."""
    return replace(subject, shown=subject.shown[subject.shown["id"] == row.id])


def extent_around(one: Subject) -> Box | None:
    """Return the surroundings of the one thing of a subject: of its place, or of its townships.

    None for a thing that has neither.
    """
    (row,) = one.shown.itertuples()
    if row.geometry is not None:
        off = _TOWN + (row.radius_m or 0) / _DEGREE
        return _bounds([row.geometry.buffer(off)])
    towns = by_township(one.shown)
    seats = [shapely.Point(t.lon, t.lat) for t in one.base.towns if t.name in towns]
    return _bounds(seats, _TOWN) if seats else None


def _selected(subject: Subject) -> Box:
    rows = subject.shown[subject.shown.geometry.notna()]
    off = rows["radius_m"].fillna(0).to_numpy(dtype=float) / _DEGREE
    edges = shapely.bounds(rows.geometry.to_numpy()) + np.outer(off, [-1, -1, 1, 1])
    placed = [shapely.box(*each) for each in edges]
    towns = by_township(subject.shown)
    seats = [shapely.Point(t.lon, t.lat) for t in subject.base.towns if t.name in towns]
    if shapes := [*placed, *seats]:
        return _bounds(shapes, _LEAST if placed else _SEATS)
    west, south, east, north = (
        round(edge, 4) for edge in opening_view(subject.table, subject.base)
    )
    return west, south, east, north


def _bounds(shapes: list[Any], least: float = 0.0) -> Box:
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    wide, high = max(0.0, least - (east - west) / 2), max(0.0, least - (north - south) / 2)
    return west - wide, south - high, east + wide, north + high


def look(subject: Subject, frame: Frame) -> Seen:
    """Return what of a subject a frame shows; programmes have no place of their own."""
    placed = subject.shown[subject.shown.geometry.notna()]
    inside = shapely.intersects(placed.geometry.to_numpy(), frame.area)
    towns = by_township(subject.shown)
    badges = (
        (town, tuple(towns[town.name]))
        for town in subject.base.towns
        if town.name in towns and frame.rect.holds(frame.spot(town.lon, town.lat))
    )
    return Seen(placed[inside], tuple(badges))


def title_of(subject: Subject, options: SheetOptions) -> str:
    """Return the title: the user's, or the usual one with the name of the place.

    The place is the township where just one is chosen, else the county.
    """
    if not options.title.strip() and len(subject.selection.township) == 1:
        (town,) = subject.selection.township
        return caption("sheet_town", options.language, town=town)
    own = subject.base.counties[subject.base.counties["own"]]
    area = "、".join(own["name"])
    return options.title.strip() or caption("sheet_usual_title", options.language, area=area)


def subtitle_of(subject: Subject, options: SheetOptions) -> str:
    """Return the subtitle: the user's, or the selection in words; with the date it is as of."""
    words = options.subtitle.strip() or describe(subject.selection, options.language)
    if not subject.as_of:
        return words
    return caption("describe_as_of", options.language, selection=words, date=subject.as_of)


def count_line(subject: Subject, seen: Seen, options: SheetOptions) -> str:
    """Return how many things are drawn, and where the others are: nothing is left out unsaid."""
    listed = list_counts(subject.shown)
    badged = len({row.id for _, rows in seen.badges for row in rows})
    counts = {
        "drawn": len(seen.things),
        "outside": listed["placed"] - len(seen.things),
        "township": badged,
        "elsewhere": listed["township"] - badged,
        **{name: listed[name] for name in ("city", "none", *NOUNS[1:])},
    }
    parts = [
        _count(name, count, options.language)
        for name, count in counts.items()
        if count or name == "drawn"
    ]
    counted = join(parts, options.language, "describe_pair")
    return counted + hit_line(subject, options.language)


def _count(name: str, count: int, language: Language) -> str:
    counted = with_nouns({NOUNS[0]: count}, language)
    return caption(f"sheet_count_{name}", language, count=count, counted=counted)


def document_line(subject: Subject, options: SheetOptions) -> str:
    """Return the documents that the chosen rows are named in; empty for none."""
    named = {said["document"] for row in subject.shown["statements"] for said in row}
    titles = [
        caption(
            "sheet_document",
            options.language,
            document=name,
            title=document.title,
            date=document.date or caption("compare_undated", options.language),
        )
        for name, document in subject.documents.items()
        if name in named
    ]
    joined = join(titles, options.language, "describe_pair")
    return caption("sheet_document_line", options.language, titles=joined) if titles else ""


def source_line(subject: Subject, options: SheetOptions) -> str:
    """Return where base map and positions come from, with the attribution asked for."""
    lines = [credit_in(line, options.language) for line in credits_of(subject.shown, subject.base)]
    return caption("picture_sources", options.language, sources=" · ".join(lines))


def made_line(frame: Frame | None, options: SheetOptions) -> str:
    """Return system and scale on this paper, of a page without a map neither; the day of making."""
    parts = []
    if frame:
        scale = float(f"{frame.scale * 1000:.2g}")
        made = caption("sheet_made", options.language, epsg=frame.epsg, scale=f"{scale:,.0f}")
        parts.append(made)
    if options.date:
        parts.append(caption("sheet_date", options.language, date=options.date))
    return " · ".join([*parts, caption("app_title", options.language)])
