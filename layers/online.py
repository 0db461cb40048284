"""Base maps of other hosts, loaded only when a user turns one on: address, datum and credit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from store import DATA, read_table

if TYPE_CHECKING:
    from layers.words import Language

DATUMS = ("wgs84", "gcj02")
_COLUMNS = ("code", "zh", "en", "addresses", "datum", "max_zoom", "attribution")


def _any_name(host: str) -> str:
    return ".".join("*" if "{" in part else part for part in host.split("."))


@dataclass(frozen=True)
class BaseMap:
    """A base map of another host.

    Attributes
    ----------
    addresses
        Of tiles in Web Mercator, with ``{z}``, ``{x}``, ``{y}``; drawn one above the other.
    datum
        ``gcj02`` where positions are shifted as the state's rules ask: then all that is drawn on
        it is shifted as well, so that it fits. What is kept and downloaded stays WGS-84.
    key
        Name of the environment variable that holds the user's key; empty where none is needed.
    """

    code: str
    names: dict[str, str]
    addresses: tuple[str, ...]
    datum: str
    max_zoom: int
    attribution: str
    key: str

    def name(self, language: Language) -> str:
        """Return what it is called."""
        return self.names[language]

    def hosts(self) -> set[str]:
        """Return where its tiles are, as a Content-Security-Policy names hosts.

        A part of a name that is a blank, such as ``{s}``, stands for all names there.
        """
        found = (urlsplit(address) for address in self.addresses)
        return {f"{one.scheme}://{_any_name(one.netloc)}" for one in found}

    def tiles(self) -> dict[str, Any]:
        """Return what the drawing program in the browser needs to load it."""
        key = os.environ.get(self.key, "") if self.key else ""
        return {
            "code": self.code,
            "addresses": [address.replace("{key}", key) for address in self.addresses],
            "datum": self.datum,
            "maxZoom": self.max_zoom,
            "attribution": self.attribution,
        }


def base_maps() -> dict[str, BaseMap]:
    """Return the base maps that can be turned on, by code; those whose key is not set are left out.

    The table is ``data/base_maps.csv``, or the one that PLANMAP_BASE_MAPS names: an office with
    tiles of its own lists them there.

    Raises
    ------
    store.BrokenFile
        The table breaks its contract.
    """
    path = Path(os.environ.get("PLANMAP_BASE_MAPS") or DATA / "base_maps.csv")
    made = [
        BaseMap(
            code=row["code"],
            names={"zh": row["zh"], "en": row["en"]},
            addresses=row.list("addresses"),
            datum=row.one_of("datum", DATUMS),
            max_zoom=int(row.number("max_zoom")),
            attribution=row["attribution"],
            key=row["key"],
        )
        for row in read_table(path, _COLUMNS, ("key",))
    ]
    return {one.code: one for one in made if not one.key or os.environ.get(one.key)}
