"""One line on one aspect of a thing: its stage, how its place is known, who answers for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geo
from layers.words import Language, caption, join, label, noted

if TYPE_CHECKING:
    from collections.abc import Sequence

# A line names no more units than this.
_FEW = 3
# What stands where a source names no licence.
NO_TERMS = "not stated"
_JOINED = "；"
# What lies in the whole that it is a part of, as the build writes it.
_PART = re.compile(r"part\((.+)\)")


def stage_line(row: Any, language: Language) -> str:
    """Return the current stage with the date of the document that says so."""
    return noted(label("stage", row.stage, language), as_of_line(row, language), language)


def as_of_line(row: Any, language: Language) -> str:
    """Return whether the current stage is planned or reported, and when that was said."""
    return caption("as_promised" if row.promised else "as_reported", language, date=row.as_of)


def position_line(row: Any, language: Language) -> str:
    """Return how the position is known: class, radius, method; or why there is none."""
    parts = [label("location_class", row.location_class, language)]
    if row.unplaced_reason:
        parts.append(label("unplaced_reason", row.unplaced_reason, language))
    if row.radius_m is not None:
        parts.append(caption("radius", language, metres=f"{row.radius_m:,.0f}"))
    if row.location_method:
        parts.append(label("location_method", row.location_method, language))
    if row.schematic:
        parts.append(caption("schematic", language))
    return " · ".join(parts)


def rule_line(rule: str | None, language: Language) -> str:
    """Return in words by which rule a position follows from others; empty without one.

    A rule of another form, written by hand, stays as it is.
    """
    if part := _PART.fullmatch(rule or ""):
        return caption("rule_part", language, one=part[1])
    try:
        read = geo.read_rule(rule or "")
    except ValueError:
        return rule or ""
    values = dict(zip(("one", "other"), read.names, strict=False))
    if read.numbers:
        values["metres"] = f"{abs(read.numbers[-1]):,.0f}"
    if len(read.numbers) > 1:  # the direction: degrees clockwise from north
        wind = round(read.numbers[0] / 45) % 8
        values["wind"] = caption(f"wind_{wind}", language)
    return caption(f"rule_{read.verb}", language, **values)


def units_line(row: Any, language: Language) -> str:
    """Return who leads, or who takes part where nobody leads; empty where no unit is named."""
    if row.lead_units:
        return caption("led_by", language, units=_few(row.lead_units, language))
    return caption("units_are", language, units=_few(row.units, language)) if row.units else ""


def _few(units: Sequence[str], language: Language) -> str:
    shown, more = join(units[:_FEW], language), len(units) - _FEW
    return caption("and_more", language, shown=shown, more=more) if more > 0 else shown


def licence_label(licence: str | None, language: Language) -> str:
    """Return licences as they are called; in words where a source states none, empty for None.

    A position that follows from several sources has the licences of all, joined by ``；``.
    """
    named = [
        caption("licence_not_stated", language) if one == NO_TERMS else one
        for one in (licence or "").split(_JOINED)
    ]
    return join(named, language, "describe_pair") if licence else ""
