"""How well the documents are read: what was read is held against judgements.

Recall is the share of firm judgements that were read, precision the share of what was read that
was judged to be there. Optional judgements count in neither. The fields are compared on all that
was matched.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import astuple, dataclass, replace
from dataclasses import fields as fields_of
from functools import cached_property
from typing import TYPE_CHECKING

from plans.gold import FIELDS, ROW_FIELDS, claims, row_claims, same
from plans.matching import match
from store import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from plans.archive import Plans
    from plans.gold import Claim, Gold

MISSED, INVENTED, ROW, PROJECT = "missed", "invented", "row", "project"
COMPARED = (*FIELDS, PROJECT)
Figures = dict[str, int | float | None]


@dataclass(frozen=True, order=True)
class Fault:
    """One place where what was read differs from what was judged.

    Attributes
    ----------
    what
        ``missed``, ``invented``, one of ``COMPARED``, or ``row`` and the name of a row's field.
    name
        As judged; as read for what is invented.
    judged, read
        The two values; the quote where there is no other value to show; for ``project`` the
        statements that belong to the same project and are not there, and those that are and do
        not belong.
    """

    document: str
    line: int
    name: str
    what: str
    judged: str = ""
    read: str = ""

    @property
    def place(self) -> tuple[str, int, str, str]:
        """What makes it the same fault in two runs, whatever wrong value was read."""
        return self.document, self.line, self.name, self.what


@dataclass(frozen=True)
class Evaluation:
    """Judgements beside what was read, matched one to one.

    ``joined`` holds the faults of projects where they were found over more documents than these.
    """

    judged: tuple[Claim, ...]
    read: tuple[Claim, ...]
    judged_rows: tuple[Claim, ...] = ()
    read_rows: tuple[Claim, ...] = ()
    joined: tuple[Fault, ...] | None = None

    @cached_property
    def pairs(self) -> list[tuple[Claim, Claim]]:
        """Matched statements, (judged, read)."""
        return match(self.judged, self.read)

    @cached_property
    def missed(self) -> list[Claim]:
        """Firm judgements that nothing was read for."""
        known = {id(one) for one, _ in self.pairs}
        return [c for c in self.judged if not c.optional and id(c) not in known]

    @cached_property
    def invented(self) -> list[Claim]:
        """What was read and was not judged to be there."""
        known = {id(other) for _, other in self.pairs}
        return [claim for claim in self.read if id(claim) not in known]

    @cached_property
    def faults(self) -> list[Fault]:
        """All differences, in the order of print."""
        return sorted([*self._faults_of_statements(), *self._faults_of_rows()])

    def _faults_of_statements(self) -> Iterator[Fault]:
        yield from (_fault(claim, MISSED, claim.quote) for claim in self.missed)
        yield from (_fault(claim, INVENTED, "", claim.quote) for claim in self.invented)
        for judged, read in self.pairs:
            yield from _differences(judged, read, FIELDS)
        yield from self._faults_of_projects

    @cached_property
    def _faults_of_projects(self) -> tuple[Fault, ...]:
        return tuple(_otherwise_joined(self.pairs)) if self.joined is None else self.joined

    def _faults_of_rows(self) -> Iterator[Fault]:
        judged, read = _by_place(self.judged_rows), _by_place(self.read_rows)
        for place in judged.keys() | read.keys():
            if place not in read:
                yield _fault(judged[place], f"{ROW} {MISSED}", judged[place].quote)
            elif place not in judged:
                yield _fault(read[place], f"{ROW} {INVENTED}", "", read[place].quote)
            else:
                yield from _differences(judged[place], read[place], ROW_FIELDS, f"{ROW} ")

    def of(self, documents: Iterable[str]) -> Evaluation:
        """Return the same for some documents; projects are still judged over all of them."""
        wanted = set(documents)
        kept = [tuple(c for c in part if c.document in wanted) for part in self._parts]
        joined = tuple(fault for fault in self._faults_of_projects if fault.document in wanted)
        return Evaluation(kept[0], kept[1], kept[2], kept[3], joined)

    @property
    def _parts(self) -> tuple[tuple[Claim, ...], ...]:
        return self.judged, self.read, self.judged_rows, self.read_rows

    @property
    def documents(self) -> list[str]:
        """Ids of the documents that were judged or read, sorted."""
        return sorted({claim.document for part in self._parts for claim in part})

    def figures(self) -> Figures:
        """Return counts and shares by name; a share of nothing is None.

        ``gold`` counts the firm judgements and ``matched`` those of them that were read;
        ``optional`` and ``optional_read`` are the same for the others. ``rows_exact`` counts the
        rows of responsibility tables without any difference.
        """
        firm = [one for one, _ in self.pairs if not one.optional]
        gold, optional = len(firm) + len(self.missed), len(self.pairs) - len(firm)
        faults = [fault.what for fault in self.faults]
        return {
            "gold": gold,
            "optional": len(self.judged) - gold,
            "read": len(self.read),
            "matched": len(firm),
            "optional_read": optional,
            "missed": len(self.missed),
            "invented": len(self.invented),
            "recall": _share(len(firm), gold),
            "precision": _share(len(firm), len(self.read) - optional),
            **{name: _share_without(faults.count(name), len(self.pairs)) for name in COMPARED},
            "rows": len(self.judged_rows),
            "rows_exact": self._exact_rows(),
        }

    def _exact_rows(self) -> int:
        wrong = {(f.document, f.line) for f in self.faults if f.what.startswith(ROW)}
        return len(_by_place(self.judged_rows).keys() - wrong)


def evaluate(gold: Gold, plans: Plans) -> Evaluation:
    """Hold what was read against the judgements.

    Judgements made before indicators were a kind of their own call all that is counted a
    programme. Where no judgement knows the kind, an indicator therefore counts as a programme:
    such a gold can tell whether something is counted, not which of the two it is.
    """
    judged, read = gold.statements, claims(plans)
    if not any(claim.says["kind"] == "indicator" for claim in judged):
        read = tuple(map(_as_programme, read))
    return Evaluation(judged, read, gold.rows, row_claims(plans.tasks))


def _as_programme(claim: Claim) -> Claim:
    if claim.says["kind"] != "indicator":
        return claim
    return replace(claim, says={**claim.says, "kind": "programme"})


def _by_place(rows: Iterable[Claim]) -> dict[tuple[str, int], Claim]:
    return {(row.document, row.lines[0]): row for row in rows}


def _fault(claim: Claim, what: str, judged: str = "", read: str = "") -> Fault:
    return Fault(claim.document, claim.lines[0], claim.name, what, judged, read)


def _differences(
    judged: Claim, read: Claim, names: Sequence[str], about: str = ""
) -> Iterator[Fault]:
    for name in names:
        if not same(name, judged.says[name], read.says[name]):
            yield _fault(judged, about + name, judged.says[name], read.says[name])


def _otherwise_joined(pairs: Sequence[tuple[Claim, Claim]]) -> Iterator[Fault]:
    """Find the statements whose project holds other matched statements than it was judged to."""
    judged, read = (_companions([pair[side] for pair in pairs]) for side in (0, 1))
    for (one, _), meant, found in zip(pairs, judged, read, strict=True):
        if meant != found:
            places = [
                "|".join(_standing(pairs[n][0]) for n in sorted(only))
                for only in (meant - found, found - meant)
            ]
            yield _fault(one, PROJECT, *places)


def _companions(claims_of_one_side: Sequence[Claim]) -> list[set[int]]:
    groups: dict[str, set[int]] = defaultdict(set)
    for number, claim in enumerate(claims_of_one_side):
        groups[claim.project].add(number)
    return [groups[claim.project] for claim in claims_of_one_side]


def _standing(claim: Claim) -> str:
    return f"{claim.document}:{claim.lines[0]}:{claim.name}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _share_without(faults: int, whole: int) -> float | None:
    return _share(whole - faults, whole)


_COLUMNS = tuple(column.name for column in fields_of(Fault))


def faults_to_csv(faults: Iterable[Fault]) -> bytes:
    """Write faults as a table, to be read back by ``read_faults``."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(astuple(fault) for fault in faults)
    return file.getvalue().encode()


def read_faults(path: Path) -> list[Fault]:
    """Read a table of faults.

    Raises
    ------
    BrokenFile
        It breaks its contract.
    """
    rows = read_table(path, ("document", "line", "name", "what"), ("judged", "read"))
    return [
        Fault(
            document=row["document"],
            line=int(row.number("line")),
            name=row["name"],
            what=row["what"],
            judged=row["judged"],
            read=row["read"],
        )
        for row in rows
    ]


def compare(before: Iterable[Fault], after: Iterable[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Return what a change gained and what it lost: the faults gone, and the faults new.

    A field that is as wrong as before is neither, whatever it says now.
    """
    old = {fault.place: fault for fault in before}
    new = {fault.place: fault for fault in after}
    gained = [old[place] for place in sorted(old.keys() - new.keys())]
    return gained, [new[place] for place in sorted(new.keys() - old.keys())]
