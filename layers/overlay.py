"""A user's own layer for the session: GeoJSON, zipped Shapefile, KML, KMZ or GeoPackage, any CRS.

What a file is, is told by its content and not by its name, and only these formats ever reach the
library that reads them: others could name files of the server or addresses to fetch.
"""

from __future__ import annotations

import io
import json
import tempfile
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 20 * 2**20  # bytes of a file, and half of what it may unpack to
MOST_MEMBERS = 60
MOST_FEATURES, MOST_POINTS = 10_000, 200_000
_MOST_FIELDS, _LONGEST = 12, 200
_CRS = "EPSG:4326"
_DECIMALS = 6
_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}


class WrongOverlay(ValueError):  # noqa: N818 - it names what is wrong
    """A file that cannot be shown as a layer."""


class UnknownOverlay(WrongOverlay):
    """It is none of the formats that are read."""


class DamagedOverlay(WrongOverlay):
    """It is of a known format, but broken or incomplete."""


class OverlayTooLarge(WrongOverlay):
    """The file, what it unpacks to, or what it holds is too much for a map in a browser."""


class OverlayWithoutCrs(WrongOverlay):
    """Nothing says in which coordinate system its numbers are."""


class OverlayWithoutGeometry(WrongOverlay):
    """It holds records, but nothing that could be drawn."""


class EmptyOverlay(WrongOverlay):
    """It holds nothing at all."""


@dataclass(frozen=True)
class Overlay:
    """A user's layer.

    Attributes
    ----------
    name
        The file's name.
    frame
        EPSG:4326; the properties as texts.
    """

    name: str
    frame: gpd.GeoDataFrame = field(compare=False, repr=False)

    def record(self) -> dict[str, Any]:
        """Return it for the drawing program in the browser: plain values, no mark-up."""
        rounded = self.frame.set_geometry(self.frame.geometry.set_precision(10**-_DECIMALS))
        return {"name": self.name, "shapes": rounded.to_geo_dict(drop_id=True)}


def read_overlay(name: str, content: bytes) -> Overlay:
    """Read an uploaded file.

    Parameters
    ----------
    name
        For the reader only.
    content
        The file's bytes.

    Raises
    ------
    OverlayTooLarge
        More than 20 MB, 40 MB unpacked, 10,000 features or 200,000 points.
    UnknownOverlay
        It is none of the formats that are read.
    DamagedOverlay
        It is broken, or a Shapefile without one of its parts.
    EmptyOverlay
        It has no feature.
    OverlayWithoutCrs
        It names no coordinate system, or its numbers are no degrees though it should hold some.
    OverlayWithoutGeometry
        No feature has a geometry.
    """
    if len(content) > LARGEST:
        raise OverlayTooLarge(f"{len(content) / 2**20:.0f} MB; at most {LARGEST / 2**20:.0f} MB")
    if not content.strip():
        raise EmptyOverlay("the file is empty")
    return Overlay(name, _plain(_reader(content)(content)))


def _reader(content: bytes) -> Callable[[bytes], gpd.GeoDataFrame]:
    """Tell by the first bytes what a file is."""
    if content.startswith(b"SQLite format 3\x00"):
        return _geopackage
    if content.startswith(b"PK"):
        return _zipped
    head = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if head in b"{[" and head:
        return _geojson
    if head == b"<":
        return _kml
    raise UnknownOverlay("no GeoJSON, zipped Shapefile, KML, KMZ or GeoPackage")


def _geojson(content: bytes) -> gpd.GeoDataFrame:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DamagedOverlay(f"no JSON: {error}") from None
    if not isinstance(found, dict) or not {"features", "geometry", "coordinates"} & found.keys():
        raise UnknownOverlay("JSON, but no GeoJSON")
    crs = found.get("crs")
    # An address as CRS would be fetched by the library.
    if crs is not None and (not isinstance(crs, dict) or crs.get("type") != "name"):
        raise OverlayWithoutCrs("the member crs names no coordinate system")
    if found.get("features") == []:
        raise EmptyOverlay("it has no feature")
    return _read({".geojson": content.removeprefix(b"\xef\xbb\xbf")})


def _kml(content: bytes) -> gpd.GeoDataFrame:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedOverlay(f"no XML: {error}") from None
    if etree.QName(root).localname != "kml" or root.getroottree().docinfo.doctype:
        raise UnknownOverlay("XML, but no KML")
    return _read({".kml": content})


def _geopackage(content: bytes) -> gpd.GeoDataFrame:
    return _read({".gpkg": content})


def _zipped(content: bytes) -> gpd.GeoDataFrame:
    members = _unpacked(content)
    kml = [raw for name, raw in members.items() if name.suffix.lower() == ".kml"]
    if len(kml) == 1:
        return _kml(kml[0])
    return _shapefile(members)


