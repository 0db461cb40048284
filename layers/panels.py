"""The filters beside the page as plain values: each value with how much it would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layers.selection import value_label
from layers.view import ROLES, View, options
from layers.words import Language, caption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.index import Index

    _Value = tuple[str, str, int]


class Panel(NamedTuple):
    """One filter of the panel: whether it is a list to search in, and whether it folds away."""

    name: str
    listed: bool = False
    folded: bool = False


PANELS = (
    Panel("strategy"),
    Panel("status"),
    Panel("unit", listed=True),
    Panel("category", listed=True),
    Panel("document", listed=True),
    Panel("year", folded=True),
    Panel("target_year", folded=True),
    Panel("due", folded=True),
    Panel("township", listed=True, folded=True),
    Panel("location_class", folded=True),
    Panel("certainty", folded=True),
    Panel("outcome", folded=True),
    Panel("thing", folded=True),
)
FOLDED = tuple(one.name for one in PANELS if one.folded)


def facet_panel(
    index: Index,
    view: View,
    documents: Mapping[str, Any],
    language: Language,
    *,
    unfolded: bool | None,
) -> dict[str, Any]:
    """Return all filters with their values, counts and what is chosen, as the page draws them.

    A count is the number of projects and programmes that the value would show as the other
    filters are set. Filters that are folded away are not counted.

    Parameters
    ----------
    unfolded
        Whether the user opened or closed the filters that fold away; None: neither, so that they
        are open when one of them is set.
    """
    is_set = any(view.chosen.get(name) for name in FOLDED)
    is_open = is_set if unfolded is None else unfolded
    panels = [one for one in PANELS if is_open or not one.folded]
    role = "lead" if view.role == "lead" else "unit"
    names = [role if one.name == "unit" else one.name for one in panels]
    counts = index.counts(view.selection, names)
    about = view, documents
    facets = [
        _facet(one, view, _values(one.name, index, counts[name], about, language), language)
        for one, name in zip(panels, names, strict=True)
    ]
    return {
        "facets": [one for one in facets if one["values"]],
        "role": _role(view, language),
        "issuer": {
            "label": caption("filter_issuer", language),
            "on": view.issuer,
            "disabled": view.role == "lead",
        },
        "open": is_open,
        "more": caption("filter_more", language),
        "clear": caption("filter_clear", language),
        "find": caption("filter_find", language),
        "none": caption("filter_find_none", language),
    }


def _facet(panel: Panel, view: View, values: list[_Value], language: Language) -> dict[str, Any]:
    return {
        "name": panel.name,
        "title": caption(f"filter_{panel.name}", language),
        "listed": panel.listed,
        "folded": panel.folded,
        "chosen": list(view.chosen.get(panel.name, ())),
        "values": values,
    }


def _values(
    name: str,
    index: Index,
    counts: Mapping[str, int],
    about: tuple[View, Mapping[str, Any]],
    language: Language,
) -> list[_Value]:
    """Return each value of a filter with its label and its count."""
    view, documents = about
    chosen = view.chosen.get(name, ())

    def label(value: str) -> str:
        text = value_label(name, value, language)
        return f"{value} {documents[value].title}" if name == "document" else text

    # A chosen value stays in sight where the table of a date does not have it.
    shown = dict.fromkeys([*options(index, name), *chosen])
    return [(value, label(value), counts.get(value, 0)) for value in shown]


def _role(view: View, language: Language) -> dict[str, Any]:
    return {
        "label": caption("filter_role", language),
        "value": view.role,
        "values": [[code, caption(f"role_{code}", language)] for code in ROLES],
    }
