"""The plain address of a selection: the same parameters as the app's, answered as one file."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from layers.selection import Selection
from layers.sheets.link import SHEET_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

# How the app itself writes these two into its address.
_ROLE, _ISSUER = "role", "issuer"
AS_OF = "asof"
_FILTERS = tuple(field.name for field in fields(Selection) if field.name != "include_issuer")
# Parts of the app's address that say how it looks, not what is chosen.
_LOOKS = frozenset({"at", "project", "base", "lang", "open", "line", "left", "right"})


class UnknownParameter(ValueError):  # noqa: N818 - it names what is unknown
    """A parameter of an address that chooses nothing."""


def selection_of(pairs: Iterable[tuple[str, str]]) -> Selection:
    """Return the selection that the parameters of an address mean; values stay unchecked.

    Raises
    ------
    UnknownParameter
        A parameter is no filter; the message lists the filters.
    """
    wanted: dict[str, tuple[str, ...]] = {}
    extra: dict[str, str] = {}
    for name, value in pairs:
        if name in {_ROLE, _ISSUER}:
            extra[name] = value
        elif name in _FILTERS:
            wanted[name] = (*wanted.get(name, ()), value)
        elif name not in {AS_OF, *_LOOKS} and not name.startswith(SHEET_PREFIX):
            known = ", ".join((*_FILTERS, _ROLE, _ISSUER, AS_OF))
            raise UnknownParameter(f"unknown parameter {name!r}; known are {known}")
    if extra.get(_ROLE) == "lead" and "unit" in wanted:
        wanted["lead"] = (*wanted.get("lead", ()), *wanted.pop("unit"))
    return Selection(**wanted, include_issuer=_ISSUER in extra)


def parameters(selection: Selection, as_of: str = "") -> str:
    """Return a selection as the part of an address behind ``?``; empty for all.

    ``as_of`` is the date as of which it is meant; empty for today.
    """
    pairs = [(name, value) for name in _FILTERS for value in getattr(selection, name)]
    issuer = [(_ISSUER, "1")] if selection.include_issuer and selection.unit else []
    dated = [(AS_OF, as_of)] if as_of else []
    return urlencode([*pairs, *issuer, *dated])
