"""The map cabinet: where things are, and how sure that is. Everything it returns is EPSG:4326."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from geo.alignments import Alignment
from geo.boundaries import Layer, area_polygon, load_layers
from geo.by_hand import WrongPlace, place_by_hand, read_position
from geo.datum import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    shifted,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)
from geo.figures import Twice, line_lengths, placed_twice, seat_ranks
from geo.gazetteer import Gazetteer
from geo.locate import locate
from geo.measure import area_m2, band, circle, distance_m, length_m, surroundings
from geo.model import Location, LocationClass, LocationMethod, Query, UnplacedReason
from geo.osm import fetch_osm, fetched_osm
from geo.projection import UnknownCrs, project, project_all, zone
from geo.proposals import Answer, ask_all, proposals, taken_over
from geo.rules import read_rule
from geo.services import Bounds, Proposal, Service, ServiceTrouble, bounds_of, services
from geo.sources import Source, load_sources
from geo.townships import Township, Townships

if TYPE_CHECKING:
    from geo.geocoders import ask

__all__ = [
    "Alignment",
    "Answer",
    "Bounds",
    "Gazetteer",
    "Layer",
    "Location",
    "LocationClass",
    "LocationMethod",
    "Proposal",
    "Query",
    "Service",
    "ServiceTrouble",
    "Source",
    "Township",
    "Townships",
    "Twice",
    "UnknownCrs",
    "UnplacedReason",
    "WrongPlace",
    "area_m2",
    "area_polygon",
    "ask",
    "ask_all",
    "band",
    "bd09_to_gcj02",
    "bd09_to_wgs84",
    "bounds_of",
    "circle",
    "distance_m",
    "fetch_osm",
    "fetched_osm",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "length_m",
    "line_lengths",
    "load_layers",
    "load_sources",
    "locate",
    "place_by_hand",
    "placed_twice",
    "project",
    "project_all",
    "proposals",
    "read_position",
    "read_rule",
    "seat_ranks",
    "services",
    "shifted",
    "surroundings",
    "taken_over",
    "wgs84_to_bd09",
    "wgs84_to_gcj02",
    "zone",
]

# What talks to other hosts is loaded only when it is asked for.
_ONLINE = {"ask": "geocoders"}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _ONLINE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"geo.{_ONLINE[name]}"), name)
