"""Boxes pushed apart until none covers another: signs that stand in the same place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.sheets.frame import Rect

    Floats = NDArray[np.float64]

_TURNS = 400
# Boxes in the same place start on a spiral; this turn puts none behind another (golden angle).
_TURN = 2.399963
# Of what two boxes overlap, how much is mended in a turn; less than all, or crowds tremble.
_STEP = 0.5
_HOME = 0.01
_ENOUGH = 0.02


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


def spread(crowd: Crowd, within: Rect) -> Floats:
    """Return new centres, so that no two boxes overlap as far as the room allows.

    Each stays as near to its own place as the others let it, and inside the given box. The same
    input gives the same output.
    """
    if not len(crowd.centres):
        return crowd.centres
    at = _kept_in(crowd, _unstacked(crowd), within)
    for turn in range(_TURNS):
        push = _push(at, crowd)
        home = _HOME * (1 - turn / _TURNS) ** 2
        moved = at + push + np.where(crowd.heavy[:, None], 0, (crowd.centres - at) * home)
        at = _kept_in(crowd, moved, within)
        if np.abs(push).max() < _ENOUGH and turn > _TURNS // 4:
            break
    return at


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


def _push(at: Floats, crowd: Crowd) -> Floats:
    apart = at[:, None, :] - at[None, :, :]
    over = crowd.halves[:, None, :] + crowd.halves[None, :, :] - np.abs(apart)
    hit = (over > 0).all(axis=2) & ~np.eye(len(at), dtype=bool)
    # Each pair leaves along the way that is shorter.
    along = np.where(over[..., :1] < over[..., 1:], [1.0, 0.0], [0.0, 1.0])
    weight = np.where(crowd.heavy[None, :], 1.0, 0.5) * ~crowd.heavy[:, None]
    sign = np.where(apart == 0, np.sign(np.subtract.outer(*[np.arange(len(at))] * 2))[..., None], 0)
    direction = np.sign(apart) + sign
    push = direction * over * along * (hit * weight)[..., None]
    return np.asarray(push.sum(axis=1) * _STEP)


def _kept_in(crowd: Crowd, at: Floats, within: Rect) -> Floats:
    low = np.array([within.left, within.bottom]) + crowd.halves
    high = np.array([within.right, within.top]) - crowd.halves
    return np.where(crowd.heavy[:, None], at, np.clip(at, low, np.maximum(low, high)))
