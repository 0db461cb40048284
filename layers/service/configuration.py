"""What pygeoapi is told: collections, limits, languages, and the OpenAPI document."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pygeoapi.openapi import get_oas

from layers.nouns import counted_rows
from layers.service.speaking import locale_folder
from layers.words import LANGUAGES, caption, noted

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.service.layer import Stock
    from layers.words import Language

COLLECTIONS = ("projects", "circles")
TEMPLATES = Path(__file__).parent / "templates"
# The most features of one answer; more are asked for page by page.
MOST, USUAL = 10_000, 100
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/{}"
_SYSTEMS = [_CRS84, *(_EPSG.format(code) for code in (4326, 4490, 4549, 3857))]
_PROVIDER = "layers.service.provider.TableProvider"
_NOBODY = "http://127.0.0.1/api"
_ERRORS = {"InvalidParameter": "bad request", "NotFound": "not found", "ServerError": "error"}
_FEATURE_ID = {
    "name": "featureId",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-z]+$"},
}
_PARAMETERS: dict[str, dict[str, Any]] = {
    "featureId": _FEATURE_ID,
    "datetime": {
        "name": "datetime",
        "in": "query",
        "description": "a date, or two with / between; .. for an open end",
        "schema": {"type": "string"},
    },
}
_FILTER = [
    {
        "name": "filter",
        "in": "query",
        "description": "CQL2 text, for example: stage = 'started' AND name LIKE '%路'",
        "schema": {"type": "string"},
    },
    {
        "name": "filter-lang",
        "in": "query",
        "schema": {
            "type": "string",
            "enum": ["cql2-text", "cql2-json"],
            "default": "cql2-text",
        },
    },
    {
        "name": "filter-crs",
        "in": "query",
        "description": "system of the coordinates in the filter",
        "schema": {"type": "string", "format": "uri"},
    },
    {
        "name": "sortby",
        "in": "query",
        "description": "names of properties, - before one for descending order",
        "schema": {"type": "string"},
    },
]

_OWN = {"filter", "filter-lang", "filter-crs", "sortby"}
_POSTED = {
    "description": "a filter in CQL2 JSON",
    "required": True,
    "content": {
        "application/json": {
            "schema": {"type": "object"},
            "example": {"op": "=", "args": [{"property": "stage"}, "started"]},
        }
    },
}


def configuration(url: str, stock: Callable[[], Stock]) -> dict[str, Any]:
    """Return pygeoapi's configuration for a service that is reached at ``url``."""
    title = _both("app_title")
    return {
        "server": {
            "url": url,
            "encoding": "utf-8",
            "languages": ["en", "zh"],
            "limits": {"default_items": USUAL, "max_items": MOST, "on_exceed": "error"},
            "locale_dir": locale_folder(),
            "map": {"url": "", "attribution": ""},
            "templates": {"path": str(TEMPLATES), "static": str(TEMPLATES)},
        },
        "logging": {"level": "WARNING"},
        "metadata": {
            "identification": {
                "title": title,
                "description": _both("service_about"),
                "keywords": ["planmap"],
                "keywords_type": "theme",
                "terms_of_service": url,
                "url": url,
            },
            "license": {"name": _both("service_terms"), "url": url},
            "provider": {"name": "planmap", "url": url},
            "contact": {"name": "planmap"},
        },
        "resources": {name: _collection(name, stock) for name in COLLECTIONS},
    }


def _collection(name: str, stock: Callable[[], Stock]) -> dict[str, Any]:
    layer = stock().layers[name]
    bounds = layer.frame.total_bounds if len(layer.frame) else (-180, -90, 180, 90)
    box = [float(edge) for edge in bounds]
    timed = {"time_field": "as_of"} if "as_of" in layer.fields else {}
    return {
        "type": "collection",
        "title": {one: caption(f"collection_{name}", one) for one in LANGUAGES},
        "description": {one: _about(name, stock(), one) for one in LANGUAGES},
        "keywords": ["planmap"],
        "links": [],
        "extents": {
            "spatial": {"bbox": box if box[0] == box[0] else [-180, -90, 180, 90], "crs": _CRS84},
            "temporal": {"begin": None, "end": None},
        },
        "providers": [
            {
                "type": "feature",
                "name": _PROVIDER,
                "data": name,
                "options": {"stock": stock},
                "id_field": layer.key,
                "title_field": "name",
                "crs": _SYSTEMS,
                "storage_crs": _CRS84,
                "include_extra_query_parameters": True,
                **timed,
            }
        ],
    }


