"""How much an own layer may hold: what a browser can draw."""

from __future__ import annotations

from layers.own.causes import EmptyOverlay, OverlayTooLarge

LARGEST = 20 * 2**20  # bytes of a file, and half of what it may unpack to
MOST_FEATURES, MOST_POINTS = 10_000, 200_000


def check(*, features: int = 0, points: int = 0) -> None:
    """Make sure that a layer is not too much for a map, before anything is built from it.

    Raises
    ------
    OverlayTooLarge
        It has more features or points than a browser draws.
    """
    if features > MOST_FEATURES or points > MOST_POINTS:
        most = {"features": f"{MOST_FEATURES:,}", "points": f"{MOST_POINTS:,}"}
        raise OverlayTooLarge("too_many", **most)


def check_size(content: bytes) -> None:
    """Make sure that a file is neither empty nor too large to be looked at.

    Raises
    ------
    OverlayTooLarge
        It has more bytes than are read.
    EmptyOverlay
        It holds nothing but blanks.
    """
    if len(content) > LARGEST:
        size, most = (f"{count / 2**20:.0f}" for count in (len(content), LARGEST))
        raise OverlayTooLarge("large", size=size, most=most)
    if not content.strip():
        raise EmptyOverlay("empty")
