"""What a document's first and last lines say of itself: a proposal for its reader to confirm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plans.documents import Document

_NEAR_THE_ENDS = 8  # lines that are not blank
_LONGEST_ISSUER = 24  # characters; more is a sentence
_AREA = re.compile(r"([\u4e00-\u9fff]{2,6}?(?:街道|镇|乡|市|县|區|縣|鎮|鄉|区))")
_BEFORE_AREA = re.compile(r"^(?:在|关于印发|关于|中共|印发|打造|推进|全面|[\W\d_]|年)+")
# 2024年3月31日前 is by when something is due
_DAY = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日(?!\s*(?:[之以]?前|止|至|到))")
_YEAR = re.compile(r"(20\d\d)\s*年")
_ISSUERS = ("人民政府", "人民政府办公室", "委员会", "党委", "办公室", "局")


def with_first_look(document: Document) -> Document:
    """Return a document with area, issuer and date as far as its own lines name them.

    What they do not name stays empty. It is a proposal: nothing is kept before a reader
    has confirmed it.
    """
    lines = [line.strip("#* \t") for line in document.lines if line.strip()]
    ends = [document.title, *lines[:_NEAR_THE_ENDS], *lines[-_NEAR_THE_ENDS:]]
    area = next(filter(None, map(_area, ends[: _NEAR_THE_ENDS + 1])), "")
    day = _day(ends)
    return replace(
        document,
        areas=(area,) if area else (),
        issuer=_issuer(ends, area),
        date=day or _year(ends),
        date_basis="printed" if day else "inferred",
    )


def _area(line: str) -> str:
    found = _AREA.match(_BEFORE_AREA.sub("", line))
    return found[1] if found else ""


def _issuer(lines: list[str], area: str) -> str:
    signs = (x for x in lines if len(x) <= _LONGEST_ISSUER and x.endswith(_ISSUERS))
    return next(signs, f"{area}人民政府" if area else "")


def _day(lines: list[str]) -> str:
    for found in filter(None, map(_DAY.search, lines)):
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
    return ""


def _year(lines: list[str]) -> str:
    return next((found[1] for found in map(_YEAR.search, lines) if found), "")
