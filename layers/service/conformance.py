"""The parts of OGC API - Features that this service keeps to, beyond what pygeoapi adds."""

from __future__ import annotations

_FEATURES = "http://www.opengis.net/spec/ogcapi-features-{}/1.0/conf/{}"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf/{}"

CLASSES = (
    *(_FEATURES.format(1, name) for name in ("core", "oas30", "html", "geojson")),
    _FEATURES.format(2, "crs"),
    *(
        _FEATURES.format(3, name)
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(_FEATURES.format(5, name) for name in ("schemas", "core-roles-features")),
    *(_CQL2.format(name) for name in ("cql2-text", "cql2-json", "basic-cql2")),
    _CQL2.format("advanced-comparison-operators"),
    *(
        _CQL2.format(name)
        for name in ("basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions")
    ),
    _CQL2.format("temporal-functions"),
)