def _about(name: str, stock: Stock, language: Language) -> str:
    """Return what a collection holds; of projects also how many are counted programmes."""
    about = caption(f"collection_{name}_about", language)
    counted = counted_rows(stock.table, language) if name == "projects" else ""
    return noted(about, counted, language) if counted else about


def _both(key: str) -> dict[str, str]:
    return {language: caption(key, language) for language in LANGUAGES}


def openapi(stock: Callable[[], Stock], url: str) -> dict[str, Any]:
    """Return the OpenAPI document of the service at ``url``; it refers to no other document."""
    document = deepcopy(_document(stock))
    document["servers"] = [{"url": url}]
    # a plain text by the standard, unlike what pygeoapi makes its pages from
    document["info"]["license"]["name"] = caption("service_terms", "en")
    return document


@cache
def _document(stock: Callable[[], Stock]) -> dict[str, Any]:
    made = get_oas(configuration(_NOBODY, stock))
    made["paths"] = {
        path: {"get": _closed(methods["get"])}
        for path, methods in made["paths"].items()
        if not path.startswith("/jobs")
    }
    for path, methods in made["paths"].items():
        if path.endswith(("/queryables", "/schema")):
            methods["get"]["responses"]["200"] = _answers("application/schema+json", "text/html")
        if path.endswith("/items"):
            methods["post"] = _posting(methods["get"])
    known = made["components"]
    known["parameters"].pop("vendorSpecificParameters", None)
    for name in ("tilematrixsetlink", "tiles"):
        known["schemas"].pop(name, None)
    made["components"] = _closed(known)
    return dict(made)


def _posting(get: dict[str, Any]) -> dict[str, Any]:
    """Return the same question with its filter sent along, after which no address is too long."""
    asked = [
        each for each in get["parameters"] if each.get("name") not in {"filter", "filter-lang"}
    ]
    named = {"operationId": f"{get['operationId']}ByFilter", "requestBody": _POSTED}
    return deepcopy({**get, **named, "parameters": asked})


def _closed(node: Any) -> Any:
    """Return a part of the document with its references to other hosts written out."""
    if isinstance(node, list):
        return [_closed(each) for each in node if not _is_extra(each)]
    if not isinstance(node, dict):
        return node
    target = node.get("$ref", "")
    if isinstance(target, str) and target.startswith("http"):
        return _written_out(target)
    closed = {name: _closed(value) for name, value in node.items()}
    if str(closed.get("operationId", "")).endswith("Features"):
        closed["parameters"] = [
            each for each in closed["parameters"] if each.get("name") not in _OWN
        ] + deepcopy(_FILTER)
    return closed


def _is_extra(node: Any) -> bool:
    target = node.get("$ref", "") if isinstance(node, dict) else ""
    return "vendorSpecificParameters" in target or "sortby" in target


def _answers(*types: str) -> dict[str, Any]:
    content = {each: {"schema": {"type": "object"}} for each in types if each != "text/html"}
    return {"description": "as asked", "content": content | {"text/html": {}}}


def _written_out(target: str) -> dict[str, Any]:
    name = target.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name in {"Features", "Feature"}:
        return _answers("application/geo+json", "application/ld+json", "text/html")
    if name in {"Collection", "LandingPage"}:
        return _answers("application/json", "application/ld+json", "text/html")
    if name in _PARAMETERS:
        return dict(_PARAMETERS[name])
    if name == "exception":
        return {"type": "object", "properties": {"code": {"type": "string"}}}
    return {"description": _ERRORS.get(name, name)}
