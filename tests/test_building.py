"""The way from a file to the built table, beyond what the rooms test by themselves."""

from __future__ import annotations

import pytest

import building
from store import SEEDS


def test_a_road_of_another_city_is_not_placed_here(tmp_path):
    """G228 runs through many cities: in another city's plan it has no place on this map."""
    path = tmp_path / "plan.txt"
    path.write_text("江海县2025年工作计划\n\n加快推进228国道建设。\n", encoding="utf-8")
    (row,) = building.extract(path).table.itertuples()
    assert (row.name, row.location_class, row.unplaced_reason) == (
        "228国道",
        "none",
        "outside_area",
    )
    assert row.issuer == "江海县人民政府"


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_a_seed_under_another_name_is_known_by_its_words(tmp_path, seed):
    """Extracting a copy of a seed gives that document's statements with their own lines."""
    copy = tmp_path / "copy.txt"
    copy.write_bytes(next(SEEDS.glob(f"{seed}_*.txt")).read_bytes())
    made = building.extract(copy)
    assert list(made.documents) == [seed]
    assert len(made.table) > 20
