"""What the documents were judged to say, and what was read, in one form to be compared.

The judgements are tables of two kinds: ``statements.csv`` has a row for each statement,
``tasks.csv`` one for each row of a responsibility table.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plans.codes import codes
from store import ROOT, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from plans.archive import Plans
    from plans.model import Statement, Task
    from store import Row

GOLD = ROOT / "tests" / "gold"
FIELDS = (
    *("name", "kind", "category", "stage", "promised", "certainty", "target_year", "quantity"),
    *("heading", "strategies", "lead_units", "units", "unit_basis", "remark_lead_units"),
)
ROW_FIELDS = (
    *("annex", "section", "group", "number", "text", "leader"),
    *("lead_units", "units", "unit_basis", "remark_lead_units"),
)
_OTHER = ("quote", "works", "target_year_basis", "part_of", "note", "edited")
_NEEDED = (
    *("document", "line", "quote", "name", "project"),
    *("kind", "category", "stage", "promised", "certainty", "unit_basis"),
)
_NEEDED_IN_ROWS = ("document", "line", "annex", "number", "text", "unit_basis")
_CODED = ("kind", "category", "stage", "certainty", "unit_basis")
_OPTIONAL = "borderline"
_MARKS = re.compile(r"[\s“”\"‘’'（）()、·—-]")


@dataclass(frozen=True, eq=False)
class Claim:
    """One statement, or one row of a responsibility table, as judged or as read.

    Attributes
    ----------
    lines
        Every line that its quotes stand in, that of the name first.
    says
        The value of each of ``FIELDS`` (of ``ROW_FIELDS`` for a row) in the words of the tables:
        several values joined by ``|``, a quantity as ``value|unit``, nothing as an empty text.
    project
        What the statements of one thing share.
    optional
        It may be judged either way: to read it is no invention, to leave it out no miss.
    """

    document: str
    lines: tuple[int, ...]
    name: str
    quote: str
    says: Mapping[str, str] = field(repr=False)
    project: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Gold:
    """All judgements: of statements, and of the rows of responsibility tables."""

    statements: tuple[Claim, ...]
    rows: tuple[Claim, ...] = ()


def read_gold(folder: Path = GOLD) -> Gold:
    """Read the judgements.

    Raises
    ------
    BrokenFile
        A table breaks its contract, or holds a code that the vocabulary does not.
    """
    more = [name for name in (*FIELDS, *_OTHER) if name not in _NEEDED]
    statements = read_table(folder / "statements.csv", _NEEDED, more)
    more = [name for name in (*ROW_FIELDS, "edited") if name not in _NEEDED_IN_ROWS]
    rows = read_table(folder / "tasks.csv", _NEEDED_IN_ROWS, more)
    return Gold(tuple(map(_judged, statements)), tuple(map(_judged_row, rows)))


def _judged(row: Row) -> Claim:
    for name in _CODED:
        row.one_of(name, codes(name))
    says = {name: row[name] for name in FIELDS}
    if says["quantity"]:
        says["quantity"] = "|".join(says["quantity"].split("|")[:2])
    line = int(row.number("line"))
    return Claim(
        document=row["document"],
        lines=(line,),
        name=row["name"],
        quote=row["quote"],
        says=says,
        project=row["project"],
        optional=_OPTIONAL in row["note"],
    )


def _judged_row(row: Row) -> Claim:
    row.one_of("unit_basis", codes("unit_basis"))
    says = {name: row[name] for name in ROW_FIELDS}
    return Claim(row["document"], (int(row.number("line")),), _address(says), row["text"], says)


def _address(says: Mapping[str, str]) -> str:
    return "/".join((says["annex"], says["section"] or says["group"], says["number"]))


def claims(plans: Plans) -> tuple[Claim, ...]:
    """Return the statements that were read as claims, in the same order."""
    projects = {said: project.id for project in plans.projects for said in project.statements}
    return tuple(_claim(said, projects.get(said, "")) for said in plans.statements)


def _claim(said: Statement, project: str) -> Claim:
    by, amount = said.responsibility, said.quantity
    lines = (said.quote.line, *(quote.line for quote in said.more_quotes))
    says = {name: str(getattr(said, name)) for name in ("name", "kind", "category", "stage")} | {
        "promised": str(said.promised).lower(),
        "certainty": said.certainty,
        "target_year": str(said.target_year or ""),
        "quantity": f"{amount.value:.12g}|{amount.unit}" if amount else "",
        "heading": said.heading,
        "strategies": "|".join(map(":".join, said.strategies)),
        "lead_units": "|".join(by.lead_units),
        "units": "|".join(by.units),
        "unit_basis": by.unit_basis,
        "remark_lead_units": "|".join(by.remark_lead_units),
    }
    return Claim(said.quote.document, lines, said.name, said.quote.text, says, project)


def row_claims(tasks: Iterable[Task]) -> tuple[Claim, ...]:
    """Return the rows that were read as claims, in the same order."""
    return tuple(map(_row_claim, tasks))


def _row_claim(task: Task) -> Claim:
    by = task.responsibility
    says = {
        "annex": str(task.annex),
        "section": task.section or "",
        "group": task.group or "",
        "number": str(task.number),
        "text": task.text,
        "leader": by.leader or "",
        "lead_units": "|".join(by.lead_units),
        "units": "|".join(by.units),
        "unit_basis": by.unit_basis,
        "remark_lead_units": "|".join(by.remark_lead_units),
    }
    return Claim(task.document, (task.line,), _address(says), task.text, says)


def plain(words: str) -> str:
    """Return words in one form, without blanks, quotation marks, brackets and dashes."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", words))


def _in_any_order(words: str) -> str:
    return "|".join(sorted(words.split("|")))


def _amount(words: str) -> str:
    """Write an amount in ones: ``1.5|万册`` and ``15000|册`` are the same."""
    value, _, unit = words.partition("|")
    if value and unit.startswith("万"):
        value, unit = f"{float(value) * 10_000:.12g}", unit.removeprefix("万")
    return f"{float(value):.12g}|{plain(unit)}" if value else ""


def _title(words: str) -> str:
    """Return a heading's name without the motto behind a blank."""
    return plain(words.split(" ", maxsplit=1)[0])


_FORMS: dict[str, Callable[[str], str]] = {
    "name": plain,
    "heading": _title,
    "text": plain,
    "strategies": _in_any_order,
    "quantity": _amount,
}


def same(name: str, one: str, other: str) -> bool:
    """Tell whether two values of a field mean the same."""
    form = _FORMS.get(name, str)
    return form(one) == form(other)
