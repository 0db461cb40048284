"""The forms that a line of a document takes in this room: quote, statement, project, task.

All are frozen: each step of reading makes new records and changes none.
Field names are those of the public export.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Stage = Literal[
    "proposed",
    "preparation",
    "to_start",
    "started",
    "under_construction",
    "to_complete",
    "completed",
    "operating",
    "unspecified",
]
Kind = Literal["project", "place", "area", "facility", "programme", "indicator"]
# Kinds that are counted and not named: one word for a number of things, without a place.
COUNTED: tuple[Kind, ...] = ("programme", "indicator")
Certainty = Literal["plain", "ensure", "strive"]
UnitBasis = Literal["starred", "sole", "named", "issuer", "corrected"]


@dataclass(frozen=True, order=True)
class Quote:
    """A stretch of one printed line.

    Attributes
    ----------
    document
        The document's id.
    line
        From 1, splitting the text on line feeds only.
    start, end
        Code points within the line, end exclusive.
    text
        Exactly ``line[start:end]`` as printed.
    """

    document: str
    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Quantity:
    """An amount of the thing itself: value in ``unit``, and the words that print it."""

    value: float
    unit: str
    text: str


@dataclass(frozen=True)
class Responsibility:
    """Who answers for a statement.

    Attributes
    ----------
    units
        All units in canonical spelling, lead first; empty when basis is issuer.
    lead_units
        Those that lead; empty when several are named without a star.
    units_printed
        The words of the document.
    unit_basis
        How the units are known.
    remark, remark_lead_units
        The remark as printed, and the units that it names as lead.
    leader
        The person in charge, where a heading or a cell names one; else None.
    """

    units: tuple[str, ...] = ()
    lead_units: tuple[str, ...] = ()
    units_printed: str = ""
    unit_basis: UnitBasis = "issuer"
    remark: str = ""
    remark_lead_units: tuple[str, ...] = ()
    leader: str | None = None


@dataclass(frozen=True)
class Statement:
    """What one sentence or row says of one named thing.

    ``goal`` marks a sentence of the plan's goals: what a plan section says is nearer to the work.
    ``publisher`` is set where a newspaper reports: then the issuer only stands in for it.
    """

    quote: Quote
    name: str
    kind: Kind
    category: str
    works: str
    stage: Stage
    promised: bool
    certainty: Certainty
    target_year: int | None
    target_year_basis: Literal["printed", "counted", "title", "horizon", "corrected"] | None
    heading: str
    strategies: tuple[tuple[str, str], ...]
    responsibility: Responsibility
    issuer: str
    publisher: str = ""
    quantity: Quantity | None = None
    more_quotes: tuple[Quote, ...] = ()
    part_of: str = ""
    fragment: bool = False
    goal: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """A thing with all its statements, oldest first.

    ``id`` is stable from build to build; ``former_ids`` are those of projects merged into it.
    """

    id: str
    name: str
    kind: Kind
    category: str
    works: str
    statements: tuple[Statement, ...]
    aliases: tuple[str, ...] = ()
    part_of: str = ""
    fragment: bool = False
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One row of a responsibility table, as printed and as understood.

    ``title`` is its annex's; ``deadline`` the cell that says until when and ``goal`` the one that
    says how far, where there are such, ``state`` the one that says how far it is now; ``name`` is
    the project's name printed in a cell of its own and ``progress`` the cell that reports what has
    been done, each with the line and the column where it begins.
    """

    document: str
    annex: int
    section: str | None
    group: str | None
    number: int
    line: int
    start: int
    text: str
    responsibility: Responsibility = field(default_factory=Responsibility)
    title: str = ""
    deadline: str = ""
    goal: str = ""
    name: str = ""
    name_at: tuple[int, int] = (0, 0)
    progress: str = ""
    state: str = ""
    progress_at: tuple[int, int] = (0, 0)
