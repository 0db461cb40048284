"""Shapefiles: short ASCII field names with a list beside, full texts in side tables."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyogrio

from layers.export.fields import field_list, fields
from layers.export.geopackage import CIRCLES, PROJECTS, tables
from layers.export.pack import table_csv, zipped
from layers.export.readme import readme

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.export.content import Content
    from layers.export.geopackage import Part

# Bytes that a text may have in a dBASE table, and the mark of one that had more.
_LONGEST, _CUT = 254, "…"
_DRAWN = (*PROJECTS[:3], CIRCLES)


def shapefile(content: Content, crs: int) -> bytes:
    """Return the chosen rows as a zip of Shapefiles in EPSG:``crs``.

    Texts longer than 254 bytes are cut there and end with ``…``; the CSV file of
    the same name has them whole. Rows without a position stand in ``projects_unplaced.csv``.
    """
    made = tables(content, crs)
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in _DRAWN:
            _write(Path(folder) / f"{part.name}.shp", part, made[part], content.day)
        for path in sorted(Path(folder).iterdir()):
            files[path.name] = path.read_bytes()
    files["fields.csv"] = field_list({f"{part.name}.dbf": part.fields for part in _DRAWN})
    return zipped({**files, **side_tables(made), "README.txt": readme(content, crs)})


def side_tables(made: dict[Part, Any]) -> dict[str, bytes]:
    """Return what has no geometry, and the full texts of what has, as CSV files by name."""
    whole = [made[part].drop(columns="geometry") for part in PROJECTS[:3]]
    return {
        **{f"{part.name}.csv": table_csv(made[part]) for part in made if not part.geometry},
        **{
            f"{part.name}.csv": table_csv(frame)
            for part, frame in zip(PROJECTS, whole, strict=False)
        },
    }


def _write(path: Path, part: Part, frame: gpd.GeoDataFrame, day: str) -> None:
    short = {one.field: one.short for one in fields(part.fields)}
    cut = frame.copy()
    for column in cut.select_dtypes("string"):
        cut[column] = [_fitting(value) for value in cut[column].fillna("")]
    pyogrio.write_dataframe(
        cut.rename(columns=short),
        path,
        driver="ESRI Shapefile",
        geometry_type=str(part.geometry),
        promote_to_multi=str(part.geometry).startswith("Multi"),
        layer_options={"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": day},
    )


def _fitting(text: str) -> str:
    raw = text.encode()
    if len(raw) <= _LONGEST:
        return text
    return raw[: _LONGEST - len(_CUT.encode())].decode(errors="ignore") + _CUT
