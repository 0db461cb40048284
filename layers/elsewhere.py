"""What the map does not show as a pin, as lists of names to unfold: nothing is left out unseen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.links import thing_link
from layers.lists import by_reason, one_list, reason_counts
from layers.townships import by_township
from layers.words import Language, caption, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd


def off_map_html(table: gpd.GeoDataFrame, language: Language) -> str:
    """Return the names of all things without a pin, by township, city-wide and by reason.

    As escaped HTML, each name a link that opens its thing; groups without a thing are left out.
    """
    larger = sorted(by_township(table).items(), key=lambda town: -len(town[1]))
    several = _several([row.id for _, rows in larger for row in rows], language)
    city = {label("location_class", "city", language): [*one_list(table, "city").itertuples()]}
    none = {
        label("unplaced_reason", reason, language): [*by_reason(table, reason).itertuples()]
        for reason in reason_counts(table)
    }
    return (
        _groups("list_township", dict(larger), language, several)
        + _groups("list_city", city, language)
        + _groups("list_none", none, language)
    )


def _several(listed: Sequence[str], language: Language) -> str:
    """Return why the numbers of the townships sum up to more than the projects; or empty."""
    count = len(set(listed))
    return caption("list_several", language, count=count) if count < len(listed) else ""


def _groups(
    title: str, groups: Mapping[str, Sequence[Any]], language: Language, about: str = ""
) -> str:
    folded = "".join(_folded(name, rows) for name, rows in groups.items())
    folded += f'<p class="pm-soft">{escape(about)}</p>' if about else ""
    head = f"<h4>{escape(caption(title, language))}</h4>"
    return f'<div class="pm-town">{head}{folded}</div>' if folded else ""


def _folded(name: str, rows: Sequence[Any]) -> str:
    if not rows:
        return ""
    items = "".join(f"<li>{thing_link(row.id, row.title)}</li>" for row in rows)
    head = f"{escape(name)} <b>{len(rows)}</b>"
    return f"<details><summary>{head}</summary><ul>{items}</ul></details>"
