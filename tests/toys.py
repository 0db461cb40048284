"""Makers of small things with invented places, so that a test says only what it is about."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely.geometry import LineString, Point, Polygon, box

from geo import Location, Query, Source
from layers.base import Base, Town
from layers.due import with_due
from layers.facets import Known
from layers.outcomes import Outcome, with_known
from layers.table import project_table
from plans.model import Project, Quantity, Quote, Responsibility, Statement
from store import Row

SHORE = box(120.0, 27.0, 120.6, 28.0)
COUNTY = Polygon([(120.1, 27.2), (120.5, 27.2), (120.5, 27.8), (120.1, 27.8)])


@dataclass(frozen=True)
class Paper:
    """A document as far as the drawing office cares."""

    id: str
    title: str
    date: str
    issuer: str = "青溪镇人民政府"
    areas: tuple[str, ...] = ("青溪镇",)
    text: str = ""
    tense: str = "own"
    publisher: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n"))


TEXT = (
    "青溪镇五年规划\n"
    "推进青溪湿地公园建设，建成望月路。\n"
    "力争2021年建成云岭中学。\n"
    "新建停车位<b>300</b>个。\n"
    "完善白鹭洲水厂"
)
PAPERS = {
    "900": Paper("900", "青溪镇五年规划", "2017", text=TEXT),
    "901": Paper("901", "青溪镇任务分解", "2021-04-27", text="青溪湿地公园已建成。\n开工望月路"),
}


def statement(name: str, document: str = "900", line: int = 2, **more: Any) -> Statement:
    """Make a statement; its quote is the name unless ``quote`` is given."""
    text = more.pop("quote", name)
    start = more.pop("start", 0)
    plain = Statement(
        quote=Quote(document, line, start, start + len(text), text),
        name=name,
        kind="project",
        category="road",
        works="",
        stage="under_construction",
        promised=True,
        certainty="plain",
        target_year=None,
        target_year_basis=None,
        heading="",
        strategies=(("livelihood", "inferred"),),
        responsibility=Responsibility(),
        issuer="青溪镇人民政府",
    )
    return replace(plain, **more)


def project(*statements: Statement, **more: Any) -> Project:
    """Make a project out of its statements; name, kind and category are those of the first."""
    first = statements[0]
    plain = Project(
        id=f"toy-{first.name}",
        name=first.name,
        kind=first.kind,
        category=first.category,
        works=first.works,
        statements=statements,
    )
    return replace(plain, **more)


def by(*units: str, lead: int = 0, **more: Any) -> Responsibility:
    """Make a responsibility of units, the first ``lead`` of them leading."""
    basis = "starred" if lead else "named"
    plain = Responsibility(units=units, lead_units=units[:lead], unit_basis=basis)
    return replace(plain, **more)


def projects() -> list[Project]:
    """Return a small town's projects, one for each thing that can happen to a thing on a map."""
    park = statement(
        "青溪湿地公园",
        quote="推进青溪湿地公园建设",
        category="park_green",
        strategies=(("ecology", "heading"),),
        responsibility=by("市园林局", "市水利局", lead=1, units_printed="*市园林局、市水利局"),
    )
    built = replace(
        park,
        quote=Quote("901", 1, 0, 9, "青溪湿地公园已建成"),
        stage="completed",
        promised=False,
        responsibility=by("市园林局", lead=1),
    )
    road = statement("望月路", quote="建成望月路", start=11, stage="to_complete")
    begun = statement("望月路", "901", 2, quote="开工望月路", stage="started", promised=False)
    school = statement(
        "云岭中学",
        line=3,
        quote="力争2021年建成云岭中学",
        category="education",
        stage="to_complete",
        certainty="strive",
        target_year=2021,
        target_year_basis="printed",
        responsibility=by("市教育局", remark_lead_units=("市发改局",)),
    )
    parking = statement(
        "停车位",
        line=4,
        quote="新建停车位<b>300</b>个",
        kind="programme",
        category="parking",
        quantity=Quantity(300, "个", "300个"),
    )
    works = statement("白鹭洲水厂", line=5, quote="完善白鹭洲水厂", category="water_supply")
    return [
        project(park, built, aliases=("湿地公园",), former_ids=("toy-old",)),
        project(road, begun),
        project(school),
        project(parking),
        project(works, fragment=True),
        project(statement("青溪新城", line=2, category="new_town", kind="area")),
        project(statement("全域绿道网", line=2, category="park_green")),
    ]


