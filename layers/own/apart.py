"""Reading an own layer in a child process: what comes back, and how it is checked.

The child's word is taken for no more than texts and numbers: shapes are made of the coordinates
here, and a broken file becomes the same error here that its reader raised there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from shapely.geometry import shape

from isolation import Stopped, read_apart
from layers.own import amounts, causes
from layers.own.causes import DamagedOverlay, OverlayTooLarge, WrongOverlay
from layers.words import UnknownCaption

if TYPE_CHECKING:
    from isolation import Progress

_PROGRAM, _CRS = "layers.own", "EPSG:4326"
_KINDS: dict[str, type[WrongOverlay]] = {
    name: kind
    for name, kind in vars(causes).items()
    if isinstance(kind, type) and issubclass(kind, WrongOverlay)
}
_DEEPEST = 12  # collections in one another
_LONGEST = 500  # signs of what fills a caption's blank


def read(content: bytes, progress: Progress | None = None) -> tuple[gpd.GeoDataFrame, int]:
    """Return what can be drawn of a file, and how many features have no geometry.

    The frame is in EPSG:4326, the properties are texts.

    Raises
    ------
    WrongOverlay
        As in ``layers.own.reading.read``; or reading it was ended.
    OverlayTooLarge
        It has more bytes than are read, or reading it took more than is safe.
    """
    amounts.check_size(content)
    try:
        said = read_apart(
            _PROGRAM, {}, content, progress=progress, environment={"GDAL_SKIP": unwanted_drivers()}
        )
    except Stopped as stopped:
        kind = DamagedOverlay if stopped.cause == "crash" else OverlayTooLarge
        raise kind(f"stopped_{stopped.cause}") from None
    try:
        if "wrong" not in said:
            return _frame(said), _count(said["without_shape"])
        wrong = _wrong(said["wrong"])
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        UnknownCaption,
        shapely.errors.ShapelyError,
    ):
        wrong = DamagedOverlay("stopped_answer")
    raise wrong


def unwanted_drivers() -> str:
    """Return the drivers of GDAL that the child must not load, as GDAL wants to be told."""
    import pyogrio  # noqa: PLC0415 - only where a layer is read

    from layers.own.by_gdal import DRIVERS  # noqa: PLC0415

    return ",".join(sorted(set(pyogrio.list_drivers()) - DRIVERS))


def _wrong(said: Any) -> WrongOverlay:
    about = {str(name): _text(value)[:_LONGEST] for name, value in said["about"].items()}
    return _KINDS[said["kind"]](_text(said["cause"]), **about)


def _frame(said: Any) -> gpd.GeoDataFrame:
    shapes = [_shape(each, 0) for each in said["shapes"]]
    columns = {
        _text(name): [_text(text) for text in texts] for name, texts in said["columns"].items()
    }
    lengths = {len(shapes), *map(len, columns.values())}
    if len(lengths) > 1 or not 0 < len(shapes) <= amounts.MOST_FEATURES:
        raise ValueError("columns of another length")
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=_CRS)


def _shape(said: Any, depth: int) -> Any:
    """Return the shape that coordinates make; a collection is made of its parts."""
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    if said["type"] == "GeometryCollection":
        return shapely.GeometryCollection([_shape(one, depth + 1) for one in said["geometries"]])
    return shape(said)


def _count(value: Any) -> int:
    if type(value) is int and value >= 0:
        return value
    raise TypeError(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(value)
