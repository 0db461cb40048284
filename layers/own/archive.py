"""Zip archives: KMZ with all its KML files, Shapefiles, or files of another format."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from layers.own import by_gdal, geojson, geopackage, kml
from layers.own.causes import (
    DamagedOverlay,
    OverlayTooLarge,
    UnknownOverlay,
    WrongOverlay,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

Members = dict[PurePosixPath, bytes]
MOST_MEMBERS = 2_000
_READ = {*by_gdal.PARTS, ".kml", ".geojson", ".json", ".gpkg"}
_INNER = {".zip", ".kmz", ".rar", ".7z"}
# what a broken archive makes its reader raise
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError),
    *(RuntimeError, NotImplementedError, OSError, ValueError),
)
_UTF_8 = 0x800  # the flag of a member whose name is in UTF-8


def read(content: bytes, most: int) -> list[gpd.GeoDataFrame]:
    """Return the layers of an archive, each in its own CRS.

    A KMZ gives the placemarks of all its KML files, whether or not one leads to the others. Other
    archives give their Shapefiles; without one, their KML files, GeoPackages or GeoJSON files.

    Parameters
    ----------
    content
        The archive's bytes.
    most
        Bytes that may be unpacked in all.

    Raises
    ------
    OverlayTooLarge
        It unpacks to more, or has too many members.
    DamagedOverlay
        It cannot be unpacked.
    UnknownOverlay
        It holds nothing that is read.
    """
    members = _unpacked(content, most)
    by_kind = {kind: _of_kind(members, kind) for kind in (".shp", ".kml", ".gpkg", ".geojson")}
    if by_kind[".kml"] and (PurePosixPath("doc.kml") in members or not by_kind[".shp"]):
        return _kml_files(by_kind[".kml"])
    if by_kind[".shp"]:
        return _shapefiles(members, list(by_kind[".shp"]))
    if by_kind[".gpkg"]:
        return [one for raw in by_kind[".gpkg"].values() for one in geopackage.read(raw)]
    found = by_kind[".geojson"] or _of_kind(members, ".json")
    if not found:
        raise UnknownOverlay("archive", names="、".join(_names(content)[:5]))
    return [geojson.read(raw) for raw in found.values()]


def _of_kind(members: Members, suffix: str) -> Members:
    return {path: raw for path, raw in members.items() if path.suffix.lower() == suffix}


def _unpacked(content: bytes, most: int) -> Members:
    """Return the members that may be read, no further than what is allowed in all."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS:
                raise OverlayTooLarge("members", count=len(infos), most=MOST_MEMBERS)
            return dict(_read_members(archive, most))
    except _BROKEN as error:
        if isinstance(error, WrongOverlay):
            raise
        if "encrypted" in str(error):
            raise DamagedOverlay("password") from None
        raise DamagedOverlay("zip") from None


def _read_members(archive: zipfile.ZipFile, most: int) -> Iterator[tuple[PurePosixPath, bytes]]:
    left = most
    for info in archive.infolist():
        path = PurePosixPath(_name(info))
        # what macOS adds has the same suffixes and holds nothing
        unseen = path.name.startswith(".") or "__MACOSX" in path.parts
        if info.is_dir() or unseen or path.suffix.lower() not in _READ:
            continue
        with archive.open(info) as member:
            # what an archive says of its own sizes need not be true
            raw = member.read(left + 1)
        if (left := left - len(raw)) < 0:
            raise OverlayTooLarge("unpacked", most=f"{most / 2**20:.0f}")
        yield path, raw


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's path; older Chinese programs write names in GBK without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF_8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return name.replace("\\", "/")


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [PurePosixPath(_name(info)).name for info in archive.infolist()]


def _kml_files(files: Members) -> list[gpd.GeoDataFrame]:
    first = sorted(files, key=lambda path: (path.name.lower() != "doc.kml", len(path.parts)))
    roots = {path: kml.parsed(files[path]) for path in first}
    named = {
        PurePosixPath(posixpath.normpath(path.parent / href)): name
        for path, root in roots.items()
        for href, name in kml.links(root).items()
    }
    several = len(files) > 1
    frames = [
        kml.placemarks(root, (named.get(path) or path.stem) if several and path in named else "")
        for path, root in roots.items()
    ]
    if not any(map(len, frames)):
        raise kml.without_placemarks(next(iter(roots.values())))
    return [frame for frame in frames if len(frame)]


def _shapefiles(members: Members, paths: list[PurePosixPath]) -> list[gpd.GeoDataFrame]:
    frames = []
    for path in paths:
        beside = {
            each.suffix.lower(): raw
            for each, raw in members.items()
            if str(each.with_suffix("")).casefold() == str(path.with_suffix("")).casefold()
            and each.suffix.lower() in by_gdal.PARTS
        }
        ordered = {".shp": beside.pop(".shp"), **beside}
        frame = by_gdal.shapefile(ordered, path.name)
        frames.append(frame.assign(layer=path.stem) if len(paths) > 1 else frame)
    return frames
