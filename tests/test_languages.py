"""No word of the other language on any page: what is seen is searched for it, page by page."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
import streamlit
from streamlit.testing.v1 import AppTest

import building
import layers
from store import DATA, ROOT, read_table
from tests.serving import served, toy_town

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = str(ROOT / "pages" / "main.py")
PAGES = (
    *("map", "list", "overview", "unit", "project", "sheet", "compare", "documents"),
    *("add", "place", "correct", "edits", "about", "guide"),
)
# Fields of an element that are read or heard; the others are programs, styles, keys and links.
_SEEN = {"body", "label", "help", "placeholder", "options", "content", "text", "caption", "name"}
_SEEN |= {"value", "default", "content_icon_label", "page_name"}
# Tables of names, titles and publishers.
_TABLES = ("sources", "outcomes", "townships", "unit_spellings", "base_maps", "gazetteer", "area")
_ADDRESS = re.compile(r"https?://\S+|[\w-]+(?:\.[\w-]+)*\.(?:cn|com|org|net)\S*")
_TEXT = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_HEARD = re.compile(r'\b(?:title|alt|aria-label|placeholder)="([^"]*)"')
_LATIN, _HAN = re.compile(r"[A-Za-z]{2,}(?:[_'’-][A-Za-z]+)*"), re.compile(r"[一-鿿]{3,}")
# Names of formats, systems, programs, licences, publishers and keys, and units; not words.
_NAMES = frozenset(
    [
        "AMap",
        "API",
        "Apache",
        "BSD",
        "BY",
        "CC",
        "CGCS",
        "CQL",
        "CRS",
        "CSV",
        "Clause",
        "Ctrl",
        "DBF",
        "DOCX",
        "DXF",
        "EPSG",
        "English",
        "Enter",
        "Esc",
        "Escape",
        "Excel",
        "Features",
        "FlatGeobuf",
        "GCJ",
        "GIS",
        "GPKG",
        "Gauss",
        "GeoJSON",
        "GeoPackage",
        "GeoPandas",
        "GeoParquet",
        "HTML",
        "JSON",
        "JSONL",
        "KML",
        "KMZ",
        "Leaflet",
        "Leaflet.draw",
        "MB",
        "MD",
        "MIT",
        "Mercator",
        "Noto",
        "OC",
        "ODbL",
        "OFL",
        "OGC",
        "OSM",
        "OpenAPI",
        "OpenStreetMap",
        "PDF",
        "PNG",
        "PPT",
        "PPTX",
        "PostGIS",
        "PowerPoint",
        "Python",
        "QGIS",
        "QR",
        "README",
        "ReDoc",
        "SA",
        "SC",
        "SHP",
        "SIL",
        "SVG",
        "Sans",
        "Shapefile",
        "Streamlit",
        "Swagger",
        "TXT",
        "Tab",
        "UI",
        "URL",
        "UTF",
        "WFS",
        "WGS",
        "Web",
        "Wikidata",
        "Wikipedia",
        "Word",
        "XLSX",
        "ZIP",
        "asof",
        "csv",
        "docx",
        "dpi",
        "draw",
        "folium",
        "gcoord",
        "geojson",
        "gpkg",
        "html",
        "jQuery",
        "json",
        "jsonl",
        "km",
        "kml",
        "kmz",
        "md",
        "mm",
        "pdf",
        "planmap",
        "preset",
        "px",
        "sheet",
        "cf",
        "streamlit-folium",
        "txt",
        "xlsx",
        "zip",
    ]
)


@cache
def printed() -> str:
    """All that documents, names and sources say, in whatever language."""
    made = building.load()
    kept = ("name", "aliases", "units", "lead_units", "issuer", "location_source", "licence")
    documents = [f"{one.id}{one.title}{one.issuer}{one.text}" for one in made.documents.values()]
    rows = [str(row) for row in made.table[list(kept)].to_numpy().tolist()]
    said = [one for every in made.table["statements"] for one in every]
    quotes = [f"{one['name']}{one['quote']}{one['units_printed']}{one['units']}" for one in said]
    tables = [(DATA / f"{name}.csv").read_text("utf-8") for name in _TABLES]
    return "\n".join([*documents, *rows, *quotes, *tables])


@cache
def own_words() -> frozenset[str]:
    """Chinese words that the interface has in English too, three signs or more."""
    tables = (
        read_table(DATA / "captions.csv", ("key", "zh", "en")),
        read_table(DATA / "codes.csv", ("list", "code", "zh", "en"), ("oc4ids", "strategy")),
    )
    texts = (row["zh"] for rows in tables for row in rows if row["zh"] != row["en"])
    return frozenset(word for text in texts for word in _HAN.findall(re.sub(r"{.*?}", " ", text)))


def said(message: Any) -> Iterator[str]:
    """Every text of an element that somebody sees or hears."""
    for field, value in message.ListFields():
        several = [value] if isinstance(value, str) or hasattr(value, "ListFields") else value
        if field.type == field.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
            for one in several:
                yield from said(one)
        elif field.type == field.TYPE_STRING and field.name in _SEEN:
            yield from several


def visible(html: str) -> str:
    """The text of some HTML with what is read aloud."""
    return unescape("\n".join([_TEXT.sub("\n", html), *_HEARD.findall(html)]))


def elements(block: Any) -> Iterator[Any]:
    """All elements below a block."""
    for child in block.children.values():
        if hasattr(child, "children"):
            proto = getattr(child, "proto", None)
            if proto is not None:
                yield proto
            yield from elements(child)
        elif hasattr(child, "proto"):
            yield child.proto


@cache
def seen(page: str, language: str) -> str:
    """All that is seen and heard on a page."""
    app = AppTest.from_file(MAIN, default_timeout=120)
    app.query_params["lang"] = language
    more = {"unit": "市水利局", "project": building.load().table["id"].iloc[0]}
    if page in more:
        app.query_params[page] = more[page]
    app.run()
    if page != "map":
        app.switch_page(f"{page}.py").run()
    assert not app.exception
    texts = [
        text for block in (app.main, app.sidebar) for one in elements(block) for text in said(one)
    ]
    return "\n".join(map(visible, texts))


def strangers(text: str, language: str) -> set[str]:
    """Words of the other language that no document, name or source says."""
    if language == "zh":
        words = set(_LATIN.findall(_ADDRESS.sub(" ", text))) - _NAMES
        return {word for word in words if not re.search(rf"\b{re.escape(word)}\b", printed())}
    runs = {run for run in _HAN.findall(text) if run not in printed()}
    return {run for run in runs if any(word in run for word in own_words())}


@pytest.mark.parametrize("language", layers.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_one_language(page: str, language: str) -> None:
    """What is seen on a page is in its language, but for names and what documents print."""
    text = seen(page, language)
    assert len(text) > 100
    assert strangers(text, language) == set()


@pytest.mark.parametrize("path", ["", "collections", "collections/projects"])
def test_the_service_speaks_chinese(path: str) -> None:
    """The pages of the service say in Chinese what is theirs to say."""
    town = toy_town()
    with served(lambda: town) as url:
        asked = {"Accept-Language": "zh-CN,zh;q=0.9"}
        page = requests.get(f"{url}/{path}", params={"f": "html"}, headers=asked, timeout=60)
    assert page.status_code == 200
    plain = re.sub(r"https?://\S+", "", visible(page.text))
    assert strangers(plain, "zh") == set()


def test_the_search_can_find_something() -> None:
    """A raw code on a Chinese page and a Chinese caption on an English one are found."""
    assert strangers("状态 to_complete frobnicated QGIS", "zh") == {"to_complete", "frobnicated"}
    assert strangers("Filters 清除筛选", "en") == {"清除筛选"}


def test_the_librarys_own_words_are_those_it_says() -> None:
    """Each word that is translated in the page stands in the library's programs."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    programs = "".join(path.read_text("utf-8") for path in folder.glob("*.js"))
    for word in layers.library_words():
        # "Press Enter to apply" is put together there
        pieces = re.split(r"\{\}|(?<=Press Enter to )", word["en"])
        assert all(piece.strip() in programs for piece in pieces), word["en"]
        assert re.search("[一-鿿]", word["zh"])