_PLACES = {
    "青溪湿地公园": Location("site", Point(120.3, 27.5), 300.0, "gazetteer", "地名表", "MIT"),
    "望月路": Location(
        "locality",
        LineString([(120.2, 27.4), (120.3, 27.45), (120.45, 27.6)]),
        800.0,
        "derived",
        "望月村、白鹭村",
        "not stated",
        rule="between the two villages",
        schematic=True,
    ),
    "云岭中学": Location("township", townships=("青溪镇",)),
    "停车位": Location("township", townships=("青溪镇",)),
    "白鹭洲水厂": Location("none", unplaced_reason="fragment", candidates=("白鹭洲",)),
    "青溪新城": Location(
        "locality",
        Polygon([(120.35, 27.5), (120.4, 27.5), (120.4, 27.55), (120.35, 27.55)]),
        1500.0,
        "derived",
        "规划图",
        "not stated",
        townships=("青溪镇",),
    ),
    "全域绿道网": Location("city"),
}


BY = date(2022, 1, 1)


def outcome(project: str, stage: str = "completed", **more: Any) -> Outcome:
    """Make a known outcome of a toy."""
    plain = Outcome(
        project=project,
        stage=stage,
        zh="通车",
        en="opened",
        date="2021-11",
        date_basis="stated",
        source="https://example.org/a",
        source_kind="official",
        publisher="青溪镇政府网",
        licence="not stated",
        part_zh="",
        part_en="",
        row=Row(Path("toys.csv"), 2, {}),
    )
    return replace(plain, **more)


OUTCOMES = (outcome("望月路"),)


def locate(query: Query) -> Location:
    """Answer where a toy is."""
    return _PLACES.get(query.name, Location("none", unplaced_reason="not_found"))


def table() -> gpd.GeoDataFrame:
    """Return the toy town's table: the road is known to be finished, the school is not."""
    made = project_table(projects(), locate, PAPERS)
    return with_due(with_known(made, OUTCOMES), PAPERS, BY)


def known() -> Known:
    """Return what filters ask for beside the toy town's table."""
    return Known(PAPERS, BY)


SOURCE = Source(
    key="toys",
    title="望月图集",
    publisher="<b>Toy press</b>",
    address="",
    licence="not stated",
    attribution="Toy press",
    date="",
    share_alike=False,
)


def base() -> Base:
    """Return the toy town's base map: a shore, a county, one road, one seat."""
    crs = "EPSG:4326"
    road = LineString([(120.1, 27.3), (120.5, 27.7)])
    return Base(
        land=gpd.GeoDataFrame(geometry=[SHORE], crs=crs),
        counties=gpd.GeoDataFrame({"name": ["青溪县"], "own": [True]}, geometry=[COUNTY], crs=crs),
        ways=gpd.GeoDataFrame(
            {"name": ["青溪高速"], "kind": ["motorway"], "schematic": [True]},
            geometry=[road],
            crs=crs,
        ),
        towns=(Town("青溪镇", 120.25, 27.45),),
        attribution=("Toy makers",),
        sources=(SOURCE,),
    )


def base_of_script(script: bytes) -> Any:
    """Return what a base map's program holds: JSON in a string."""
    text = script.decode().strip().removeprefix("planmap.base = JSON.parse(").removesuffix(");")
    return json.loads(json.loads(text))
