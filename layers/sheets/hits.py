"""What a sheet of a search holds: name hits first, what only shares a quote on demand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from layers.hits import parted
from layers.index import Index
from layers.words import caption, join

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.sheets.options import SheetOptions
    from layers.sheets.subject import Subject
    from layers.words import Language


def by_hit(subject: Subject, options: SheetOptions) -> Subject:
    """Return the subject with things hit by name first, and of the others only what is asked for.

    Things whose quotes alone hold the searched words are left out, as the map page folds them,
    unless the options want them or no name was hit. Applied twice it changes nothing more.
    """
    if not subject.selection.search:
        return subject
    named, quoted = _parted(subject)
    if named.empty or quoted.empty:
        return subject
    if not options.quoted:
        return replace(subject, shown=named, folded=quoted)
    only = frozenset(quoted["id"])
    last = subject.shown["id"].isin(only).to_numpy()
    return replace(subject, shown=subject.shown.iloc[np.argsort(last, kind="stable")], quoted=only)


def has_quoted(subject: Subject) -> bool:
    """Return whether a search hit some things by name and others only by a quote."""
    if not subject.selection.search:
        return False
    return not any(some.empty for some in _parted(subject))


def _parted(subject: Subject) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    index = subject.index or Index(subject.shown)
    return parted(index, subject.shown, subject.selection)


def quoted_title(subject: Subject, language: Language) -> str:
    """Return the heading of what is hit only by a quote, without its number."""
    words = join(subject.selection.search, language)
    return caption("sheet_group_quoted", language, words=words)


def hit_line(subject: Subject, language: Language) -> str:
    """Return how many things are hit only by a quote, in the sheet or left out; empty for none."""
    inside = int(subject.shown["id"].isin(subject.quoted).sum())
    outside = 0 if subject.folded is None else len(subject.folded)
    words = join(subject.selection.search, language)
    said = {"quoted": inside, "folded": outside}
    return "".join(
        caption(f"sheet_count_{name}", language, count=count, words=words)
        for name, count in said.items()
        if count
    )