def _unpacked(content: bytes) -> dict[PurePosixPath, bytes]:
    """Return the members of an archive, read no further than what is allowed in all."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_MEMBERS:
                raise OverlayTooLarge(f"{len(infos)} files; at most {MOST_MEMBERS}")
            left, members = 2 * LARGEST, {}
            for info in infos:
                with archive.open(info) as member:
                    # what an archive says of its own sizes need not be true
                    raw = member.read(left + 1)
                if (left := left - len(raw)) < 0:
                    raise OverlayTooLarge(f"unpacks to more than {2 * LARGEST / 2**20:.0f} MB")
                members[PurePosixPath(info.filename)] = raw
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        if isinstance(error, WrongOverlay):
            raise
        raise DamagedOverlay(f"no archive that can be unpacked: {error}") from None
    return members


def _shapefile(members: dict[PurePosixPath, bytes]) -> gpd.GeoDataFrame:
    shapes = [path for path in members if path.suffix.lower() == ".shp"]
    shapes = [path for path in shapes if not path.name.startswith(".")]
    if len(shapes) != 1:
        raise UnknownOverlay(f"an archive with {len(shapes)} Shapefiles, not one")
    beside = {
        path.suffix.lower(): raw
        for path, raw in members.items()
        if path.with_suffix("") == shapes[0].with_suffix("") and path.suffix.lower() in _PARTS
    }
    for part in (".shx", ".dbf"):
        if part not in beside:
            raise DamagedOverlay(f"the Shapefile lacks its part {part}")
    if ".prj" not in beside:
        raise OverlayWithoutCrs("the Shapefile has no .prj, which names its coordinate system")
    return _read(beside)


def _read(parts: dict[str, bytes]) -> gpd.GeoDataFrame:
    """Read all layers of a file, given by the suffixes of its parts, and bring them to degrees."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for suffix, raw in parts.items():
            Path(folder, f"layer{suffix}").write_bytes(raw)
        path = Path(folder, "layer" + (".shp" if ".shp" in parts else next(iter(parts))))
        try:
            frames = [_in_degrees(_layer(path, name)) for name in _drawable(path)]
        except WrongOverlay:
            raise
        except Exception as error:  # noqa: BLE001 - the library's errors have no common kind
            reason = str(error).replace(folder, "").splitlines()[0][:200]
            raise DamagedOverlay(f"cannot be read: {reason}") from None
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=_CRS)


def _drawable(path: Path) -> list[str]:
    names = pyogrio.list_layers(path)
    drawn = [str(name) for name, kind in names if kind is not None]
    if len(names) and not drawn:
        raise OverlayWithoutGeometry("it holds tables only")
    if not drawn:
        raise EmptyOverlay("it has no layer")
    return drawn


def _layer(path: Path, name: str) -> gpd.GeoDataFrame:
    wanted = {"layer": name, "max_features": MOST_FEATURES + 1}
    if path.suffix != ".shp" or path.with_suffix(".cpg").exists():
        return pyogrio.read_dataframe(path, **wanted)
    # Shapefiles made in China often are in GBK and do not say so.
    try:
        return pyogrio.read_dataframe(path, encoding="utf-8", **wanted)
    except UnicodeDecodeError:
        return pyogrio.read_dataframe(path, encoding="gbk", **wanted)


def _in_degrees(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if not isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(geometry=[], crs=_CRS)
    if frame.crs is None:
        raise OverlayWithoutCrs("it names no coordinate system")
    return frame.set_geometry(frame.geometry.force_2d()).to_crs(_CRS)


def _plain(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep what can be drawn, with its first few properties as texts."""
    if frame.empty:
        raise EmptyOverlay("it has no feature")
    drawn = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    if drawn.empty:
        raise OverlayWithoutGeometry("no feature has a geometry")
    _check_size(drawn)
    _check_degrees(drawn)
    fields = [name for name in drawn.columns if name != drawn.geometry.name][:_MOST_FIELDS]
    texts = {
        str(name): ["" if pd.isna(one) else str(one)[:_LONGEST] for one in drawn[name]]
        for name in fields
    }
    return gpd.GeoDataFrame(texts, geometry=list(drawn.geometry), crs=_CRS)


def _check_size(frame: gpd.GeoDataFrame) -> None:
    points = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    if len(frame) > MOST_FEATURES or points > MOST_POINTS:
        most = f"{MOST_FEATURES:,} features and {MOST_POINTS:,} points"
        raise OverlayTooLarge(f"more than {most}, too many for a map in a browser")


def _check_degrees(frame: gpd.GeoDataFrame) -> None:
    bounds = np.abs(frame.geometry.total_bounds)
    if not np.isfinite(bounds).all() or (bounds > [180.0, 90.0] * 2).any():
        raise OverlayWithoutCrs("its numbers are no degrees, and nothing says what they are")
