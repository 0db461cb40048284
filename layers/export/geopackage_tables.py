"""What GDAL's writer leaves out of a GeoPackage: Chinese field names, relations, styles.

The tables are those of OGC 12-128r19 (annex F.9, schema) and OGC 18-000 (related tables);
``layer_styles`` is the one that QGIS reads styles from.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from layers.export.fields import aliases
from layers.export.qgis_style import qml

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE gpkgext_relations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, base_table_name TEXT NOT NULL,
  base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL,
  related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL,
  mapping_table_name TEXT NOT NULL UNIQUE);
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
  styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
_MAPPING = """
CREATE TABLE {0}_statements (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, base_id INTEGER NOT NULL,
  related_id INTEGER NOT NULL);
INSERT INTO {0}_statements (base_id, related_id)
  SELECT {0}.fid, statements.fid FROM statements JOIN {0} ON {0}.id = statements.project_id
  ORDER BY statements.fid;
"""
_SCHEMA_SPEC = "http://www.geopackage.org/spec120/#extension_schema"
_RELATED_SPEC = "http://www.geopackage.org/18-000.html"
_EXTENSION = "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')"
_COLUMN = "INSERT INTO gpkg_data_columns (table_name, column_name, name, title) VALUES (?, ?, ?, ?)"
_RELATION = (
    "INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name,"
    " related_primary_column, relation_name, mapping_table_name)"
    " VALUES (?, 'fid', 'statements', 'fid', 'attributes', ?)"
)
_STYLE = (
    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
    " styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)"
    " VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', (SELECT max(last_change) FROM gpkg_contents))"
)
_CONTENTS = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change,"
    " srs_id)"
    " VALUES ('layer_styles', 'attributes', 'layer_styles', '',"
    " (SELECT max(last_change) FROM gpkg_contents), 0)"
)


def complete(path: Path, made: dict[Any, Any]) -> None:
    """Add field names, relations and styles to a GeoPackage that holds the tables ``made``."""
    with closing(sqlite3.connect(path)) as package, package:
        package.executescript(_SCHEMA)
        for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            package.execute(_EXTENSION, (table, "gpkg_schema", _SCHEMA_SPEC))
        package.execute(_EXTENSION, ("gpkgext_relations", "gpkg_related_tables", _RELATED_SPEC))
        package.execute(_CONTENTS)
        for part, frame in made.items():
            _name_columns(package, part, frame)
            if part.fields == "projects":
                _relate(package, part.name)
            if part.look:
                _add_style(package, part, frame)


def _name_columns(package: sqlite3.Connection, part: Any, frame: Any) -> None:
    named = aliases(part.fields)
    rows = [
        (part.name, column, named[column], named[column]) for column in frame if column in named
    ]
    package.executemany(_COLUMN, rows)


def _relate(package: sqlite3.Connection, table: str) -> None:
    package.executescript(_MAPPING.format(table))
    package.execute(_RELATION, (table, f"{table}_statements"))
    package.execute(_EXTENSION, (f"{table}_statements", "gpkg_related_tables", _RELATED_SPEC))


def _add_style(package: sqlite3.Connection, part: Any, frame: Any) -> None:
    stages, categories = (list(frame.get(name, ())) for name in ("stage", "category"))
    package.execute(_STYLE, (part.name, "planmap", qml(part.look, stages, categories), part.title))
