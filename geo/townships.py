"""The townships and villages of the area: which one a text names.

Township borders are not openly published, so a township is a name with a seat, never a shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from store import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geo.area import Area

VILLAGE_ENDINGS = "(?:村委会|社区|村)"
AFTER_SHORT = "(?:段|片|片区|境|分中心)"


@dataclass(frozen=True)
class Township:
    """A township.

    Attributes
    ----------
    code
        Nine digits of the official list.
    short
        The name without 街道, 镇, 乡.
    common_word
        True where the short name is also an everyday word (城东): it counts only in a city's plan.
    lon, lat, radius_m
        Where its badge stands, EPSG:4326, and how far its seat may be from there.
    seat_basis
        ``seat`` published; ``within`` a point published as lying in it; ``fitted`` from labels.
    """

    code: str
    name: str
    short: str
    common_word: bool
    lon: float
    lat: float
    radius_m: float
    seat_basis: str
    source: str
    note: str


@dataclass(frozen=True)
class Townships:
    """All townships of the area with their villages, by name."""

    by_name: dict[str, Township] = field(hash=False)
    villages: dict[str, tuple[str, ...]] = field(hash=False)  # short village name -> townships
    area: Area

    def sort(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the different township names in the order of their codes."""
        return tuple(sorted(set(names), key=lambda name: self.by_name[name].code))

    def own(self, areas: Iterable[str]) -> tuple[str, ...]:
        """Return those areas that are townships, by full or short name."""
        return self.sort(self._either_name[area] for area in areas if area in self._either_name)

    def speaks_of_us(self, areas: Iterable[str]) -> bool:
        """Return whether a plan for these areas is one of this city or a township of it."""
        named = tuple(areas)
        return not named or self.area.among(named) or bool(self.own(named))

    def in_name(self, name: str, *, town_plan: bool) -> tuple[str, ...]:
        """Return the townships that a thing's name contains.

        A full name counts anywhere; a short one at the head, before 段 or 片区, or after 至.
        Never before 路, 街 or 大道: roads are named after places that they do not lie in.
        """
        found = {full for full in self.by_name if full in name}
        found |= {
            self._short_names[match[1]]
            for match in self._short_pattern.finditer(name)
            if not (town_plan and self.by_name[self._short_names[match[1]]].common_word)
        }
        return self.sort(found)

    @cached_property
    def _either_name(self) -> dict[str, str]:
        return self._short_names | {name: name for name in self.by_name}

    @cached_property
    def _short_names(self) -> dict[str, str]:
        return {town.short: town.name for town in self.by_name.values()}

    @cached_property
    def _short_pattern(self) -> re.Pattern[str]:
        words = "|".join(sorted(map(re.escape, self._short_names), key=len, reverse=True)) or "(?!)"
        head = rf"^(?:{re.escape(self.area.name)}|{re.escape(self.area.short)}|市)?"
        return re.compile(
            rf"(?:(?:{head}|(?<=至))(?=(?:{words})(?!路|街(?!道)|大道))|(?=(?:{words}){AFTER_SHORT}))({words})"
        )

    @cached_property
    def _village_pattern(self) -> re.Pattern[str]:
        words = "|".join(sorted(map(re.escape, self.villages), key=len, reverse=True)) or "(?!)"
        return re.compile(rf"({words}){VILLAGE_ENDINGS}")

    def of_village(self, name: str, among: Iterable[str]) -> str:
        """Return the one township of a village that a name contains, written with 村 or 社区.

        Parameters
        ----------
        among
            Townships to prefer when several have such a village, for example the plan's own.

        Returns
        -------
        str
            Empty when there is no village, or when it could be in several townships.
        """
        found = {match[1] for match in self._village_pattern.finditer(name)}
        towns = {town for village in found for town in self.villages[village]}
        preferred = towns & set(among)
        choice = preferred or towns
        return next(iter(choice)) if len(choice) == 1 else ""

    def in_clause(self, name: str, sentence: str) -> tuple[str, ...]:
        """Return the townships that a sentence names, in full, in the clause of the thing.

        The clause ends at ，。； and must hold the name, unless the sentence has one clause only.
        One township counts, and several in one 、-list; anything else is silence, and so is a
        township that only begins a list ("A镇X等五所学校" says nothing of the other four).
        """
        clauses = [part for part in re.split("[，。；,;]", sentence) if part.strip()]
        if len(clauses) > 1:
            clauses = [part for part in clauses if name in part]
        clauses = [part for part in clauses if "等" not in part.partition(name)[0]]
        found = {full for part in clauses for full in self.by_name if full in part}
        if len(found) > 1 and not any(self._is_list(found, part) for part in clauses):
            return ()
        return self.sort(found)

    def _is_list(self, names: set[str], clause: str) -> bool:
        words = "|".join(map(re.escape, names))
        run = rf"(?:{words})(?:[、和及](?:{words})){{{len(names) - 1}}}"
        return re.search(run, clause) is not None


def load_townships(townships: Path, villages: Path, area: Area) -> Townships:
    """Read the two official lists.

    Raises
    ------
    store.BrokenFile
        A cell is missing or no number, a code comes twice, a village's township is unknown.
    """
    by_code: dict[str, Township] = {}
    columns = ("code", "name", "short", "type", "lon", "lat", "radius_m", "seat_basis", "source")
    for row in read_table(townships, columns, ("common_word", "note")):
        if row["code"] in by_code:
            raise row.broken("code", f"{row['code']!r} comes twice")
        by_code[row["code"]] = Township(
            code=row["code"],
            name=row["name"],
            short=row["short"],
            common_word=row["common_word"] == "common",
            lon=row.number("lon"),
            lat=row.number("lat"),
            radius_m=row.number("radius_m"),
            seat_basis=row.one_of("seat_basis", ("seat", "within", "fitted")),
            source=row["source"],
            note=row["note"],
        )
    by_name = {town.name: town for town in by_code.values()}
    return Townships(by_name, _villages(villages, by_code), area)


def _villages(path: Path, by_code: dict[str, Township]) -> dict[str, tuple[str, ...]]:
    towns: dict[str, tuple[str, ...]] = {}
    for row in read_table(path, ("code", "name", "short", "township")):
        if row["township"] not in by_code:
            raise row.broken("township", f"{row['township']!r} is no township of the list")
        name = by_code[row["township"]].name
        towns[row["short"]] = tuple(dict.fromkeys((*towns.get(row["short"], ()), name)))
    return towns
