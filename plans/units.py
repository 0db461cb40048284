"""Responsible units: one spelling for one unit, who leads, who supports."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from plans.model import Responsibility, UnitBasis
from store import DATA, read_table

_BRACKETS = str.maketrans({"(": "（", ")": "）"})
# commas and dots part units as well as 、 does, but not inside brackets
_PARTING = re.compile(r"[、，,；;\s]+(?![^（]{0,60}）)")
_ENDING = re.compile(r"(?<=[县区市镇乡])(?:人民政府|政府)$|(?<=街道)办事处$")
# 市甲局、市乙局等（有关）单位: that there are others names none of them
_OTHERS = re.compile(r"(?<=\S)等(?:有关|相关)?(?:责任|职能)?(?:单位|部门)?$")
_AREA = re.compile(r"(?:[县区镇乡]|街道|市)$")
_RANKS = "市县区省"
_REMEMBERED = 4096  # names
# a bureau that names its own level or place needs no prefix
_PLACED = re.compile(r"(?<!城)市(?!场)|[县区省镇州]|(?<!城)乡")
# 县交通局（牵头）
_LEADING = re.compile(r"([^、，,；;\s（(]+)[（(](?:牵头|主办|牵头单位)[)）]")
_REMARK_LEAD = re.compile(r"由([^，。；、由]{2,20}?)牵头")
_TITLED_PERSON = re.compile(
    r"^[一二三四五六七八九十百]+、\s*([一-鿿]{2,4}?)(?:常务副|副)?(?:市长|县长|区长|镇长|书记|主任)"
)


@cache
def _spellings(area: str) -> dict[str, str]:
    rows = read_table(DATA / "unit_spellings.csv", ("area", "printed", "canonical"), ("note",))
    return {row["printed"]: row["canonical"] for row in rows if row["area"] == area}


def canonical(unit: str) -> str:
    """Return a unit as printed, but without star and blanks and with full-width brackets."""
    return re.sub(r"\s+", "", unit).lstrip("*＊").translate(_BRACKETS)


@cache
def spelled(answer: Responsibility, areas: tuple[str, ...]) -> Responsibility:
    """Return who answers in the one spelling of each unit.

    A spelling is one of an area: another city keeps the names that it prints.

    Parameters
    ----------
    areas
        For which the document speaks, without their rank.
    """
    if not (answer.units or answer.remark_lead_units):
        return answer
    known = {printed: unit for area in areas for printed, unit in _spellings(area).items()}
    if not known:
        return answer

    def one(units: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known.get(unit, unit) for unit in units))

    return replace(
        answer,
        units=one(answer.units),
        lead_units=one(answer.lead_units),
        remark_lead_units=one(answer.remark_lead_units),
    )


@lru_cache(_REMEMBERED)
def is_unit(name: str) -> bool:
    """Tell a unit by the ending of its name."""
    return canonical(name).endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(
        row["ending"] for row in read_table(DATA / "grammar" / "units.csv", ("ending",), ("level",))
    )


@cache
def _bureaus() -> tuple[str, ...]:
    """Return the endings of bodies that exist once on each level: 局, 总工会."""
    rows = read_table(DATA / "grammar" / "units.csv", ("ending",), ("level",))
    return tuple(row["ending"] for row in rows if row["level"])


@lru_cache(_REMEMBERED)
def listed(printed: str) -> tuple[str, ...]:
    """Split a printed list of units, giving back what the list leaves out.

    A prefix printed once goes on (市发改局、自然资源和规划局), and so does an ending
    (青县、石县人民政府). Empty for a blank.
    """
    named = _OTHERS.sub("", printed.strip())
    parts = [part for part in _PARTING.split(named) if part.strip("*＊ ")]
    ending = ""
    whole: list[str] = []
    for part in reversed(parts):
        found = _ENDING.search(part)
        ending = found[0] if found else ending
        whole.append(part + ending if _AREA.search(part) else part)
    return tuple(_prefixed(part, parts[0].lstrip("*＊")) for part in reversed(whole))


def _prefixed(part: str, first: str) -> str:
    name = part.lstrip("*＊")
    star = part[: len(part) - len(name)]
    needs = name.endswith(_bureaus()) and not _PLACED.search(name)
    return star + first[0] + name if first[0] in _RANKS and needs else part


@lru_cache(_REMEMBERED)
def responsibility(
    printed: str, *, leader: str | None = None, remark: str = "", lead_printed: str = ""
) -> Responsibility:
    """Understand a cell of units.

    Parameters
    ----------
    printed
        The cell; a ``*`` marks a lead unit. Blank gives the basis ``issuer``.
    leader
        The person in charge, as printed.
    remark
        The remark cell.
    lead_printed
        A cell of its own for lead units, where the table has one.
    """
    marked, own_lead = listed(_LEADING.sub(r"*\1", printed)), listed(lead_printed)
    starred = [*own_lead, *(part for part in marked if part.startswith(("*", "＊")))]
    ordered = dict.fromkeys(canonical(part) for part in [*starred, *marked])
    leads = tuple(dict.fromkeys(canonical(part) for part in starred))
    units = tuple(ordered)
    return Responsibility(
        units=units,
        lead_units=leads or (units if len(units) == 1 else ()),
        units_printed="；".join(cell.strip() for cell in (lead_printed, printed) if cell.strip()),
        unit_basis=_basis(units, leads),
        remark=remark.strip(),
        remark_lead_units=tuple(canonical(unit) for unit in _REMARK_LEAD.findall(remark)),
        leader=person(leader),
    )


def _basis(units: tuple[str, ...], leads: tuple[str, ...]) -> UnitBasis:
    if not units:
        return "issuer"
    if leads:
        return "starred"
    return "sole" if len(units) == 1 else "named"


def person(printed: str | None) -> str | None:
    """Return a person's name without blanks; None for a blank cell."""
    return re.sub(r"\s+", "", printed or "") or None


def leader_of_heading(heading: str) -> str | None:
    """Return the person a section heading puts in charge: 一、王某副市长牵头… gives 王某."""
    match = _TITLED_PERSON.match(heading)
    return match[1] if match else None
