"""Who answers for a paragraph: notes in brackets, phrases in the sentence, lines with a label.

Layouts read: （责任单位：A、B）, （牵头单位：A；配合单位：B）, （A牵头，B参与）, （A、B负责）,
由A、B负责落实, 由A组织实施, A会同B, and lines of their own that begin with 责任单位： or
牵头市领导：.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from plans.tokens import tokenise
from plans.units import is_unit, listed, person, responsibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plans.model import Responsibility

_LEAD = "牵头单位|牵头部门|牵头责任单位|主办单位|牵头"
_SUPPORT = "配合单位|配合部门|协办单位|参与单位|协同单位|配合"
_ALL = "责任单位|责任部门|责任主体|承办单位|落实单位|实施单位|建设单位|责任"
_LEADER = "牵头市领导|牵头县领导|牵头区领导|牵头领导|责任领导|分管领导|挂钩领导"
_LABELLED = re.compile(
    rf"({_LEADER}|{_LEAD}|{_SUPPORT}|{_ALL})[:：]([^:：]+?)(?=(?:[；;。，,\s](?:{_LEADER}|{_LEAD}|{_SUPPORT}|{_ALL})[:：])|$)"
)
_NOTE = re.compile(r"（((?:[^（）]|（[^（）]*）)+)）")
_DOES = "牵头|负责|会同|参与|配合|协助|落实|按职责分工"
_TAKING_PART = (
    r"(?:等)?(?:按职责)?(?:分工)?(?:共同)?(?:参与|配合|协助|协同|负责)(?:落实|实施|推进)?"
)
_LEADS = re.compile(
    rf"^(?:由)?(?P<lead>.+?)牵头(?:负责)?(?:[，,；;、](?P<more>.+?){_TAKING_PART})?$"
)
_WITH = re.compile(r"^(?:由)?(?P<lead>.+?)会同(?P<more>.+?)(?:负责|落实|实施|办理)*$")
_CHARGED = re.compile(
    r"^(?:由)?(?P<units>.+?)(?:按职责)?(?:分工)?(?:共同)?负责(?:落实|实施|推进)?$"
)
_TOGETHER = re.compile(
    r"(?:^|(?<=[，；。])|由)(?P<lead>[^，。；由]{2,30}?)会同(?=(?P<more>[^。；]{2,60}))"
)
_LONGEST_CLAUSE = 200
_REMEMBERED = 8192  # sentences
_SAYS_WHO = ("会同", "负责", "牵头", "由")
_SHARED_OUT = r"(?:按职责|按照职责|按)?(?:分工)?(?:共同|具体)?"
_BY = re.compile(
    rf"由(?P<units>[^，。；由]{{2,60}}?){_SHARED_OUT}(?:分别)?"
    rf"(?P<does>负责|牵头|承办|组织(?:推进|实施|建设|落实)|实施|落实)(?:[和并]?落实)?"
    rf"(?:[，、](?P<more>[^，。；由]{{2,60}}?)(?:参与|配合|协助|协同))?"
)
_CHARGE = re.compile(
    rf"^(?!据)(?P<units>[^，。；由负]{{2,60}}?){_SHARED_OUT}(?P<does>负责)(?!人)(?:落实)?"
)
_ALL_ABOVE = re.compile(r"^(?:以上|上述)")
_FIRST_LEADS = re.compile(
    r"(?:列|排)(?:在)?(?:第一|首)位?的?(?:责任)?(?:单位|部门)?.{0,4}(?:为|是)牵头"
)


def first_leads(text: str) -> bool:
    """Tell whether a document says that the unit named first leads."""
    return bool(_FIRST_LEADS.search(text))


def in_paragraph(text: str, *, first: bool = False) -> Responsibility | None:
    """Return who answers by a note or phrase in a paragraph; None where it names nobody.

    Parameters
    ----------
    first
        The document says that the unit named first leads.
    """
    for note in reversed(_NOTE.findall(text)):
        if found := _from_note(note):
            return _led(found, first=first)
    sentences = [part for part in re.split("[。；]", text) if part]
    named = [said for part in sentences for said in in_sentence(part, first=first)]
    if named and (len(named) == 1 or _ALL_ABOVE.match(sentences[-1])):
        return named[-1].responsibility
    return None  # where each sentence names its own, none speaks for all


@dataclass(frozen=True)
class Said:
    """A phrase of a sentence that says who answers, from ``start`` up to ``end``.

    It speaks of what stands in its own clause and behind it, from ``since`` up to the clause of
    the next one.
    """

    responsibility: Responsibility
    start: int
    end: int
    since: int


@lru_cache(_REMEMBERED)
def in_sentence(text: str, *, first: bool = False) -> tuple[Said, ...]:
    """Return the phrases of a sentence that say who answers, in order; empty where none does.

    ``first`` as in ``in_paragraph``.
    """
    if not any(word in text for word in _SAYS_WHO):
        return ()
    if "牵头" in text and (answer := _from_phrase(text)) and _LEADS.match(text):
        return (Said(answer, 0, len(text), 0),)  # 市甲局牵头，市乙局、丙局参与
    found = sorted([*_together(text), *_charges(text, first=first)], key=lambda said: said.start)
    kept: list[Said] = []
    for said in found:
        if not kept or kept[-1].end <= said.start:
            kept.append(said)
    return tuple(kept)


def speaks_of(phrases: Sequence[Said], position: int) -> Responsibility | None:
    """Return what the phrases of a sentence say of the thing at a position; None without any."""
    before = bisect_right(phrases, position, key=lambda said: said.since)
    return phrases[max(before - 1, 0)].responsibility if phrases else None


def _together(text: str) -> Iterator[Said]:
    for match in _TOGETHER.finditer(text):
        more = _units_at_head(match["more"])
        if more and _names_units(match["lead"]):
            answer = responsibility(more, lead_printed=match["lead"])
            yield _said(text, answer, match.start(), match.end() + len(more))


def _charges(text: str, *, first: bool) -> Iterator[Said]:
    for match in (*_BY.finditer(text), *_CHARGE.finditer(text)):
        if _names_units(match["units"]):
            yield _said(text, _led(_charged(match), first=first), *match.span())


def _said(text: str, answer: Responsibility, start: int, end: int) -> Said:
    clause = text.rfind("，", max(0, start - _LONGEST_CLAUSE), start) + 1
    return Said(answer, start, end, clause or (0 if start < _LONGEST_CLAUSE else start))


def _units_at_head(text: str) -> str:
    """Return as much of the head of a text as names nothing but units: 县经信局 of 县经信局把…."""
    acts = (t.start for t in tokenise(text) if t.is_a("verb", "clause_initial") and t.start)
    ends = range(next(acts, len(text)), 1, -1)
    return next((text[:end] for end in ends if _names_units(text[:end])), "")


def _charged(match: re.Match[str]) -> Responsibility:
    more = match.groupdict().get("more") or ""
    if match["does"] == "牵头":
        return responsibility(more, lead_printed=match["units"])
    return responsibility("、".join(filter(None, (match["units"], more))))


def in_cell(text: str) -> Responsibility | None:
    """Return who answers by a phrase in a table's cell (A会同B); None where it is a plain list."""
    return _from_phrase(text.strip()) if any(word in text for word in _SAYS_WHO) else None


