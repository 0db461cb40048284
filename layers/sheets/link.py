"""Options and selections as parameters of an address, and back: a preset is a link."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from layers.selection import Selection
from layers.sheets.options import BadSheet, SheetOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHEET_PREFIX = "sheet_"
# The date as of which a selection is meant, and the page that shows one as of a date.
_AS_OF, _DATED = "asof", "overview"
# What belongs to the place and the day, not to the sheet that is shared.
_NOT_SHARED = {"date", "address", "language"}
_TRUE = {"1", "true", "yes"}


def options_to_query(options: SheetOptions) -> dict[str, str]:
    """Return those options that differ from the usual ones, as parameters of an address."""
    return {
        f"{SHEET_PREFIX}{field.name}": _plain(getattr(options, field.name))
        for field in fields(options)
        if field.name not in _NOT_SHARED and getattr(options, field.name) != field.default
    }


def options_from_query(query: Mapping[str, str], **more: Any) -> SheetOptions:
    """Return the options that an address names; what it does not name is as usual.

    ``more`` are options that are no part of an address.

    Raises
    ------
    BadSheet
        An option is wrong, or there is no such option.
    """
    known = {field.name: field.default for field in fields(SheetOptions)}
    given: dict[str, Any] = {}
    for key, text in query.items():
        if key.startswith(SHEET_PREFIX):
            name = key.removeprefix(SHEET_PREFIX)
            if name in _NOT_SHARED or known.get(name, MISSING) is MISSING:
                raise BadSheet("sheet_bad_option", name=name)
            given[name] = _typed(name, text, known[name])
    return SheetOptions(**(given | more))


def options_from_words(
    query: Mapping[str, str], given: Mapping[str, Any], suffix: str
) -> SheetOptions:
    """Return the options that a command line asks for, on top of those of a link.

    Parameters
    ----------
    query
        The parameters of a link.
    given
        Options as they were typed; what is None or false was not asked for. ``paper`` may be
        written as width x height in millimetres, ``no_inset`` leaves the inset out.
    suffix
        The ending of the file: its format.

    Raises
    ------
    BadSheet
        An option is wrong, or there is no such format.
    """
    typed = {f"{SHEET_PREFIX}{name}": _plain(value) for name, value in given.items() if value}
    more = {name: typed.pop(f"{SHEET_PREFIX}{name}", "") for name in sorted(_NOT_SHARED)}
    more["date"] = more["date"] or datetime.now(UTC).astimezone().date().isoformat()
    more["language"] = more["language"] or "zh"
    if typed.pop(f"{SHEET_PREFIX}no_inset", ""):
        typed[f"{SHEET_PREFIX}inset"] = "0"
    sides = typed.get(f"{SHEET_PREFIX}paper", "").lower().replace("×", "x").split("x")
    if len(sides) == 2:  # noqa: PLR2004 - width and height
        named = dict(zip(("paper", "width_mm", "height_mm"), ("free", *sides), strict=True))
        typed |= {f"{SHEET_PREFIX}{name}": text for name, text in named.items()}
    typed[f"{SHEET_PREFIX}format"] = suffix.lower().removeprefix(".")
    return options_from_query({**query, **typed}, **more)


def selection_to_query(selection: Selection) -> dict[str, list[str]]:
    """Return a selection as the parameters with which the pages open it."""
    named = {field.name: getattr(selection, field.name) for field in fields(selection)}
    lead, issuer = named.pop("lead"), named.pop("include_issuer")
    query = {name: list(values) for name, values in named.items() if values}
    if lead:
        query |= {"unit": list(lead), "role": ["lead"]}
    return query | ({"issuer": ["1"]} if issuer else {})


def selection_from_query(query: Mapping[str, Sequence[str]]) -> Selection:
    """Return the selection that an address names."""
    names = {field.name for field in fields(Selection)} - {"lead", "include_issuer"}
    given: dict[str, Any] = {name: tuple(query[name]) for name in names if query.get(name)}
    if "lead" in query.get("role", ()) and "unit" in given:
        given["lead"] = given.pop("unit")
    return Selection(**given, include_issuer="issuer" in query)


def view_link(address: str, selection: Selection, as_of: str = "") -> str:
    """Return the address under which others see a selection, as of a date where one is given."""
    query = urlencode(selection_to_query(selection) | _dated(as_of), doseq=True)
    page = _DATED if as_of else ""
    return f"{address.rstrip('/')}/{page}" + (f"?{query}" if query else "")


def sheet_link(selection: Selection, options: SheetOptions, as_of: str = "") -> str:
    """Return the link to the page of sheets that brings a selection and options back.

    It begins at the app's own address, or at the base address where the options have one.
    """
    query = {**selection_to_query(selection), **_dated(as_of), **options_to_query(options)}
    written = urlencode(query, doseq=True)
    return f"{options.address.rstrip('/')}/sheet" + (f"?{written}" if written else "")


def options_to_widgets(options: SheetOptions) -> dict[str, Any]:
    """Return the options of an address as values of widgets, each under its parameter's name."""
    return {
        f"{SHEET_PREFIX}{field.name}": getattr(options, field.name)
        for field in fields(options)
        if field.name not in _NOT_SHARED
    }


def extent_of_view(bounds: Any) -> str:
    """Return the extent of a web map's view as the options have it.

    ``bounds`` is what Leaflet says; before it has said anything the extent is the selection's.
    """
    try:
        low, high = bounds["_southWest"], bounds["_northEast"]
        edges = (low["lng"], low["lat"], high["lng"], high["lat"])
        return ",".join(f"{float(edge):.5f}" for edge in edges)
    except (TypeError, KeyError, ValueError):
        return "selection"


def read_link(link: str) -> tuple[Selection, dict[str, str]]:
    """Return the selection and the options' parameters of a link to the page of sheets."""
    query = _query(link)
    options = {key: values[-1] for key, values in query.items() if key.startswith(SHEET_PREFIX)}
    return selection_from_query(query), options


def date_of_link(link: str) -> str:
    """Return the date as of which a link means its selection; empty for today."""
    return _query(link).get(_AS_OF, [""])[-1]


def _query(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)


def _dated(as_of: str) -> dict[str, list[str]]:
    return {_AS_OF: [as_of]} if as_of else {}


def _plain(value: object) -> str:
    return "1" if value is True else "0" if value is False else f"{value}"


def _typed(name: str, text: str, usual: object) -> object:
    if isinstance(usual, bool):
        return text.lower() in _TRUE
    try:
        return type(usual)(text)  # type: ignore[call-arg]
    except ValueError:
        raise BadSheet("sheet_bad_option_value", name=name, value=text) from None
