"""What people call a unit: its name without the city, or the part that tells it from others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CITY = "市"
# How a unit's name ends, longest first. A commission (委) is often called by the office (局) that
# it was before, and the other way round.
ENDINGS = ("管委会", "委员会", "办事处", "集团", "中心", "局", "委", "办", "会")
_SAME = {"委": ("委", "局"), "局": ("局", "委")}
# An abbreviation has at least so many signs before its ending, and at most so many.
_SHORTEST, _LONGEST = 2, 12
BEGINNING, INSIDE, SCATTERED = 3, 2, 1


def parted(unit: str) -> tuple[str, str]:
    """Return a unit's name as body and ending; the ending is empty where it has none of those."""
    ending = next((ending for ending in ENDINGS if unit.endswith(ending)), "")
    return unit.removesuffix(ending), ending


def plain_forms(unit: str) -> Iterator[str]:
    """Yield the name, and the name without the city before it."""
    yield unit
    without = unit.removeprefix(_CITY)
    if without != unit and len(without) >= _SHORTEST:
        yield without


def short_forms(unit: str) -> Iterator[str]:
    """Yield the usual abbreviations: two signs, or the first of each two, with the ending.

    They are those that can also be typed by pinyin: 交通局 and 交运局 for 市交通运输局.
    """
    body, ending = parted(unit.removeprefix(_CITY))
    if ending and len(body) > _SHORTEST:
        yield body[:2] + ending
        yield body[::2] + ending


def fits(body: str, whole: str) -> int:
    """Return how well an abbreviated body fits a whole one; 0 where it does not.

    Signs in one piece fit better than scattered ones, which must at least begin the same.
    """
    if whole.startswith(body):
        return BEGINNING
    if body in whole:
        return INSIDE
    rest = iter(whole)
    return SCATTERED if whole[:1] == body[:1] and all(sign in rest for sign in body) else 0


class Abbreviations:
    """Units to be found by any abbreviation of their names.

    Parameters
    ----------
    units
        Full names, already folded as typed text is.
    """

    def __init__(self, units: Iterable[str]) -> None:
        self._bodies: dict[str, dict[str, str]] = defaultdict(dict)
        for unit in units:
            body, ending = parted(unit.removeprefix(_CITY))
            self._bodies[ending][unit] = body

    def ending_at(self, signs: str, start: int) -> tuple[int, list[str]]:
        """Return where an abbreviation that starts here ends, and the units that fit it best.

        The longest one; no units where there is none.
        """
        furthest = min(len(signs), start + _LONGEST)
        for at in range(furthest, start + _SHORTEST - 1, -1):
            if ending := next((each for each in ENDINGS if signs.startswith(each, at)), ""):
                body = signs[start:at]
                bodies = (body.removeprefix(_CITY), body)
                found = (self._fitting(one, ending) for one in bodies if len(one) >= _SHORTEST)
                if units := next(filter(None, found), []):
                    return at + len(ending), units
        return start, []

    def _fitting(self, body: str, ending: str) -> list[str]:
        for same in _SAME.get(ending, (ending,)):
            found = {unit: fits(body, whole) for unit, whole in self._bodies[same].items()}
            if best := max(found.values(), default=0):
                return [unit for unit, fit in found.items() if fit == best]
        return []
