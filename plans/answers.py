"""Who answers for a paragraph: notes in brackets, phrases in the sentence, lines with a label.

Layouts read: （责任单位：A、B）, （牵头单位：A；配合单位：B）, （A牵头，B参与）, （A、B负责）,
由A、B负责落实, A会同B, and lines of their own that begin with 责任单位： or 牵头市领导：.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plans.units import is_unit, listed, person, responsibility

if TYPE_CHECKING:
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
_LEADS = re.compile(rf"^(?:由)?(?P<lead>.+?)牵头(?:负责)?(?:[，,；;](?P<more>.+?){_TAKING_PART})?$")
_WITH = re.compile(r"^(?:由)?(?P<lead>.+?)会同(?P<more>.+?)(?:负责|落实|实施|办理)*$")
_CHARGED = re.compile(
    r"^(?:由)?(?P<units>.+?)(?:按职责)?(?:分工)?(?:共同)?负责(?:落实|实施|推进)?$"
)
_ACTS = "加快|推进|组织|实施|负责|落实|办理|开展|共同|建设|完成|牵头|具体"
_TOGETHER = re.compile(
    rf"(?:^|[，；。]|由)(?P<lead>[^，。；由]{{2,30}}?)会同(?P<more>[^，。；]{{2,40}}?)(?={_ACTS}|[，。；]|$)"
)
_BY = re.compile(r"由([^，。；由]{2,60}?)(?:按职责)?(?:分工)?(?:共同)?(?P<does>负责|牵头)")
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
    for lead, more in _TOGETHER.findall(text):
        if _names_units(lead) and _names_units(more):
            return responsibility(more, lead_printed=lead)
    for units, does in _BY.findall(text):
        if found := _from_phrase(units + does):
            return _led(found, first=first)
    return None


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
    for label, names in _LABELLED.findall(text):
        if found := _from_phrase(names.strip("；;，,。 ")):
            return found
        role = "leader" if label in _LEADER.split("|") else "units"
        role = "lead" if label in _LEAD.split("|") else role
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
