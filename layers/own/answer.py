"""What the child process says of an own layer: plain values, no objects of any library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyogrio
import shapely

from layers.own import reading
from layers.own.by_gdal import DRIVERS
from layers.own.causes import WrongOverlay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isolation import Progress


def check_drivers() -> None:
    """Make sure that GDAL has loaded no other drivers than those that are wanted.

    Raises
    ------
    RuntimeError
        It has: a file could choose the driver that opens it.
    """
    if more := set(pyogrio.list_drivers()) - DRIVERS:
        raise RuntimeError(f"{len(more)} drivers of GDAL too many")


def answer(_request: Mapping[str, Any], content: bytes, _progress: Progress) -> dict[str, Any]:
    """Read a file, and put what it gives or what is wrong with it in plain values."""
    try:
        frame, without_shape = reading.read(content)
    except WrongOverlay as error:
        about = {name: str(value) for name, value in error.about.items()}
        return {"wrong": {"kind": type(error).__name__, "cause": error.cause, "about": about}}
    texts = frame.drop(columns=frame.geometry.name)
    return {
        "without_shape": without_shape,
        "columns": {str(name): list(texts[name]) for name in texts.columns},
        "shapes": [json.loads(each) for each in shapely.to_geojson(frame.geometry.to_numpy())],
    }