def in_label_line(text: str, *, first: bool = False) -> Responsibility | None:
    """Return who answers by a line of its own; None where the line is none."""
    found = _from_labels(text.strip()) if _LABELLED.match(text.strip()) else None
    return _led(found, first=first) if found else None


def _led(found: Responsibility, *, first: bool) -> Responsibility:
    if not first or found.lead_units or not found.units:
        return found
    return replace(found, lead_units=found.units[:1], unit_basis="starred")


def _from_note(note: str) -> Responsibility | None:
    if _LABELLED.search(note):
        return _from_labels(note)
    return _from_phrase(note) if re.search(_DOES, note) else None


def _from_labels(text: str) -> Responsibility | None:
    cells = {"lead": "", "units": "", "leader": ""}
    labels = {label for label, _ in _LABELLED.findall(text)}
    supported = not labels.isdisjoint(_SUPPORT.split("|")) and labels.isdisjoint(_LEAD.split("|"))
    for label, names in _LABELLED.findall(text):
        if found := _from_phrase(names.strip("；;，,。 ")):
            return found
        role = "leader" if label in _LEADER.split("|") else "units"
        # beside those who only support, those who answer lead
        led = label in _LEAD.split("|") or (supported and label in _ALL.split("|"))
        role = "lead" if led else role
        cells[role] = "、".join(filter(None, (cells[role], names.strip("；;，,。 "))))
    leader = person(cells["leader"])
    if not (cells["lead"] or cells["units"] or leader):
        return None
    return responsibility(cells["units"], leader=leader, lead_printed=cells["lead"])


def _from_phrase(text: str) -> Responsibility | None:
    for pattern in (_LEADS, _WITH):
        if (match := pattern.match(text)) and _names_units(match["lead"]):
            return responsibility(match["more"] or "", lead_printed=match["lead"])
    if (match := _CHARGED.match(text)) and _names_units(match["units"]):
        return responsibility(match["units"])
    return None


def _names_units(text: str) -> bool:
    return all(is_unit(unit) for unit in listed(text))
