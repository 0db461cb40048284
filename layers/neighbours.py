"""What lies near a thing, and what it belongs to: for reading beside its map."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from shapely.geometry import Point
from shapely.ops import nearest_points

from geo import distance_m
from layers.links import project_link
from layers.marks import sign_of
from layers.truths import truths_html
from layers.words import Language, caption, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

MOST = 8
_KILOMETRE = 1000


class Neighbour(NamedTuple):
    """A thing near another; ``metres`` is the way between their drawn positions."""

    row: Any
    metres: float


def nearest(table: gpd.GeoDataFrame, project: str, most: int = MOST) -> tuple[Neighbour, ...]:
    """Return the things nearest to a placed one, nearest first.

    Parameters
    ----------
    table
        Rows of the one table, EPSG:4326.
    project
        Its id; without a place, or not in the table, it has no neighbours.
    most
        No more than so many.
    """
    here = table[(table["id"] == project) & table.geometry.notna()]
    if here.empty:
        return ()
    place = here.geometry.iloc[0]
    others = table[(table["id"] != project) & table.geometry.notna()]
    found = [
        Neighbour(row, _metres(place, shape))
        for row, shape in zip(others.itertuples(), others.geometry, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.metres, one.row.id))[:most])


def _metres(one: Any, other: Any) -> float:
    # Found in degrees, measured on the ellipsoid: near enough within a town.
    here, there = nearest_points(one, other)
    return distance_m(Point(here), Point(there))


def family(table: gpd.GeoDataFrame, project: str) -> tuple[Any, ...]:
    """Return what a thing is part of, and what is part of it."""
    hosts = set(table.loc[table["id"] == project, "part_of"])
    kept = table[table["id"].isin(hosts) | (table["part_of"] == project)]
    return tuple(kept.itertuples())


def neighbours_html(found: Iterable[Neighbour], language: Language) -> str:
    """Return neighbours as an HTML list with links and distances; empty for none."""
    items = "".join(
        f"<li>{_thing(one.row, language)} <span>{escape(_far(one, language))}</span></li>"
        for one in found
    )
    return f'<ul class="pm-things">{items}</ul>' if items else ""


def family_html(rows: Iterable[Any], language: Language) -> str:
    """Return related things as an HTML list with links; empty for none."""
    items = "".join(f"<li>{_thing(row, language)}</li>" for row in rows)
    return f'<ul class="pm-things">{items}</ul>' if items else ""


def _thing(row: Any, language: Language) -> str:
    sign = sign_of(row, 20)
    kind = escape(label("category", row.category, language))
    return (
        f'{sign} {project_link(row.id, row.title)} <span class="pm-soft">{kind}</span>'
        f" {truths_html(row, language)}"
    )


def _far(one: Neighbour, language: Language) -> str:
    if one.metres < 1:
        return caption("near_same", language)
    if one.metres < _KILOMETRE:
        return caption("near_metres", language, metres=f"{one.metres:.0f}")
    return caption("near_kilometres", language, kilometres=f"{one.metres / _KILOMETRE:.1f}")
