"""GeoPackages by SQLite alone, from memory: their tables and views are read, nothing is run.

A view is a program: SQLite counts its steps and ends what takes too many, and a rule lets pass no
statement but reading. Triggers have nothing to react to, for nothing is written.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.own import amounts
from layers.own.by_gdal import reason_of
from layers.own.causes import (
    DamagedOverlay,
    EmptyOverlay,
    OverlayTooLarge,
    OverlayWithoutCrs,
    OverlayWithoutGeometry,
    WrongOverlay,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEPS, _MOST_ROUNDS = 100_000, 600  # of SQLite's own machine, for all layers of a file
_LONGEST_VALUE = amounts.LARGEST
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: _LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
}
# functions of SQLite that reach beyond the file; it has no others that do
_REACHING = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}
_JOURNAL, _PLAIN_JOURNAL = slice(18, 20), b"\x01\x01"  # a journal beside the file is not there
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes, by their kind
_HEAD = 8
_UNDEFINED = (0, -1)


@dataclass(frozen=True)
class _Layer:
    """A table or view with shapes: its name, the column of the shapes, and their CRS."""

    name: str
    column: str
    srs: int


def read(content: bytes) -> list[gpd.GeoDataFrame]:
    """Return the layers of a GeoPackage that hold shapes, each in its own CRS.

    Raises
    ------
    DamagedOverlay
        It cannot be read.
    EmptyOverlay, OverlayWithoutGeometry
        It has no layer, or tables only.
    OverlayTooLarge
        A layer has more features than are drawn, or is a view that takes too long.
    """
    with _opened(content) as base:
        tables = _values(base, "SELECT table_name FROM gpkg_contents")
        layers = [_Layer(str(name), str(column), srs) for name, column, srs in _drawn(base)]
        if not layers:
            raise OverlayWithoutGeometry("tables") if tables else EmptyOverlay("no_layer")
        frames = {layer.name: _frame(base, layer) for layer in layers}
    return _named(frames)


@contextmanager
def _opened(content: bytes) -> Iterator[sqlite3.Connection]:
    raw = bytearray(content)
    raw[_JOURNAL] = _PLAIN_JOURNAL
    with closing(sqlite3.connect(":memory:")) as base:
        try:
            base.deserialize(bytes(raw))
            _bound(base)
            yield base
        except WrongOverlay:
            raise
        except sqlite3.DatabaseError as error:
            raise _told(error) from None
        except (struct.error, ValueError, OverflowError, shapely.errors.ShapelyError) as error:
            raise DamagedOverlay("unreadable", reason=reason_of(error)) from None


def _told(error: sqlite3.DatabaseError) -> WrongOverlay:
    """Return what it means that SQLite gave up: too many steps, too long a value, or damage."""
    if getattr(error, "sqlite_errorname", "") in {"SQLITE_INTERRUPT", "SQLITE_TOOBIG"}:
        return OverlayTooLarge("view")
    return DamagedOverlay("unreadable", reason=reason_of(error))


def _bound(base: sqlite3.Connection) -> None:
    """Bound what reading may do: no steps without end, no long values, no statement but reading."""
    for limit, most in _LIMITS.items():
        base.setlimit(limit, most)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA temp_store = MEMORY")  # there is no disk to sort on
    base.execute("PRAGMA cell_size_check = ON")
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    rounds = iter(range(_MOST_ROUNDS))
    base.set_progress_handler(lambda: next(rounds, None) is None, _STEPS)
    base.set_authorizer(_decide)


def _decide(action: int, one: str | None, other: str | None, *_more: str | None) -> int:
    reads = action in _ALLOWED
    calls = action == sqlite3.SQLITE_FUNCTION and (other or "").casefold() not in _REACHING
    looks = action == sqlite3.SQLITE_PRAGMA and one == "table_info"
    return sqlite3.SQLITE_OK if reads or calls or looks else sqlite3.SQLITE_DENY


def _values(base: sqlite3.Connection, statement: str) -> list[Any]:
    return base.execute(statement).fetchmany(amounts.MOST_FEATURES)


def _drawn(base: sqlite3.Connection) -> list[Any]:
    if not _values(base, "SELECT 1 FROM sqlite_master WHERE name = 'gpkg_geometry_columns'"):
        return []
    return _values(base, "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns")


def _frame(base: sqlite3.Connection, layer: _Layer) -> gpd.GeoDataFrame:
    crs = _crs(base, layer.srs)
    table = _quoted(layer.name)
    about = base.execute(f"PRAGMA table_info({table})").fetchall()  # no more than 500 columns
    kinds = {name: str(kind).upper() for _, name, kind, *_ in about}
    keys = {name for _, name, _, _, _, key in about if key}
    cursor = base.execute(f"SELECT * FROM {table} LIMIT {amounts.MOST_FEATURES + 1}")  # noqa: S608
    names = [str(one[0]) for one in cursor.description]
    rows = list(_fetched(cursor))
    shapes = _shapes(rows, names.index(layer.column)) if rows else []
    columns = {
        f"{name}_" if name == "geometry" else name: [
            _typed(row[n], kinds.get(name)) for row in rows
        ]
        for n, name in enumerate(names)
        if name != layer.column and name not in keys
    }
    return gpd.GeoDataFrame(
        pd.DataFrame(columns, index=range(len(rows)), dtype=object), geometry=shapes, crs=crs
    )


def _fetched(cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    """Yield the rows, as long as all of them together are no more than a file may unpack to."""
    left = 2 * amounts.LARGEST
    for count, row in enumerate(cursor, 1):
        amounts.check(features=count)
        left -= sum(len(value) for value in row if isinstance(value, str | bytes))
        if left < 0:
            raise OverlayTooLarge("unpacked", most=f"{2 * amounts.LARGEST / 2**20:.0f}")
        yield row


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _typed(value: Any, kind: str | None) -> Any:
    return bool(value) if kind == "BOOLEAN" and isinstance(value, int) else value


def _shapes(rows: list[tuple[Any, ...]], column: int) -> Any:
    return shapely.from_wkb([_wkb(row[column]) for row in rows])


def _wkb(blob: Any) -> bytes | None:
    """Return the well-known bytes inside a GeoPackage's own form of a shape."""
    if blob is None:
        return None
    magic, _version, flags = struct.unpack_from("<2sBB", blob)
    kind = (flags >> 1) & 0b111
    if magic != b"GP" or kind not in _ENVELOPES:
        raise ValueError("a shape is in no form of GeoPackage")
    return bytes(blob[_HEAD + _ENVELOPES[kind] :])


def _crs(base: sqlite3.Connection, srs: Any) -> CRS:
    statement = (
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys"
        " WHERE srs_id = ?"
    )
    found = base.execute(statement, (srs,)).fetchone()
    if found is None or srs in _UNDEFINED or "undefined" in str(found[2])[:60].casefold():
        raise OverlayWithoutCrs("crs_missing")
    issuer, code, definition = found
    try:
        if str(issuer).upper() == "EPSG":
            return CRS.from_epsg(code)
        return CRS.from_wkt(str(definition))
    except CRSError:
        raise OverlayWithoutCrs("crs_unknown", name=f"{issuer}:{code}"[:60]) from None


def _named(layers: dict[str, gpd.GeoDataFrame]) -> list[gpd.GeoDataFrame]:
    """Return the layers; where several hold something, each thing says which it is of."""
    filled = {name: frame for name, frame in layers.items() if len(frame)}
    if len(filled) <= 1:
        return list(layers.values())
    return [frame.assign(layer=name) for name, frame in filled.items()]
