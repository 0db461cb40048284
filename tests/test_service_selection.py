"""The plain address of a selection: all parts of what is seen, and just the things of it."""

from __future__ import annotations

import base64
import csv
import io
import json
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import requests

import building
import layers
from layers.facets import FACETS
from layers.service.addresses import parameters
from tests.serving import DAY, served
from tests.test_pages import opened, texts, toy_town

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium
    import geopandas as gpd
    from streamlit.testing.v1 import AppTest

__all__ = ["toy_town"]


@pytest.fixture(scope="module")
def built() -> building.Built:
    """The real catalogue."""
    return building.load()


@pytest.fixture(scope="module")
def api(built: building.Built) -> Iterator[str]:
    """Address of the service of the real catalogue."""
    with served(lambda: built) as url:
        yield url


def indexed(table: gpd.GeoDataFrame, built: building.Built) -> layers.Index:
    """Return a table ready to be asked, as the app has it."""
    return layers.Index(table, layers.Known(built.documents, DAY))


def random_view(seed: int, built: building.Built) -> tuple[layers.Selection, str, layers.Index]:
    """Return a selection from values that there are, a date or none, and the table of that date.

    Each filter stands first in some of fifty, so that none is left out.
    """
    chance, names = random.Random(seed), sorted(FACETS)
    first = names[seed % len(names)]
    others = chance.sample([name for name in names if name != first], chance.randint(0, 1))
    date = chance.choice(["", *layers.plan_dates(built.documents)])
    table = layers.as_of(built.table, built.documents, date) if date else built.table
    index = indexed(table, built)
    wanted: dict[str, Any] = {}
    for name in (first, *others):
        if name == "search":
            wanted[name] = (chance.choice(list(table["name"]))[:3],)
        elif there := index.choices(name):
            wanted[name] = tuple(chance.sample(there, min(len(there), chance.randint(1, 3))))
    issuer = "unit" in wanted and chance.random() < 0.5
    return layers.Selection(**wanted, include_issuer=issuer), date, index


def on_map(group: folium.FeatureGroup, table: gpd.GeoDataFrame) -> list[str]:
    """Return the ids of the rows that a map is told to show."""
    (drawing,) = group._children.values()
    bits = np.unpackbits(np.frombuffer(base64.b64decode(drawing.records["mask"]), dtype=np.uint8))
    return list(table["id"][bits[: len(table)].astype(bool)])


def ids(content: bytes) -> list[str]:
    """Return the ids of the features of a GeoJSON file."""
    return [feature["id"] for feature in json.loads(content)["features"]]


def test_every_filter_is_tried(built: building.Built) -> None:
    """The fifty selections below hold every filter there is, dates, and both answers."""
    views = [random_view(seed, built) for seed in range(50)]
    assert set().union(*(selection.filters for selection, _, _ in views)) == set(FACETS)
    assert {bool(date) for _, date, _ in views} == {True, False}
    found = [int(index.mask(selection).sum()) for selection, _, index in views]
    assert sum(count > 0 for count in found) > 30


@pytest.mark.parametrize("seed", range(50))
def test_address_download_and_map_agree(seed: int, api: str, built: building.Built) -> None:
    """For random selections the address gives just the things of the download and the map."""
    selection, date, index = random_view(seed, built)
    shown = index.rows(mask := index.mask(selection))
    downloaded = ids(layers.to_geojson(shown))
    assert downloaded == list(shown["id"])
    records = layers.index_records(index, mask, layers.base_map(), "zh", layers.Look())
    assert on_map(layers.drawing_layer(records), index.table) == downloaded
    words = parameters(selection, date)
    answer = requests.get(f"{api}/selection.geojson?{words}", timeout=60)
    assert answer.status_code == 200, answer.text
    assert ids(answer.content) == downloaded
    answer = requests.get(f"{api}/selection.csv?{words}", timeout=60)
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert [row["id"] for row in rows] == downloaded


@pytest.mark.parametrize("date", ["yesterday", "2017-1", "nan", "20177", "2017-99", "2017-02-30"])
def test_a_strange_date_is_refused(api: str, date: str) -> None:
    """What is no date is one clear line with status 400."""
    answer = requests.get(f"{api}/selection.geojson?asof={date}", timeout=60)
    assert answer.status_code == 400
    assert date in answer.json()["description"]


def test_the_page_gives_the_address_of_its_date() -> None:
    """On each page of a date the address for QGIS has it; where plan stands against plan, none."""

    def told(page: str) -> AppTest:
        app = opened(page, {"asof": ["2017"], "status": ["completed"]})
        app.session_state["gis_title"] = True  # the box is open
        return app.run()

    said = layers.caption("gis_service_today", "zh", date="2017")
    for page in ("overview", "map", "list"):
        app = told(page)
        codes = [code.value for code in app.code]
        assert any(code.endswith("selection.geojson?status=completed&asof=2017") for code in codes)
        assert said in [caption.value for caption in app.caption]
    app = told("compare")
    codes = [code.value for code in app.code]
    assert any(code.endswith("selection.geojson?status=completed") for code in codes)
    assert said not in texts(app)
