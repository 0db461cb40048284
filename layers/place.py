"""Where the map stands, as an address says it: latitude, longitude and zoom."""

from __future__ import annotations

import math

_PARTS = 3
_FARTHEST = (90.0, 180.0, 18.0)


def clean_place(text: str) -> str:
    """Return the place as the map itself writes it; empty for all that is no place on earth.

    Parameters
    ----------
    text
        Latitude and longitude in degrees, EPSG:4326, and the zoom, for example
        ``28.03412,120.88101,13.5``; it may come from anywhere.
    """
    parts = text[:60].split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return ""
    if len(numbers) != _PARTS or not all(map(math.isfinite, numbers)):
        return ""
    if any(abs(value) > most for value, most in zip(numbers, _FARTHEST, strict=True)):
        return ""
    latitude, longitude, zoom = numbers
    return f"{latitude:.5f},{longitude:.5f},{zoom:g}" if zoom >= 0 else ""
