"""The supervision table of a unit: what is due, done or silent, by when, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from layers.history import is_later
from layers.nouns import NOUNS, USUAL, noun_of
from layers.outcomes import FINISHED, progress
from layers.unit import duties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from layers.unit import Duty

# Most urgent first; the first three are overdue. Labels are in the code list of this name.
FINDINGS = (
    *("silent", "named", "no_later", "not_due", "reported", "undated"),
    *("stopped", "said_done", "done"),
)
OVERDUE = FINDINGS[:3]
_STOPPED = ("suspended", "cancelled")


@dataclass(frozen=True)
class Matter:
    """One line of the table.

    Attributes
    ----------
    number
        From one on, in the order of the table.
    row
        Of the one table: name, status in the plans, known outcome.
    role
        One of ``layers.roles.ROLES``.
    said
        The statements that name the unit or give the year, oldest first.
    year, basis
        By whose end it is promised, and how that year is known; None and empty without one.
    finding
        One of ``FINDINGS``.
    """

    number: int
    row: Any
    role: str
    said: tuple[Mapping[str, Any], ...]
    year: int | None
    basis: str
    finding: str

    @property
    def noun(self) -> str:
        """What it is counted as."""
        return noun_of(self.row.kind)


@dataclass(frozen=True)
class Supervision:
    """The table of one unit.

    Attributes
    ----------
    day
        On which it is due or not, as YYYY-MM-DD; empty where the unit has nothing.
    matters
        Projects, then programmes, each by urgency.
    indicators
        How many indicators are left out.
    scope
        In words what narrows the table beyond the unit; empty for nothing.
    """

    unit: str
    day: str
    matters: tuple[Matter, ...]
    indicators: int
    documents: Mapping[str, Any]
    scope: str = ""


def supervised(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], unit: str, scope: str = ""
) -> Supervision:
    """Return the supervision table of a unit; without lines where nothing names the unit.

    Parameters
    ----------
    table
        Rows of the one table as ``with_due`` returns them: the day is that of their ``due_by``.
    documents
        By id: objects with ``title``, ``issuer``, ``publisher`` and ``date``.
    """
    found = duties(table, unit)
    usual = [one for one in found if noun_of(one.row.kind) in USUAL]
    day = max((one.row.due_by for one in found), default="")
    matters = sorted((_matter(one, documents) for one in usual), key=_urgency)
    numbered = (replace(one, number=at) for at, one in enumerate(matters, 1))
    return Supervision(unit, day, tuple(numbered), len(found) - len(usual), documents, scope)


def _urgency(one: Matter) -> tuple[int, int, int]:
    # ``duties`` sorts by role: that order is kept where these are equal
    return NOUNS.index(one.noun), FINDINGS.index(one.finding), one.year or 0


def _matter(duty: Duty, documents: Mapping[str, Any]) -> Matter:
    row = duty.row
    dated = [one for one in row.statements if one["promised"] and one["target_year"]]
    ahead = [one for one in dated if _is_ahead(one, row, documents)]
    finding = _finding(row, dated, ahead)
    year = _year(row, finding, [one["target_year"] for one in (ahead or dated)])
    giving = [one for one in dated if one["target_year"] == year]
    said = tuple(one for one in row.statements if one in duty.said or one in giving)
    basis = giving[-1]["target_year_basis"] if giving else ""
    return Matter(0, row, duty.role, said, year, basis, finding)


def _is_ahead(said: Mapping[str, Any], row: Any, documents: Mapping[str, Any]) -> bool:
    """Return whether a promise is not due yet, and not answered by a known outcome."""
    due = f"{said['target_year']}-12-31" <= row.due_by
    if due or progress(row.known_stage) != "finished":
        return not due
    # A plan that is later than what is known speaks of works that are new.
    return bool(is_later(documents[said["document"]].date, row.known_date))


def _finding(row: Any, dated: Sequence[Any], ahead: Sequence[Any]) -> str:
    if row.due:
        return str(row.due)
    if progress(row.known_stage) == "finished" and not ahead:
        return "done"
    if row.stage in FINISHED and not row.promised:
        return "said_done"
    if row.stage in _STOPPED:
        return "stopped"
    if ahead:
        return "not_due"
    return "reported" if dated else "undated"


def _year(row: Any, finding: str, years: Sequence[int]) -> int | None:
    if finding in OVERDUE:
        return int(row.due_year)
    if finding == "not_due":
        return min(years)
    return max(years, default=None)
