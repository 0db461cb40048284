"""What the interface calls things: captions and labels, out of the tables."""

from __future__ import annotations

import csv
from functools import cache

from scripts.steps import ROOT

# The list of codes of each filter whose values are codes.
CODES = {
    "status": "stage",
    "thing": "noun",
    **{
        name: name
        for name in ("strategy", "category", "due", "location_class", "certainty", "outcome")
    },
}


@cache
def _read(name: str) -> tuple[dict[str, str], ...]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def caption(key: str, language: str) -> str:
    return next(row[language] for row in _read("captions.csv") if row["key"] == key)


@cache
def code(code_list: str, value: str, language: str) -> str:
    rows = _read("codes.csv")
    return next(row[language] for row in rows if (row["list"], row["code"]) == (code_list, value))


@cache
def title(document: str) -> str:
    with (ROOT / "seeds" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return next(row["title"] for row in csv.DictReader(file) if row["id"] == document)


def label(facet: str, value: str, language: str) -> str:
    """Return what a value of a filter is called."""
    return code(CODES[facet], value, language) if facet in CODES else value


def choice(facet: str, value: str, language: str) -> str:
    """Return what a value is called where it is chosen: a document with its title."""
    return f"{value} {title(value)}" if facet == "document" else label(facet, value, language)


def base_map(value: str, language: str) -> str:
    if not value:
        return caption("online_none", language)
    return next(row[language] for row in _read("base_maps.csv") if row["code"] == value)
