"""Boxes pushed apart until none covers another: signs that stand in the same place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.sheets.frame import Rect

    Floats = NDArray[np.float64]

_TURNS = 500
# Boxes in the same place start on a spiral; this turn puts none behind another (golden angle).
_TURN = 2.399963
# Of what two boxes overlap, how much is mended in a turn; a little more than all of it lets
# crowds part sooner.
_STEP = 1.2
_HOME = 0.01
_ENOUGH, _HAIR = 0.02, 0.06
# How many rings of half a box about it are looked at for a free place.
_RINGS = 24


@dataclass(frozen=True)
class Crowd:
    """Boxes in millimetres.

    Attributes
    ----------
    centres
        Where each would like to stand, one row of x and y each.
    halves
        Half of each one's width and height.
    heavy
        True for those that stay where they are.
    """

    centres: Floats
    halves: Floats
    heavy: NDArray[np.bool_]


def spread(crowd: Crowd, within: Rect, turns: int = _TURNS) -> Floats:
    """Return new centres, so that no two boxes overlap as far as the room allows.

    Each stays as near to its own place as the others let it, and inside the given box. The same
    input gives the same output.
    """
    if not len(crowd.centres):
        return crowd.centres
    at = _kept_in(crowd, _unstacked(crowd), within)
    for turn in range(turns):
        push, jammed = _push(at, crowd)
        home = _HOME * max(0.0, 1 - 4 * turn / turns)
        if home == 0 and not jammed:
            break
        moved = at + push + np.where(crowd.heavy[:, None], 0, (crowd.centres - at) * home)
        at = _kept_in(crowd, moved, within)
    return at


def unjammed(crowd: Crowd, at: Floats, within: Rect) -> Floats:
    """Return the centres with each box that is still covered moved to the nearest free place."""
    at = at.copy()
    for number in np.flatnonzero(covered(crowd, at) & ~crowd.heavy):
        at[number] = _free(crowd, at, number, within)
    return at


def _free(crowd: Crowd, at: Floats, number: np.intp, within: Rect) -> Floats:
    """Return the free place nearest to a box; its own where none is near."""
    here: Floats = at[number]
    half = crowd.halves[number]
    for step in range(1, _RINGS):
        far = half.max() * 0.5 * step
        angles = np.arange(6 * step) * (2 * np.pi / (6 * step))
        ring = here + far * np.c_[np.cos(angles), np.sin(angles)]
        # Only boxes that the ring reaches can be in the way.
        near = (np.abs(at - here) < half + crowd.halves + far).all(axis=1)
        near[number] = False
        gaps = np.abs(ring[:, None] - at[near]) - (half + crowd.halves[near])
        free = (gaps >= -_ENOUGH).any(axis=2).all(axis=1) & _inside(ring, half, within)
        if free.any():
            found: Floats = ring[free.argmax()]
            return found
    return here


def covered(crowd: Crowd, at: Floats) -> NDArray[np.bool_]:
    """Return which boxes overlap another by more than a hair."""
    one, other = _overlapping(at, crowd.halves - _ENOUGH / 2)
    return np.isin(np.arange(len(at)), [one, other])


def _overlapping(at: Floats, halves: Floats) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    low, high = at - halves, at + halves
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    one, other = shapely.STRtree(boxes).query(boxes)
    return one[one < other], other[one < other]


def _inside(spots: Floats, half: Floats, within: Rect) -> NDArray[np.bool_]:
    low = np.array([within.left, within.bottom]) + half
    high = np.array([within.right, within.top]) - half
    return np.asarray(((spots >= low) & (spots <= high)).all(axis=1))


def _unstacked(crowd: Crowd) -> Floats:
    # Boxes with exactly one centre have no direction in which to leave each other.
    seen: dict[tuple[float, ...], int] = {}
    at = crowd.centres.copy()
    for number, centre in enumerate(map(tuple, crowd.centres.round(1))):
        rank = seen[centre] = seen.get(centre, -1) + 1
        if rank and not crowd.heavy[number]:
            angle, far = rank * _TURN, crowd.halves[number].max() * np.sqrt(rank)
            at[number] += far * np.array([np.cos(angle), np.sin(angle)])
    return at


def _push(at: Floats, crowd: Crowd) -> tuple[Floats, bool]:
    """Return where each box is pushed, and whether any two overlap by more than a hair."""
    # Pushed a hair farther than needed: otherwise they would only ever come near to being free.
    halves = crowd.halves + _HAIR
    one, other = _overlapping(at, halves)
    apart = at[one] - at[other]
    over = np.maximum(halves[one] + halves[other] - np.abs(apart), 0)
    # Each pair leaves along the way that is shorter, half of it each; nothing pushes the heavy.
    along = np.where(over[:, :1] < over[:, 1:], [1.0, 0.0], [0.0, 1.0])
    way = np.where(apart < 0, -1.0, 1.0) * over * along
    heavy = crowd.heavy.astype(float)
    push = np.zeros_like(at)
    np.add.at(push, one, way * ((1 - heavy[one]) * (0.5 + heavy[other] / 2))[:, None])
    np.add.at(push, other, -way * ((1 - heavy[other]) * (0.5 + heavy[one] / 2))[:, None])
    return push * _STEP, bool((over > 2 * _HAIR + _ENOUGH).all(axis=1).any())


def _kept_in(crowd: Crowd, at: Floats, within: Rect) -> Floats:
    low = np.array([within.left, within.bottom]) + crowd.halves
    high = np.array([within.right, within.top]) - crowd.halves
    return np.where(crowd.heavy[:, None], at, np.clip(at, low, np.maximum(low, high)))
