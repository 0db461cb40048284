"""What a person reads as the name of a thing: with its works where nothing else is said of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import layers
import planmap
from layers.beside import listed
from layers.neighbours import family_html
from layers.packing import texts
from layers.titles import title_of
from tests.test_sheet_register import texts_of
from tests.walking.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

BUILT = planmap.load()
TABLE = BUILT.table
# The things of which only works are spoken.
WORKED = TABLE[TABLE["title"] != TABLE["name"]]
PROJECTS = WORKED[~WORKED["kind"].isin(["programme", "indicator"])]
CITIES = layers.cities(layers.base_map())


def said(*works: str) -> list[dict[str, Any]]:
    """Return statements that speak of works."""
    return [{"works": one} for one in works]


@pytest.mark.parametrize(
    ("name", "works", "title"),
    [
        ("柳青南路", ["延伸"], "柳青南路（延伸）"),
        ("柳市中学", ["土地征用", "迁扩建", "迁建", "迁扩建工程"], "柳市中学（迁扩建）"),
        ("甲路", ["改造工程", "拓宽"], "甲路（拓宽）"),
        ("甲路", ["改造工程", ""], "甲路"),
        ("甲路", ["建设工程"], "甲路"),
        ("甲路", ["工程前期工作"], "甲路"),
        ("林宅城中村改造", ["改造"], "林宅城中村改造"),
        ("甲路", [], "甲路"),
    ],
)
def test_a_title_tells_of_works_that_are_all_that_is_spoken_of(name, works, title) -> None:
    """The works that most statements name, of these the latest; 工程 and 建设 say nothing."""
    assert title_of(name, said(*works)) == title


@pytest.mark.parametrize("day", ["", *layers.plan_dates(BUILT.documents)])
def test_titles_are_those_of_the_model(day: str) -> None:
    """The whole table has them, and the table of each date from the statements of then."""
    table = layers.as_of(TABLE, BUILT.documents, day, CITIES) if day else TABLE
    assert dict(zip(table["id"], table["title"], strict=True)) == Corpus().titles(day)


def printed(rows: gpd.GeoDataFrame) -> str:
    """Return what can be read on a sheet with its register."""
    base, selection = layers.base_map(), layers.Selection()
    subject = layers.Subject(rows, TABLE, base, BUILT.documents, selection)
    return "".join(texts_of(subject, layers.SheetOptions(format="pdf")))


def kml(rows: gpd.GeoDataFrame) -> str:
    """Return a file for Google Earth."""
    content = layers.Content(rows, BUILT.documents, layers.base_map(), ("全部", "all"))
    return layers.to_file(content, "kml").content.decode()


def of_units(rows: gpd.GeoDataFrame, made: Callable[[str], str]) -> str:
    """Return what is made for each unit."""
    return "".join(made(unit) for unit in sorted({unit for some in rows["units"] for unit in some}))


# What a person reads, and of which things.
READ: dict[str, Callable[[gpd.GeoDataFrame], str]] = {
    "tips of the map": lambda rows: texts(rows, range(len(rows)), "zh").decode(),
    "panel": lambda rows: "".join(
        layers.clicked_html(name, rows, BUILT.documents, "en") for name in rows["id"]
    ),
    "badges": lambda rows: (
        "".join(
            layers.clicked_html(f"township:{town}", rows, BUILT.documents, "zh")
            for town in {town for some in rows["townships"] for town in some}
        )
        + layers.clicked_html("", rows, BUILT.documents, "zh")
    ),
    "list beside": lambda rows: json.dumps(
        listed(layers.Index(rows), np.arange(len(rows)), 0, "zh"), ensure_ascii=False
    ),
    "list": lambda rows: "".join(layers.listing(rows, "zh").iloc[:, 0]),
    "related": lambda rows: family_html(rows.itertuples(), "zh"),
    "pages of units": lambda rows: of_units(
        rows,
        lambda unit: layers.duties_html(layers.duties(rows, unit), unit, BUILT.documents, "zh"),
    ),
    "register": printed,
    "KML": kml,
}


@pytest.mark.parametrize("where", READ)
def test_wherever_a_person_reads_a_name_its_works_stand_with_it(where: str) -> None:
    """Each title stands in what is shown of the things that have one."""
    rows = PROJECTS[PROJECTS["location_class"] == "township"] if where == "badges" else PROJECTS
    rows = rows[[bool(some) for some in rows["units"]]] if where == "pages of units" else rows
    read = READ[where](rows)
    assert len(rows) > 5
    assert [title for title in rows["title"] if title not in read] == []


def test_works_are_searched_with_the_name() -> None:
    """A thing is found by its name, by its works, and by both as they are typed."""
    index = layers.Index(TABLE)
    for row in WORKED.itertuples():
        typed = row.title.replace("（", "").replace("）", "")
        found = index.suggestions(typed, 3)
        assert (found[0].title, found[0].other) == (row.title, "")
        for text in (row.name, typed, row.title):
            assert index.mask(layers.Selection(search=(text,)))[index.row_of[row.id]]
