"""The map cabinet: where things are, and how sure that is. Everything it returns is EPSG:4326."""

from geo.alignments import Alignment
from geo.boundaries import Layer, area_polygon, load_layers
from geo.by_hand import WrongPlace, place_by_hand, read_position
from geo.datum import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)
from geo.gazetteer import Gazetteer
from geo.locate import locate
from geo.measure import area_m2, band, circle, distance_m, length_m
from geo.model import Location, LocationClass, LocationMethod, Query, UnplacedReason
from geo.projection import UnknownCrs, project, zone
from geo.sources import Source, load_sources
from geo.townships import Township, Townships

__all__ = [
    "Alignment",
    "Gazetteer",
    "Layer",
    "Location",
    "LocationClass",
    "LocationMethod",
    "Query",
    "Source",
    "Township",
    "Townships",
    "UnknownCrs",
    "UnplacedReason",
    "WrongPlace",
    "area_m2",
    "area_polygon",
    "band",
    "bd09_to_gcj02",
    "bd09_to_wgs84",
    "circle",
    "distance_m",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "length_m",
    "load_layers",
    "load_sources",
    "locate",
    "place_by_hand",
    "project",
    "read_position",
    "wgs84_to_bd09",
    "wgs84_to_gcj02",
    "zone",
]
