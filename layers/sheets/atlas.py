"""An atlas: which sheets it has, and what each of them is about."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import shapely

from layers.facets import FACETS
from layers.selection import Selection, choices, describe, select
from layers.sheets.options import BadSheet
from layers.sheets.subject import alone, part_of
from layers.words import caption, label

if TYPE_CHECKING:
    from layers.sheets.options import SheetOptions
    from layers.sheets.subject import Subject

    Sheet = tuple[Subject, SheetOptions]

# About a township's seat, in degrees: some two kilometres, so that its name has room.
_SEAT = 0.02


def atlas(subject: Subject, options: SheetOptions) -> list[Sheet]:
    """Return the sheets of an atlas, each with its subject; without an atlas the one sheet.

    Raises
    ------
    BadSheet
        Nothing that was chosen has a unit, strategy or township; or nothing is chosen.
    """
    if not options.atlas:
        return [(subject, options)]
    kinds = {"township": _by_township, "project": _by_project}
    sheets = kinds.get(options.atlas, _by_facet)(subject, options)
    if not sheets:
        raise BadSheet(f"sheet_bad_atlas_no_{options.atlas}")
    return sheets


def _by_facet(subject: Subject, options: SheetOptions) -> list[Sheet]:
    name, language = options.atlas, options.language
    sheets = []
    asked = getattr(subject.selection, name)
    # Things of a chosen value may have others too: these are not what was asked for.
    for value in [one for one in choices(subject.shown, name) if one in (asked or (one,))]:
        wanted: dict[str, Any] = {name: (value,)}
        one = replace(subject.selection, **wanted)
        # What is shown fits the rest of the selection already.
        alone_ = Selection(**wanted, include_issuer=one.include_issuer)
        part = part_of(replace(subject, selection=one), partial(select, selection=alone_))
        title = label(name, value, language) if FACETS[name].codes else value
        sheets.append((part, replace(options, title=title, atlas="")))
    return sheets


def _by_township(subject: Subject, options: SheetOptions) -> list[Sheet]:
    sheets = []
    asked = subject.selection.township
    for town in [one for one in subject.base.towns if one.name in (asked or (one.name,))]:
        part = part_of(subject, partial(_lying_in, town=town.name))
        if len(part.shown):
            words = options.subtitle or describe(subject.selection, options.language)
            title = caption("sheet_town", options.language, town=town.name)
            extent = options.extent if options.box else _about_town(part, town)
            made: dict[str, Any] = {
                "title": title,
                "subtitle": words,
                "extent": extent,
                "atlas": "",
            }
            sheets.append((part, replace(options, **made)))
    return sheets


def _lying_in(rows: Any, town: str) -> Any:
    return rows[[town in some for some in rows["townships"]]]


def _about_town(part: Subject, town: Any) -> str:
    """Return the extent of a township: its seat, and those of its things that are no lines.

    A line leads through many townships; where one is all there is, its sheet shows all of it.
    """
    placed = part.shown[part.shown.geometry.notna()]
    own = placed[~placed.geometry.geom_type.str.endswith("LineString")]
    if own.empty and len(placed):
        return "selection"
    seat = shapely.Point(town.lon, town.lat).buffer(_SEAT)
    west, south, east, north = shapely.total_bounds([seat, *_reaches(own)])
    return f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}"


def _reaches(rows: Any) -> list[Any]:
    return [
        row.geometry.buffer((row.radius_m or 0) / 100_000) for row in rows.itertuples(index=False)
    ]


def _by_project(subject: Subject, options: SheetOptions) -> list[Sheet]:
    return [(alone(subject, row), options) for row in subject.shown.itertuples()]
