"""What the fields of files are called: in full, within ten characters, in Chinese and English."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import NamedTuple

import store

_TABLE = store.DATA / "fields.csv"
_NAMES = ("field", "short", "zh", "en")


class Field(NamedTuple):
    """One field of a layer; ``short`` is ASCII and no longer than a Shapefile allows."""

    field: str
    short: str
    zh: str
    en: str


@cache
def fields(layer: str) -> tuple[Field, ...]:
    """Return the fields of a layer in their order; none for an unknown layer."""
    rows = store.read_table(_TABLE, ["layer", *_NAMES])
    return tuple(Field(*(row[name] for name in _NAMES)) for row in rows if row["layer"] == layer)


def aliases(layer: str) -> dict[str, str]:
    """Return the Chinese name of each field of a layer."""
    return {one.field: one.zh for one in fields(layer)}


def field_list(layers: dict[str, str]) -> bytes:
    """Return the list that lies beside files with shortened names, as CSV with a UTF-8 mark.

    ``layers`` are the layers by the name of the file they stand in.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["file", "short", "field", "中文", "English"])
    for name, layer in layers.items():
        writer.writerows([name, one.short, one.field, one.zh, one.en] for one in fields(layer))
    return out.getvalue().encode("utf-8-sig")
