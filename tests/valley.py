"""A valley with three plans in eight years: of the town, of its county, of the town again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.history import histories
from layers.table import project_table
from plans.model import Project, Quantity, Statement
from tests import toys

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.history import History

TOWN, COUNTY, LATER = "800", "801", "802"
CITY_OF = {"青溪镇": "青溪县"}
PAPERS = {
    TOWN: toys.Paper(TOWN, "青溪镇五年规划", "2017", text="青溪镇五年规划"),
    COUNTY: toys.Paper(
        COUNTY,
        "青溪县任务分解",
        "2021-04-27",
        areas=("青溪县",),
        text="青溪县任务\n沿白鹭 洲路东侧",
    ),
    LATER: toys.Paper(LATER, "<i>青溪镇</i>近况", "2025-08", text="青溪镇近况\n望月路两侧"),
}


def says(name: str, document: str = TOWN, line: int = 1, **more: Any) -> Statement:
    """Make a promise of a plan; with ``done`` a report of that stage."""
    if stage := more.pop("done", ""):
        return toys.statement(name, document, line, stage=stage, promised=False, **more)
    due = {"target_year": 2021, "target_year_basis": "horizon", "stage": "to_complete"}
    return toys.statement(name, document, line, **{**due, **more})


def count(value: float, unit: str) -> Quantity:
    """Make an amount as it is printed."""
    return Quantity(value, unit, f"{value:g}{unit}")


def table(*things: Project) -> gpd.GeoDataFrame:
    """Return a table of these things; nothing of them has a place."""
    return project_table(things, toys.locate, PAPERS)


def past(*statements: Statement, **more: Any) -> tuple[History, ...]:
    """Return the history of one thing of which all this is said."""
    return histories(table(toys.project(*statements, **more)), PAPERS)
