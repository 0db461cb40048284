"""The figures of the places: what is counted, measured and compared, and what may not be below."""

from __future__ import annotations

import csv
import functools
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import planmap
from geo import Gazetteer, locate
from geo.figures import placed_twice, seat_ranks
from layers import place_figures
from layers.placed import AT_LEAST, BELOW, class_shares, median_radius, named_townships
from layers.table import project_table
from store import DATA, BrokenFile
from tests import toys
from tests.papers import archive

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@cache
def catalogue() -> gpd.GeoDataFrame:
    """The table of the five plans."""
    read = archive()
    where = functools.partial(locate, gazetteer=gazetteer())
    return project_table(read.projects, where, read.documents)


def test_the_toy_town_is_shared_out() -> None:
    """Each project counts once, programmes do not, and the shares add up to one."""
    shares = class_shares(toys.table())
    assert shares["projects"] == {"site": 1, "locality": 2, "township": 1, "city": 1, "none": 1}
    assert sum(shares["share"].values()) == pytest.approx(1)
    assert median_radius(toys.table()) > 0


def test_an_empty_choice_has_figures_too() -> None:
    """Of no project every count is 0, and there is no median."""
    nothing = toys.table().iloc[:0]
    assert set(class_shares(nothing)["projects"].values()) == {0}
    assert median_radius(nothing) is None
    assert named_townships(nothing, gazetteer().townships) == {AT_LEAST: {}, BELOW: {}}


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def townships_in_words(project: dict) -> set[str]:
    """Find the townships that a project's name or clause names, with plain searches only."""
    name, found = project["name"], set()
    code = {row["code"]: row["name"] for row in rows("townships.csv")}
    clauses = [
        clause
        for said in project["statements"]
        for clause in re.split("[，。；]", said["quote"])
        if name in clause
    ]
    for row in rows("townships.csv"):
        head = re.match(rf"(乐清市|乐清|市)?{row['short']}(?!路|街(?!道)|大道)", name)
        if head or any(row["name"] in text for text in (name, *clauses)):
            found.add(row["name"])
    for row in rows("villages.csv"):
        if any(row["short"] + ending in name for ending in ("村", "社区")):
            found.add(code[row["township"]])
    return found


def test_whoever_names_a_township_is_at_least_there() -> None:
    """All projects whose name, clause or village names a township are placed at least in one."""
    named = 0
    for project in catalogue().to_dict("records"):
        if project["kind"] == "programme" or project["unplaced_reason"] == "not_spatial":
            continue
        if townships_in_words(project):
            named += 1
            assert project["location_class"] in ("site", "locality", "township"), project["name"]
    assert named > 50
    assert named_townships(catalogue(), gazetteer().townships)[BELOW] == {}


def test_the_townships_own_plans_leave_nothing_without_one() -> None:
    """What a plan of 柳市镇 names is in 柳市镇 unless its words say that it is nowhere, or more."""
    for project in catalogue().to_dict("records"):
        documents = {said["document"] for said in project["statements"]}
        if documents <= {"000", "001", "003"} and project["location_class"] == "none":
            assert project["unplaced_reason"] in ("not_spatial", "fragment", "outside_area")


def test_the_places_are_measured() -> None:
    """All the tables are there; most lines come within a tenth of their published length."""
    figures = place_figures(catalogue(), gazetteer())
    assert len(figures) == 6
    lengths = figures["length of lines, km"]
    for name, ratio in lengths["ratio"].items():
        assert 0.9 <= ratio <= 1.1 or lengths["course"][name] == "schematic", name


def test_positions_given_twice_agree() -> None:
    """Town centres of independent sources are apart by the size of a town, at most."""
    found = placed_twice(DATA / "second_positions.csv", gazetteer())
    assert len(found) >= 10
    for twice in found:
        assert (twice.metres > 5000) == twice.rejected, twice.name
        assert twice.ours != twice.theirs


def test_no_point_is_far_from_its_townships_seat() -> None:
    """The township of a point, told by another source, is one of the nearest four."""
    ranks = seat_ranks(gazetteer())
    assert len(ranks) > 50
    assert {name for name, rank in ranks.items() if rank > 4} == set()
    assert sum(rank == 1 for rank in ranks.values()) >= len(ranks) / 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("桃花源,120.9,28.0,geonames,kept,", "no position"),
        ("三里一路,120.9,28.0,geonames,kept,", "no position"),
        ("柳市镇,120.9,28.0,amap-centres|division,kept,", "the row itself"),
        ("柳市镇,120.9,28.0,hearsay,kept,", "no key"),
        ("柳市镇,28.0,120.9,geonames,kept,", "swapped"),
        ("柳市镇,120.9,28.0,geonames,perhaps,", "none of"),
    ],
)
def test_a_broken_second_position_is_named(tmp_path: Path, row: str, reason: str) -> None:
    """A second position needs a row to compare with, and a source of its own."""
    path = tmp_path / "second_positions.csv"
    path.write_text(f"name,lon,lat,source,verdict,note\n{row}\n", "utf-8")
    with pytest.raises(BrokenFile, match=reason) as caught:
        placed_twice(path, gazetteer())
    assert caught.value.line == 2


def test_without_second_positions_there_is_no_median(tmp_path: Path) -> None:
    """An empty table is no fault."""
    (tmp_path / "second_positions.csv").write_text("name,lon,lat,source,verdict,note\n", "utf-8")
    figures = place_figures(toys.table(), gazetteer(), tmp_path)
    assert figures["named twice by independent sources, m apart"]["apart"] == {
        "median of those kept": None
    }


def test_the_command_prints_them() -> None:
    """``planmap evaluate --places`` prints shares, radius, lengths and distances."""
    result = CliRunner().invoke(planmap.main, ["evaluate", "--places"])
    assert result.exit_code == 0, result.output
    for word in ("locality", "median", "瓯江北口大桥", "schematic", "rejected", BELOW):
        assert word in result.output
