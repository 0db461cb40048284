"""Township borders, roads, railways and waterways of the area from OpenStreetMap, by osmnx.

They are share-alike (ODbL), so they stand in files of their own with their attribution.
"""

from __future__ import annotations

import csv
import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

import disk
from geo.boundaries import COLUMNS, Layer, load_layers
from geo.proposals import folder as online_folder
from geo.services import NoAnswer, ServiceTrouble
from store import DATA, sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

LICENCE, ATTRIBUTION = "ODbL 1.0", "© OpenStreetMap contributors (ODbL)"
OVERPASS = "https://overpass-api.de/api"
_DECIMALS = 6
_TIMEOUT_S = 180
# Kind of layer: the tags asked for, and the shapes that are kept of what comes.
# Townships are at level 8 in China (https://wiki.openstreetmap.org/wiki/Tag:boundary=administrative).
LAYERS: dict[str, tuple[dict[str, str | list[str]], str]] = {
    "townships": ({"admin_level": "8"}, "Polygon"),
    "roads": ({"highway": ["motorway", "trunk", "primary", "secondary"]}, "LineString"),
    "railways": ({"railway": ["rail", "light_rail", "subway"]}, "LineString"),
    "waterways": ({"waterway": ["river", "canal"]}, "LineString"),
}


def folder() -> Path:
    """Return where the layers lie: ``data/osm``, or what PLANMAP_OSM names."""
    return Path(os.environ.get("PLANMAP_OSM") or DATA / "osm")


def fetched_osm() -> dict[str, Layer]:
    """Return the layers that were fetched on this machine, by name; none before the first time.

    Raises
    ------
    store.BrokenFile
        A layer that the folder's manifest names is missing or no JSON.
    """
    return load_layers(folder()) if (folder() / "manifest.csv").is_file() else {}


def fetch_osm(
    outline: BaseGeometry, tell: Callable[[str, int], None] = lambda _name, _count: None
) -> dict[str, int]:
    """Fetch all layers of an area and put them in their folder; all of them or none.

    Parameters
    ----------
    outline
        EPSG:4326; what comes is cut to it.
    tell
        Is told each layer's name and number of features as soon as it has come.

    Returns
    -------
    dict
        Number of features by layer; a layer of which OpenStreetMap has nothing is empty.

    Raises
    ------
    geo.services.ServiceTrouble
        osmnx is not installed.
    geo.services.NoAnswer
        The server did not answer, or not in its format. What came before is kept in a cache, so
        the next run goes on from there.
    disk.DiskFull
        There is no room; the layers of before are still there.
    """
    target = folder()
    disk.make_folder(target.parent)
    with disk.fresh_folder(target.parent) as fresh:
        counts = {}
        for name in LAYERS:
            found = _layer(name, outline)
            counts[name] = len(found)
            (fresh / f"{name}.geojson").write_text(_geojson(found), encoding="utf-8")
            tell(name, counts[name])
        _write_manifest(fresh, counts)
        with disk.locked(online_folder()):
            disk.replace_folder(fresh, target)
    return counts


def _layer(name: str, outline: BaseGeometry) -> gpd.GeoDataFrame:
    tags, kind = LAYERS[name]
    found = _features(outline, tags)
    drawn = found[found.geom_type.str.endswith(kind)]
    if name == "townships":
        drawn = drawn[drawn.get("boundary", "") == "administrative"]
    drawn = drawn.assign(geometry=shapely.intersection(drawn.geometry, outline))
    drawn = drawn[~drawn.geometry.is_empty]
    (tag,) = tags
    named = {column: drawn.get(column, "") for column in ("name", tag)}
    return drawn[["geometry"]].assign(name=named["name"], kind=named[tag]).fillna("")


def _features(outline: BaseGeometry, tags: Mapping[str, Any]) -> gpd.GeoDataFrame:
    if find_spec("osmnx") is None:
        raise ServiceTrouble("osmnx is not installed: pip install planmap[online]")
    import osmnx  # noqa: PLC0415 - an optional package, and slow to load
    import requests  # noqa: PLC0415 - osmnx brings it along

    _settle(osmnx.settings)
    # the outline is longer than a question may be; what comes is cut to it
    box = shapely.box(*outline.bounds)
    try:
        found = osmnx.features_from_polygon(box, dict(tags))
    except osmnx._errors.InsufficientResponseError as error:  # noqa: SLF001 - it has no other name
        if "No matching features" in str(error):
            return _nothing()
        raise NoAnswer(_short(error)) from None
    except (osmnx._errors.ResponseStatusCodeError, requests.RequestException) as error:  # noqa: SLF001
        raise NoAnswer(_short(error)) from None
    except (KeyError, TypeError, ValueError) as error:
        raise NoAnswer(f"the answer is not in its format: {error!r}") from None
    # a wide area is asked for in parts, and what lies in two of them comes twice
    return found[~found.index.duplicated()].reset_index()


def _settle(settings: Any) -> None:
    settings.overpass_url = os.environ.get("PLANMAP_OVERPASS") or OVERPASS
    settings.overpass_rate_limit = settings.overpass_url == OVERPASS
    settings.doh_url_template = None  # no third host is asked for the server's address
    settings.requests_timeout = _TIMEOUT_S
    settings.use_cache = True
    settings.cache_folder = str(online_folder() / "osm")


def _short(error: Exception) -> str:
    return f"OpenStreetMap's server: {' '.join(str(error).split())[:200]}"


def _nothing() -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415 - only here

    return gpd.GeoDataFrame({"name": []}, geometry=[], crs="EPSG:4326")


def _geojson(frame: gpd.GeoDataFrame) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"name": str(row.name), "kind": str(row.kind)},
            "geometry": shapely.geometry.mapping(shapely.set_precision(row.geometry, 1e-6)),
        }
        for row in frame.itertuples(index=False)
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def _write_manifest(place: Path, counts: Mapping[str, int]) -> None:
    rows = [
        [path.name, sha256(path), counts[path.stem], LICENCE, ATTRIBUTION, "osm", "planmap basemap"]
        for path in sorted(place.glob("*.geojson"))
    ]
    with (place / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
